"""Whoever asks is erased; the count and every proof stay what they were."""

import asyncio
from typing import TypeVar
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.core.actors import PUBLIC, Actor, Role
from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.database import Base, Sessions
from app.core.ids import new_id
from app.declarations.jobs import count_persons, rekey_persons
from app.declarations.models.declarations import Signature, Signer, Target
from app.declarations.models.room import SignatureCapture
from app.declarations.models.signing import SignatureReason
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.persons import PersonRepository
from app.declarations.schemas.changes import SignatureRejectionIn
from app.declarations.schemas.rosters import ErasureIn
from app.declarations.schemas.signatures import SignatureIn
from app.declarations.service.checking import CheckingService
from app.declarations.service.erasing import ErasureService
from app.declarations.service.signatures import SignatureService
from app.evidence.jobs.checks import check_documents
from app.evidence.service.checks import CheckService
from app.ledger.models import LedgerLeaf
from app.web.clock import present
from tests.declarations.collecting import outcomes, send
from tests.declarations.declaring import Body, Headers, opened, published, sign, signature, tally
from tests.declarations.enlisting import add, coverage, targets
from tests.declarations.inviting import invite, redeem, ticket
from tests.declarations.test_certified import brought, certified
from tests.evidence.signed import signatory, signed
from tests.people import officer

T = TypeVar("T", bound=Base)
REASON = {"reason": "Permintaan tertulis (rekaan)."}


@pytest.fixture
def checks(app: FastAPI, sessions: Sessions, keys: Keyring) -> CheckService:
    return CheckService(sessions, keys, app.state.depot.objects, present, signatory().root)


async def leaves(sessions: Sessions) -> list[bytes]:
    async with sessions.begin() as session:
        return list(await session.scalars(select(LedgerLeaf.data).order_by(LedgerLeaf.index)))


async def row_of(sessions: Sessions, kind: type[Target], id: str) -> Target:
    async with sessions.begin() as session:
        query = select(kind).where(kind.id == UUID(id)).execution_options(fan_out=True)
        return (await session.scalars(query)).one()


async def all_of(sessions: Sessions, kind: type[T]) -> list[T]:
    async with sessions.begin() as session:
        return list(await session.scalars(select(kind).execution_options(fan_out=True)))


async def erase(client: AsyncClient, headers: Headers, where: Body, id: str) -> int:
    path = f"/declarations/{where['id']}/persons/{id}/erasure"
    return (await client.post(path, json=REASON, headers=headers)).status_code


async def test_an_erased_person_is_nobody_and_still_counts(
    client: AsyncClient,
    sijunjung: Headers,
    custodian: Headers,
    sessions: Sessions,
    keys: Keyring,
) -> None:
    where = await opened(client, sijunjung)
    listed = (await add(client, sijunjung, where)).json()
    target = await row_of(sessions, Target, listed["id"])
    assert (await redeem(client, ticket(keys, target))).status_code == 201
    by_link = (await sign(client, where, signature(2))).json()
    before = (await tally(client, where), await coverage(client, where), await leaves(sessions))

    erased = [await erase(client, custodian, where, each["id"]) for each in (listed, by_link)]

    await published(client)
    after = (await tally(client, where), await coverage(client, where), await leaves(sessions))
    gone = await row_of(sessions, Target, listed["id"])
    async with sessions.begin() as session:
        signer = (await session.scalars(select(Signer).execution_options(fan_out=True))).one()
    assert erased == [200, 200]
    assert after == before
    assert (gone.salt, signer.salt, gone.person_hash) == (None, None, target.person_hash)
    assert gone.person_key != target.person_key
    for row in (gone.sealed, signer.sealed):
        id = gone.id if row is gone.sealed else signer.signature_id
        assert b"Rekaan" not in keys.open(row, id)
    assert [each["person"] for each in await targets(client, sijunjung, where)] == [None]


