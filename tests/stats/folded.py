"""Whether what is kept of the figures equals what the tables tell."""

from datetime import UTC, datetime
from typing import Final

from app.core.database import Sessions
from app.stats.service.folding import Folding
from app.stats.service.rebuilding import Rebuilder, Wrong

NOW: Final = datetime(2024, 11, 5, 3, tzinfo=UTC)


async def fold(sessions: Sessions) -> int:
    return await Folding(sessions).fold(NOW)


async def wrong(sessions: Sessions) -> list[Wrong]:
    async with sessions.begin() as session:
        found = await Rebuilder(session, NOW).check()
    return [each for each in found if each.facts or each.cells]
