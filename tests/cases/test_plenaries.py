"""What the members of an office decide together, and what becomes due by it."""

from datetime import timedelta

import pytest
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from tests.cases.advancing import (
    THREE,
    decided,
    decision,
    registered,
    studied,
    today,
    violation,
)
from tests.cases.handling import Body, Headers, read, step, stepped
from tests.cases.handling import member as some_member

CRIME: Body = {"category": "criminal", "violation_kinds": ["C188_FAVOURING_DECISION"]}
DISCIPLINE: Body = {"category": "other_law", "violation_kinds": ["D12_FAVOURING_DECISION"]}


@pytest.fixture
async def case(client: AsyncClient, sessions: Sessions, desk: Headers) -> Body:
    return await studied(client, sessions, desk)


@pytest.fixture
async def overdue(client: AsyncClient, sessions: Sessions, desk: Headers) -> Body:
    """Registered five days ago, it had three days to be decided."""
    return await studied(client, sessions, desk, ago=timedelta(days=5))


async def clocks(client: AsyncClient, case: Body, desk: Headers) -> dict[str, str | None]:
    told = await read(client, case, desk, "/deadlines")
    return {each["step"]: each["outcome"] for each in told["items"]}


async def test_a_plenary_decides_and_what_follows_is_due(
    client: AsyncClient, sessions: Sessions, desk: Headers, member: Headers
) -> None:
    case = await decided(client, sessions, desk, member)

    assert case["state"] == "not_violation"
    assert case["decided_at"]
    told = await clocks(client, case, desk)
    assert told["handling"] == "met"
    assert (told["status_notice"], told["announcement"]) == (None, None)
    assert "forwarding" not in told


@pytest.mark.parametrize(("days_ago", "outcome"), [(3, "met"), (2, "met"), (1, "missed")])
async def test_the_day_of_the_plenary_counts_not_that_of_its_entry(
    client: AsyncClient, overdue: Body, member: Headers, days_ago: int, outcome: str
) -> None:
    await stepped(client, overdue, "decision", member, decision(held_on=today(days_ago)))

    assert (await clocks(client, overdue, member))["handling"] == outcome


async def test_several_categories_at_once(
    client: AsyncClient, case: Body, desk: Headers, member: Headers
) -> None:
    after = await stepped(client, case, "decision", member, violation(case, CRIME, DISCIPLINE))

    assert after["state"] == "violation"
    [plenary] = (await read(client, case, member, "/plenaries"))["items"]
    assert plenary["categories"] == [
        CRIME | {"person_ids": [case["person_id"]]},
        DISCIPLINE | {"person_ids": [case["person_id"]]},
    ]
    assert "forwarding" in await clocks(client, case, desk)


async def test_the_dissent_is_read_where_the_case_is_handled_and_reading_is_recorded(
    client: AsyncClient, sessions: Sessions, desk: Headers, member: Headers
) -> None:
    case = await decided(client, sessions, desk, member)

    [plenary] = (await read(client, case, member, "/plenaries"))["items"]

    assert plenary["dissenting"] == 1
    assert plenary["present"][2] == THREE[2]
    history = await read(client, case, desk, "/history")
    assert history["items"][0]["action"] == "case.read_plenaries"
    assert "Anggota" not in str(history)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"present": THREE[:2]}, "no-quorum"),
        ({"present": [*THREE, THREE[2] | {"name": "Anggota Rekaan Empat"}]}, "no-majority"),
        ({"members": 7}, "wrong-number-of-members"),
        ({"held_on": "2099-01-01"}, "in-the-future"),
        ({"held_on": "2024-11-08"}, "before-registration"),
        ({"result": "violation"}, "categories-and-result"),
        ({"categories": [{"category": "administrative"}]}, "categories-and-result"),
        (
            {"result": "violation", "categories": [CRIME | {"person_ids": [str(new_id())]}]},
            "not-of-this-case",
        ),
        (
            {"result": "violation", "categories": [CRIME | {"violation_kinds": ["D99_REKAAN"]}]},
            "persons-needed",
        ),
    ],
)
async def test_what_is_no_decision_changes_nothing(
    client: AsyncClient, case: Body, member: Headers, changes: Body, code: str
) -> None:
    answer = await step(client, case, "decision", member, decision(**changes))

    assert answer.status_code == 422
    assert code in {each["code"] for each in answer.json()["errors"]}
    assert (await read(client, case, member))["state"] == "study"


async def test_a_case_is_decided_once_and_after_its_study(
    client: AsyncClient, sessions: Sessions, desk: Headers, member: Headers
) -> None:
    unstudied = await registered(client, sessions, desk)
    case = await decided(client, sessions, desk, member)

    too_early = await step(client, unstudied, "decision", member, decision())
    again = await step(client, case, "decision", member, decision())

    assert (too_early.status_code, again.status_code) == (409, 409)


async def test_a_handler_and_an_office_above_decide_nothing(
    client: AsyncClient, sessions: Sessions, keys: Keyring, case: Body, desk: Headers
) -> None:
    province = await some_member(sessions, keys, "bawaslu-73")

    for officer in (desk, province):
        answer = await step(client, case, "decision", officer, decision())
        assert answer.status_code == 403