async def test_the_person_is_erased_wherever_the_declaration_knows_it(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    """As a target, by the open link under another position, and as a witness elsewhere."""
    province, custodian = [
        await officer(sessions, keys, role=role, office_code="bawaslu-13")
        for role in (Role.PREVENTION_STAFF, Role.CUSTODIAN)
    ]
    where = await opened(client, province, region_code="13")
    target, other = [(await add(client, province, where, number=n)).json() for n in (1, 2)]
    by_link, as_witness = [
        (await sign(client, where, signature(1, position="Pak Camat", **said))).json()
        for said in ({"region_code": "13.03"}, {"region_code": "13.04", "role": "witness"})
    ]
    path = f"/declarations/{where['id']}/signatures/{by_link['id']}/confirmation"
    body = {"stands_for": target["id"]}
    assert (await client.post(path, json=body, headers=province)).status_code == 200

    path = f"/declarations/{where['id']}/persons/{target['id']}/erasure"
    erased = await client.post(path, json=REASON, headers=custodian)

    ids = [target["id"], by_link["id"], as_witness["id"]]
    assert erased.json()["erased_ids"] == sorted(ids)
    assert {each.salt for each in await all_of(sessions, Signer)} == {None}
    kept = {str(each.id): each.salt for each in await all_of(sessions, Target)}
    assert kept[target["id"]] is None
    assert kept[other["id"]] is not None


async def test_who_signs_while_the_erasing_waits_is_erased_too(
    committing: Sessions, where: Body, organiser: Actor, keys: Keyring
) -> None:
    """Also where the signature was rejected at once, which no index of persons holds."""
    declaration_id, ids = UUID(where["id"]), [new_id(), new_id()]
    [target] = await invite(committing, keys, where, 1)

    async def erase_target() -> list[UUID]:
        async with committing.begin() as session:
            erasing = ErasureService(session, organiser, present(), keys)
            form = ErasureIn(reason=REASON["reason"])
            return (await erasing.erase(declaration_id, target.id, form)).erased_ids

    async with committing.begin() as session:
        await DeclarationRepository(session, organiser).held(declaration_id)
        erasing = asyncio.create_task(erase_target())
        await asyncio.sleep(0.2)
        service = SignatureService(session, PUBLIC, present(), keys)
        for id in ids:
            form = SignatureIn.model_validate(signature(1))
            await service.sign(declaration_id, id, form)
            if id is ids[0]:
                checking = CheckingService(session, organiser, present(), keys)
                rejection = SignatureRejectionIn(reason="Orang rekaan yang lain.")
                await checking.reject(declaration_id, id, rejection)

    assert await erasing == sorted([target.id, *ids])


async def test_reasons_and_the_way_to_the_paper_go_with_the_person(
    client: AsyncClient,
    sijunjung: Headers,
    custodian: Headers,
    sessions: Sessions,
    checks: CheckService,
) -> None:
    where = await opened(client, sijunjung)
    document = await brought(client, sijunjung, where, signed())
    await check_documents(checks)
    item = certified(document)
    assert outcomes(await send(client, where, [item], sijunjung)) == ["recorded"]
    path = f"/declarations/{where['id']}/signatures/{item['id']}"
    letter = {"letter_number": "800/12/REKAAN/2024", "reason": "Penanda Rekaan meminta."}
    withdrawn = await client.post(f"{path}/withdrawal", json=letter, headers=sijunjung)
    assert withdrawn.status_code == 200, withdrawn.text
    [said] = (await client.get(f"{path}/changes", headers=sijunjung)).json()["changes"]

    assert await erase(client, custodian, where, item["id"]) == 200

    [after] = (await client.get(f"{path}/changes", headers=sijunjung)).json()["changes"]
    papers = await client.get(f"/declarations/{where['id']}/papers", headers=sijunjung)
    [capture] = await all_of(sessions, SignatureCapture)
    assert "Penanda Rekaan" in said["reason"]
    assert after == said | {"reason": None}
    assert await all_of(sessions, SignatureReason) == []
    assert (capture.evidence_id, capture.page) == (None, None)
    assert [each["subject"] for each in papers.json()["items"][0]["check"]["signatures"]] == [""]


async def test_only_a_custodian_of_the_area_erases(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions, keys: Keyring, custodian: Headers
) -> None:
    where = await opened(client, sijunjung)
    listed = (await add(client, sijunjung, where)).json()
    elsewhere = await officer(sessions, keys, role=Role.CUSTODIAN, office_code="bawaslu-73.07")

    refused = [
        await erase(client, headers, where, listed["id"]) for headers in (sijunjung, elsewhere)
    ]

    assert refused == [403, 404]
    assert await erase(client, custodian, where, where["id"]) == 404


async def test_a_new_index_key_takes_rosters_and_their_signatures_along(
    client: AsyncClient, sijunjung: Headers, custodian: Headers, sessions: Sessions, keys: Keyring
) -> None:
    where = await opened(client, sijunjung)
    ids = [(await add(client, sijunjung, where, number=n)).json()["id"] for n in (1, 2, 3)]
    rows = [await row_of(sessions, Target, id) for id in ids]
    for row in rows[:2]:
        assert (await redeem(client, ticket(keys, row))).status_code == 201
    await erase(client, custodian, where, ids[1])
    fresh = with_new_index(keys)

    done = [number async for number in rekey_persons(sessions, fresh)]

    async with sessions.begin() as session:
        left = await count_persons(session, fresh.index_key())
        query = select(Signature).execution_options(fan_out=True)
        signed = {str(each.id): each.person_key for each in await session.scalars(query)}
    after = [await row_of(sessions, Target, id) for id in ids]
    assert (sum(done), left) == (5, 0)
    assert after[0].person_key == signed[ids[0]] != rows[0].person_key
    assert after[2].person_key != rows[2].person_key
    assert {each.key_id for each in after} == {fresh.index_key()}


async def test_who_is_erased_amid_a_rotation_gets_no_index_again(
    client: AsyncClient, sijunjung: Headers, custodian: Headers, sessions: Sessions, keys: Keyring
) -> None:
    where, key_id = await opened(client, sijunjung), new_id()
    target = (await add(client, sijunjung, where)).json()
    before = await row_of(sessions, Target, target["id"])
    async with sessions.begin() as session:
        persons = PersonRepository(session, key_id, Target)
        [read] = await persons.following(before.region_id, None)
    await erase(client, custodian, where, target["id"])
    erased = await row_of(sessions, Target, target["id"])

    async with sessions.begin() as session:
        await PersonRepository(session, key_id, Target).rekey(before.region_id, {read: b"rekaan"})

    after = await row_of(sessions, Target, target["id"])
    assert (after.person_key, after.key_id) == (erased.person_key, erased.key_id)


def with_new_index(keys: Keyring) -> Keyring:
    """The same ring with a newer index key, which is in use at once."""
    master = MasterKey(bytes(32))
    fresh = Keyring(master, [master.make(KeyPurpose.INDEX, 9)])
    fresh._bunch = type(fresh._bunch)(
        {**keys._bunch.keys, **fresh._bunch.keys}, fresh._bunch.trusted_until
    )
    return fresh
