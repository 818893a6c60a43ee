"""How a router comes by its service: opened on the request's own unit of work."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import CurrentActor

T = TypeVar("T")


def opened(kind: Callable[[AsyncSession, Actor, datetime, Keyring], T]) -> Any:
    """For `Annotated`: the service of this kind for whoever asks, at the moment of asking."""

    async def open_service(session: Session, actor: CurrentActor, now: Now, keys: Keys) -> T:
        return kind(session, actor, now, keys)

    return Depends(open_service)


def apart(sessions: Sessions, make: Callable[[AsyncSession], T]) -> AbstractAsyncContextManager[T]:
    """A unit of work of its own, which ends before the press is waited for."""

    @asynccontextmanager
    async def unit() -> AsyncIterator[T]:
        async with sessions.begin() as session:
            yield make(session)

    return unit()
