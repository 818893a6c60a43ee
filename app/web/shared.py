"""A shared cache in the process itself (RFC 9111): what everybody may keep is made once a moment.

It stands behind `Front` and before all other layers. It keeps whole public answers for as long as
they allow, at most a few seconds, so that a crowd of readers costs neither the database nor the
framework, and gets its 304 (RFC 9110, 13.1.2) for the price of a look. What is asked with a
credential or in parts, and what is not for everybody, passes by.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Final, TypeAlias

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.etags import is_known

Key: TypeAlias = tuple[str | bytes, ...]
Lines: TypeAlias = Sequence[tuple[bytes, bytes]]

MOST_BYTES: Final = 32 * 1024 * 1024
LARGEST: Final = 1024 * 1024
"""Of one answer, in bytes; what is larger is rare, and passes by."""

LONGEST: Final = 2_048
"""Of what tells one question from another, in bytes: nobody fills the memory with odd headers."""

_FRAME: Final = 1_024
"""What an answer takes beside its body and its key, in bytes."""

SAMPLE: Final = 100
"""Of so many kept answers one is told in the log; the figures count every one."""

GRACE: Final = 2.0
"""Seconds for which the others still get the old answer while one makes the new one."""

_OK: Final = 200
_PUBLIC: Final = "public, max-age="
_VARYING: Final = ("host", "accept", "accept-encoding", "accept-language")
_ALONE: Final = ("authorization", "range")
_TAG: Final = b"if-none-match"
# What is left of the caller's share (app/web/limits.py) is nobody else's.
_HIS_OWN: Final = b"ratelimit"
_OF_304: Final = (b"etag", b"cache-control", b"content-location")


@dataclass
class Kept:
    """One whole answer; `added` is what `Front` is to add to its headers."""

    operation: str
    headers: Lines
    added: Lines
    body: bytes
    since: float = 0.0
    until: float = 0.0
    gone: float = 0.0

    async def give(self, tags: str, send: Send, *more: tuple[bytes, bytes]) -> None:
        """Send it, or say 304 to who has it."""
        status, headers, body = _OK, [*self.headers, *more], self.body
        tag = Headers(raw=list(self.headers)).get("etag", "")
        if tag and tags and is_known(tag, tags):
            status, headers, body = 304, [each for each in headers if each[0] in _OF_304], b""
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class SharedCache:
    """Keeps public answers for at most so many seconds; the oldest make room."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self.app = app
        self.seconds = seconds
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self.seconds or scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if any(name in asked for name in _ALONE):
            await self.app(scope, receive, send)
            return
        key, tags = key_of(scope, asked), asked.get("if-none-match", "")
        if size_of(key) > LONGEST:
            await self.app(scope, receive, send)
            return
        kept = self._fresh(key)
        if kept is None:
            await self.app(scope, receive, self._keeping(key, tags, scope, send))
            return
        scope["operation"] = kept.operation
        scope["state"]["sample"] = SAMPLE
        scope["state"]["headers"] += kept.added
        await kept.give(tags, send, (b"age", b"%d" % (monotonic() - kept.since)))

    def _fresh(self, key: Key) -> Kept | None:
        """What may be given; the first who comes after its time makes it anew."""
        kept, now = self._kept.get(key), monotonic()
        if kept is None or now < kept.until:
            return kept
        if now < kept.gone:
            kept.until = kept.gone
        else:
            self._drop(key)
        return None

    def _keeping(self, key: Key, tags: str, scope: Scope, send: Send) -> Send:
        """A `send` that keeps what may be kept."""
        # The caller's 304 would tell nothing to the next.
        scope["headers"] = [each for each in scope["headers"] if each[0] != _TAG]
        common = len(scope["state"]["headers"])
        held: list[Message] = []

        async def send_on(message: Message) -> None:
            if _is_public(message):
                held.append(message)
                return
            start = held.pop() if held else None
            if start is None:
                await send(message)
            elif message.get("more_body"):
                await send(start)
                await send(message)
            else:
                made = _made(scope, start, message, scope["state"]["headers"][common:])
                self._keep(key, made)
                await made.give(tags, send)

        return send_on

    def _keep(self, key: Key, made: Kept) -> None:
        self._drop(key)
        if len(made.body) > LARGEST:
            return
        made.since = monotonic()
        made.until = made.since + min(_seconds(made.headers), self.seconds)
        made.gone = made.until + GRACE
        self._kept[key] = made
        self._bytes += size_of(key) + len(made.body) + _FRAME
        while self._bytes > MOST_BYTES:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        old = self._kept.pop(key, None)
        self._bytes -= size_of(key) + len(old.body) + _FRAME if old else 0


def _is_public(message: Message) -> bool:
    """Whether a good answer begins that everybody may keep; it comes in one piece as a rule."""
    return message.get("status") == _OK and _seconds(message.get("headers", ())) > 0


def _seconds(headers: Lines) -> int:
    """For how long everybody may keep what has these headers; 0 where not everybody may."""
    policy = Headers(raw=list(headers)).get("cache-control", "")
    return int(policy[len(_PUBLIC) :].split(",")[0]) if policy.startswith(_PUBLIC) else 0


def _made(scope: Scope, start: Message, message: Message, added: Lines) -> Kept:
    operation, body = scope.get("operation", "unknown"), message.get("body", b"")
    return Kept(operation, tuple(start["headers"]), common_of(added), body)


def common_of(added: Lines) -> Lines:
    """Of the headers that `Front` adds, those that hold for the next caller too."""
    return tuple(each for each in added if not each[0].startswith(_HIS_OWN))


def key_of(scope: Scope, asked: Headers) -> Key:
    """What tells one question from another."""
    said = (",".join(asked.getlist(name)) for name in _VARYING)
    return scope["scheme"], scope["path"], scope["query_string"], *said


def size_of(key: Key) -> int:
    return sum(map(len, key))
