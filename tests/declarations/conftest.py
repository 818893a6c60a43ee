"""Officers of three offices: the one that declares, one next door, and one above both."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.audit.models import JournalEntry
from app.core.actors import Actor, ActorKind, Role
from app.core.crypto import Keyring
from app.core.database import Sessions, open_sessions
from app.declarations.models.counts import (
    CountedLog,
    Coverage,
    CoveredLog,
    CoveredTarget,
    SignatureCount,
)
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

_OF_SIGNATURES = (SignatureReason, SignatureChange, Signer)
_OF_DECLARATIONS = (Invalidation, Signature, SignatureCount, Target, Coverage)


@pytest.fixture
async def sijunjung(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role=Role.PREVENTION_STAFF, office_code="bawaslu-13.03")


@pytest.fixture
async def custodian(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role=Role.CUSTODIAN, office_code="bawaslu-13.03")


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
        await take_away(connection, planned.id)
    await forget_ledger(owner)


async def take_away(connection: AsyncConnection, declaration_id: UUID) -> None:
    """The declaration, whoever signed it or should, and what the journal says of all that."""
    ids = [declaration_id]
    for kind in (Signature, Target):
        theirs = select(kind.id).where(kind.declaration_id == declaration_id)
        ids += await connection.scalars(theirs)
    # Of whoever was taken off the roster only what he was taken off from is still known.
    taken_off = JournalEntry.payload["declaration"].astext == str(declaration_id)
    finds = select(Invalidation.id).where(Invalidation.declaration_id == declaration_id)
    for gone in (
        delete(JournalEntry).where(or_(JournalEntry.subject_id.in_(ids), taken_off)),
        delete(InvalidationFind).where(InvalidationFind.invalidation_id.in_(finds)),
        *(delete(each).where(each.signature_id.in_(ids)) for each in _OF_SIGNATURES),
        delete(CoveredTarget).where(CoveredTarget.target_id.in_(ids)),
        *(delete(each).where(each.declaration_id == declaration_id) for each in _OF_DECLARATIONS),
        delete(CountedLog),
        delete(CoveredLog),
        delete(Declaration).where(Declaration.id == declaration_id),
    ):
        await connection.execute(gone)
