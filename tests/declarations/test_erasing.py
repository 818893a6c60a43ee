"""Whoever asks is erased; the count and every proof stay what they were."""

from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.core.actors import Role
from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.database import Sessions
from app.declarations.jobs import count_persons, rekey_persons
from app.declarations.models.declarations import Signature, Signer, Target
from app.ledger.models import LedgerLeaf
from tests.declarations.declaring import Body, Headers, opened, published, sign, signature, tally
from tests.declarations.enlisting import add, coverage, targets
from tests.declarations.inviting import redeem, ticket
from tests.people import officer

REASON = {"reason": "Permintaan tertulis (rekaan)."}


@pytest.fixture
async def custodian(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role=Role.CUSTODIAN, office_code="bawaslu-13.03")


async def leaves(sessions: Sessions) -> list[bytes]:
    async with sessions.begin() as session:
        return list(await session.scalars(select(LedgerLeaf.data).order_by(LedgerLeaf.index)))


async def row_of(sessions: Sessions, kind: type[Target], id: str) -> Target:
    async with sessions.begin() as session:
        query = select(kind).where(kind.id == UUID(id)).execution_options(fan_out=True)
        return (await session.scalars(query)).one()


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
    fresh = _with_new_index(keys)

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


def _with_new_index(keys: Keyring) -> Keyring:
    """The same ring with a newer index key, which is in use at once."""
    master = MasterKey(bytes(32))
    fresh = Keyring(master, [master.make(KeyPurpose.INDEX, 9)])
    fresh._bunch = type(fresh._bunch)(
        {**keys._bunch.keys, **fresh._bunch.keys}, fresh._bunch.trusted_until
    )
    return fresh
