"""Doing an idempotent piece of work again when what stopped it may have passed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from random import random
from typing import TypeVar

from app.core.database import may_pass

T = TypeVar("T")


async def patiently(work: Callable[[], Awaitable[T]], pauses: Sequence[float] = (0.5, 2.0)) -> T:
    """Do it; after a passing fault do it again, once after each of these pauses in seconds."""
    for pause in pauses:
        try:
            return await work()
        except Exception as trouble:
            if not may_pass(trouble):
                raise
        await asyncio.sleep(pause * (0.5 + random()))  # noqa: S311  jitter, no secret
    return await work()
