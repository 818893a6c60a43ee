"""How the reporter and the public learn what became of a case, and how it is closed."""

from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.cases.advancing import decided, refused, registered, studied, today, violation
from tests.cases.handling import Body, Headers, handler, opened, read, step, stepped
from tests.cases.reviewing import REASON, entered_finding
from tests.complaints import filing

PERSON = "Xaverius Qomarudin Rekaan"
CRIME: Body = {"category": "criminal", "violation_kinds": ["C188_FAVOURING_DECISION"]}


def letter(**changes: str) -> Body:
    return {"number": "021/STATUS/XI/2024", "dated_on": today()} | changes


async def announced(client: AsyncClient, **wanted: str) -> list[Body]:
    answer = await client.get("/announcements", params=wanted)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_the_reporter_reads_the_notice_by_receipt(
    client: AsyncClient, sessions: Sessions, desk: Headers, member: Headers
) -> None:
    case = await decided(client, sessions, desk, member)

    await stepped(client, case, "notices", desk, letter(form_code="A.17"))

    messages = await client.get("/receipt/messages", headers=case["receipt"])
    [message] = messages.json()["items"]
    assert message["side"] == "office"
    assert "021/STATUS/XI/2024" in message["text"]
    assert "bukan pelanggaran" in message["text"]
    assert "no violation" in message["text"]
    seen = (await client.get("/receipt", headers=case["receipt"])).json()
    assert seen["status"] == "not_violation"


async def test_every_reporter_of_a_case_is_told(client: AsyncClient, desk: Headers) -> None:
    other = await filing.file(client)
    case = await opened(client, desk)
    await stepped(client, case, "reports", desk, {"complaint_id": other["id"]})
    await stepped(client, case, "refusal", desk, REASON)

    await stepped(client, case, "notices", desk, letter())

    for receipt in (case["receipt"], filing.receipt(other)):
        messages = await client.get("/receipt/messages", headers=receipt)
        [message] = messages.json()["items"]
        assert "tidak diregistrasi" in message["text"]


async def test_the_finder_reads_the_notice_by_the_receipt_of_the_finding(
    client: AsyncClient, desk: Headers, member: Headers
) -> None:
    finding = await entered_finding(client, desk)
    await stepped(client, finding, "refusal", member, REASON)

    await stepped(client, finding, "notices", desk, letter())

    told = (await read(client, finding, desk, "/history"))["items"]
    assert told[0]["payload"]["told"] == 1


async def test_the_notice_is_kept_and_its_time_ends(
    client: AsyncClient, sessions: Sessions, desk: Headers, member: Headers
) -> None:
    case = await decided(client, sessions, desk, member)

    await stepped(client, case, "notices", desk, letter(form_code="A.17"))

    paper = (await read(client, case, desk, "/documents"))["items"][0]
    assert (paper["kind"], paper["form_code"]) == ("status_notice", "A.17")
    told = (await read(client, case, desk, "/deadlines"))["items"]
    assert {each["step"]: each["outcome"] for each in told}["status_notice"] == "met"


async def test_a_notice_is_not_dated_ahead_nor_given_before_the_decision(
    client: AsyncClient, sessions: Sessions, desk: Headers, member: Headers
) -> None:
    undecided = await studied(client, sessions, desk)
    case = await decided(client, sessions, desk, member)

    too_early = await step(client, undecided, "notices", desk, letter())
    ahead = await step(client, case, "notices", desk, letter(dated_on="2099-01-01"))

    assert (too_early.status_code, ahead.status_code) == (409, 422)


async def test_everybody_reads_what_was_announced(
    client: AsyncClient, sessions: Sessions, desk: Headers, member: Headers
) -> None:
    case = await decided(client, sessions, desk, member)

    await stepped(client, case, "announcement", desk)

    [told] = await announced(client, region="73")
    assert (told["number"], told["state"], told["result"]) == (
        case["number"],
        "not_violation",
        "not_violation",
    )
    assert told["region_code"] == "73.04"
    assert await announced(client, region="13") == []
    assert await announced(client, since="2099-01-01T00:00:00Z") == []
    assert case["id"] not in str(told)


async def test_no_person_of_the_case_is_in_what_is_told(
    client: AsyncClient, sessions: Sessions, desk: Headers, member: Headers
) -> None:
    persons = [{"name": PERSON, "position": "Camat Qontoh"}]
    reporter = {"name": "Zulaikha Rekaan", "capacity": "voter", "address": "Jalan Rekaan 1"}
    case = await studied(client, sessions, desk, reported_persons=persons, reporter=reporter)
    await stepped(client, case, "decision", member, violation(case, CRIME))

    await stepped(client, case, "announcement", desk)
    await stepped(client, case, "notices", desk, letter())

    public = await client.get("/announcements")
    message = await client.get("/receipt/messages", headers=case["receipt"])
    for said in (public.text, message.text):
        assert not any(name in said for name in ("Xaverius", "Qomarudin", "Qontoh", "Zulaikha"))
    assert "tindak pidana pemilihan" in public.text


async def test_what_was_announced_stays_and_a_later_word_supersedes_it(
    client: AsyncClient, sessions: Sessions, desk: Headers, member: Headers
) -> None:
    case = await decided(client, sessions, desk, member)
    await stepped(client, case, "announcement", desk)
    [first] = await announced(client)

    await stepped(client, case, "announcement", desk)

    [last] = await announced(client)
    whole = {"superseded": "true", "count": "exact"}
    both = (await client.get("/announcements", params=whole)).json()
    assert last["supersedes_id"] == first["id"]
    assert (both["items"], both["total"]) == ([last, first], 2)


async def test_a_report_that_was_not_registered_is_announced_with_its_reason(
    client: AsyncClient, desk: Headers
) -> None:
    case = await refused(client, desk)

    await stepped(client, case, "announcement", desk)

    [told] = await announced(client)
    assert told["number"] is None
    assert "tidak diregistrasi (bukan dugaan pelanggaran pemilihan)" in told["text"]["id"]


async def test_announcements_may_be_kept_by_anybody_for_a_while(client: AsyncClient) -> None:
    answer = await client.get("/announcements")
    again = await client.get("/announcements", headers={"If-None-Match": answer.headers["etag"]})

    assert answer.headers["cache-control"] == "public, max-age=300"
    assert again.status_code == 304


async def test_a_closed_case_has_nothing_due(
    client: AsyncClient, sessions: Sessions, desk: Headers, member: Headers
) -> None:
    case = await decided(client, sessions, desk, member)
    await stepped(client, case, "notices", desk, letter())
    await stepped(client, case, "announcement", desk)

    after = await stepped(client, case, "closing", member)

    assert (after["state"], after["next_due_at"]) == ("closed", None)
    assert after["closed_at"]
    told = (await read(client, case, desk, "/deadlines"))["items"]
    assert all(each["outcome"] for each in told)


async def test_what_is_in_handling_is_not_closed_nor_announced(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers, member: Headers
) -> None:
    case = await registered(client, sessions, desk)
    neighbour = await handler(sessions, keys, "bawaslu-73.05")

    closing = await step(client, case, "closing", member)
    telling = await step(client, case, "announcement", desk)
    unseen = await step(client, case, "announcement", neighbour)

    assert (closing.status_code, telling.status_code, unseen.status_code) == (409, 409, 404)
