"""Workers and officers at the same instant, over connections that really commit."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.actors import PUBLIC
from app.rakor.jobs import sending_invitations
from app.rakor.rules.attendance import Answer
from app.rakor.rules.mails import ANSWERING
from app.rakor.schemas.answers import AnswerIn
from app.rakor.schemas.plans import EventPatch
from app.rakor.service.answers import AnswerService
from app.rakor.service.events import EventService
from tests.correspondence.mail import Post
from tests.rakor.committed import KEYS, Office, office_of, take_away
from tests.rakor.conftest import BEFORE_THE_EVENT
from tests.rakor.mailing import Arrived, arrived
from tests.rakor.meeting import NAGARI, PLAN

OFFICES, WORKERS, CHANGES = 12, 3, 4
ON_ITS_WAY = 0.1
LATER = BEFORE_THE_EVENT + ANSWERING


@pytest.fixture
async def office(engine: AsyncEngine) -> Office:
    return await office_of(engine, "bawaslu-13.03")


@pytest.fixture
async def event_id(office: Office, owner: AsyncEngine) -> AsyncIterator[UUID]:
    id = await office.announce(PLAN)
    yield id
    async with owner.begin() as connection:
        await take_away(connection, id)


async def work(office: Office, post: Post) -> None:
    await sending_invitations(office.sessions, KEYS, post.server(), lambda: LATER, None)()


async def revise(office: Office, event_id: UUID) -> None:
    for number in range(CHANGES):
        await asyncio.sleep(ON_ITS_WAY)
        async with office.sessions.begin() as session:
            events = EventService(session, office.actor, BEFORE_THE_EVENT)
            event = await events.events.get(event_id)
            patch = EventPatch.model_validate({"venue": f"Gedung {number}"})
            await events.revise(event_id, event.version, patch)


async def accept(office: Office, code: str) -> None:
    form = AnswerIn(code=code, answer=Answer.COMING)
    async with office.sessions.begin() as session:
        await AnswerService(session, PUBLIC, BEFORE_THE_EVENT, KEYS).answer(form)


def by_box(post: Post) -> dict[str, list[Arrived]]:
    boxes = defaultdict(list)
    for each in post.letters:
        letter = arrived(each.raw)
        boxes[letter.to].append(letter)
    return boxes


async def test_no_calendar_stays_behind(office: Office, event_id: UUID, post: Post) -> None:
    invited = [
        NAGARI | {"post": f"Wali Nagari {each}", "email": f"nagari-{each}@contoh.example"}
        for each in range(OFFICES)
    ]
    issued = await office.invite(event_id, *invited)
    accepting = issued[::2]
    post.seconds = ON_ITS_WAY

    await asyncio.gather(
        revise(office, event_id),
        *(accept(office, each.code) for each in accepting),
        *(work(office, post) for _ in range(WORKERS)),
    )
    await work(office, post)

    boxes = by_box(post)
    assert len(boxes) == OFFICES
    # Of two letters that are on their way at once the later one is told by its DTSTAMP.
    accepted = [any(each.partstat == "ACCEPTED" for each in box) for box in boxes.values()]
    assert accepted.count(True) == len(accepting)
    for letters in boxes.values():
        assert len({each.entry.uid for each in letters}) == 1
        latest = max(letters, key=lambda each: each.entry.sequence)
        assert (latest.entry.sequence, latest.entry.location) == (CHANGES, f"Gedung {CHANGES - 1}")
        assert sum(each.subject.startswith("Undangan: ") for each in letters) == 1
