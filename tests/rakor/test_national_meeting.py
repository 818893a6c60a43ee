"""A national meeting: 545 regions invited, 1,200 people, 40 phones an hour without network, which
then bring what they saw twice and in random order."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation
from app.rakor.rules.categories import InvitationCategory
from app.rakor.service.ticket_book import TicketBook
from app.regions.models import Region
from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.doors import Phone, register
from tests.rakor.meeting import Desk, told

OPENING = datetime(2024, 9, 17, 2, tzinfo=UTC)
ANCOL: dict[str, Any] = {
    "kinds": ["rakornas"],
    "title": "Rapat Koordinasi Nasional Netralitas ASN",
    "venue": "Ecovention Ancol",
    "venue_region_code": "31.72",
    "starts_on": "2024-09-17",
    "ends_on": "2024-09-17",
}
SESSION = {
    "title": "Pembukaan",
    "starts_at": "2024-09-17T02:00:00Z",
    "ends_at": "2024-09-17T05:00:00Z",
}
REGIONS, WALK_INS, PHONES = 545, 110, 40
POSTS = {
    "Ketua Bawaslu": InvitationCategory.SUPERVISOR,
    "Sekretaris Daerah": InvitationCategory.REGIONAL_SECRETARY,
}


@dataclass
class Seen:
    """What really happened, kept apart from what the service makes of it."""

    scans: list[tuple[Phone, dict[str, Any]]] = field(default_factory=list)
    presence: dict[str, str] = field(default_factory=dict)
    left_early: set[str] = field(default_factory=set)
    duplicates: Counter[str] = field(default_factory=Counter)
    failed: int = 0


async def test_every_check_in_counts_once_in_whatever_order_it_comes(
    open_desk: OpenDesk, sessions: Sessions, keys: Keyring, set_clock: SetClock
) -> None:
    chance = random.Random(2024)  # noqa: S311  an order, not a secret
    nation, event = await convene(open_desk, sessions)
    tickets = await tickets_of(sessions, keys, event)
    phones = [await register(nation, event) for _ in range(PHONES)]
    seen = meet(chance, phones, tickets)
    set_clock(OPENING + timedelta(hours=8))

    recorded = await deliver_twice(chance, seen)

    assert recorded == {"recorded": len(seen.scans), "repeated": len(seen.scans)}
    listed = told(await nation.get(f"{event}/check-ins?count=exact&limit=1"), 200)
    failed = told(await nation.get(f"{event}/failed-scans?count=exact&limit=1"), 200)
    assert listed["total"] + failed["total"] == len(seen.scans)
    assert failed["total"] == seen.failed
    await check_presence(nation, event, seen)


async def convene(open_desk: OpenDesk, sessions: Sessions) -> tuple[Desk, str]:
    nation = await open_desk("00")
    event = f"/events/{(await nation.draft(**ANCOL))['id']}"
    told(await nation.post(f"{event}/sessions", SESSION), 201)
    told(await nation.post(f"{event}/publication"), 200)
    rules = [{"category": each, "at_least": 50, "unit": "percent"} for each in POSTS.values()]
    told(await nation.put(f"{event}/quorum", {"rules": rules}), 200)
    async with sessions.begin() as session:
        query = select(Region).where(Region.code.regexp_match(r"^[0-9]{2}(\.[0-9]{2})?$"))
        regions = (await session.scalars(query.order_by(Region.code).limit(REGIONS))).all()
    for post, category in POSTS.items():
        invited = {"post": post, "category": category}
        await nation.invite(
            event,
            *[
                invited | {"office_name": f"Kantor {each.name}", "region_code": each.code}
                for each in regions
            ],
        )
    return nation, event


async def tickets_of(sessions: Sessions, keys: Keyring, event: str) -> dict[str, str]:
    """The ticket of each invitation; drawing 1,090 QR codes would be most of the test."""
    async with sessions.begin() as session:
        held = await session.get_one(Event, UUID(event.rsplit("/", 1)[-1]))
        book = TicketBook(session, keys, OPENING - timedelta(days=7))
        query = select(Invitation).where(Invitation.event_id == held.id)
        invitations = (await session.scalars(query.order_by(Invitation.id))).all()
        return {str(each.id): book.write(book.issue(held, each)) for each in invitations}


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
        office = {"office_name": f"Redaksi Rekaan {number}", "post": "Wartawan"}
        seen.scans.append((phone, phone.note(OPENING, **office, name=f"Hadirin Rekaan {number}")))
    for phone in phones:
        seen.scans.append((phone, phone.scan("https://contoh.id/menu", OPENING)))
        seen.failed += 1
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


async def deliver_twice(chance: random.Random, seen: Seen) -> Counter[str]:
    """Each scan in two batches, every batch of one phone, all of them mixed."""
    batches: list[tuple[Phone, list[dict[str, Any]]]] = []
    by_phone: dict[str, list[dict[str, Any]]] = {}
    phones = {phone.id: phone for phone, _ in seen.scans}
    for phone, item in seen.scans:
        by_phone.setdefault(phone.id, []).append(item)
    for _ in range(2):
        for id, items in by_phone.items():
            chance.shuffle(items)
            size = chance.randrange(10, 60)
            batches += [(phones[id], items[i : i + size]) for i in range(0, len(items), size)]
    chance.shuffle(batches)
    found: Counter[str] = Counter()
    for phone, items in batches:
        answer = told(await phone.deliver(*items), 200)
        found.update(each["outcome"] for each in answer["items"])
    return found


async def check_presence(nation: Desk, event: str, seen: Seen) -> None:
    attendance = told(await nation.get(f"{event}/attendance"), 200)
    items = {each["invitation_id"]: each for each in attendance["items"]}
    assert {id: each["presence"] for id, each in items.items()} == seen.presence
    assert {id for id, each in items.items() if each["left_early"]} == seen.left_early
    found = {id: each["duplicates"] for id, each in items.items() if each["duplicates"]}
    assert found == dict(seen.duplicates)
    assert len(attendance["walk_ins"]) == WALK_INS
    quorum = told(await nation.get(f"{event}/quorum"), 200)
    assert [each["invited"] for each in quorum["items"]] == [REGIONS, REGIONS]
    came = sum(each in ("present", "represented") for each in seen.presence.values())
    assert sum(each["came"] for each in quorum["items"]) == came
    assert quorum["is_reached"]
