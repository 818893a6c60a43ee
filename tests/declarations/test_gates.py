"""Who closes a declaration gets his turn during a rush, and what he reads is what is so."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from app.core.actors import PUBLIC, Actor
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.tickets import Opening, TicketRepository
from app.declarations.rules.changes import Rule
from app.declarations.rules.kinds import Status
from app.declarations.schemas.changes import InvalidationIn
from app.declarations.schemas.signatures import SignatureIn
from app.declarations.service.invalidations import InvalidationService
from app.declarations.service.signatures import SignatureService
from app.web.clock import present
from tests.declarations.declaring import Body, signature
from tests.declarations.test_at_once import close


@asynccontextmanager
async def signing(sessions: Sessions, where: Body) -> AsyncIterator[Opening]:
    """A batch of signatures that is being written, until this is left."""
    async with sessions.begin() as session:
        held = await TicketRepository(session).hold([UUID(where["id"])])
        yield held[UUID(where["id"])]


async def test_batches_that_overlap_do_not_keep_a_closing_waiting(
    committing: Sessions, where: Body, organiser: Actor
) -> None:
    async def batch() -> Status:
        async with signing(committing, where) as opening:
            await asyncio.sleep(0.2)
            return opening.status

    batches = []
    async with signing(committing, where):
        closing = asyncio.create_task(close(committing, organiser, where))
        await asyncio.sleep(0.1)
        batches.append(asyncio.create_task(batch()))
        await asyncio.sleep(0.1)
    for _ in range(10):
        await asyncio.sleep(0.1)
        batches.append(asyncio.create_task(batch()))
    was_closed = closing.done()
    await closing

    assert was_closed
    assert {await each for each in batches} == {Status.CLOSED}


async def test_a_table_that_is_read_in_keeps_officers_waiting_and_nobody_who_signs(
    committing: Sessions, where: Body, organiser: Actor
) -> None:
    async with committing.begin() as session:
        await DeclarationRepository(session, organiser).kept(UUID(where["id"]))
        closing = asyncio.create_task(close(committing, organiser, where))
        await asyncio.sleep(0.1)
        async with asyncio.timeout(5), signing(committing, where) as opening:
            signs = opening.status
        waits = not closing.done()
    await closing

    assert (signs, waits) == (Status.OPEN, True)


async def test_who_waited_at_the_gate_reads_what_is_so_by_now(
    committing: Sessions, where: Body, organiser: Actor
) -> None:
    """An officer's batch reads the declaration, and then waits while it is closed."""
    async with committing.begin() as session:
        declarations = DeclarationRepository(session, organiser)
        known = await declarations.get(UUID(where["id"]))
        before = known.status
        await close(committing, organiser, where)

        held = await declarations.held(UUID(where["id"]))

        assert held is known
        assert (before, held.status) == (Status.OPEN, Status.CLOSED)


async def test_who_waited_for_the_row_reads_what_is_so_by_now(
    committing: Sessions, where: Body, organiser: Actor
) -> None:
    async with committing.begin() as session:
        declarations = DeclarationRepository(session, organiser)
        known = await declarations.get(UUID(where["id"]))
        before = known.status
        await close(committing, organiser, where)

        locked = await declarations.get(UUID(where["id"]), lock=True)

        assert locked is known
        assert (before, locked.status) == (Status.OPEN, Status.CLOSED)


async def test_what_was_signed_while_the_closing_waited_came_before_it(
    committing: Sessions, where: Body, organiser: Actor, keys: Keyring
) -> None:
    declaration_id = UUID(where["id"])
    async with committing.begin() as session:
        await DeclarationRepository(session, organiser).held(declaration_id)
        closing = asyncio.create_task(close(committing, organiser, where))
        await asyncio.sleep(0.2)
        for number, captured_at in enumerate((None, present())):
            form = SignatureIn.model_validate(signature(number, captured_at=captured_at))
            service = SignatureService(session, PUBLIC, present(), keys)
            await service.sign(declaration_id, new_id(), form)
    await closing

    async with committing.begin() as session:
        found = InvalidationService(session, organiser, present(), keys)
        sought = InvalidationIn(rule=Rule.OUTSIDE_OPENING)
        seen = await found.preview(declaration_id, sought)
        await session.rollback()

    assert seen.found == 0
