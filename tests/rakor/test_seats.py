"""Capacity: who accepts beyond it waits in the order of answering, and moves up."""

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.database import Sessions
from tests.rakor.meeting import NAGARI, Desk, answer, told


async def limit(desk: Desk, event: str, capacity: int | None) -> None:
    version = told(await desk.get(event), 200)["version"]
    told(await desk.patch(event, {"capacity": capacity}, **{"If-Match": f'"{version}"'}), 200)


async def accept(client: AsyncClient, invitation: dict[str, Any]) -> dict[str, Any]:
    return told(await answer(client, invitation["code"], answer="coming"), 200)


async def decline(client: AsyncClient, invitation: dict[str, Any]) -> dict[str, Any]:
    said = await answer(client, invitation["code"], answer="declined", reason="Rapat lain.")
    return told(said, 200)


async def own(client: AsyncClient, invitation: dict[str, Any]) -> tuple[str | None, int | None]:
    body = {"code": invitation["code"]}
    seen = told(await client.post("/invitation-answers/lookup", json=body), 200)
    return seen["seat"], seen["waiting_number"]


async def moved_up(sessions: Sessions) -> list[object]:
    async with sessions.begin() as session:
        query = select(JournalEntry.payload).order_by(JournalEntry.id)
        query = query.where(JournalEntry.action == "invitation.moved_up")
        return [each["invitation"] for each in await session.scalars(query)]


async def test_who_accepts_beyond_the_capacity_waits(client: AsyncClient, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    invited = await sijunjung.invite(event, *[NAGARI] * 4)
    await limit(sijunjung, event, 2)

    said = [await accept(client, each) for each in invited]

    assert [(each["seat"], each["waiting_number"]) for each in said] == [
        ("held", None),
        ("held", None),
        ("waiting", 1),
        ("waiting", 2),
    ]
    waiting = (await sijunjung.get(f"{event}/invitations?seat=waiting")).json()["items"]
    held = (await sijunjung.get(f"{event}/invitations?seat=held")).json()["items"]
    assert {each["id"] for each in waiting} == {each["id"] for each in invited[2:]}
    assert {each["id"] for each in held} == {each["id"] for each in invited[:2]}
    assert {each["seat"] for each in waiting} == {"waiting"}


async def test_without_a_capacity_nobody_waits(client: AsyncClient, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    invited = await sijunjung.invite(event, *[NAGARI] * 2)

    for each in invited:
        await accept(client, each)

    assert [await own(client, each) for each in invited] == [("held", None)] * 2
    assert (await sijunjung.get(f"{event}/invitations?seat=waiting")).json()["items"] == []
    listed = (await sijunjung.get(f"{event}/invitations?seat=held")).json()["items"]
    assert len(listed) == 2


async def test_the_first_who_waits_moves_up_when_somebody_declines(
    client: AsyncClient, sijunjung: Desk, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    first, second, third = await sijunjung.invite(event, *[NAGARI] * 3)
    await limit(sijunjung, event, 1)
    for each in (first, second, third):
        await accept(client, each)

    await decline(client, first)

    assert await own(client, first) == (None, None)
    assert await own(client, second) == ("held", None)
    assert await own(client, third) == ("waiting", 1)
    assert await moved_up(sessions) == [second["id"]]


async def test_nobody_moves_up_when_one_who_waits_declines(
    client: AsyncClient, sijunjung: Desk, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    first, second, third = await sijunjung.invite(event, *[NAGARI] * 3)
    await limit(sijunjung, event, 1)
    for each in (first, second, third):
        await accept(client, each)

    await decline(client, second)

    assert await own(client, third) == ("waiting", 1)
    assert await moved_up(sessions) == []


async def test_another_answer_keeps_the_place_and_a_late_one_goes_to_the_end(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    first, second = await sijunjung.invite(event, *[NAGARI] * 2)
    await limit(sijunjung, event, 1)
    await accept(client, first)
    await accept(client, second)

    deputy = await answer(client, first["code"], answer="sends_deputy", deputy_post="Sekretaris")
    kept = await own(client, first)
    await decline(client, first)
    await accept(client, first)

    assert told(deputy, 200)["seat"] == "held"
    assert kept == ("held", None)
    assert await own(client, first) == ("waiting", 1)
    assert await own(client, second) == ("held", None)


async def test_those_who_wait_move_up_when_the_capacity_grows(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    first, second, third = await sijunjung.invite(event, *[NAGARI] * 3)
    await limit(sijunjung, event, 1)
    for each in (first, second, third):
        await accept(client, each)

    await limit(sijunjung, event, 2)

    assert await own(client, second) == ("held", None)
    assert await own(client, third) == ("waiting", 1)


@pytest.mark.parametrize(("capacity", "others"), [(1, 0), (2, 1), (3, 2), (None, 2)])
async def test_the_journal_tells_whom_a_larger_capacity_lets_in(
    client: AsyncClient,
    sijunjung: Desk,
    sessions: Sessions,
    capacity: int | None,
    others: int,
) -> None:
    event = await sijunjung.announce()
    invited = await sijunjung.invite(event, *[NAGARI] * 3)
    await limit(sijunjung, event, 1)
    for each in invited:
        await accept(client, each)

    await limit(sijunjung, event, capacity)

    assert await moved_up(sessions) == [each["id"] for each in invited[1 : 1 + others]]


async def test_a_withdrawn_invitation_gives_its_seat_back(
    client: AsyncClient, sijunjung: Desk, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    first, second = await sijunjung.invite(event, *[NAGARI] * 2)
    await limit(sijunjung, event, 1)
    await accept(client, first)
    await accept(client, second)

    told(await sijunjung.post(f"{event}/invitations/{first['id']}/withdrawal"), 200)

    assert await own(client, second) == ("held", None)
    assert await moved_up(sessions) == [second["id"]]
