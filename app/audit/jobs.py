"""What the worker does with the journal."""

from typing import Final

from app.audit.service import Sequencer
from app.core.database import Sessions

REGIONS_AT_ONCE: Final = 64
"""In one unit of work: of one for each region, half the statements only begin and commit."""


class Numbering:
    """Numbers the journal again and again; the first round of a process looks at all of it."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.since = 0

    async def __call__(self) -> int:
        """Number every entry that is safe to number, one region at a time; return how many."""
        async with self.sessions.begin() as session:
            horizon = await Sequencer(session, self.since).horizon()
            waiting = await Sequencer(session, self.since).waiting(horizon)
        # All workers in the same order, so that none waits for one that waits for it.
        regions = sorted(waiting)
        done = 0
        for first in range(0, len(regions), REGIONS_AT_ONCE):
            async with self.sessions.begin() as session:
                sequencer = Sequencer(session, self.since)
                for region_id in regions[first : first + REGIONS_AT_ONCE]:
                    done += await sequencer.number(region_id, horizon)
        self.since = horizon.low
        return done
