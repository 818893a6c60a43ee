"""How far the worker is behind is a figure of the service, also when there is no worker."""

from datetime import timedelta

import pytest
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.service import Journal
from app.cli.checks import Patient, check_ledger
from app.core.actors import SYSTEM
from app.core.crypto import Keyring, MasterKey
from app.core.database import Sessions
from app.core.keys import open_keyring
from app.core.measuring import Measuring
from app.core.settings import Settings
from app.ledger.jobs import Chaining, LedgerMeasure
from app.ledger.rules.logs import LogName
from app.ledger.service.lagging import LedgerLag
from app.stats.jobs import FiguresMeasure
from app.stats.service.folding import Folding, signed_lag_of
from app.web.clock import present
from tests.audit.test_journal import Thing
from tests.conftest import MASTER_KEY
from tests.ledger.adding import add
from tests.ledger.committing import tamper
from tests.ledger.publishing import publish


async def chain_lag(sessions: Sessions) -> float:
    async with sessions.begin() as session:
        return await LedgerLag(session, present()).chain()


async def publish_lag(sessions: Sessions, seconds: float = 0) -> float:
    async with sessions.begin() as session:
        now = present() + timedelta(seconds=seconds)
        return await LedgerLag(session, now).publishing(LogName.DECLARATIONS)


async def test_an_entry_waits_from_when_it_was_written_until_it_is_chained(
    sessions: Sessions,
) -> None:
    before = await chain_lag(sessions)
    async with sessions.begin() as session:
        then = present() - timedelta(seconds=70)
        await Journal(session, SYSTEM, then).record("thing.done", Thing())

    waiting = await chain_lag(sessions)
    await Chaining(sessions)()

    assert before == 0
    assert 70 <= waiting < 130
    assert await chain_lag(sessions) == 0


async def test_a_leaf_waits_until_it_is_under_a_checkpoint(
    sessions: Sessions, keys: Keyring
) -> None:
    await add(sessions, 2)

    waiting = await publish_lag(sessions, seconds=70)
    await publish(sessions, keys)

    assert 70 <= waiting < 130
    assert await publish_lag(sessions, seconds=70) == 0


async def test_the_doctor_names_the_log_that_is_behind(
    committed: Sessions, engine: AsyncEngine, owner: AsyncEngine
) -> None:
    patient = Patient(Settings(), engine, owner)
    keys = await open_keyring(committed, MasterKey.from_base64(MASTER_KEY))
    await add(committed, 2)
    await add(committed, 2, LogName.JOURNAL)
    # What other tests have signed is as old as it is.
    await Folding(committed).count_leaves(present())
    await add(committed, 2)
    healthy = await check_ledger(patient)
    # An hour ago: late for what signers wait for, and early for the journal.
    await tamper(owner, "UPDATE ledger_leaf SET added_at = added_at - interval '1 hour'")

    behind = await check_ledger(patient)

    assert healthy is None
    assert behind is not None
    assert "log declarations 36" in behind.en
    assert "figures of signatures 36" in behind.en
    assert "journal" not in behind.en.partition(".")[0]
    assert "netra worker" in behind.id
    await publish(committed, keys)
    await Folding(committed).count_leaves(present())
    assert await check_ledger(patient) is None


async def test_the_doctor_names_a_journal_that_nobody_chains(
    committed: Sessions, engine: AsyncEngine, owner: AsyncEngine
) -> None:
    async with committed.begin() as session:
        then = present() - timedelta(seconds=90)
        await Journal(session, SYSTEM, then).record("thing.done", Thing())

    behind = await check_ledger(Patient(Settings(), engine, owner))

    assert behind is not None
    assert "journal → log 9" in behind.en


@pytest.fixture
def patient_client(client: AsyncClient) -> AsyncClient:
    client.base_url = client.base_url.join("/")
    return client


async def test_it_is_among_the_figures(
    patient_client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    await add(sessions, 2)
    await Measuring(present, (LedgerMeasure(), FiguresMeasure()))(sessions)

    figures = (await patient_client.get("/metrics")).text

    assert "netra_ledger_chain_lag_seconds 0.0" in figures
    assert 'netra_ledger_publish_lag_seconds{log="declarations"}' in figures
    assert "netra_figures_lag_seconds 0.0" in figures
    assert "netra_signature_figures_lag_seconds" in figures


async def test_a_signature_waits_until_it_is_counted(sessions: Sessions) -> None:
    await Folding(sessions).count_leaves(present())
    await add(sessions, 2)

    async with sessions.begin() as session:
        waiting = await signed_lag_of(session, present() + timedelta(seconds=70))
    await Folding(sessions).count_leaves(present())

    assert waiting >= 70
    async with sessions.begin() as session:
        assert await signed_lag_of(session, present() + timedelta(seconds=70)) == 0
