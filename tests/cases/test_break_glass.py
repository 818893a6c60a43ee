"""A wall is lifted for some hours when two other persons want it, and stands again by itself."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from app.cases.models.cases import Case
from app.cases.service.access import CaseAccess
from app.core.actors import Role
from app.core.ids import new_id
from app.core.models import Wall
from app.web.clock import present
from tests.cases.handing import HERE, Body, Scene
from tests.cases.handling import handler, member, read
from tests.cases.lifting import Walled, see
from tests.cases.walling import (
    agree,
    ask,
    ask_end,
    asked,
    conflicts,
    declared,
    ended,
    somebody,
)


async def test_one_alone_lifts_nothing(scene: Scene, walled: Walled) -> None:
    request = await asked(scene.client, walled.case, scene.desk, walled.id)

    own = await agree(scene.client, walled.case, request, scene.desk)

    assert (own.status_code, own.json()["code"]) == (403, "same-person")
    assert await see(scene, walled, walled.headers) == [False, False]


async def test_two_lift_it_before_the_case_and_all_that_belongs_to_it(
    scene: Scene, walled: Walled
) -> None:
    request = await asked(scene.client, walled.case, scene.desk, walled.id)

    agreed = await agree(scene.client, walled.case, request, walled.second)

    assert agreed.status_code == 200, agreed.text
    assert agreed.json()["state"] == "broken"
    assert await see(scene, walled, walled.headers) == [True, True]


async def test_it_is_over_by_itself(scene: Scene, walled: Walled) -> None:
    request = await asked(scene.client, walled.case, scene.desk, walled.id)
    await agree(scene.client, walled.case, request, walled.second)

    # As it will be when the hours are over.
    async with scene.sessions.begin() as session:
        over = update(Wall).where(Wall.lifted_until.is_not(None))
        await session.execute(over.values(lifted_until=present() - timedelta(seconds=1)))

    assert await see(scene, walled, walled.headers) == [False, False]


async def test_it_lasts_as_long_as_was_asked_for(scene: Scene, walled: Walled) -> None:
    request = await asked(scene.client, walled.case, scene.desk, walled.id)

    agreed = (await agree(scene.client, walled.case, request, walled.second)).json()

    async with scene.sessions.begin() as session:
        lifted = set(await session.scalars(select(Wall.lifted_until)))
    assert [each.isoformat() for each in lifted if each] == [agreed["until"].replace("Z", "+00:00")]


async def test_the_wall_before_an_office_is_lifted_for_one_officer_alone(
    scene: Scene, walled: Walled
) -> None:
    ids = [await somebody(scene.sessions, scene.keys, Role.HANDLER, HERE) for _ in range(2)]
    (one_id, one), (_, other) = ids
    await wall_office(scene, walled.case)
    above = await member(scene.sessions, scene.keys, "bawaslu-73")
    request = await asked(scene.client, walled.case, scene.province, one_id)

    await agree(scene.client, walled.case, request, above)

    assert await see(scene, walled, one) == [True, True]
    assert await see(scene, walled, other) == [False, False]


async def wall_office(scene: Scene, case: Body) -> None:
    async with scene.sessions.begin() as session:
        row = await session.get_one(Case, UUID(case["id"]))
        await CaseAccess(session, present()).wall_office(row, UUID(scene.offices[HERE]))


async def test_what_is_added_while_it_is_lifted_is_lifted_too(scene: Scene, walled: Walled) -> None:
    request = await asked(scene.client, walled.case, scene.desk, walled.id)
    await agree(scene.client, walled.case, request, walled.second)

    async with scene.sessions.begin() as session:
        case = await session.get_one(Case, UUID(walled.case["id"]))
        await CaseAccess(session, present()).attach(case, new_id())

    async with scene.sessions.begin() as session:
        walls = (await session.scalars(select(Wall))).all()
    assert len(walls) == 3
    assert {each.lifted_until for each in walls} == {walls[0].lifted_until}
    assert walls[0].lifted_until is not None


async def test_while_it_is_lifted_he_still_does_not_decide_about_his_own_wall(
    scene: Scene, walled: Walled
) -> None:
    request = await asked(scene.client, walled.case, scene.desk, walled.id)
    await agree(scene.client, walled.case, request, walled.second)

    ending = await ask_end(scene.client, walled.case, walled.conflict, walled.headers)
    again = await ask(scene.client, walled.case, walled.headers, walled.id)

    assert (ending.status_code, ending.json()["code"]) == (403, "own-wall")
    assert (again.status_code, again.json()["code"]) == (403, "own-wall")


async def test_for_whom_there_is_no_wall_none_is_lifted(scene: Scene, walled: Walled) -> None:
    free, _ = await somebody(scene.sessions, scene.keys, Role.HANDLER, HERE)

    told = [
        await ask(scene.client, walled.case, scene.desk, free),
        await ask(scene.client, walled.case, scene.desk, str(new_id())),
    ]

    assert [each.status_code for each in told] == [409, 422]


async def test_one_request_at_a_time(scene: Scene, walled: Walled) -> None:
    await asked(scene.client, walled.case, scene.desk, walled.id)

    again = await ask(scene.client, walled.case, walled.second, walled.id)

    assert (again.status_code, again.json()["code"]) == (409, "break-glass-open")


@pytest.mark.parametrize("hours", [0, 73, "24"])
async def test_it_is_for_three_days_at_most(scene: Scene, walled: Walled, *, hours: object) -> None:
    body = {"officer_id": walled.id, "hours": hours, "reason": "Rekaan."}
    path = f"/cases/{walled.case['id']}/break-glass"

    assert (await scene.client.post(path, json=body, headers=scene.desk)).status_code == 422


async def test_only_members_of_the_holder_or_above_ask_and_agree(
    scene: Scene, walled: Walled
) -> None:
    clerk = await handler(scene.sessions, scene.keys)
    request = await asked(scene.client, walled.case, scene.desk, walled.id)

    told = [
        await agree(scene.client, walled.case, request, clerk),
        await agree(scene.client, walled.case, request, scene.neighbour),
        await agree(scene.client, walled.case, request, scene.province),
    ]

    assert [each.status_code for each in told] == [403, 404, 200]


async def test_it_is_told_loudly(scene: Scene, walled: Walled) -> None:
    request = await asked(scene.client, walled.case, scene.desk, walled.id)
    await agree(scene.client, walled.case, request, walled.second)

    history = (await read(scene.client, walled.case, scene.desk, "/history"))["items"]
    [listed] = (await read(scene.client, walled.case, scene.desk, "/break-glass"))["items"]

    assert [each["action"] for each in history][:2] == ["case.glass_broken", "case.glass_asked"]
    assert history[0]["payload"] == {"request": request["id"], "hours": 24}
    assert (listed["state"], listed["officer_id"]) == ("broken", walled.id)


async def test_the_end_of_the_conflict_leaves_no_wall_behind(scene: Scene, walled: Walled) -> None:
    request = await asked(scene.client, walled.case, scene.desk, walled.id)
    await agree(scene.client, walled.case, request, walled.second)

    await ended(scene.client, walled.case, walled.conflict, scene.desk, walled.second)

    async with scene.sessions.begin() as session:
        assert (await session.scalars(select(Wall))).all() == []


async def test_a_wall_that_is_put_up_anew_is_not_lifted(scene: Scene, walled: Walled) -> None:
    request = await asked(scene.client, walled.case, scene.desk, walled.id)
    await agree(scene.client, walled.case, request, walled.second)
    await ended(scene.client, walled.case, walled.conflict, scene.desk, walled.second)

    await declared(scene.client, walled.case, walled.headers)

    assert await see(scene, walled, walled.headers) == [False, False]


async def test_where_the_wall_is_down_there_is_nothing_to_agree_to(
    scene: Scene, walled: Walled
) -> None:
    request = await asked(scene.client, walled.case, scene.desk, walled.id)
    await ended(scene.client, walled.case, walled.conflict, scene.desk, walled.second)

    late = await agree(scene.client, walled.case, request, walled.second)

    assert (late.status_code, late.json()["code"]) == (409, "not-walled")


async def test_the_end_of_a_wall_before_an_office_is_the_end_for_everybody(
    scene: Scene, walled: Walled
) -> None:
    id, officer = await somebody(scene.sessions, scene.keys, Role.HANDLER, HERE)
    await wall_office(scene, walled.case)
    request = await asked(scene.client, walled.case, scene.province, id)
    above = await member(scene.sessions, scene.keys, "bawaslu-73")
    await agree(scene.client, walled.case, request, above)
    newest, _ = await conflicts(scene.client, walled.case, scene.province)

    await ended(scene.client, walled.case, newest, scene.province, above)

    assert await see(scene, walled, officer) == [True, True]
    assert await see(scene, walled, walled.headers) == [False, False]
