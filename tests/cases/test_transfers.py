"""A case is offered to another office, which takes it, refuses it, or lets the time pass."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from app.audit.models import JournalEntry
from app.audit.service import LISTENERS
from app.cases.jobs.transfers import end_offers
from app.clocks.models import DeadlineClock
from app.core.actors import Actor
from app.core.database import Sessions, open_sessions
from app.core.errors import Unavailable
from app.web.clock import present
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
    custody,
    offer,
    offered,
    reject,
    sees,
    take_over,
)
from tests.cases.handling import opened, read


async def held_by_province(scene: Scene) -> Body:
    case = await opened(scene.client, scene.desk)
    assert (await take_over(scene.client, case, scene.province)).status_code == 200
    return case


async def test_the_superior_accepts_and_holds_it_from_that_moment(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    transfer = await offered(scene.client, case, scene.desk, scene.offices[ABOVE])

    taken = await accepted(scene.client, transfer, scene.province)

    assert taken["office_id"] == scene.offices[ABOVE]
    first, second = await custody(scene.client, case, scene.province)
    assert (first["office"]["id"], first["reason"]) == (scene.offices[HERE], "opened")
    assert (second["office"]["id"], second["reason"]) == (scene.offices[ABOVE], "transferred")
    assert first["until"] == second["since"]
    assert (second["until"], second["letter_number"]) == (None, LETTER)
    assert second["transfer_id"] == transfer["id"]


async def test_the_office_to_which_it_is_offered_sees_the_case_and_its_report(scene: Scene) -> None:
    case = await held_by_province(scene)
    paths = [f"/cases/{case['id']}", f"/complaints/{case['complaint_id']}"]
    paths += [f"{paths[1]}/evidence", f"{paths[1]}/messages", f"{paths[1]}/links"]
    assert not any([await sees(scene.client, scene.neighbour, each) for each in paths])

    transfer = await offered(scene.client, case, scene.province, scene.offices[BESIDE])

    assert [await sees(scene.client, scene.neighbour, each) for each in paths] == [True] * len(
        paths
    )
    listed = await scene.client.get(
        "/transfers", params={"state": "offered"}, headers=scene.neighbour
    )
    assert [each["id"] for each in listed.json()["items"]] == [transfer["id"]]
    assert listed.json()["items"][0]["reason"] == REASON


async def test_who_accepted_from_outside_the_area_keeps_seeing_it_and_acts(scene: Scene) -> None:
    case = await held_by_province(scene)
    transfer = await offered(scene.client, case, scene.province, scene.offices[BESIDE])

    await accepted(scene.client, transfer, scene.neighbour)

    told = {
        each["step"]: each
        for each in (await read(scene.client, case, scene.neighbour, "/actions"))["items"]
    }
    assert told["check_requirements"]["allowed"]
    assert await sees(scene.client, scene.neighbour, f"/complaints/{case['complaint_id']}")
    assert await sees(scene.client, scene.neighbour, f"/complaints/{case['complaint_id']}/evidence")


@pytest.mark.parametrize("how", ["rejected", "retracted"])
async def test_an_offer_that_came_to_nothing_is_seen_no_more(scene: Scene, *, how: str) -> None:
    case = await held_by_province(scene)
    transfer = await offered(scene.client, case, scene.province, scene.offices[BESIDE])

    if how == "rejected":
        told = await reject(scene.client, transfer, scene.neighbour)
    else:
        told = await answer(scene.client, transfer, "retraction", scene.province)

    assert told.status_code == 200
    assert told.json()["state"] == how
    assert await stayed_where_it_was(scene, case)


async def test_an_offer_that_nobody_answers_expires_once(
    scene: Scene, clock: Callable[[datetime], None]
) -> None:
    clock(present() - timedelta(days=10))
    case = await held_by_province(scene)
    await offered(scene.client, case, scene.province, scene.offices[BESIDE])
    clock(present())

    assert await end_offers(scene.sessions, scene.keys, present()) == 1
    assert await end_offers(scene.sessions, scene.keys, present()) == 0

    [told] = (await read(scene.client, case, scene.province, "/transfers"))["items"]
    assert told["state"] == "expired"
    assert await stayed_where_it_was(scene, case)


async def test_one_that_cannot_end_now_does_not_hold_up_the_others(
    scene: Scene, connection: AsyncConnection, clock: Callable[[datetime], None]
) -> None:
    clock(present() - timedelta(days=10))
    cases = [await opened(scene.client, scene.desk) for _ in range(3)]
    for each in cases:
        await offered(scene.client, each, scene.desk, scene.offices[ABOVE])
    clock(present())

    async def refuse(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
        if entry.subject_id == UUID(cases[0]["id"]):
            raise Unavailable

    failing = open_sessions(connection, {LISTENERS: {"case.expire_transfer": (refuse,)}})
    failing.configure(join_transaction_mode="create_savepoint")
    with pytest.raises(Unavailable):
        await end_offers(failing, scene.keys, present())

    assert [await state_of_offer(scene, each) for each in cases] == ["offered", *["expired"] * 2]
    assert await end_offers(scene.sessions, scene.keys, present()) == 1


async def state_of_offer(scene: Scene, case: Body) -> str:
    [told] = (await read(scene.client, case, scene.desk, "/transfers"))["items"]
    return str(told["state"])


async def stayed_where_it_was(scene: Scene, case: Body) -> bool:
    """The holder is the same, and the office that was asked sees nothing of it any more."""
    paths = (f"/cases/{case['id']}", f"/complaints/{case['complaint_id']}")
    seen = [await sees(scene.client, scene.neighbour, each) for each in paths]
    chain = await custody(scene.client, case, scene.province)
    holder = (await read(scene.client, case, scene.province))["office_id"]
    return (seen, len(chain), holder) == ([False, False], 2, scene.offices[ABOVE])


async def test_a_rejection_says_why(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    transfer = await offered(scene.client, case, scene.desk, scene.offices[ABOVE])

    told = await reject(scene.client, transfer, scene.province)

    assert told.json()["rejection_reason"] == "Rekaan: bukan di sini."


async def test_the_sender_sees_it_in_his_area_and_may_not_act(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    await accepted(
        scene.client,
        await offered(scene.client, case, scene.desk, scene.offices[ABOVE]),
        scene.province,
    )

    again = await offer(scene.client, case, scene.desk, scene.offices[ABOVE])

    assert again.status_code == 403
    assert await sees(scene.client, scene.desk, f"/cases/{case['id']}")


async def test_the_reporter_sees_the_new_holder_in_the_timeline(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)

    await accepted(
        scene.client,
        await offered(scene.client, case, scene.desk, scene.offices[ABOVE]),
        scene.province,
    )

    told = (await scene.client.get("/receipt", headers=case["receipt"])).json()
    assert told["holder"]["id"] == scene.offices[ABOVE]
    assert told["timeline"][-1]["holder"]["id"] == scene.offices[ABOVE]


async def test_the_clocks_go_to_the_desk_of_the_new_holder(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)

    await accepted(
        scene.client,
        await offered(scene.client, case, scene.desk, scene.offices[ABOVE]),
        scene.province,
    )

    assert await desks(scene.sessions, case["id"]) == {UUID(scene.offices[ABOVE])}


async def desks(sessions: Sessions, subject_id: str) -> set[UUID]:
    query = select(DeadlineClock.office_id).where(
        DeadlineClock.subject_id == UUID(subject_id), DeadlineClock.ended_at.is_(None)
    )
    async with sessions.begin() as session:
        return set(await session.scalars(query))


async def test_an_offer_has_a_clock_at_the_desk_that_must_answer(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    transfer = await offered(scene.client, case, scene.desk, scene.offices[ABOVE])

    assert await desks(scene.sessions, transfer["id"]) == {UUID(scene.offices[ABOVE])}
    await accepted(scene.client, transfer, scene.province)
    assert await desks(scene.sessions, transfer["id"]) == set()
