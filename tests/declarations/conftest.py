"""Officers of three offices: the one that declares, one next door, and one above both."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.core.actors import Actor, ActorKind, Role
from app.core.crypto import Keyring
from app.core.database import Sessions, open_sessions
from app.declarations.models.counts import CountedLog, Coverage, CoveredTarget, SignatureCount
from app.declarations.models.declarations import Declaration, Signature, Signer, Target
from app.declarations.models.signing import (
    Invalidation,
    InvalidationFind,
    SignatureChange,
    SignatureReason,
)
from app.declarations.schemas.declarations import DeclarationIn
from app.declarations.service.declarations import DeclarationService
from app.offices.models import Office
from app.web.clock import present
from tests.conftest import KNOWN
from tests.declarations.declaring import Body, Headers, declaration
from tests.ledger.publishing import forget_ledger
from tests.people import officer


@pytest.fixture
async def sijunjung(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role=Role.PREVENTION_STAFF, office_code="bawaslu-13.03")


@pytest.fixture
async def sinjai(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role=Role.PREVENTION_STAFF, office_code="bawaslu-73.07")


@pytest.fixture
async def national(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role=Role.PREVENTION_STAFF, office_code="bawaslu-00")


@pytest.fixture
def committing(engine: AsyncEngine) -> Sessions:
    """Units of work over connections of their own that really commit."""
    return open_sessions(engine, KNOWN)


@pytest.fixture
async def organiser(committing: Sessions) -> Actor:
    async with committing.begin() as session:
        office = await session.scalar(select(Office.id).where(Office.code == "bawaslu-13.03"))
    return Actor(ActorKind.SYSTEM, area="13.03", office_id=office)


@pytest.fixture
async def where(committing: Sessions, organiser: Actor, owner: AsyncEngine) -> AsyncIterator[Body]:
    """An open declaration, taken away again afterwards with all that came of it."""
    async with committing.begin() as session:
        service = DeclarationService(session, organiser, present())
        planned = await service.plan(DeclarationIn.model_validate(declaration()))
        await service.open(planned.id)
    yield {"id": str(planned.id)}
    async with owner.begin() as connection:
        signed = select(Signature.id).where(Signature.declaration_id == planned.id)
        listed = select(Target.id).where(Target.declaration_id == planned.id)
        ids = [
            planned.id,
            *(await connection.scalars(signed)).all(),
            *(await connection.scalars(listed)).all(),
        ]
        # Of whom was taken off the roster only what he was taken off from is still known.
        here = JournalEntry.payload["declaration"].astext == str(planned.id)
        await connection.execute(
            delete(JournalEntry).where(or_(JournalEntry.subject_id.in_(ids), here))
        )
        finds = select(Invalidation.id).where(Invalidation.declaration_id == planned.id)
        await connection.execute(
            delete(InvalidationFind).where(InvalidationFind.invalidation_id.in_(finds))
        )
        for trace in (SignatureReason, SignatureChange):
            await connection.execute(delete(trace).where(trace.signature_id.in_(ids)))
        await connection.execute(
            delete(Invalidation).where(Invalidation.declaration_id == planned.id)
        )
        await connection.execute(delete(Signer).where(Signer.signature_id.in_(ids)))
        await connection.execute(delete(Signature).where(Signature.id.in_(ids)))
        await connection.execute(
            delete(SignatureCount).where(SignatureCount.declaration_id == planned.id)
        )
        await connection.execute(delete(CountedLog))
        await connection.execute(delete(CoveredTarget).where(CoveredTarget.target_id.in_(ids)))
        for kind in (Target, Coverage):
            await connection.execute(delete(kind).where(kind.declaration_id == planned.id))
        await connection.execute(delete(Declaration).where(Declaration.id == planned.id))
    await forget_ledger(owner)
