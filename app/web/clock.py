"""One moment per request: everything in a unit of work happens at the same instant."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends


def present() -> datetime:
    return datetime.now(UTC)


async def read_clock() -> datetime:
    return present()


Now = Annotated[datetime, Depends(read_clock)]
