"""Whoever counts has the counts for seconds, and whoever signs meanwhile waits for nobody."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.core.actors import SYSTEM, Actor
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations.repository.counts import CountRepository
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.schemas.changes import SignatureConfirmationIn
from app.declarations.schemas.declarations import HoldingIn
from app.declarations.schemas.rosters import TargetIn
from app.declarations.service.checking import CheckingService
from app.declarations.service.declarations import DeclarationService
from app.declarations.service.rosters import RosterService
from app.web.clock import present
from tests.declarations.declaring import Body, sign, signature
from tests.declarations.enlisting import target
from tests.declarations.inviting import invite
from tests.declarations.test_at_once import crowd  # noqa: F401  a fixture
from tests.ledger.publishing import publish

LONG_ENOUGH = 20


class Organiser:
    """What the organiser does that changes who is counted."""

    def __init__(self, committing: Sessions, actor: Actor, keys: Keyring, where: Body) -> None:
        self.committing = committing
        self.actor = actor
        self.keys = keys
        self.id = UUID(where["id"])
        self.listed = self.signed = self.id

    async def holds_it(self) -> None:
        async with self.committing.begin() as session:
            form = HoldingIn(held_on=present().date(), place="Aula Rekaan")
            await DeclarationService(session, self.actor, present()).hold(self.id, form)

    async def lists_somebody(self) -> None:
        async with self.committing.begin() as session:
            service = RosterService(session, self.actor, present(), self.keys)
            await service.add(self.id, TargetIn.model_validate(target(9)))

    async def strikes_somebody_off(self) -> None:
        async with self.committing.begin() as session:
            service = RosterService(session, self.actor, present(), self.keys)
            await service.remove(self.id, self.listed)

    async def confirms_somebody(self) -> None:
        async with self.committing.begin() as session:
            service = CheckingService(session, self.actor, present(), self.keys)
            form = SignatureConfirmationIn(stands_for=self.listed)
            await service.confirm(self.id, self.signed, form)


ACTS = [
    Organiser.holds_it,
    Organiser.lists_somebody,
    Organiser.strikes_somebody_off,
    Organiser.confirms_somebody,
]


@pytest.fixture
async def office(
    whole_app: FastAPI,
    crowd: AsyncClient,  # noqa: F811
    committing: Sessions,
    organiser: Actor,
    where: Body,
) -> Organiser:
    """Somebody is on the roster, and somebody else has signed."""
    keys = whole_app.state.keys
    office = Organiser(committing, organiser, keys, where)
    office.listed = (await invite(committing, keys, where, 8))[0].id
    office.signed = UUID((await sign(crowd, where, signature(1))).json()["id"])
    return office


@asynccontextmanager
async def begun(act: Awaitable[None]) -> AsyncIterator[asyncio.Future[None]]:
    """Something that goes on beside; what it would wait for without end fails instead."""
    doing = asyncio.ensure_future(act)
    await asyncio.sleep(0.2)
    async with asyncio.timeout(LONG_ENOUGH):
        yield doing


@pytest.mark.parametrize("does", ACTS)
async def test_nobody_who_signs_waits_for_counting(
    crowd: AsyncClient,  # noqa: F811
    where: Body,
    office: Organiser,
    committing: Sessions,
    does: Callable[[Organiser], Awaitable[None]],
) -> None:
    async with committing.begin() as session:
        await CountRepository(session).hold()
        async with begun(does(office)) as doing:
            answer = await sign(crowd, where, signature(2))
        waits = not doing.done()
    await doing

    assert (answer.status_code, waits) == (201, True)


async def test_a_tally_does_not_wait_for_coverage(
    crowd: AsyncClient,  # noqa: F811
    where: Body,
    office: Organiser,
    committing: Sessions,
) -> None:
    async with committing.begin() as session:
        await CountRepository(session).hold()
        async with begun(publish(committing, office.keys)) as publishing:
            await publishing
    answer = await crowd.get(f"/declarations/{where['id']}/tally")

    assert answer.json()["signatures"] == 1


@pytest.mark.parametrize("does", ACTS[:3])
async def test_a_table_that_was_read_in_is_counted_before_whoever_waits_for_it(
    crowd: AsyncClient,  # noqa: F811
    where: Body,
    office: Organiser,
    committing: Sessions,
    does: Callable[[Organiser], Awaitable[None]],
) -> None:
    """Reading in holds the declaration first, and the counts at the end."""
    async with committing.begin() as session:
        await DeclarationRepository(session, SYSTEM).kept(office.id)
        async with begun(does(office)) as doing:
            await CountRepository(session).hold()
        waits = not doing.done()
    await doing

    assert waits


@pytest.mark.parametrize("does", ACTS)
async def test_the_organiser_gets_his_turn_while_others_count_without_a_pause(
    office: Organiser, committing: Sessions, does: Callable[[Organiser], Awaitable[None]]
) -> None:
    counting = True

    async def count() -> None:
        while counting:
            async with committing.begin() as session:
                await CountRepository(session).hold()
                await asyncio.sleep(0.05)

    counters = [asyncio.ensure_future(count()) for _ in range(3)]
    try:
        async with begun(does(office)) as doing:
            await doing
    finally:
        counting = False
        await asyncio.gather(*counters)
