"""All is told anew where the figures were kept by another cluster or by other calendars."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.audit.service import Journal, Sequencer
from app.core.actors import SYSTEM
from app.core.database import Sessions, open_sessions
from app.stats.models.figures import FigureDelta, FigureFact, FigureState
from app.stats.service import folding
from app.stats.service.folding import RETOLD, Folder, Folding, lag_of
from tests.audit.test_journal import Thing
from tests.referrals.forwarding import Cast
from tests.referrals.test_asn import sent
from tests.stats.folded import NOW, fold, wrong

FAR = 2**40


async def restore(cast: Cast) -> None:
    """As a dump comes to another cluster, far behind the one in which it was written."""
    async with cast.sessions.begin() as session:
        await session.execute(update(FigureState).values(cluster=1, since_transaction=FAR))


async def state_of(cast: Cast) -> FigureState:
    async with cast.sessions.begin() as session:
        return (await session.scalars(select(FigureState))).one()


async def test_figures_go_on_in_another_cluster(cast: Cast) -> None:
    await fold(cast.sessions)
    others = await wrong(cast.sessions)
    await restore(cast)
    await sent(cast)
    async with cast.sessions.begin() as session:
        behind = await lag_of(session, NOW.replace(year=2099))

    await fold(cast.sessions)

    assert behind > 0
    assert await wrong(cast.sessions) == others
    assert (await state_of(cast)).since_transaction < FAR


async def test_facts_that_a_dump_brought_are_told_anew_piece_by_piece(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding, "MOST_THINGS", 1)
    await sent(cast)
    await fold(cast.sessions)
    others = await wrong(cast.sessions)
    await restore(cast)
    async with cast.sessions.begin() as session:
        await session.execute(update(FigureFact).values(status="invented"))
        await session.execute(update(FigureState).values(since_transaction=FAR))

    async with cast.sessions.begin() as session:
        await Folder(session, NOW).begin(await Sequencer(session).horizon())
    halfway = None
    while await retell(cast):
        halfway = halfway or await state_of(cast)

    assert halfway
    assert halfway.retold
    assert (await state_of(cast)).retelling is None
    found = [each for each in await wrong(cast.sessions) if each.facts]
    assert found == [each for each in others if each.facts]
    async with cast.sessions.begin() as session:
        reasons = await session.scalar(select(func.count()).where(FigureDelta.reason == RETOLD))
    assert reasons


async def retell(cast: Cast) -> int:
    async with cast.sessions.begin() as session:
        return await Folder(session, NOW).retell()


async def test_a_fold_that_began_earlier_cancels_nothing(cast: Cast) -> None:
    await sent(cast)
    await fold(cast.sessions)
    async with cast.sessions.begin() as session:
        horizon = await Sequencer(session).horizon()
        behind = await Folder(session, NOW).begin(horizon)
    async with cast.sessions.begin() as session:
        await session.execute(update(FigureState).values(calendar="another"))
    async with cast.sessions.begin() as session:
        await Folder(session, NOW).begin(await Sequencer(session).horizon())

    async with cast.sessions.begin() as session:
        await Folder(session, NOW).fold(behind, horizon)

    assert (await state_of(cast)).retelling is not None
    await fold(cast.sessions)
    assert (await state_of(cast)).retelling is None


@pytest.fixture
async def committing(engine: AsyncEngine, owner: AsyncEngine) -> AsyncIterator[Sessions]:
    sessions = open_sessions(engine)
    yield sessions
    async with owner.begin() as connection:
        for table in (JournalEntry, FigureState):
            await connection.execute(delete(table))


async def test_acts_of_another_cluster_do_not_wait_for_ever(
    committing: Sessions, owner: AsyncEngine
) -> None:
    async with committing.begin() as session:
        await Journal(session, SYSTEM, NOW).record("case.registered", Thing())
    async with owner.begin() as connection:
        await connection.execute(update(JournalEntry).values(transaction_id=FAR))
        await connection.execute(delete(FigureState))

    await Folding(committing).fold(NOW)

    assert await Folding(committing).fold(NOW) == 0
    async with committing.begin() as session:
        assert await lag_of(session, NOW.replace(year=2099)) == 0


async def test_a_look_moves_nothing(committing: Sessions) -> None:
    await Folding(committing).fold(NOW)
    for action in ("case.persons_read", "case.read_custody", "referral.read", "case.exported"):
        async with committing.begin() as session:
            await Journal(session, SYSTEM, NOW).record(action, Thing())

    assert await Folding(committing).fold(NOW) == 0
