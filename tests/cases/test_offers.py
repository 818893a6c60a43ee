"""To whom a case is offered, and who answers until when."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from app.clocks.models import DeadlineClock
from app.core.ids import new_id
from app.core.models import Grant
from tests.cases.handing import (
    ABOVE,
    BESIDE,
    HERE,
    LETTER,
    REASON,
    Body,
    Scene,
    accepted,
    answer,
    offer,
    offered,
    reject,
    take_over,
)
from tests.cases.handling import handler, opened, read
from tests.cases.walling import named


@pytest.mark.parametrize("office", ["bawaslu-71", "bkn", HERE, "nowhere"])
async def test_it_is_offered_to_competent_offices_only(scene: Scene, *, office: str) -> None:
    case = await opened(scene.client, scene.desk)

    refused = await offer(scene.client, case, scene.desk, scene.offices.get(office, new_id()))

    assert refused.status_code == 422
    assert [each["code"] for each in refused.json()["errors"]] == ["not-competent"]


async def test_an_office_that_is_walled_off_is_not_competent(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    await named(scene.client, case, scene.desk, scene.offices[ABOVE])

    refused = await offer(scene.client, case, scene.desk, scene.offices[ABOVE])

    assert refused.status_code == 422
    assert [each["code"] for each in refused.json()["errors"]] == ["not-competent"]


async def test_an_offer_is_taken_back_when_its_office_is_walled_off(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    transfer = await offered(scene.client, case, scene.desk, scene.offices[ABOVE])

    await named(scene.client, case, scene.desk, scene.offices[ABOVE])

    [told] = (await read(scene.client, case, scene.desk, "/transfers"))["items"]
    history = (await read(scene.client, case, scene.desk, "/history"))["items"]
    assert (told["state"], told["answered_at"] is None) == ("retracted", False)
    assert await open_clocks(scene, transfer) == []
    assert "case.retract_transfer" in [each["action"] for each in history]
    await offered(scene.client, case, scene.desk, scene.offices["bawaslu-00"])


async def test_what_was_offered_to_an_office_outside_its_area_is_granted_no_more(
    scene: Scene,
) -> None:
    case = await opened(scene.client, scene.desk)
    await take_over(scene.client, case, scene.province)
    await offered(scene.client, case, scene.province, scene.offices[BESIDE])

    await named(scene.client, case, scene.province, scene.offices[BESIDE])

    async with scene.sessions.begin() as session:
        query = select(Grant).where(Grant.office_id == UUID(scene.offices[BESIDE]))
        assert all(each.until is not None for each in await session.scalars(query))


async def open_clocks(scene: Scene, transfer: Body) -> list[DeadlineClock]:
    query = select(DeadlineClock).where(
        DeadlineClock.subject_id == UUID(transfer["id"]), DeadlineClock.ended_at.is_(None)
    )
    async with scene.sessions.begin() as session:
        return list(await session.scalars(query))


async def test_one_offer_at_a_time(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    await offered(scene.client, case, scene.desk, scene.offices[ABOVE])

    second = await offer(scene.client, case, scene.desk, scene.offices["bawaslu-00"])

    assert second.status_code == 409
    assert second.json()["objection"] == "transfer_offered"


async def test_an_offer_is_answered_once(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    transfer = await offered(scene.client, case, scene.desk, scene.offices[ABOVE])
    await accepted(scene.client, transfer, scene.province)

    late = [
        await answer(scene.client, transfer, "acceptance", scene.province),
        await reject(scene.client, transfer, scene.province),
        await answer(scene.client, transfer, "retraction", scene.desk),
    ]

    assert [each.status_code for each in late] == [409, 409, 409]
    assert {each.json()["code"] for each in late} == {"transfer-settled"}


async def test_nobody_answers_in_the_place_of_the_office_that_was_asked(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    transfer = await offered(scene.client, case, scene.desk, scene.offices[ABOVE])
    clerk = await handler(scene.sessions, scene.keys, ABOVE)

    assert (await answer(scene.client, transfer, "acceptance", scene.desk)).status_code == 409
    assert (await answer(scene.client, transfer, "acceptance", scene.neighbour)).status_code == 404
    assert (await answer(scene.client, transfer, "acceptance", clerk)).status_code == 403


async def test_at_its_last_moment_it_is_too_late_to_accept(
    scene: Scene, clock: Callable[[datetime], None]
) -> None:
    case = await opened(scene.client, scene.desk)
    transfer = await offered(scene.client, case, scene.desk, scene.offices[ABOVE])
    clock(datetime.fromisoformat(transfer["expires_at"]))

    late = await answer(scene.client, transfer, "acceptance", scene.province)

    assert late.status_code == 409
    assert late.json()["code"] == "transfer-settled"


async def test_an_offer_can_be_rehearsed(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    body = {"to_office_id": scene.offices[ABOVE], "letter_number": LETTER, "reason": REASON}
    path = f"/cases/{case['id']}/transfers?validate_only=true"

    rehearsed = await scene.client.post(path, json=body, headers=scene.desk)

    assert rehearsed.status_code == 204
    assert (await read(scene.client, case, scene.desk, "/transfers"))["items"] == []


async def test_the_history_names_each_act(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    transfer = await offered(scene.client, case, scene.desk, scene.offices[ABOVE])

    await accepted(scene.client, transfer, scene.province)

    acts = [
        each["action"] for each in (await read(scene.client, case, scene.desk, "/history"))["items"]
    ]
    assert acts[:2] == ["case.accept_transfer", "case.offer_transfer"]
