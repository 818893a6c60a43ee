"""What becomes of tokens without anybody asking: by the clock, or with an act further down."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.core.actors import Actor
from app.core.database import Sessions
from app.credentials.repository import TokenRepository

KEPT: Final = timedelta(days=7)
"""After its end a token still shows that somebody tried it a second time."""


async def forget_tokens(sessions: Sessions, now: datetime) -> None:
    """Delete the tokens whose time was over a week ago."""
    async with sessions.begin() as session:
        await TokenRepository(session).forget(now - KEPT)


async def end_sign_ins(session: AsyncSession, _: Actor, entry: JournalEntry) -> None:
    """End every sign-in of the officer that an entry of the journal is about."""
    await TokenRepository(session).revoke_all(entry.subject_id, entry.at)
