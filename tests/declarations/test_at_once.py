"""Many signers at the same instant, over connections of their own that really commit."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import func, select

from app.core.actors import PUBLIC, Actor
from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.database import Sessions
from app.core.ids import new_id
from app.declarations.models.declarations import Signature
from app.declarations.schemas.rosters import ErasureIn
from app.declarations.schemas.signatures import SignatureIn
from app.declarations.service.declarations import DeclarationService
from app.declarations.service.erasing import ErasureService
from app.declarations.service.rosters import RosterService
from app.declarations.service.signatures import SignatureService
from app.web.clock import present
from tests.declarations.declaring import Body, sign, signature
from tests.declarations.inviting import invite, redeem, ticket

MASTER = MasterKey(bytes(range(32)))


@pytest.fixture
async def crowd(whole_app: FastAPI, committing: Sessions) -> AsyncIterator[AsyncClient]:
    """Phones that do not share one transaction, as those of all other tests do."""
    whole_app.state.sessions = committing
    whole_app.state.keys = Keyring(MASTER, [MASTER.make(purpose) for purpose in KeyPurpose])
    transport = ASGITransport(app=whole_app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        yield client


async def signed(committing: Sessions, where: Body) -> int:
    async with committing.begin() as session:
        query = select(func.count()).where(Signature.declaration_id == UUID(where["id"]))
        return await session.scalar(query, execution_options={"fan_out": True}) or 0


async def close(committing: Sessions, organiser: Actor, where: Body) -> None:
    async with committing.begin() as session:
        await DeclarationService(session, organiser, present()).close(UUID(where["id"]))


async def test_fifty_signers_at_once_are_fifty_signatures(
    crowd: AsyncClient, where: Body, committing: Sessions
) -> None:
    answers = await asyncio.gather(*(sign(crowd, where, signature(number)) for number in range(50)))

    assert Counter(each.status_code for each in answers) == {201: 50}
    assert await signed(committing, where) == 50


async def test_twenty_copies_of_one_request_are_one_signature(
    crowd: AsyncClient, where: Body, committing: Sessions
) -> None:
    id = new_id()

    answers = await asyncio.gather(*(sign(crowd, where, signature(), id) for _ in range(20)))

    assert Counter(each.status_code for each in answers) == {201: 1, 200: 19}
    assert len({each.text for each in answers}) == 1
    assert await signed(committing, where) == 1


async def test_one_person_on_twenty_devices_counts_once(
    crowd: AsyncClient, where: Body, committing: Sessions
) -> None:
    answers = await asyncio.gather(*(sign(crowd, where, signature()) for _ in range(20)))

    assert Counter(each.status_code for each in answers) == {201: 1, 409: 19}
    assert await signed(committing, where) == 1


async def test_a_closing_waits_for_who_is_signing(
    crowd: AsyncClient, where: Body, committing: Sessions, organiser: Actor, keys: Keyring
) -> None:
    async with committing.begin() as session:
        service = SignatureService(session, PUBLIC, present(), keys)
        await service.sign(UUID(where["id"]), new_id(), SignatureIn.model_validate(signature()))
        closing = asyncio.create_task(close(committing, organiser, where))
        await asyncio.sleep(0.2)
        waits = not closing.done()
    await closing

    assert waits
    assert await signed(committing, where) == 1


async def test_who_signs_during_the_closing_is_refused(
    crowd: AsyncClient, where: Body, committing: Sessions, organiser: Actor
) -> None:
    async with committing.begin() as session:
        await DeclarationService(session, organiser, present()).close(UUID(where["id"]))
        signing = asyncio.create_task(sign(crowd, where, signature()))
        await asyncio.sleep(0.2)

    answer = await signing

    assert answer.json()["code"] == "declaration-not-open"
    assert await signed(committing, where) == 0


async def test_one_person_counts_once_while_a_key_comes_into_use(
    whole_app: FastAPI, crowd: AsyncClient, where: Body, committing: Sessions
) -> None:
    """Half of the processes use the new key already, and half of them not yet."""
    old, new = MASTER.make(KeyPurpose.INDEX), MASTER.make(KeyPurpose.INDEX, 2)
    others = [MASTER.make(KeyPurpose.SEAL), MASTER.make(KeyPurpose.RECEIPT)]
    rings = [
        Keyring(MASTER, [*others, old, replace(new, starts_in=starts_in)])
        for starts_in in (60.0, 0.0)
    ]

    for number in range(10):
        signing = []
        for ring in rings * 2:
            whole_app.state.keys = ring
            signing.append(asyncio.create_task(sign(crowd, where, signature(number))))
            # The ring is taken when the request arrives, before it first waits for the database.
            await asyncio.sleep(0.005)
        answers = await asyncio.gather(*signing)
        assert Counter(each.status_code for each in answers) == {201: 1, 409: 3}

    assert await signed(committing, where) == 10


@pytest.mark.parametrize("step", ["removed", "erased"])
async def test_who_goes_while_his_ticket_waits_signs_no_more(
    crowd: AsyncClient, where: Body, committing: Sessions, organiser: Actor, step: str
) -> None:
    assert isinstance(crowd._transport, ASGITransport)
    keys = crowd._transport.app.state.keys  # type: ignore[attr-defined]
    [target] = await invite(committing, keys, where, 1)
    declaration_id = UUID(where["id"])

    async with committing.begin() as session:
        if step == "removed":
            service = RosterService(session, organiser, present(), keys)
            await service.remove(declaration_id, target.id)
        else:
            erasing = ErasureService(session, organiser, present(), keys)
            await erasing.erase(declaration_id, target.id, ErasureIn(reason="Permintaan rekaan."))
        signing = asyncio.create_task(redeem(crowd, ticket(keys, target)))
        await asyncio.sleep(0.2)
        waits = not signing.done()
    answer = await signing

    assert waits
    assert answer.json()["code"] == "unknown-ticket"
    assert await signed(committing, where) == 0
