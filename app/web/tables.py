"""Tables on the wire: sent whole, and only as many at once as there is room for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from fastapi import Request, Response

from app.core.errors import TooSlow, Unavailable


class Tables:
    """How many tables lie open in this process: each is held whole in memory."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open = 0

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        if self._open >= self._most:
            raise Unavailable(retry_after=10)
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1


TABLES: Final = Tables(most=2)
LONGEST: Final = 300.0
"""Seconds in which a table must have come; 20 MiB need 0.6 Mbit/s."""


class CsvResponse(Response):
    media_type = "text/csv; charset=utf-8; header=present"


async def sent_table(request: Request) -> AsyncIterator[bytes]:
    """The whole file; read behind the door."""
    async with TABLES.opened():
        try:
            async with asyncio.timeout(LONGEST):
                table = b"".join([piece async for piece in request.stream()])
        except TimeoutError as slow:
            raise TooSlow from slow
        yield table
