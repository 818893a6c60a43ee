"""How far the worker is behind is a figure of the service, also when there is no worker."""

from datetime import timedelta

import pytest
from httpx import AsyncClient

from app.audit.service import Journal
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.ledger.jobs import Chaining, Measuring
from app.ledger.rules.logs import LogName
from app.ledger.service.lagging import LedgerLag
from app.web.clock import present
from tests.audit.test_journal import Thing
from tests.ledger.adding import add
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


@pytest.fixture
def patient_client(client: AsyncClient) -> AsyncClient:
    client.base_url = client.base_url.join("/")
    return client


async def test_it_is_among_the_figures(
    patient_client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    await add(sessions, 2)
    await Measuring(present)(sessions)

    figures = (await patient_client.get("/metrics")).text

    assert "netra_ledger_chain_lag_seconds 0.0" in figures
    assert 'netra_ledger_publish_lag_seconds{log="declarations"}' in figures
