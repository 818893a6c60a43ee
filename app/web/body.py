"""Bodies over the limit are refused as a problem, before they are read or while they arrive."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web import problems

# Without either of them a request has no body (RFC 9112, 6.3).
_FRAMING: Final = (b"content-length", b"transfer-encoding")


def _place(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)) + "(/.*)?", re.DOTALL)


class BodyLimit:
    """A plain ASGI middleware; the framework's own limit answers in plain text.

    `others` are the paths, with all below them, that take more: so many bytes, or None where the
    operation reads piece by piece, up to a limit of its own. A part in braces is any one part.
    """

    def __init__(
        self, app: ASGIApp, limit: int, others: Mapping[str, int | None] = MappingProxyType({})
    ) -> None:
        self.app = app
        self.limit = limit
        self.others = [(_place(path), most) for path, most in others.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = self._limit_of(scope.get("path", ""))
        framing = [value for name, value in scope.get("headers", ()) if name in _FRAMING]
        if limit is None or not framing:
            await self.app(scope, receive, send)
        elif any(value.isdigit() and int(value) > limit for value in framing):
            answer = await problems.refuse_request(Request(scope), HTTPException(413))
            await answer(scope, receive, send)
        else:
            await self.app(scope, self._counting(receive, limit), send)

    def _limit_of(self, path: str) -> int | None:
        for place, limit in self.others:
            if place.fullmatch(path):
                return limit
        return self.limit

    def _counting(self, receive: Receive, limit: int) -> Receive:
        received = 0

        async def count() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413)
            return message

        return count
