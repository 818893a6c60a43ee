"""Who says of whom that he is too near to a case, and who takes it back."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from app.core.actors import Role
from app.core.ids import new_id
from app.web.clock import present
from tests.cases.handing import ABOVE, HERE, Scene, sees, take_over
from tests.cases.handling import handler, member, opened, read
from tests.cases.walling import agree_end, ask_end, declare, declared, ended, somebody


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
    await ask_end(scene.client, case, conflict, scene.desk)

    assert (await ask_end(scene.client, case, conflict, officer)).status_code == 404
    assert (await agree_end(scene.client, case, conflict, officer)).status_code == 404


async def test_one_alone_takes_no_wall_down(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    conflict = await declared(scene.client, case, officer)

    asked = await ask_end(scene.client, case, conflict, scene.desk)
    own = await agree_end(scene.client, case, conflict, scene.desk)

    assert (asked.status_code, asked.json()["ended_at"]) == (200, None)
    assert (own.status_code, own.json()["code"]) == (403, "same-person")
    assert not await sees(scene.client, officer, f"/cases/{case['id']}")


async def test_two_take_it_down(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    conflict = await declared(scene.client, case, officer)
    id, second = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)

    told = await ended(scene.client, case, conflict, scene.desk, second)

    assert (told["ended_by"], told["ending_reason"]) == (id, "Rekaan: keliru.")
    assert told["ending_asked_by"] not in (None, id)
    assert await sees(scene.client, officer, f"/cases/{case['id']}")


async def test_nothing_is_agreed_to_that_nobody_asked(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    conflict = await declared(scene.client, case, officer)

    refused = await agree_end(scene.client, case, conflict, scene.desk)

    assert (refused.status_code, refused.json()["code"]) == (409, "ending-not-asked")


async def test_one_asks_at_a_time(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    conflict = await declared(scene.client, case, officer)
    await ask_end(scene.client, case, conflict, scene.desk)

    again = await ask_end(scene.client, case, conflict, scene.province)

    assert (again.status_code, again.json()["code"]) == (409, "ending-asked")


async def test_after_three_days_it_is_to_be_asked_anew(
    scene: Scene, clock: Callable[[datetime], None]
) -> None:
    case = await opened(scene.client, scene.desk)
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    conflict = await declared(scene.client, case, officer)
    clock(present() - timedelta(hours=72))
    await ask_end(scene.client, case, conflict, scene.desk)
    clock(present())

    late = await agree_end(scene.client, case, conflict, scene.province)
    again = await ask_end(scene.client, case, conflict, scene.province)

    assert (late.status_code, late.json()["code"]) == (409, "ending-not-asked")
    assert again.status_code == 200


async def test_who_only_sees_the_case_neither_asks_nor_agrees(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    await take_over(scene.client, case, scene.province)
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, ABOVE)
    conflict = await declared(scene.client, case, officer)
    clerk = await handler(scene.sessions, scene.keys, ABOVE)

    asked = await ask_end(scene.client, case, conflict, scene.desk)
    await ask_end(scene.client, case, conflict, scene.province)
    agreed = [await agree_end(scene.client, case, conflict, each) for each in (scene.desk, clerk)]

    assert (asked.status_code, asked.json()["code"]) == (403, "not-holder")
    assert [each.status_code for each in agreed] == [403, 403]


async def test_it_ends_once(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    conflict = await declared(scene.client, case, officer)
    await ended(scene.client, case, conflict, scene.desk, scene.province)

    again = [
        await ask_end(scene.client, case, conflict, scene.desk),
        await agree_end(scene.client, case, conflict, scene.province),
    ]

    assert [each.status_code for each in again] == [409, 409]
    assert {each.json()["code"] for each in again} == {"conflict-ended"}


async def test_a_conflict_of_another_case_is_not_found_here(scene: Scene) -> None:
    one = await opened(scene.client, scene.desk)
    other = await opened(scene.client, scene.desk)
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    conflict = await declared(scene.client, one, officer)

    assert (await ask_end(scene.client, other, conflict, scene.desk)).status_code == 404


async def test_the_history_says_that_it_was_declared_and_ended(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    conflict = await declared(scene.client, case, officer)
    above = await member(scene.sessions, scene.keys, ABOVE)

    await ended(scene.client, case, conflict, scene.desk, above)

    history = (await read(scene.client, case, scene.desk, "/history"))["items"]
    assert [each["action"] for each in history][:3] == [
        "case.conflict_ended",
        "case.conflict_ending_asked",
        "case.conflict_declared",
    ]
    assert history[0]["payload"] == {"conflict": conflict["id"]}
