"""A log changes its key: what was signed stays proven, and the old key signs no more."""

from collections.abc import Sequence

import pytest
from httpx import AsyncClient
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.audit.models import JournalEntry
from app.core.crypto import Keyring
from app.core.database import Sessions, open_sessions
from app.core.sealed import count_values
from app.ledger.models import LedgerCheckpoint, LedgerKey
from app.ledger.rules.checkpoints import open_checkpoint
from app.ledger.rules.logs import LogName
from app.ledger.rules.merkle import ProofWrong
from app.ledger.rules.notes import NoteVerifier
from app.ledger.rules.proofs import LogProof, Policy, verify_proof
from app.ledger.service.keys import ORIGIN, LogKeys
from app.ledger.service.rotating import NoKeyYet
from app.web.clock import present
from tests.ledger.adding import add
from tests.ledger.publishing import publish
from tests.ledger.rotating import rotate

LOG = LogName.DECLARATIONS
PATH = "/ledger/declarations"


async def keys_of(sessions: Sessions) -> Sequence[LedgerKey]:
    """The keys of the log, the first first."""
    query = select(LedgerKey).where(LedgerKey.log == LOG).order_by(LedgerKey.since)
    async with sessions.begin() as session:
        return (await session.scalars(query)).all()


async def grown(sessions: Sessions, keys: Keyring) -> None:
    await add(sessions, 3)
    await publish(sessions, keys)


@pytest.fixture
async def rotated(sessions: Sessions, keys: Keyring) -> Sessions:
    """Three leaves signed under the first key, which has ended."""
    await grown(sessions, keys)
    await rotate(sessions, keys)
    return sessions


async def test_what_comes_after_stands_under_the_new_key(rotated: Sessions, keys: Keyring) -> None:
    await grown(rotated, keys)

    async with rotated.begin() as session:
        query = select(LedgerCheckpoint.note).order_by(LedgerCheckpoint.size)
        notes = (await session.scalars(query.where(LedgerCheckpoint.log == LOG))).all()
    old, new = await keys_of(rotated)
    said = [
        open_checkpoint(note, NoteVerifier.parse(key.verifier_key))
        for note, key in zip(notes, (old, new), strict=True)
    ]
    assert [each.size for each in said] == [3, 6]
    assert old.verifier_key != new.verifier_key


async def test_the_key_that_ended_is_gone(rotated: Sessions, keys: Keyring) -> None:
    old, new = await keys_of(rotated)

    assert (old.until, new.until) == (new.since, None)
    assert old.sealed_private is None
    async with rotated.begin() as session:
        with pytest.raises(RuntimeError, match="signs nothing"):
            LogKeys(session, keys, present()).signer(old)


async def test_the_database_takes_no_ended_key_that_could_still_sign(
    sessions: Sessions, keys: Keyring
) -> None:
    await grown(sessions, keys)

    with pytest.raises(IntegrityError, match="signs_while_in_use"):
        async with sessions.begin() as session:
            await session.execute(update(LedgerKey).values(until=present()))


async def test_the_log_keeps_its_name_wherever_it_is_served(
    connection: AsyncConnection, sessions: Sessions, keys: Keyring
) -> None:
    await grown(sessions, keys)
    moved = open_sessions(connection, {ORIGIN: "pindah.example/ledger"})
    moved.configure(join_transaction_mode="create_savepoint")

    made = await rotate(moved, keys)

    assert made.origin == "netra.local/ledger/declarations"
    assert made.verifier_key.startswith("netra.local/ledger/declarations+")


async def test_it_stands_in_the_journal(rotated: Sessions) -> None:
    old, new = await keys_of(rotated)

    async with rotated.begin() as session:
        query = select(JournalEntry).where(JournalEntry.subject_id.in_([old.id, new.id]))
        entries = (await session.scalars(query.order_by(JournalEntry.at))).all()
    done = {(each.action, each.subject_id) for each in entries}
    assert done == {
        ("ledger_key.made", old.id),
        ("ledger_key.ended", old.id),
        ("ledger_key.made", new.id),
    }
    assert {each.payload["log"] for each in entries} == {"declarations"}


async def test_a_log_that_was_never_published_has_no_key_to_rotate(
    sessions: Sessions, keys: Keyring
) -> None:
    with pytest.raises(NoKeyYet):
        await rotate(sessions, keys)


async def test_a_key_that_ended_is_no_hindrance_to_the_keys_of_the_house(
    rotated: Sessions,
) -> None:
    async with rotated.begin() as session:
        counted = await count_values(session)

    assert counted.total() > 0


async def test_everybody_can_read_all_keys_of_a_log(client: AsyncClient, rotated: Sessions) -> None:
    old, new = await keys_of(rotated)

    listed = (await client.get(f"{PATH}/keys")).json()["items"]

    assert [each["verifier_key"] for each in listed] == [new.verifier_key, old.verifier_key]
    assert [each["until"] is None for each in listed] == [True, False]
    assert listed[0]["since"] == listed[1]["until"]
    assert {each["log"] for each in listed} == {"declarations"}
    assert all(set(each) == {"log", "verifier_key", "since", "until"} for each in listed)


async def test_the_key_that_is_shown_is_that_of_the_checkpoint_that_is_shown(
    client: AsyncClient, rotated: Sessions, keys: Keyring
) -> None:
    old, new = await keys_of(rotated)

    before = (await client.get(f"{PATH}/key")).text.strip()
    await grown(rotated, keys)
    after = (await client.get(f"{PATH}/key")).text.strip()

    assert (before, after) == (old.verifier_key, new.verifier_key)


async def test_proofs_of_before_and_after_are_checked_by_the_keys_of_the_log(
    client: AsyncClient, rotated: Sessions, keys: Keyring
) -> None:
    kept = (await client.get(f"{PATH}/proofs/inclusion.txt?index=1")).text
    await grown(rotated, keys)
    later = (await client.get(f"{PATH}/proofs/inclusion.txt?index=1")).text
    old, new = [NoteVerifier.parse(each.verifier_key) for each in await keys_of(rotated)]
    before, after = LogProof.read(kept), LogProof.read(later)

    sizes = [
        verify_proof(each, each.extra, Policy(new, older=[old])).checkpoint.size
        for each in (before, after)
    ]

    assert sizes == [3, 6]
    for proof, other in ((before, new), (after, old)):
        with pytest.raises(ProofWrong):
            verify_proof(proof, proof.extra, Policy(other))
