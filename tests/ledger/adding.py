"""Leaves for tests, each plainly invented."""

from app.core.database import Sessions
from app.core.ids import new_id
from app.ledger.rules.leaves import Leaf
from app.ledger.rules.logs import LogName
from app.ledger.service.sequencing import LogWriter


async def add(
    sessions: Sessions,
    number: int,
    log: LogName = LogName.DECLARATIONS,
    word: bytes = b"rekaan",
) -> list[bytes]:
    """Add so many leaves to a log; return them."""
    async with sessions.begin() as session:
        writer = LogWriter(session, log)
        first = await writer.hold()
        data = [b"%b %d" % (word, index) for index in range(first, first + number)]
        await writer.append(first, [Leaf(each, 7, new_id()) for each in data])
    return data
