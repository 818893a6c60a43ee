"""The unit of work of a request: it commits before the answer is sent, or not at all."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring
from app.core.database import Sessions


async def unit_of_work(request: Request) -> AsyncIterator[AsyncSession]:
    async with request.app.state.sessions.begin() as session:
        request.state.session = session
        yield session


async def session_factory(request: Request) -> Sessions:
    sessions: Sessions = request.app.state.sessions
    return sessions


async def keyring(request: Request) -> Keyring:
    keys: Keyring = request.app.state.keys
    return keys


# scope="function" ends the transaction before the response leaves; the default ends it after,
# when a failed commit can no longer be told to the client.
Session = Annotated[AsyncSession, Depends(unit_of_work, scope="function")]


async def unit_of_reading(request: Request, session: Session) -> AsyncIterator[AsyncSession]:
    """Read figures where they disturb nobody: on the replica, if one is named."""
    replica: Sessions | None = request.app.state.replica
    if replica is None:
        yield session
        return
    async with replica.begin() as reading:
        yield reading


ReadSession = Annotated[AsyncSession, Depends(unit_of_reading, scope="function")]

SessionFactory = Annotated[Sessions, Depends(session_factory)]
"""For what must outlive a refusal, and for exports, which open their own unit of work."""

Keys = Annotated[Keyring, Depends(keyring)]
