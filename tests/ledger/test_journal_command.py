"""`netra verify journal` says what was done to the journal, and its exit code says whether."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.service import Journal
from app.cli.journal import audit_journal
from app.core.actors import SYSTEM
from app.core.crypto import Keyring, MasterKey
from app.core.database import Sessions
from app.core.keys import open_keyring
from app.core.settings import read_settings
from app.ledger.jobs import Chaining, Publishing
from app.ledger.repository.checkpoints import CheckpointRepository
from app.ledger.rules.logs import LogName
from app.ledger.service.keys import LogKeys
from app.web.clock import present
from tests.audit.test_journal import Thing
from tests.conftest import MASTER_KEY
from tests.ledger.committing import LEFT, tamper


@pytest.fixture
def pointed(urls: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", urls[1])
    read_settings.cache_clear()
    yield
    read_settings.cache_clear()


@pytest.fixture
async def kept(committed: Sessions, tmp_path: Path) -> tuple[str, Path]:
    """A published journal of three entries; its key, and its checkpoint kept in a file."""
    keys: Keyring = await open_keyring(committed, MasterKey.from_base64(MASTER_KEY))
    async with committed.begin() as session:
        things = [Thing(region_id=9_000 + number) for number in range(3)]
        await Journal(session, SYSTEM, present()).record_each("thing.done", things)
    await Chaining(committed)()
    await Publishing(committed, keys, present, LogName.JOURNAL)()
    async with committed.begin() as session:
        latest = await CheckpointRepository(session, LogName.JOURNAL).latest()
        key = await LogKeys(session, keys, present()).hold(LogName.JOURNAL)
    assert latest is not None
    file = tmp_path / "checkpoint"
    file.write_text(latest.note)
    return key.verifier_key, file


@pytest.fixture
async def altered(kept: tuple[str, Path], owner: AsyncEngine) -> tuple[str, Path]:
    await tamper(owner, "UPDATE journal_entry SET action = 'rekaan' WHERE region_id = 9001")
    return kept


@pytest.fixture
async def rewritten(
    kept: tuple[str, Path], owner: AsyncEngine, committed: Sessions
) -> tuple[str, Path]:
    """The journal altered, the whole log forgotten, and chained anew."""
    tables = [f"DELETE FROM {each.__tablename__}" for each in LEFT if each.__tablename__ in LOGGED]  # noqa: S608
    await tamper(owner, "UPDATE journal_entry SET action = 'rekaan'", *tables)
    await Chaining(committed)()
    return kept


LOGGED = ("ledger_chain", "ledger_checkpoint", "ledger_edge", "ledger_leaf", "ledger_log")


def test_an_untouched_journal_is_said_to_be_whole(
    pointed: None, kept: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code = audit_journal(None, [kept[0]], [kept[1]])

    assert code == 0
    assert capsys.readouterr().out == ""


def test_what_was_altered_is_named(
    pointed: None, altered: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code = audit_journal(None, [], [])

    said = capsys.readouterr().out
    assert code == 1
    assert said.startswith("altered\tleaf ")


def test_a_kept_checkpoint_shows_a_log_that_was_rewritten_whole(
    pointed: None, rewritten: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    alone = audit_journal(None, [], [])
    code = audit_journal(None, [rewritten[0]], [rewritten[1]])

    assert (alone, code) == (0, 1)
    assert capsys.readouterr().out.startswith("rewritten\tsize 3")


def test_a_checkpoint_that_is_none_is_refused(
    pointed: None, kept: tuple[str, Path], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.write_text("rekaan")

    assert audit_journal(None, [kept[0]], [other]) == 1
    assert audit_journal(None, [], [kept[1]]) == 1
