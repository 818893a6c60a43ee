"""`validate_only=true`: the same checks as the real request, and no effect."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request

from app.core.errors import Fault, Invalid
from app.core.texts import Text
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


_PARAMETER: Final = "validate_only"
_NEVER: Final = Fault(
    f"/query/{_PARAMETER}",
    "cannot-be-rehearsed",
    Text(
        "Operasi ini tidak dapat dicoba dulu; tidak ada yang dikerjakan.",
        "This operation cannot be rehearsed; nothing was done.",
    ),
)


async def refuse_rehearsal(request: Request) -> None:
    if _PARAMETER in request.query_params:
        raise Invalid(_NEVER)


never_rehearsed: Any = Depends(refuse_rehearsal)
"""For what is written together with others, where it is better refused than done in earnest, and
for what would tell strangers something without a trace."""

can_be_rehearsed: Any = Depends(rehearsal, scope="function")
