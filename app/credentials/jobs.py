"""What the worker does with tokens."""

from datetime import datetime, timedelta
from typing import Final

from app.core.database import Sessions
from app.credentials.repository import TokenRepository

KEPT: Final = timedelta(days=7)
"""After its end a token still shows that somebody tried it a second time."""


async def forget_tokens(sessions: Sessions, now: datetime) -> None:
    """Delete the tokens whose time was over a week ago."""
    async with sessions.begin() as session:
        await TokenRepository(session).forget(now - KEPT)
