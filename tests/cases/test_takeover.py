"""An office above takes a case over, and everybody can see who held it when."""

from collections.abc import Callable
from datetime import datetime, timedelta

from app.web.clock import present
from tests.cases.handing import (
    ABOVE,
    BESIDE,
    HERE,
    LETTER,
    Body,
    Scene,
    accepted,
    answer,
    custody,
    offered,
    sees,
    take_over,
)
from tests.cases.handling import handler, member, opened, read, stepped
from tests.cases.reviewing import asked


async def test_an_office_above_takes_it_and_holds_it_from_that_moment(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)

    taken = await take_over(scene.client, case, scene.province)

    assert taken.status_code == 200, taken.text
    assert taken.json()["office_id"] == scene.offices[ABOVE]
    assert taken.headers["ETag"] == f'"{taken.json()["version"]}"'
    first, second = await custody(scene.client, case, scene.desk)
    assert first["until"] == second["since"]
    assert (second["reason"], second["letter_number"]) == ("taken_over", LETTER)
    assert second["explanation"] == "Rekaan: kantor pemegang kekurangan petugas."


async def test_the_former_holder_may_not_act_any_more(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)

    await take_over(scene.client, case, scene.province)

    told = await read(scene.client, case, scene.desk, "/actions")
    offer = next(each for each in told["items"] if each["step"] == "offer_transfer")
    assert offer["objection"] == "not_holder"


async def test_only_an_office_above_the_holder_takes_it(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    await take_over(scene.client, case, scene.province)

    from_below = await take_over(scene.client, case, scene.desk)
    again = await take_over(scene.client, case, scene.province)
    from_beside = await take_over(scene.client, case, scene.neighbour)

    assert (from_below.status_code, from_below.json()["objection"]) == (409, "not_superior")
    assert (again.status_code, again.json()["objection"]) == (409, "already_holder")
    assert from_beside.status_code == 404


async def test_a_handler_cannot_take_it(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    clerk = await handler(scene.sessions, scene.keys, ABOVE)

    assert (await take_over(scene.client, case, clerk)).status_code == 403


async def test_it_takes_back_an_offer_that_waits(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    await take_over(scene.client, case, scene.province)
    transfer = await offered(scene.client, case, scene.province, scene.offices[BESIDE])
    head_office = await member(scene.sessions, scene.keys, "bawaslu-00")

    taken = await take_over(scene.client, case, head_office)

    assert taken.status_code == 200
    late = await answer(scene.client, transfer, "acceptance", scene.neighbour)
    assert (late.status_code, late.json()["code"]) == (409, "transfer-settled")
    assert not await sees(scene.client, scene.neighbour, f"/cases/{case['id']}")


async def test_whose_area_it_is_not_loses_sight_with_the_case(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    await take_over(scene.client, case, scene.province)
    transfer = await offered(scene.client, case, scene.province, scene.offices[BESIDE])
    await accepted(scene.client, transfer, scene.neighbour)

    await take_over(scene.client, case, scene.province)

    assert not await sees(scene.client, scene.neighbour, f"/cases/{case['id']}")
    assert not await sees(scene.client, scene.neighbour, f"/complaints/{case['complaint_id']}")
    holders = [each["office"]["id"] for each in await custody(scene.client, case, scene.desk)]
    ids = scene.offices
    assert holders == [ids[HERE], ids[ABOVE], ids[BESIDE], ids[ABOVE]]


async def test_what_was_late_stays_late_though_its_time_starts_anew(
    scene: Scene, clock: Callable[[datetime], None]
) -> None:
    case = await opened(scene.client, scene.desk)
    clock(present() + timedelta(days=6))

    await take_over(scene.client, case, scene.province)

    told = await read(scene.client, case, scene.province, "/deadlines")
    reviews = [each for each in told["items"] if each["step"] == "initial_review"]
    assert [each["outcome"] for each in reviews] == ["missed", None]


async def test_a_rehearsed_takeover_changes_nothing(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    body = {"letter_number": LETTER, "reason": "Rekaan."}
    path = f"/cases/{case['id']}/takeover?validate_only=true"

    rehearsed = await scene.client.post(path, json=body, headers=scene.province)

    assert rehearsed.status_code == 204
    assert len(await custody(scene.client, case, scene.desk)) == 1


async def test_who_waits_for_a_reporter_waits_on_at_the_new_desk(scene: Scene) -> None:
    """He has his 48 hours; the review at the new desk begins when he has answered."""
    case = await opened(scene.client, scene.desk)
    await asked(scene.client, case, scene.desk)

    await take_over(scene.client, case, scene.province)
    waiting = await deadlines(scene, case, "initial_review")
    first = (await read(scene.client, case, scene.province))["next_due_at"]
    await stepped(scene.client, case, "review", scene.province)

    assert [(each["outcome"], each["stopped_at"] is None) for each in waiting] == [
        ("cancelled", True),
        (None, False),
    ]
    [asked_for] = await deadlines(scene, case, "completion")
    assert first == asked_for["present"]["due_at"]
    assert [each["stopped_at"] for each in await deadlines(scene, case, "initial_review")] == [
        None,
        None,
    ]


async def deadlines(scene: Scene, case: Body, step: str) -> list[Body]:
    told = await read(scene.client, case, scene.province, "/deadlines")
    return [each for each in told["items"] if each["step"] == step]
