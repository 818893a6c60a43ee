"""`validate_only=true`: the same checks as the real request, and no effect."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, Query

from app.web.database import Session


class Rehearsed(Exception):
    """Everything would have succeeded; the unit of work is undone by this very exception."""


async def rehearsal(
    session: Session,
    validate_only: Annotated[
        bool, Query(description="Check only: 204 where the real request would succeed.")
    ] = False,
) -> AsyncIterator[None]:
    yield
    if validate_only:
        await session.flush()
        raise Rehearsed


can_be_rehearsed: Any = Depends(rehearsal, scope="function")
