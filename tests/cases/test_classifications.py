"""The same act, two classes: by its day and by the calendar of the region of the case."""

from datetime import date

import pytest
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.elections.models import ElectionStage
from app.elections.rules import StageCode
from tests.cases.advancing import grouped, registered
from tests.cases.handling import Body, Headers, handler, read, step, stepped
from tests.people import officer

LIKE: Body = {"act": "social_engagement"}


@pytest.fixture
async def case(client: AsyncClient, sessions: Sessions, desk: Headers) -> Body:
    """A case of Jeneponto in the Pilkada of 2024, about a civil servant."""
    case = await registered(client, sessions, desk, election_code="pilkada-2024")
    await grouped(sessions, case["person_id"], "pns")
    return case


def like(case: Body, day: str, **changes: str) -> Body:
    return LIKE | {"person_id": case["person_id"], "acted_on": day} | changes


async def listed(client: AsyncClient, case: Body, desk: Headers) -> list[Body]:
    return list((await read(client, case, desk, "/classifications"))["items"])


async def kinds(client: AsyncClient, case: Body, desk: Headers) -> list[str]:
    return [each["violation_kind"] for each in await listed(client, case, desk)]


async def fault(client: AsyncClient, case: Body, desk: Headers, form: Body) -> str:
    answer = await step(client, case, "classifications", desk, form)
    assert answer.status_code == 422, answer.text
    return str(answer.json()["errors"][0]["code"])


async def test_a_like_in_august_2024_is_a_breach_of_ethics(
    client: AsyncClient, case: Body, desk: Headers
) -> None:
    await stepped(client, case, "classifications", desk, like(case, "2024-08-20"))

    [told] = await listed(client, case, desk)
    assert told["violation_kind"] == "E04_SOCIAL_ENGAGEMENT"
    assert told["determination"] == "before"


async def test_on_25_september_2024_it_is_a_breach_of_discipline(
    client: AsyncClient, case: Body, desk: Headers
) -> None:
    await stepped(client, case, "classifications", desk, like(case, "2024-09-25"))

    assert await kinds(client, case, desk) == ["D06_SOCIAL_ENGAGEMENT"]


async def test_on_22_september_the_officer_decides_with_a_reason(
    client: AsyncClient, case: Body, desk: Headers
) -> None:
    form = like(case, "2024-09-22")
    named = form | {"violation_kind": "E04_SOCIAL_ENGAGEMENT"}
    reason = {"reason": "Rekaan: disukai pagi hari, sebelum penetapan."}

    assert await fault(client, case, desk, form) == "kind-needed"
    assert await fault(client, case, desk, named) == "reason-needed"
    await stepped(client, case, "classifications", desk, named | reason)

    [told] = await listed(client, case, desk)
    assert (told["determination"], told["reason"]) == ("same_day", reason["reason"])


async def test_an_area_that_determined_later_counts_from_its_own_day(
    client: AsyncClient, sessions: Sessions, case: Body, desk: Headers
) -> None:
    async with sessions.begin() as session:
        session.add(
            ElectionStage(
                election_code="pilkada-2024",
                region_code="73.04",
                stage=StageCode.CANDIDATE_DETERMINATION,
                from_on=date(2024, 9, 30),
                to_on=date(2024, 9, 30),
                source="Rekaan",
            )
        )

    for day in ("2024-09-25", "2024-10-01"):
        await stepped(client, case, "classifications", desk, like(case, day))

    assert await kinds(client, case, desk) == ["D06_SOCIAL_ENGAGEMENT", "E04_SOCIAL_ENGAGEMENT"]


