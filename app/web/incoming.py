"""Bodies that are taken in piece by piece while they arrive, and never lie in memory whole."""

from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.requests import ClientDisconnect

from app.core.errors import DomainError, LineBroken

_DISCARDED: Final = 64 * 2**20
"""Bytes that a refused sender may send on into nothing: many clients read no answer before they
are through, and who is cut off might never see it."""


class Incoming:
    """The body of one request: its media type, its length where the sender said it, its pieces."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._seen = 0
        kind = request.headers.get("content-type", "")
        self.media_type = kind.partition(";")[0].strip().lower()

    @property
    def announced(self) -> int | None:
        """Nothing where the body comes in chunks; a request without framing has no body."""
        headers = self._request.headers
        said = headers.get("content-length", "0")
        return int(said) if said.isdigit() and "transfer-encoding" not in headers else None

    @property
    def is_endless(self) -> bool:
        """Whether far too much is still to come for somebody who was refused."""
        return self.announced is None or self.announced - self._seen > _DISCARDED

    async def pieces(self) -> AsyncIterator[bytes]:
        try:
            async for piece in self._request.stream():
                self._seen += len(piece)
                yield piece
        except ClientDisconnect as hung_up:
            raise LineBroken from hung_up


async def incoming(request: Request) -> AsyncIterator[Incoming]:
    """Hand the body over; a refusal spares the sender's line what would come for nothing."""
    body = Incoming(request)
    try:
        yield body
    except DomainError:
        if body.is_endless:
            request.state.headers.append((b"connection", b"close"))
        raise


Body = Annotated[Incoming, Depends(incoming, scope="function")]
