"""Whom the office hears, and what it writes down of it."""

import pytest
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.web.clock import present
from tests.cases.advancing import STUDY, invitation, registered
from tests.cases.handling import Body, Headers, handler, opened, read, step, stepped


def minutes(**changes: object) -> Body:
    return {
        "attended": True,
        "held_at": present().isoformat(),
        "minutes_number": "004/BA/XI/2024",
        "minutes": "Rekaan: saksi menerangkan apa yang dilihatnya.",
    } | changes


def reported(case: Body) -> Body:
    form = invitation(party="reported", person_id=case["person_id"])
    del form["name"]
    return form


async def listed(client: AsyncClient, case: Body, desk: Headers) -> list[Body]:
    return list((await read(client, case, desk, "/clarifications"))["items"])


async def test_an_invitation_begins_the_clarification(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    case = await registered(client, sessions, desk)

    after = await stepped(client, case, "clarifications", desk, invitation())

    assert after["state"] == "clarification"
    [heard] = await listed(client, case, desk)
    assert heard["name"] == "Saksi Rekaan"
    assert heard["attended"] is None


async def test_the_minutes_are_sealed_and_can_be_read(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    case = await registered(client, sessions, desk)
    await stepped(client, case, "clarifications", desk, reported(case))
    [heard] = await listed(client, case, desk)

    await stepped(client, case, f"clarifications/{heard['id']}/minutes", desk, minutes())

    [heard] = await listed(client, case, desk)
    assert heard["person_id"] == case["person_id"]
    assert (heard["attended"], heard["minutes"]) == (True, minutes()["minutes"])
    history = await read(client, case, desk, "/history")
    assert "menerangkan" not in str(history)
    assert "case.read_clarifications" in {each["action"] for each in history["items"]}


async def test_who_stays_away_is_recorded_as_well(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    case = await registered(client, sessions, desk)
    await stepped(client, case, "clarifications", desk, invitation())
    [heard] = await listed(client, case, desk)

    await stepped(client, case, f"clarifications/{heard['id']}/minutes", desk, {"attended": False})

    [heard] = await listed(client, case, desk)
    assert (heard["attended"], heard["minutes"]) == (False, None)


async def test_who_comes_when_the_study_is_written_already_is_recorded_still(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    case = await registered(client, sessions, desk)
    await stepped(client, case, "clarifications", desk, invitation())
    await stepped(client, case, "study", desk, STUDY)
    [heard] = await listed(client, case, desk)

    after = await stepped(client, case, f"clarifications/{heard['id']}/minutes", desk, minutes())

    assert after["state"] == "study"


async def test_what_became_of_it_is_recorded_once(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    case = await registered(client, sessions, desk)
    for _ in range(2):
        await stepped(client, case, "clarifications", desk, invitation())
    heard, _ = await listed(client, case, desk)
    path = f"clarifications/{heard['id']}/minutes"
    await stepped(client, case, path, desk, minutes())

    again = await step(client, case, path, desk, minutes())

    assert again.status_code == 409
    assert again.json()["code"] == "clarification-recorded"


async def test_nobody_is_heard_who_was_not_invited(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    case = await registered(client, sessions, desk)
    await stepped(client, case, "clarifications", desk, invitation())

    answer = await step(client, case, f"clarifications/{new_id()}/minutes", desk, minutes())

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": None}, "invited-otherwise"),
        ({"party": "reporter"}, "invited-otherwise"),
        ({"party": "reported"}, "invited-otherwise"),
        ({"party": "finder", "person_id": str(new_id())}, "invited-otherwise"),
        ({"party": "reported", "name": None, "person_id": str(new_id())}, "not-of-this-case"),
        ({"planned_at": "2024-11-06T02:10:00Z"}, "before-registration"),
    ],
)
async def test_a_party_is_named_as_it_can_be(
    client: AsyncClient, sessions: Sessions, desk: Headers, changes: Body, code: str
) -> None:
    case = await registered(client, sessions, desk)
    form = {key: said for key, said in invitation(**changes).items() if said is not None}

    answer = await step(client, case, "clarifications", desk, form)

    assert answer.status_code == 422
    assert [each["code"] for each in answer.json()["errors"]] == [code]


@pytest.mark.parametrize(
    "wrong",
    [
        {"attended": True},
        {"attended": False, "held_at": "2024-11-06T02:10:00Z"},
        minutes(held_at="2099-01-01T00:00:00Z"),
        minutes(held_at="2024-11-06T02:10:00Z"),
    ],
)
async def test_minutes_are_whole(
    client: AsyncClient, sessions: Sessions, desk: Headers, wrong: Body
) -> None:
    case = await registered(client, sessions, desk)
    await stepped(client, case, "clarifications", desk, invitation())
    [heard] = await listed(client, case, desk)

    answer = await step(client, case, f"clarifications/{heard['id']}/minutes", desk, wrong)

    assert answer.status_code == 422


async def test_before_the_registration_nobody_is_invited(
    client: AsyncClient, desk: Headers
) -> None:
    case = await opened(client, desk)

    answer = await step(client, case, "clarifications", desk, invitation())

    assert answer.status_code == 409
    assert answer.json()["objection"] == "wrong_state"


async def test_another_office_invites_nobody(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers
) -> None:
    case = await registered(client, sessions, desk)
    province = await handler(sessions, keys, "bawaslu-73")

    answer = await step(client, case, "clarifications", province, invitation())

    assert answer.status_code == 403
