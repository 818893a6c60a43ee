"""Publishing as the worker does it, for every test that reads what was published."""

from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.core.crypto import Keyring
from app.core.database import Base, Sessions
from app.ledger.rules.logs import LogName
from app.ledger.service.publishing import LogPublisher
from app.web.clock import present


async def publish(sessions: Sessions, keys: Keyring) -> None:
    """Bring all that waits in both logs under checkpoints, and tell the followers."""
    for log in LogName:
        while await publish_some(sessions, keys, log):
            pass


async def publish_some(sessions: Sessions, keys: Keyring, log: LogName) -> int:
    """Carry out one round; return the size that was signed, or 0 where nothing waited."""
    async with sessions.begin() as session:
        published = await LogPublisher(session, keys, present()).publish(log)
    return published.size if published else 0


async def forget_ledger(owner: AsyncEngine) -> None:
    """Empty all tables of the ledger, after a test that committed: a log that begins in the middle,
    or a key sealed under another keyring, would spoil those that follow; and so would what the
    journal says of such a key."""
    ours = [each for each in Base.metadata.tables if each.startswith("ledger_")]
    async with owner.begin() as connection:
        await connection.execute(text(f"TRUNCATE {', '.join(ours)} CASCADE"))
        made = JournalEntry.action.like("ledger_key.%")
        await connection.execute(delete(JournalEntry).where(made))
