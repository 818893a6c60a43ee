"""What the worker does with the journal."""

from app.audit.service import Sequencer
from app.core.database import Sessions


async def number_journal(sessions: Sessions) -> int:
    """Number every entry that is safe to number, one region at a time; return how many."""
    async with sessions.begin() as session:
        horizon = await Sequencer(session).horizon()
        regions = await Sequencer(session).waiting(horizon)
    done = 0
    for region_id in regions:
        async with sessions.begin() as session:
            done += await Sequencer(session).number(region_id, horizon)
    async with sessions.begin() as session:
        await Sequencer(session).finish(horizon)
    return done
