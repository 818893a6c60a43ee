"""Bodies over the limit are refused as a problem, before they are read or while they arrive."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web import problems


class BodyLimit:
    """A plain ASGI middleware; the framework's own limit answers in plain text."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._is_announced(scope):
            answer = await problems.refuse_request(Request(scope), HTTPException(413))
            await answer(scope, receive, send)
            return
        await self.app(scope, self._counting(receive), send)

    def _is_announced(self, scope: Scope) -> bool:
        announced = Headers(scope=scope).get("content-length", "0")
        return announced.isdecimal() and int(announced) > self.limit

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