async def test_without_an_election_the_side_is_for_the_officer_to_say(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    case = await registered(client, sessions, desk)
    await grouped(sessions, case["person_id"], "pns")

    assert await fault(client, case, desk, like(case, "2024-08-20")) == "kind-needed"


async def test_the_day_of_the_case_is_meant_where_none_is_said(
    client: AsyncClient, case: Body, desk: Headers
) -> None:
    form = LIKE | {"person_id": case["person_id"]}

    await stepped(client, case, "classifications", desk, form)

    [told] = await listed(client, case, desk)
    assert told["acted_on"] == case["occurred_on"]


async def test_the_same_is_said_once_of_a_person_and_again_after_a_reversal(
    client: AsyncClient, case: Body, desk: Headers
) -> None:
    form = like(case, "2024-08-20")
    await stepped(client, case, "classifications", desk, form)
    [told] = await listed(client, case, desk)
    path = f"classifications/{told['id']}/reversal"
    reason = {"reason": "Rekaan: akun itu milik orang lain."}

    twice = await step(client, case, "classifications", desk, form)
    await stepped(client, case, path, desk, reason)
    again = await step(client, case, path, desk, reason)
    await stepped(client, case, "classifications", desk, form)

    assert (twice.status_code, twice.json()["code"]) == (409, "already-classified")
    assert (again.status_code, again.json()["code"]) == (409, "classification-reversed")
    after, before = await listed(client, case, desk)
    assert (after["reversed_at"], before["reversal_reason"]) == (None, reason["reason"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"person_id": str(new_id())}, "not-of-this-case"),
        ({"acted_on": "2099-01-01"}, "in-the-future"),
        ({"acted_on": "2020-09-01"}, "no-kind"),
        ({"violation_kind": "D06_SOCIAL_ENGAGEMENT"}, "kind-does-not-fit"),
    ],
)
async def test_what_cannot_be_is_refused(
    client: AsyncClient, case: Body, desk: Headers, changes: dict[str, str], code: str
) -> None:
    form = like(case, "2024-08-20") | changes

    assert await fault(client, case, desk, form) == code
    assert await listed(client, case, desk) == []


async def test_another_office_classifies_nothing(
    client: AsyncClient, sessions: Sessions, keys: Keyring, case: Body, desk: Headers
) -> None:
    neighbour = await handler(sessions, keys, "bawaslu-73.05")

    answer = await step(client, case, "classifications", neighbour, like(case, "2024-08-20"))

    assert answer.status_code == 404


async def test_the_catalogue_is_asked_by_day_act_stage_and_group(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    duty = await officer(sessions, keys, role="duty_officer", office_code="bawaslu-73.04")

    async def codes(**wanted: str) -> list[str]:
        answer = await client.get("/violation-kinds", params=wanted, headers=duty)
        assert answer.status_code == 200, answer.text
        return [f"{each['code']}@{each['version']}" for each in answer.json()["items"]]

    like = {"act": "social_engagement"}
    assert await codes(**like) == ["D06_SOCIAL_ENGAGEMENT@1", "E04_SOCIAL_ENGAGEMENT@1"]
    assert await codes(**like, stage="before") == ["E04_SOCIAL_ENGAGEMENT@1"]
    assert await codes(**like, on="2020-01-01") == []
    assert await codes(act="reassignment", on="2026-01-02") == ["C190_REASSIGNMENT@2"]
    assert await codes(group="tni", on="2024-11-13") == [
        "C189_INVOLVING_OFFICIALS@1",
        "M01_PRACTICAL_POLITICS@1",
        "M02_PARTY_MEMBER@1",
    ]


async def test_the_catalogue_is_read_in_pages(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    duty = await officer(sessions, keys, role="duty_officer", office_code="bawaslu-73.04")
    seen: list[tuple[str, int]] = []
    wanted: dict[str, str | int] = {"limit": 10, "count": "exact"}
    while True:
        page = (await client.get("/violation-kinds", params=wanted, headers=duty)).json()
        seen += [(each["code"], each["version"]) for each in page["items"]]
        if page["next_cursor"] is None:
            break
        wanted["cursor"] = page["next_cursor"]

    assert len(seen) == page["total"] == len(set(seen))
    assert seen == sorted(seen)
