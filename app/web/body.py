"""Bodies over the limit are refused as a problem, before they are read or while they arrive."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web import problems

# Without either of them a request has no body (RFC 9112, 6.3).
_FRAMING: Final = (b"content-length", b"transfer-encoding")


class BodyLimit:
    """A plain ASGI middleware; the framework's own limit answers in plain text."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        framing = [value for name, value in scope.get("headers", ()) if name in _FRAMING]
        if any(value.isdigit() and int(value) > self.limit for value in framing):
            answer = await problems.refuse_request(Request(scope), HTTPException(413))
            await answer(scope, receive, send)
            return
        await self.app(scope, self._counting(receive) if framing else receive, send)

    def _counting(self, receive: Receive) -> Receive:
        received = 0

        async def count() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.limit:
                raise HTTPException(413)
            return message

        return count
