"""A national meeting as it really goes: who is invited, who comes to which phone, and when."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from httpx import AsyncClient
from sqlalchemy import select

from app.audit.service import Journal
from app.elections.repository import ElectionRepository
from app.posts.rules.categories import PostCategory
from app.rakor.models.invitations import Invitation
from app.rakor.repository.events import EventRepository
from app.rakor.rules.attendance import Answer
from app.rakor.schemas.events import SessionIn
from app.rakor.schemas.presence import QuorumIn
from app.rakor.schemas.tickets import EventDeviceIn
from app.rakor.service.devices import EventDeviceService
from app.rakor.service.presence import AttendanceService
from app.rakor.service.queue import Queue
from app.rakor.service.sessions import RunDownService
from app.rakor.service.ticket_book import TicketBook
from tests.rakor.committed import Office
from tests.rakor.doors import Phone
from tests.rakor.meeting import PLAN

OPENING: Final = datetime(2024, 9, 17, 2, tzinfo=UTC)
BEFORE: Final = OPENING - timedelta(days=7)
ANCOL: Final[dict[str, Any]] = PLAN | {
    "kinds": ["rakornas"],
    "title": "Rapat Koordinasi Nasional Netralitas ASN",
    "venue": "Ecovention Ancol",
    "venue_region_code": "31.72",
    "starts_on": "2024-09-17",
    "ends_on": "2024-09-17",
}
SESSION: Final = {
    "title": "Pembukaan",
    "starts_at": "2024-09-17T02:00:00Z",
    "ends_at": "2024-09-17T05:00:00Z",
}
REGIONS, WALK_INS, OF_ONE_OFFICE = 545, 110, 5
POSTS: Final = {
    "Ketua Bawaslu": PostCategory.SUPERVISOR,
    "Sekretaris Daerah": PostCategory.REGIONAL_SECRETARY,
}


@dataclass
class Seen:
    """What really happened, kept apart from what the service makes of it."""

    scans: list[tuple[Phone, dict[str, Any]]] = field(default_factory=list)
    presence: dict[str, str] = field(default_factory=dict)
    left_early: set[str] = field(default_factory=set)
    duplicates: Counter[str] = field(default_factory=Counter)
    menus: set[str] = field(default_factory=set)


async def convene(nation: Office) -> UUID:
    """Invite two posts of each region that takes part in the election."""
    event_id = await nation.announce(ANCOL, BEFORE)
    rules = [{"category": each, "at_least": 50, "unit": "percent"} for each in POSTS.values()]
    async with nation.sessions.begin() as session:
        run_down = RunDownService(session, nation.actor, BEFORE)
        await run_down.add(event_id, SessionIn.model_validate(SESSION))
        attendance = AttendanceService(session, nation.actor, BEFORE, nation.keys)
        await attendance.set_quorum(event_id, QuorumIn.model_validate({"rules": rules}))
        codes = sorted(await ElectionRepository(session).area_codes("pilkada-2024"))
    for post, category in POSTS.items():
        office = {"post": post, "category": category, "office_name": "Kantor Rekaan"}
        invited = [office | {"region_code": code} for code in codes]
        await nation.invite(event_id, *invited, now=BEFORE)
    return event_id


async def tickets_of(nation: Office, event_id: UUID) -> dict[str, str]:
    """Everybody accepts, and gets a seat and a ticket; only the drawing of 1,090 QR codes is left
    out, which would be most of the test."""
    async with nation.sessions.begin() as session:
        event = await EventRepository(session, nation.actor).get(event_id, lock=True)
        queue = Queue(session, Journal(session, nation.actor, BEFORE))
        book = TicketBook(session, nation.keys, BEFORE)
        query = select(Invitation).where(Invitation.event_id == event_id)
        tickets = {}
        for each in (await session.scalars(query.order_by(Invitation.id))).all():
            await queue.join(event, each)
            each.answer, each.answered_at = Answer.COMING, BEFORE
            tickets[str(each.id)] = book.write(book.issue(event, each))
    return tickets


async def phones_of(
    nation: Office, event_id: UUID, crowd: AsyncClient, clocks: Sequence[timedelta]
) -> list[Phone]:
    """Registered phones with their bundles; by so much the clock of each is fast."""
    phones = []
    for number, fast_by in enumerate(clocks):
        async with nation.sessions.begin() as session:
            service = EventDeviceService(session, nation.actor, BEFORE, nation.keys)
            form = EventDeviceIn(label=f"Ponsel rekaan {number}")
            added = await service.register(event_id, form)
        headers = {"Authorization": f"Receipt {added.credential}"}
        key = added.key.model_dump()
        phone = Phone(crowd, f"/events/{event_id}", str(added.device.id), headers, key)
        phone.fast_by = fast_by
        await phone.take_along()
        phones.append(phone)
    return phones


def meet(chance: random.Random, phones: Sequence[Phone], tickets: dict[str, str]) -> Seen:
    """Let everybody in, and some out; nobody asks the network."""
    seen = Seen()
    for number, (invitation, ticket) in enumerate(tickets.items()):
        at = OPENING + timedelta(minutes=chance.randrange(60))
        if number % 11 == 0:
            seen.presence[invitation] = "absent"
            continue
        come(chance, phones, seen, (invitation, ticket, number, at))
    for number in range(WALK_INS):
        phone = chance.choice(phones)
        office = {"office_name": f"Redaksi Rekaan {number // OF_ONE_OFFICE}", "post": "Wartawan"}
        seen.scans.append((phone, phone.note(OPENING, **office, name=f"Hadirin Rekaan {number}")))
    for phone in phones:
        menu = phone.scan("https://contoh.id/menu", OPENING)
        seen.scans.append((phone, menu))
        seen.menus.add(menu["id"])
    return seen


def come(
    chance: random.Random,
    phones: Sequence[Phone],
    seen: Seen,
    who: tuple[str, str, int, datetime],
) -> None:
    invitation, ticket, number, at = who
    first, second = chance.sample(phones, 2)
    mode = "represented" if number % 7 == 0 else "on_site"
    seen.presence[invitation] = "represented" if number % 7 == 0 else "present"
    seen.scans.append((first, first.scan(ticket, at, mode=mode)))
    if number % 5 == 0:
        seen.scans.append((second, second.scan(ticket, at + timedelta(minutes=3), mode=mode)))
        seen.duplicates[invitation] += 1
    if number % 3 == 0:
        goes = OPENING + timedelta(hours=2 if number % 2 else 4)
        seen.scans.append((second, second.scan(ticket, goes, mode=mode, direction="out")))
        seen.left_early |= {invitation} if number % 2 else set()
