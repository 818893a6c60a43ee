"""What was merged has no walls of its own any more: they stand with the case that lives on."""

from app.core.actors import Role
from tests.cases.handing import HERE, Scene, sees
from tests.cases.handling import opened, stepped
from tests.cases.walling import agree_end, ask, ask_end, declare, declared, somebody


async def test_of_a_merged_case_it_is_said_where_its_report_is_handled(scene: Scene) -> None:
    """There it would hide what nobody works on any more, and nothing else."""
    case, other = [await opened(scene.client, scene.desk) for _ in range(2)]
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    report = {"complaint_id": other["complaint_id"]}
    await stepped(scene.client, case, "reports", scene.desk, report)

    refused = await declare(scene.client, other, officer)

    assert (refused.status_code, refused.json()["code"]) == (409, "case-merged")
    assert refused.json()["merged_into_id"] == case["id"]


async def test_in_a_merged_case_no_wall_comes_down_and_none_is_lifted(scene: Scene) -> None:
    case, other = [await opened(scene.client, scene.desk) for _ in range(2)]
    id, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    conflict = await declared(scene.client, other, officer)
    report = {"complaint_id": other["complaint_id"]}
    await stepped(scene.client, case, "reports", scene.desk, report)

    told = [
        await ask_end(scene.client, other, conflict, scene.desk),
        await agree_end(scene.client, other, conflict, scene.province),
        await ask(scene.client, other, scene.desk, id),
    ]

    assert {each.json()["code"] for each in told} == {"case-merged"}
    assert not await sees(scene.client, officer, f"/cases/{case['id']}")


async def test_what_was_merged_twice_is_walled_with_the_case_that_lives(scene: Scene) -> None:
    cases = [await opened(scene.client, scene.desk) for _ in range(3)]
    for into, merged in zip(cases[1:], cases, strict=False):
        report = {"complaint_id": merged["complaint_id"]}
        await stepped(scene.client, into, "reports", scene.desk, report)
    _, officer = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)

    await declared(scene.client, cases[-1], officer)

    seen = [await sees(scene.client, officer, f"/cases/{each['id']}") for each in cases]
    assert seen == [False] * 3
