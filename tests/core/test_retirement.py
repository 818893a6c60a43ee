"""A key is destroyed when nothing needs it, and never before; all of them can be wrapped anew."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import func, select, update

from app.complaints.jobs.indexing import Indexing
from app.complaints.models.complaints import ComplaintContent
from app.complaints.models.search import ComplaintMarks
from app.core.crypto import KeyFault, KeyPurpose, Keyring, MasterKey
from app.core.database import Sessions
from app.core.ids import new_id
from app.core.keys import open_keyring
from app.core.models import DataKey
from app.core.retirement import retire_index_keys
from app.core.rewrapping import rewrap_keys
from app.core.rotation import House, Rotation
from app.registry import BLINDED
from tests.complaints.filing import file
from tests.core.rotating import MASTER, Stopped, keys_of, rotate
from tests.declarations.declaring import opened, sign, signature
from tests.people import officer

MONTH: Final = timedelta(days=31)


async def test_the_old_seal_key_is_destroyed_and_the_receipt_key_is_not(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    await file(client)

    await rotate(sessions)

    old, new = await keys_of(sessions, KeyPurpose.SEAL)
    assert (old.wrapped, old.retired_at is None) == (b"", False)
    assert new.retired_at is None
    assert all(key.wrapped for key in await keys_of(sessions, KeyPurpose.RECEIPT))


async def test_a_damaged_value_keeps_its_key_and_stops_no_later_rotation(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    damaged = UUID((await file(client))["id"])
    whole = UUID((await file(client))["id"])
    await Indexing(sessions, keys)()
    async with sessions.begin() as session:
        await session.execute(
            update(ComplaintContent)
            .where(ComplaintContent.id == damaged)
            .values(sealed=func.overlay(ComplaintContent.sealed, b"\0", 40))
        )

    outcome, later = await rotate(sessions), await rotate(sessions)

    first, second, third = await keys_of(sessions, KeyPurpose.SEAL)
    async with sessions.begin() as session:
        marked = dict(
            (await session.execute(select(ComplaintMarks.id, ComplaintMarks.key_id))).all()
        )
    assert (outcome.left, outcome.damaged, outcome.waiting) == (1, 1, 0)
    assert marked == dict.fromkeys(
        [damaged, whole], (await open_keyring(sessions, MASTER)).index_key()
    )
    assert (later.resumed, later.left) == (False, 0)
    assert (first.retired_at, second.wrapped) == (None, b"")
    assert third.wrapped


@pytest.mark.parametrize(("days", "is_kept"), [(30, True), (32, False)])
async def test_an_index_key_is_kept_for_as_long_as_answers_are_replayed(
    sessions: Sessions, keys: Keyring, days: int, is_kept: bool
) -> None:
    await rotate(sessions)
    async with sessions.begin() as session:
        change = update(DataKey).where(DataKey.generation == 2)
        await session.execute(change.values(in_use_from=func.now() - timedelta(days=days)))

    await retire_index_keys(sessions, MONTH)

    old, new = await keys_of(sessions, KeyPurpose.INDEX)
    assert (bool(old.wrapped), bool(new.wrapped)) == (is_kept, True)
    assert all(key.wrapped for key in await keys_of(sessions, KeyPurpose.RECEIPT))


async def test_a_key_that_rows_are_indexed_under_is_never_retired(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    headers = await officer(sessions, keys, role="prevention_staff", office_code="bawaslu-13.03")
    await sign(client, await opened(client, headers), signature())
    with pytest.raises(Stopped):
        await rotate(sessions, stop_at="officer.sealed_name")
    async with sessions.begin() as session:
        change = update(DataKey).where(DataKey.generation == 2)
        await session.execute(change.values(in_use_from=func.now() - timedelta(days=99)))

    await retire_index_keys(sessions, MONTH)

    assert all(key.wrapped for key in await keys_of(sessions, KeyPurpose.INDEX))


async def test_another_master_key_cannot_begin_a_rotation(
    sessions: Sessions, keys: Keyring
) -> None:
    house = House(sessions, MasterKey(b"another master key, 32 bytes it."), 0.01, BLINDED)

    with pytest.raises(KeyFault):
        await Rotation(house, lambda _: lambda done, whole: None).carry_out()

    assert len(await keys_of(sessions, KeyPurpose.SEAL)) == 1


async def test_a_new_master_key_opens_the_same_data_keys_and_the_old_one_none(
    sessions: Sessions, keys: Keyring
) -> None:
    new, place = MasterKey(bytes(range(32))), new_id()
    sealed = keys.seal(b"rekaan", place)

    first = await rewrap_keys(sessions, MASTER, new)
    again = await rewrap_keys(sessions, MASTER, new)

    assert (first, again) == (True, False)
    assert (await open_keyring(sessions, new)).open(sealed, place) == b"rekaan"
    with pytest.raises(KeyFault):
        await open_keyring(sessions, MASTER)


async def test_a_wrong_old_master_key_changes_nothing(sessions: Sessions, keys: Keyring) -> None:
    with pytest.raises(KeyFault):
        await rewrap_keys(sessions, MasterKey(bytes(32)), MasterKey(bytes(range(32))))

    assert (await open_keyring(sessions, MASTER)).seal_key() == keys.seal_key()
