"""How far a lifted wall reaches: to the case for which it was agreed, and to nothing else."""

import pytest

from app.core.actors import Role
from tests.cases.handing import ABOVE, HERE, Body, Scene, offer, sees, take_over
from tests.cases.handling import opened, read, stepped
from tests.cases.lifting import Walled, see
from tests.cases.walling import (
    agree,
    ask,
    ask_end,
    asked,
    conflicts,
    declare,
    declared,
    named,
    somebody,
)


async def test_what_was_agreed_for_one_case_opens_no_other_that_joins_it(
    scene: Scene, walled: Walled
) -> None:
    other = await opened(scene.client, scene.desk)
    await declared(scene.client, other, scene.desk, of=walled.id)
    request = await asked(scene.client, walled.case, scene.desk, walled.id)
    await agree(scene.client, walled.case, request, walled.second)

    await join(scene, walled.case, other)

    paths = [
        f"/{kind}/{each[name]}"
        for each in (walled.case, other)
        for kind, name in (("cases", "id"), ("complaints", "complaint_id"))
    ]
    assert [await sees(scene.client, walled.headers, each) for each in paths] == [False] * 4
    [listed] = (await read(scene.client, walled.case, scene.desk, "/break-glass"))["items"]
    history = (await read(scene.client, walled.case, scene.desk, "/history"))["items"]
    assert listed["state"] == "ended"
    assert {"case.glass_ended"} < {each["action"] for each in history}


async def test_what_was_agreed_for_a_case_that_joins_opens_not_the_whole(
    scene: Scene, walled: Walled
) -> None:
    other = await opened(scene.client, scene.desk)
    await declared(scene.client, other, scene.desk, of=walled.id)
    request = await asked(scene.client, walled.case, scene.desk, walled.id)
    await agree(scene.client, walled.case, request, walled.second)

    await join(scene, other, walled.case)

    assert await see(scene, walled, walled.headers) == [False, False]


async def join(scene: Scene, case: Body, other: Body) -> None:
    report = {"complaint_id": other["complaint_id"]}
    await stepped(scene.client, case, "reports", scene.desk, report)


async def test_a_report_that_is_separated_takes_no_lift_along(scene: Scene, walled: Walled) -> None:
    other = await opened(scene.client, scene.desk)
    await join(scene, walled.case, other)
    request = await asked(scene.client, walled.case, scene.desk, walled.id)
    await agree(scene.client, walled.case, request, walled.second)
    path = f"reports/{other['complaint_id']}/separation"

    own = await stepped(scene.client, walled.case, path, scene.desk)

    paths = (f"/cases/{own['id']}", f"/complaints/{other['complaint_id']}")
    assert [await sees(scene.client, walled.headers, each) for each in paths] == [False, False]
    assert await see(scene, walled, walled.headers) == [True, True]


async def test_where_nobody_above_is_left_two_members_of_the_area_let_the_holder_in(
    scene: Scene,
) -> None:
    """Else a case of Bawaslu RI would be lost when a reported person works there."""
    case = await opened(scene.client, scene.desk)
    id, head = await somebody(scene.sessions, scene.keys, Role.MEMBER, "bawaslu-00")
    assert (await take_over(scene.client, case, head)).status_code == 200
    early = await ask(scene.client, case, scene.province, id)
    await named(scene.client, case, head, scene.offices["bawaslu-00"])
    before = await sees(scene.client, head, f"/cases/{case['id']}")

    request = await asked(scene.client, case, scene.province, id)
    agreed = await agree(scene.client, case, request, scene.desk)

    assert (early.status_code, early.json()["code"]) == (403, "not-holder")
    assert (before, agreed.status_code) == (False, 200)
    assert await sees(scene.client, head, f"/cases/{case['id']}")
    assert (await offer(scene.client, case, head, scene.offices[ABOVE])).status_code == 201


@pytest.fixture
async def let_in(scene: Scene, walled: Walled) -> dict[str, str]:
    """A member of the province, which is walled off; for him alone two of the holder lifted it."""
    id, headers = await somebody(scene.sessions, scene.keys, Role.MEMBER, ABOVE)
    await named(scene.client, walled.case, scene.desk, scene.offices[ABOVE])
    request = await asked(scene.client, walled.case, scene.desk, id)
    await agree(scene.client, walled.case, request, walled.second)
    assert await see(scene, walled, headers) == [True, True]
    return headers


async def test_who_was_let_in_decides_about_no_wall(
    scene: Scene, walled: Walled, let_in: dict[str, str]
) -> None:
    """Neither about that of his office, nor of another officer."""
    newest, first = await conflicts(scene.client, walled.case, scene.desk)
    request = await asked(scene.client, walled.case, scene.desk, walled.id)
    free, _ = await somebody(scene.sessions, scene.keys, Role.HANDLER, HERE)

    told = [
        await ask_end(scene.client, walled.case, newest, let_in),
        await ask_end(scene.client, walled.case, first, let_in),
        await agree(scene.client, walled.case, request, let_in),
        await declare(scene.client, walled.case, let_in, of=free),
    ]

    assert [(each.status_code, each.json()["code"]) for each in told] == [(403, "own-wall")] * 4


async def test_who_was_let_in_does_not_take_the_case_to_his_office(
    scene: Scene, walled: Walled, let_in: dict[str, str]
) -> None:
    refused = await take_over(scene.client, walled.case, let_in)

    assert (refused.status_code, refused.json()["code"]) == (403, "walled-off")
