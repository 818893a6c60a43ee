"""A rotation writes everything anew, can be ended anywhere, destroys only what nothing needs."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import LargeBinary, event, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.accounts.models import Officer
from app.complaints.files.marks import mark_of
from app.complaints.jobs.indexing import Indexing
from app.complaints.models.complaints import ComplaintContent
from app.complaints.models.search import ComplaintMarks
from app.complaints.rules.marks import Fact, MarkKind
from app.core.crypto import KeyPurpose, Keyring
from app.core.database import Base, Sessions
from app.core.ids import new_id
from app.core.keys import TRUSTED, open_keyring
from app.core.rotation import House, Rotation
from app.core.sealed import count_values, sealed_columns
from app.declarations.models.declarations import Signature
from app.evidence.models import Evidence, Upload
from app.registry import BLINDED
from app.web.clock import present
from tests.complaints.filing import complaint, file, put, receipt
from tests.conftest import refuse_lost_statements
from tests.core.rotating import MASTER, Stopped, keys_of, rotate
from tests.declarations.declaring import opened, sign, signature, tally
from tests.evidence.sending import at, kept, photo, reporter
from tests.people import NAME, add_officer, officer

NOT_SEALED: Final = {
    "circular.content_hash": "public",
    "client.previous_secret_hash": "a hash",
    "client.secret_hash": "a hash",
    "data_key.wrapped": "the data keys themselves, wrapped by the master key",
    "event_follow_up.code_hash": "a hash",
    "invitation.code_hash": "a hash",
    "ledger_checkpoint.root": "public",
    "ledger_edge.hashes": "public",
    "ledger_leaf.data": "public",
    "ledger_tile.hashes": "public",
    "evidence.content_index": "a blind index, that of its upload",
    "receipt.body_mac": "an HMAC under a receipt key, which stays",
    "receipt.code_hash": "a hash",
    "receipt.sender_mac": "an HMAC under the first receipt key, which stays",
    "signature.person_key": "a blind index, which PERSONS brings under a new key",
    "signature_capture.body_mac": "an HMAC under a receipt key, which stays",
    "signer.secret_hash": "a hash",
    "signer.salt": "random, and of no use to whoever cannot open the signer beside it",
    "stored_answer.answer": "encrypted under the caller's own Idempotency-Key",
    "stored_answer.fingerprint": "an HMAC under the caller's own Idempotency-Key",
    "stored_answer.key_hash": "a hash",
    "target.person_hash": "a salted hash",
    "target.person_key": "a blind index, which PERSONS brings under a new key",
    "target.salt": "random, and of no use to whoever cannot open the target beside it",
    "token.hash": "a hash",
    "upload.content_index": "a blind index, which FILES brings under a new key",
}
"""Every other column of bytes, and why no rotation seals it anew."""


@pytest.fixture
async def connection(engine: AsyncEngine, owner: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A rotation works as the owner, who may also change what is otherwise only added to."""
    event.listen(owner.sync_engine, "before_cursor_execute", refuse_lost_statements)
    async with owner.connect() as connection:
        await connection.begin()
        yield connection
        await connection.rollback()
    event.remove(owner.sync_engine, "before_cursor_execute", refuse_lost_statements)


async def seal_keys_named(sessions: Sessions) -> set[UUID]:
    seal = {key.id for key in await keys_of(sessions, KeyPurpose.SEAL)}
    async with sessions.begin() as session:
        return seal & (await count_values(session)).keys()


def test_every_column_of_bytes_is_sealed_by_its_name_or_known_for_another_reason() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }

    sealed = {each.name for each in sealed_columns()}

    assert len(sealed) >= 6
    assert columns - sealed == NOT_SEALED.keys()
    assert sealed <= columns


