"""Whatever is done to the journal behind our back, an audit finds.

These tests commit, and the owner of the database tampers: what they leave is removed again.
"""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.audit.service import Journal
from app.core.actors import SYSTEM
from app.core.crypto import Keyring, MasterKey
from app.core.database import Sessions
from app.core.keys import open_keyring
from app.ledger.jobs import Chaining, Publishing
from app.ledger.repository.checkpoints import CheckpointRepository
from app.ledger.rules.checkpoints import Checkpoint
from app.ledger.rules.findings import WORDS, FindingKind
from app.ledger.rules.logs import LogName
from app.ledger.service.auditing import JournalAudit
from app.web.clock import present
from tests.audit.test_journal import Thing
from tests.conftest import MASTER_KEY
from tests.ledger.committing import LEFT, tamper

NOBODY = "00000000-0000-0000-0000-00000000dead"
COPIED = (
    "INSERT INTO journal_entry (region_id, id, at, actor_kind, action, subject_id, region_code,"
    " payload, transaction_id) SELECT region_id, gen_random_uuid(), at, actor_kind, action,"
    " subject_id, region_code, payload, transaction_id FROM journal_entry LIMIT 1"
)
FIRST = "(SELECT subject_id FROM ledger_leaf WHERE log = 'journal' AND index = 1)"


@pytest.fixture
async def saved(committed: Sessions) -> Checkpoint:
    """A journal of 20 entries, chained and published in three rounds; its last checkpoint."""
    keys: Keyring = await open_keyring(committed, MasterKey.from_base64(MASTER_KEY))
    for _ in range(3):
        async with committed.begin() as session:
            things = [Thing(region_id=9_000 + number) for number in range(6)]
            await Journal(session, SYSTEM, present()).record_each("thing.done", things, kind="a")
        await Chaining(committed)()
        await Publishing(committed, keys, present, LogName.JOURNAL)()
    await Chaining(committed)()
    await Publishing(committed, keys, present, LogName.JOURNAL)()
    async with committed.begin() as session:
        latest = await CheckpointRepository(session, LogName.JOURNAL).latest()
        assert latest is not None
    return Checkpoint("rekaan", latest.size, latest.root)


async def kinds(sessions: Sessions, *saved: Checkpoint) -> set[FindingKind]:
    return {finding.kind for finding in await JournalAudit(sessions, saved).findings()}


async def test_nothing_is_wrong_with_what_nobody_touched(
    committed: Sessions, saved: Checkpoint
) -> None:
    async with committed.begin() as session:
        await Journal(session, SYSTEM, present()).record("thing.done", Thing())

    assert saved.size == 19  # with the entry of the key that was made
    assert await kinds(committed, saved) == set()


@pytest.mark.parametrize(
    ("tampering", "kind"),
    [
        ("UPDATE journal_entry SET action = 'rekaan' WHERE id = $FIRST", FindingKind.ALTERED),
        (
            "UPDATE journal_entry SET at = at - interval '1 microsecond' WHERE id = $FIRST",
            FindingKind.ALTERED,
        ),
        ("UPDATE journal_entry SET payload = '{}' WHERE id = $FIRST", FindingKind.ALTERED),
        (
            "UPDATE journal_entry SET actor_id = '$NOBODY' WHERE id = $FIRST",
            FindingKind.ALTERED,
        ),
        ("UPDATE journal_entry SET region_id = 8 WHERE id = $FIRST", FindingKind.DELETED),
        ("UPDATE journal_entry SET id = '$NOBODY' WHERE id = $FIRST", FindingKind.INSERTED),
        ("DELETE FROM journal_entry WHERE id = $FIRST", FindingKind.DELETED),
        (COPIED, FindingKind.INSERTED),
        (
            COPIED.replace("payload, transaction_id FROM", "payload, 2::bigint ^ 50 FROM"),
            FindingKind.INSERTED,
        ),
        (
            "UPDATE ledger_leaf SET data = (SELECT data FROM ledger_leaf WHERE log = 'journal'"
            " AND index = 2) WHERE log = 'journal' AND index = 1",
            FindingKind.REWRITTEN,
        ),
        (
            "UPDATE ledger_leaf a SET data = b.data, region_id = b.region_id, subject_id ="
            " b.subject_id FROM ledger_leaf b WHERE a.log = 'journal' AND b.log = 'journal'"
            " AND a.index + b.index = 5 AND a.index IN (2, 3)",
            FindingKind.REWRITTEN,
        ),
        (
            "INSERT INTO ledger_leaf SELECT log, 19, data, region_id, subject_id FROM ledger_leaf"
            " WHERE log = 'journal' AND index = 1",
            FindingKind.REPEATED,
        ),
        (
            "DELETE FROM ledger_leaf WHERE log = 'journal' AND index = 3",
            FindingKind.ROLLED_BACK,
        ),
    ],
)
async def test_every_tampering_is_found(
    committed: Sessions,
    owner: AsyncEngine,
    saved: Checkpoint,
    tampering: str,
    kind: FindingKind,
) -> None:
    await tamper(owner, tampering.replace("$FIRST", FIRST).replace("$NOBODY", NOBODY))

    assert kind in await kinds(committed)


async def forget_the_last_day(connection: AsyncConnection) -> None:
    """The journal, its log and the checkpoints, all as they were before."""
    for said in (
        "DELETE FROM journal_entry WHERE id IN (SELECT subject_id FROM ledger_leaf"
        " WHERE log = 'journal' AND index >= 12)",
        "DELETE FROM ledger_leaf WHERE log = 'journal' AND index >= 12",
        "DELETE FROM ledger_checkpoint WHERE log = 'journal' AND size > 12",
    ):
        await connection.execute(text(said))


async def rewrite_all(connection: AsyncConnection) -> None:
    """An owner who forgets the log and lets the worker chain a history that he changed."""
    await connection.execute(text("UPDATE journal_entry SET action = 'rekaan'"))
    for table in LEFT:
        await connection.execute(delete(table))


@pytest.mark.parametrize(
    ("rewrite", "kind"),
    [
        (forget_the_last_day, FindingKind.ROLLED_BACK),
        (rewrite_all, FindingKind.REWRITTEN),
    ],
)
async def test_a_checkpoint_saved_elsewhere_shows_what_was_rewritten_whole(
    committed: Sessions,
    owner: AsyncEngine,
    saved: Checkpoint,
    rewrite: Callable[[AsyncConnection], Awaitable[None]],
    kind: FindingKind,
) -> None:
    async with owner.begin() as connection:
        await rewrite(connection)
    await Chaining(committed)()

    assert await kinds(committed) <= {FindingKind.INSERTED}
    assert kind in await kinds(committed, saved)


def test_every_finding_has_words() -> None:
    assert WORDS.keys() == set(FindingKind)
