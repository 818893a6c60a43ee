"""Who says of whom that he is too near to a case, and who takes it back."""

import pytest

from app.core.actors import Role
from app.core.ids import new_id
from tests.cases.handing import ABOVE, HERE, Scene, take_over
from tests.cases.handling import handler, member, opened, read
from tests.cases.walling import declare, declared, end, somebody


@pytest.mark.parametrize("role", [Role.DUTY_OFFICER, Role.HANDLER, Role.MEMBER])
async def test_everybody_may_declare_his_own(scene: Scene, *, role: Role) -> None:
    case = await opened(scene.client, scene.desk)
    id, officer = await somebody(scene.sessions, scene.keys, role, HERE)

    told = await declared(scene.client, case, officer)

    assert (told["origin"], told["officer_id"], told["declared_by"]) == ("declared", id, id)
    assert told["reason"] == "Rekaan: pihak terlapor adalah kerabat."


async def test_a_member_says_it_of_another(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    id, officer = await somebody(scene.sessions, scene.keys, Role.HANDLER, HERE)

    told = await declared(scene.client, case, scene.desk, of=id)

    assert (told["origin"], told["officer_id"]) == ("said", id)
    assert (await scene.client.get(f"/cases/{case['id']}", headers=officer)).status_code == 404


async def test_a_handler_does_not_say_it_of_another(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    id, _ = await somebody(scene.sessions, scene.keys, Role.HANDLER, HERE)
    clerk = await handler(scene.sessions, scene.keys)

    assert (await declare(scene.client, case, clerk, of=id)).status_code == 403


async def test_a_member_who_only_sees_the_case_does_not_say_it_of_its_holder(scene: Scene) -> None:
    """Else a former holder could take the case from the officers above, one by one."""
    case = await opened(scene.client, scene.desk)
    await take_over(scene.client, case, scene.province)
    id, _ = await somebody(scene.sessions, scene.keys, Role.HANDLER, ABOVE)

    refused = await declare(scene.client, case, scene.desk, of=id)

    assert (refused.status_code, refused.json()["code"]) == (403, "not-holder")


async def test_of_nobody_it_cannot_be_said(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)

    refused = await declare(scene.client, case, scene.desk, of=str(new_id()))

    assert refused.status_code == 422
    assert [each["code"] for each in refused.json()["errors"]] == ["unknown-officer"]


async def test_it_is_said_once(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    id, _ = await somebody(scene.sessions, scene.keys, Role.HANDLER, HERE)
    await declared(scene.client, case, scene.desk, of=id)

    again = await declare(scene.client, case, scene.desk, of=id)

    assert (again.status_code, again.json()["code"]) == (409, "already-walled")


async def test_the_last_officer_of_an_office_is_warned_and_not_refused(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    colleague = await handler(scene.sessions, scene.keys)

    first = await declared(scene.client, case, colleague)
    last = await declared(scene.client, case, scene.desk)

    assert (first["officers_left"], first["warning"]) == (1, None)
    assert last["officers_left"] == 0
    assert "ambil" in last["warning"]["id"]


async def test_nobody_ends_his_own(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    conflict = await declared(scene.client, case, officer)

    assert (await end(scene.client, case, conflict, officer)).status_code == 404


async def test_it_ends_once(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    conflict = await declared(scene.client, case, officer)
    await end(scene.client, case, conflict, scene.desk)

    again = await end(scene.client, case, conflict, scene.desk)

    assert (again.status_code, again.json()["code"]) == (409, "conflict-ended")


async def test_a_conflict_of_another_case_is_not_found_here(scene: Scene) -> None:
    one = await opened(scene.client, scene.desk)
    other = await opened(scene.client, scene.desk)
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    conflict = await declared(scene.client, one, officer)

    assert (await end(scene.client, other, conflict, scene.desk)).status_code == 404


async def test_the_history_says_that_it_was_declared_and_ended(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    conflict = await declared(scene.client, case, officer)
    above = await member(scene.sessions, scene.keys, ABOVE)

    await end(scene.client, case, conflict, above)

    history = (await read(scene.client, case, scene.desk, "/history"))["items"]
    assert [each["action"] for each in history][:2] == [
        "case.conflict_ended",
        "case.conflict_declared",
    ]
    assert history[0]["payload"] == {"conflict": conflict["id"]}
