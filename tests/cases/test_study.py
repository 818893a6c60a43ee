"""What the office writes about a case, and how it gets more time."""

from datetime import timedelta

from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.cases.advancing import STUDY, registered, studied
from tests.cases.handling import Headers, handler, opened, read, step, stepped
from tests.people import officer

REASON = {"reason": "Rekaan: dua saksi baru dapat hadir."}


async def test_the_study_is_read_by_who_handles_and_reading_it_is_recorded(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    case = await studied(client, sessions, desk)
    [paper] = (await read(client, case, desk, "/documents"))["items"]

    opened = await read(client, case, desk, f"/documents/{paper['id']}")

    assert case["state"] == "study"
    assert (paper["kind"], "text" in paper) == ("study", False)
    assert opened["text"] == STUDY["text"]
    history = (await read(client, case, desk, "/history"))["items"]
    assert history[0]["action"] == "case.read_document"


async def test_a_later_study_stands_beside_the_one_before(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    case = await studied(client, sessions, desk)

    await stepped(client, case, "study", desk, {"text": "Rekaan: versi kedua."})

    papers = (await read(client, case, desk, "/documents"))["items"]
    texts = [
        (await read(client, case, desk, f"/documents/{each['id']}"))["text"] for each in papers
    ]
    assert texts == ["Rekaan: versi kedua.", STUDY["text"]]


async def test_a_duty_officer_sees_that_there_is_one_and_does_not_read_it(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers
) -> None:
    case = await studied(client, sessions, desk)
    duty = await officer(sessions, keys, role="duty_officer", office_code="bawaslu-73.04")
    [paper] = (await read(client, case, duty, "/documents"))["items"]

    answer = await client.get(f"/cases/{case['id']}/documents/{paper['id']}", headers=duty)

    assert answer.status_code == 403


async def test_a_paper_of_another_case_is_not_found(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    case = await studied(client, sessions, desk)
    other = await opened(client, desk)
    [paper] = (await read(client, case, desk, "/documents"))["items"]

    answer = await client.get(f"/cases/{other['id']}/documents/{paper['id']}", headers=desk)

    assert answer.status_code == 404


async def test_members_extend_the_handling_once(
    client: AsyncClient, sessions: Sessions, desk: Headers, member: Headers
) -> None:
    case = await registered(client, sessions, desk)
    before = await read(client, case, desk)

    after = await stepped(client, case, "extension", member, REASON)
    again = await step(client, case, "extension", member, REASON)

    assert after["next_due_at"] > before["next_due_at"]
    assert after["state"] == "registered"
    assert again.status_code == 409
    assert again.json()["objection"] == "cannot_extend"


async def test_what_was_missed_is_not_extended(
    client: AsyncClient, sessions: Sessions, desk: Headers, member: Headers
) -> None:
    case = await registered(client, sessions, desk, ago=timedelta(days=5))

    answer = await step(client, case, "extension", member, REASON)

    actions = (await read(client, case, member, "/actions"))["items"]
    assert answer.json()["objection"] == "cannot_extend"
    assert not any(each["allowed"] for each in actions if each["step"] == "extend")


async def test_a_handler_alone_extends_nothing(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    case = await registered(client, sessions, desk)

    answer = await step(client, case, "extension", desk, REASON)

    assert answer.status_code == 403


async def test_the_reason_is_not_in_the_journal(
    client: AsyncClient, sessions: Sessions, desk: Headers, member: Headers
) -> None:
    case = await registered(client, sessions, desk)
    await stepped(client, case, "extension", member, REASON)

    assert "saksi" not in str(await read(client, case, desk, "/history"))


async def test_a_case_not_registered_is_not_studied(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers
) -> None:
    case = await opened(client, desk)
    neighbour = await handler(sessions, keys, "bawaslu-73.05")

    too_early = await step(client, case, "study", desk, STUDY)
    unseen = await step(client, case, "study", neighbour, STUDY)

    assert (too_early.status_code, unseen.status_code) == (409, 404)


async def test_a_rehearsed_study_leaves_nothing(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    case = await registered(client, sessions, desk)

    answer = await step(client, case, "study?validate_only=true", desk, STUDY)

    assert answer.status_code == 204
    assert (await read(client, case, desk, "/documents"))["items"] == []
