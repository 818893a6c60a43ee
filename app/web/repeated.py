"""304 once more, to who asks the same again before anything can have changed.

It stands behind `Front` and before all other layers that ask who is there. Only a 304 is told again
that says itself for how long it holds (`same_while` in the state of the request), and only to the
same credential, the same question and the same tags. So many screens behind one machine credential
cost little more than one; a credential that ends is refused as soon as its last 304 holds no more.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.shared import LONGEST, SAMPLE, Key, Lines, common_of, key_of, size_of

SameWhile: TypeAlias = Callable[[], bool]

MOST: Final = 1_000
"""Of a few hundred bytes each."""

_NOT_MODIFIED: Final = 304


class Told(NamedTuple):
    """A 304; `added` is what `Front` is to add to its headers."""

    operation: str
    headers: Lines
    added: Lines
    same_while: SameWhile


class Repeated:
    """Remembers the latest 304 of each credential and question; the oldest make room."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._told: OrderedDict[Key, Told] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope)
        if not key:
            await self.app(scope, receive, send)
            return
        told = self._told.get(key)
        if told is None or not told.same_while():
            await self.app(scope, receive, self._remembering(key, scope, send))
            return
        scope["operation"] = told.operation
        scope["state"]["sample"] = SAMPLE
        scope["state"]["headers"] += told.added
        await send({"type": "http.response.start", "status": 304, "headers": [*told.headers]})
        await send({"type": "http.response.body"})

    def _remembering(self, key: Key, scope: Scope, send: Send) -> Send:
        common = len(scope["state"]["headers"])

        async def send_on(message: Message) -> None:
            same_while = scope["state"].get("same_while")
            if message.get("status") == _NOT_MODIFIED and same_while is not None:
                added = common_of(scope["state"]["headers"][common:])
                headers = tuple(message["headers"])
                self._told[key] = Told(scope["operation"], headers, added, same_while)
                self._told.move_to_end(key)
                if len(self._told) > MOST:
                    self._told.popitem(last=False)
            await send(message)

        return send_on


def _key(scope: Scope) -> Key:
    """What is asked, by whom, and what he has; nothing where no 304 can be told again."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return ()
    asked = Headers(scope=scope)
    who, has = asked.get("authorization"), asked.get("if-none-match")
    if not who or not has:
        return ()
    key = *key_of(scope, asked), ",".join(asked.getlist("authorization")), has
    return key if size_of(key) <= LONGEST else ()
