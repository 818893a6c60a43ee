"""Two phones with one receipt turn a question at the same instant, over connections that commit."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.consultations.models.questions import Consultation, ConsultationQuestion
from app.consultations.rules.questions import AlreadyTurned
from app.consultations.service.turning import TurningService
from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.database import Sessions, open_sessions
from app.core.ids import new_id
from app.receipts.models import Receipt
from app.receipts.service import receipt_holder
from app.web.clock import present
from tests.consultations.asking import Body, ask

MASTER = MasterKey(bytes(range(32)))
RING = Keyring(MASTER, [MASTER.make(purpose) for purpose in KeyPurpose])
PHONES = 4


@pytest.fixture
def committing(engine: AsyncEngine) -> Sessions:
    return open_sessions(engine)


@pytest.fixture
async def filed(
    whole_app: FastAPI, committing: Sessions, owner: AsyncEngine
) -> AsyncIterator[Body]:
    whole_app.state.sessions, whole_app.state.keys = committing, RING
    transport = ASGITransport(app=whole_app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        asked = await ask(client)
        yield asked
    id = UUID(asked["id"])
    async with owner.begin() as connection:
        for kind in (JournalEntry, Receipt):
            await connection.execute(delete(kind).where(kind.subject_id == id))
        for row in (ConsultationQuestion, Consultation):
            await connection.execute(delete(row).where(row.id == id))


async def turn(committing: Sessions, filed: Body) -> None:
    async with committing.begin() as session:
        author = await receipt_holder(session, filed["receipt_code"])
        turning = TurningService(session, author, present(), RING)
        await turning.turn(new_id())
        # Whoever files a complaint takes its time; meanwhile the others wait for the question.
        await asyncio.sleep(0.05)


async def test_only_one_of_them_turns_it(committing: Sessions, filed: Body) -> None:
    done = await asyncio.gather(
        *(turn(committing, filed) for _ in range(PHONES)), return_exceptions=True
    )

    assert [each for each in done if each is None] == [None]
    assert [type(each) for each in done if each is not None] == [AlreadyTurned] * (PHONES - 1)