async def test_everything_is_sealed_anew_and_opens(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = await file(client)
    account = await add_officer(sessions, keys, role="handler", office_code="bawaslu-73.04")
    headers = await officer(sessions, keys, role="prevention_staff", office_code="bawaslu-13.03")
    await sign(client, await opened(client, headers), signature())
    before = await seal_keys_named(sessions)

    outcome = await rotate(sessions)

    fresh = await open_keyring(sessions, MASTER)
    async with sessions.begin() as session:
        sealed = await session.scalar(select(Officer.sealed_name).where(Officer.id == account.id))
        words = await session.scalar(
            select(ComplaintContent.sealed).where(ComplaintContent.id == UUID(filed["id"]))
        )
    assert (outcome.left, outcome.damaged, outcome.waiting) == (0, 0, 0)
    assert await seal_keys_named(sessions) == {fresh.seal_key()} != before
    assert fresh.open(sealed or b"", account.id).decode() == NAME
    assert b"apel pagi" in fresh.open(words or b"", UUID(filed["id"]))


async def test_nothing_is_sealed_anew_before_every_process_uses_the_new_key(
    client: AsyncClient, sessions: Sessions
) -> None:
    await file(client)
    begun: list[tuple[str, datetime]] = []

    def note(name: str) -> Callable[[int, int], None]:
        begun.append((name, present()))
        return lambda done, whole: None

    announced_at = present()
    await Rotation(House(sessions, MASTER, 0.2, BLINDED), note).carry_out()

    _, fresh = await keys_of(sessions, KeyPurpose.SEAL)
    _, (column, resealed_at), *_ = begun
    assert column == "complaint_content.sealed"
    assert announced_at + TRUSTED * timedelta(seconds=0.2) <= fresh.in_use_from
    assert fresh.in_use_from + timedelta(seconds=0.2) <= resealed_at


async def test_an_old_receipt_and_an_old_replay_are_answered_as_before(
    client: AsyncClient, app: FastAPI, sessions: Sessions
) -> None:
    body, id = complaint(), new_id()
    filed = (await put(client, body, id)).json()

    await rotate(sessions)
    app.state.keys = await open_keyring(sessions, MASTER)
    followed = await client.get("/receipt", headers=receipt(filed))
    again = await put(client, body, id)
    younger = await file(client)

    assert followed.json()["id"] == filed["id"]
    assert (again.status_code, again.json()) == (200, filed)
    assert (await client.get("/receipt", headers=receipt(younger))).status_code == 200


@pytest.mark.parametrize(
    "column", ["complaint_content.sealed", "officer.sealed_name", "signature.person_key"]
)
async def test_a_rotation_that_was_stopped_is_finished_and_not_begun_again(
    client: AsyncClient, sessions: Sessions, keys: Keyring, column: str
) -> None:
    headers = await officer(sessions, keys, role="prevention_staff", office_code="bawaslu-13.03")
    await sign(client, await opened(client, headers), signature())
    await file(client)
    with pytest.raises(Stopped):
        await rotate(sessions, stop_at=column)

    outcome = await rotate(sessions)

    assert outcome.resumed
    assert (outcome.left, outcome.waiting) == (0, 0)
    assert len(await keys_of(sessions, KeyPurpose.SEAL)) == 2
    assert not (await rotate(sessions)).resumed


async def test_one_person_counts_once_before_amid_and_after_a_rotation(
    client: AsyncClient, app: FastAPI, sessions: Sessions, keys: Keyring
) -> None:
    headers = await officer(sessions, keys, role="prevention_staff", office_code="bawaslu-13.03")
    where = await opened(client, headers)
    await sign(client, where, signature())
    with pytest.raises(Stopped):
        await rotate(sessions, stop_at="officer.sealed_name")

    app.state.keys = await open_keyring(sessions, MASTER)
    amid = await sign(client, where, signature())
    other = await sign(client, where, signature(2))
    await rotate(sessions)
    app.state.keys = await open_keyring(sessions, MASTER)
    after = await sign(client, where, signature())

    assert [amid.status_code, other.status_code, after.status_code] == [409, 201, 409]
    assert (await tally(client, where))["signatures"] == 2
    async with sessions.begin() as session:
        query = select(Signature.key_id).where(Signature.declaration_id == UUID(where["id"]))
        named = await session.scalars(query, execution_options={"fan_out": True})
    assert set(named) == {app.state.keys.index_key()}


async def test_the_marks_of_complaints_come_under_the_new_index_key(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = await file(client)
    await Indexing(sessions, keys)()

    outcome = await rotate(sessions)

    fresh = await open_keyring(sessions, MASTER)
    async with sessions.begin() as session:
        query = select(ComplaintMarks).where(ComplaintMarks.id == UUID(filed["id"]))
        marks = await session.scalar(query)
    assert outcome.waiting == 0
    assert marks is not None
    assert marks.key_id == fresh.index_key() != keys.index_key()
    assert mark_of(Fact(MarkKind.NAME, "terlapor rekaan"), fresh) in marks.marks


async def test_a_file_is_found_by_its_hash_and_opens_as_before(
    client: AsyncClient, app: FastAPI, sessions: Sessions, keys: Keyring
) -> None:
    content = photo(60_000)
    sender = await reporter(client)
    place = await sender.sent(content)
    half = await sender.begun(photo(50_000, seed=8))

    outcome = await rotate(sessions)
    app.state.keys = await open_keyring(sessions, MASTER)
    again = await sender.begin(content)
    rest = await sender.send(half, photo(50_000, seed=8))

    async with sessions.begin() as session:
        files = (await session.scalars(select(Upload))).all()
        found = {each.id: each.content_index for each in await session.scalars(select(Evidence))}
    assert (outcome.left, outcome.waiting) == (0, 0)
    assert at(again) == place
    assert rest.status_code == 204, rest.text
    assert {each.key_id for each in files} == {app.state.keys.index_key()}
    assert {each.id: each.content_index for each in files} == found
    assert content in await kept(app, sessions, app.state.keys, sender)


async def test_an_idempotent_answer_is_replayed_across_a_rotation(
    client: AsyncClient, app: FastAPI, sessions: Sessions
) -> None:
    body, headers = complaint(), {"Idempotency-Key": "kunci-rekaan-rotasi-1"}
    first = await client.post("/complaints", json=body, headers=headers)

    await rotate(sessions)
    app.state.keys = await open_keyring(sessions, MASTER)
    again = await client.post("/complaints", json=body, headers=headers)
    other = await client.post("/complaints", json=complaint(), headers=headers)

    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == first.json()
    assert other.json()["code"] == "idempotency-key-reused"
