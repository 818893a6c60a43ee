"""What the worker does with the journal."""

from app.audit.service import Sequencer
from app.core.database import Sessions


class Numbering:
    """Numbers the journal again and again; the first round of a process looks at all of it."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.since = 0

    async def __call__(self) -> int:
        """Number every entry that is safe to number, one region at a time; return how many."""
        async with self.sessions.begin() as session:
            horizon = await Sequencer(session, self.since).horizon()
            regions = await Sequencer(session, self.since).waiting(horizon)
        done = 0
        for region_id in regions:
            async with self.sessions.begin() as session:
                done += await Sequencer(session, self.since).number(region_id, horizon)
        self.since = horizon.low
        return done
