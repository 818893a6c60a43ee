"""Both sides at the same instant, over connections of their own that really commit."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.audit.service import LISTENERS
from app.complaints.models.complaints import Complaint, ComplaintContent, ComplaintPerson
from app.complaints.models.contact import Supplement
from app.complaints.models.search import ComplaintToIndex
from app.core.actors import SYSTEM
from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.database import Sessions, open_sessions
from app.core.ids import new_id
from app.correspondence.jobs import sending_notices
from app.correspondence.models import Contact, Message, Notice
from app.correspondence.rules.messages import MOST_A_DAY
from app.correspondence.rules.notices import NoticeState
from app.correspondence.schemas.messages import MessageIn
from app.correspondence.service.desk import DeskService
from app.correspondence.service.notices import BY_EMAIL
from app.receipts.models import Receipt
from app.registry import LISTENING
from app.web.clock import present
from tests.clocks.forgetting import forget_clocks
from tests.correspondence.conftest import NOON
from tests.correspondence.mail import Post
from tests.correspondence.writing import Reporter, a_reporter

NEWS = MessageIn(text="Jawaban rekaan.")
MASTER = MasterKey(bytes(range(32)))
RING = Keyring(MASTER, [MASTER.make(purpose) for purpose in KeyPurpose])


@pytest.fixture
def committing(engine: AsyncEngine) -> Sessions:
    return open_sessions(engine, {LISTENERS: LISTENING, BY_EMAIL: True})


@pytest.fixture
async def someone(
    whole_app: FastAPI, committing: Sessions, owner: AsyncEngine
) -> AsyncIterator[Reporter]:
    """A reporter whose phones do not share one transaction; taken away again afterwards."""
    whole_app.state.sessions, whole_app.state.keys = committing, RING
    transport = ASGITransport(app=whole_app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        reporter = await a_reporter(client)
        yield reporter
    id = reporter.subject_id
    async with owner.begin() as connection:
        await forget_clocks(connection, [id])
        for kind in (JournalEntry, Message, Contact, Notice, Receipt):
            await connection.execute(delete(kind).where(kind.subject_id == id))
        for part in (Supplement, ComplaintPerson, ComplaintToIndex):
            await connection.execute(delete(part).where(part.complaint_id == id))
        for row in (ComplaintContent, Complaint):
            await connection.execute(delete(row).where(row.id == id))


async def unread(committing: Sessions, reporter: Reporter) -> int:
    async with committing.begin() as session:
        query = select(Complaint.unread_messages).where(Complaint.id == reporter.subject_id)
        return (await session.scalars(query)).one()


async def work(committing: Sessions, post: Post) -> None:
    await sending_notices(committing, RING, post.server(), lambda: NOON)()


async def mark(committing: Sessions, reporter: Reporter, up_to: str) -> None:
    async with committing.begin() as session:
        desk = DeskService(session, SYSTEM, present(), RING)
        await desk.mark_read(reporter.subject_id, UUID(up_to))


async def test_twenty_copies_of_one_message_are_one(
    someone: Reporter, committing: Sessions
) -> None:
    id = new_id()

    answers = await asyncio.gather(*(someone.write("Sekali.", id) for _ in range(20)))

    assert Counter(each.status_code for each in answers) == {201: 1, 200: 19}
    assert len({each.text for each in answers}) == 1
    assert await unread(committing, someone) == 1


async def test_many_phones_with_one_receipt_share_one_allowance(
    someone: Reporter, committing: Sessions
) -> None:
    answers = await asyncio.gather(*(someone.write() for _ in range(MOST_A_DAY + 10)))

    assert Counter(each.status_code for each in answers) == {201: MOST_A_DAY, 429: 10}
    assert await unread(committing, someone) == MOST_A_DAY


async def test_no_message_is_lost_between_writing_and_marking(
    someone: Reporter, committing: Sessions
) -> None:
    ids = [(await someone.write()).json()["id"] for _ in range(8)]

    await asyncio.gather(
        *(mark(committing, someone, id) for id in ids), *(someone.write() for _ in range(8))
    )

    assert await unread(committing, someone) == 8


async def test_phones_that_add_persons_at_once_number_them_one_after_the_other(
    someone: Reporter, committing: Sessions
) -> None:
    body = {"reported_persons": [{"name": "Terlapor Kedua"}]}
    paths = [f"/receipt/supplements/{new_id()}" for _ in range(8)]

    answers = await asyncio.gather(
        *(someone.client.put(path, json=body, headers=someone.headers) for path in paths)
    )

    async with committing.begin() as session:
        query = select(ComplaintPerson.position).where(
            ComplaintPerson.complaint_id == someone.subject_id,
            ComplaintPerson.part == "reported",
        )
        positions: Sequence[int] = (await session.scalars(query)).all()
    assert {each.status_code for each in answers} == {201}
    assert sorted(positions) == list(range(9))


async def test_a_second_withdrawal_at_the_same_instant_is_refused(someone: Reporter) -> None:
    answers = await asyncio.gather(
        *(
            someone.client.post("/receipt/withdrawal", json={}, headers=someone.headers)
            for _ in range(8)
        )
    )

    assert Counter(each.status_code for each in answers) == {200: 1, 409: 7}


async def test_many_workers_send_one_letter(
    someone: Reporter, committing: Sessions, post: Post
) -> None:
    await someone.leave()
    async with committing.begin() as session:
        await DeskService(session, SYSTEM, NOON, RING).write(someone.subject_id, NEWS)

    await asyncio.gather(*(work(committing, post) for _ in range(8)))

    assert len(post.letters) == 1


async def test_news_that_comes_while_the_reporter_reads_is_told(
    someone: Reporter, committing: Sessions, post: Post
) -> None:
    await someone.leave()
    async with committing.begin() as session:
        await DeskService(session, SYSTEM, NOON, RING).write(someone.subject_id, NEWS)
    [seen] = (await someone.messages())["items"]
    await work(committing, post)
    async with committing.begin() as session:
        await DeskService(session, SYSTEM, present(), RING).write(someone.subject_id, NEWS)
        reading = asyncio.create_task(someone.see(seen["id"]))
        await asyncio.sleep(0.2)
        waits = not reading.done()
    left = (await reading).json()["unread_messages"]

    async with committing.begin() as session:
        state = await session.scalar(select(Notice.state))

    assert (waits, left, state) == (True, 1, NoticeState.PENDING)
