"""The outermost layer of every request: its trace id, its line in the log, its figures."""

import re
from functools import lru_cache
from itertools import count
from time import perf_counter
from typing import Final

import structlog
import uuid_utils
from prometheus_client import Counter, Histogram
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web import problems

log = structlog.get_logger()

REQUESTS = Counter("netra_requests", "Requests by operation and status.", ["operation", "status"])
SECONDS = Histogram("netra_request_seconds", "Seconds to the last byte.", ["operation"])

# W3C Trace Context, section 3.2: version, trace id, parent id, flags.
_TRACEPARENT: Final = re.compile(rb"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
_GOOD: Final = count()
_REFUSED: Final = 400
_ALWAYS: Final = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]


class Front:
    """A plain ASGI middleware: nothing here looks into a body or repeats a path."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["trace_id"] = _trace_id(scope)
        state["headers"] = [(b"trace-id", state["trace_id"].encode()), *_ALWAYS]
        await self._observed(scope, receive, send)

    async def _observed(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, status = perf_counter(), 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _complete(message, scope)
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        except Exception as fault:
            answer = await problems.fail(Request(scope), fault)
            if not status:
                await answer(scope, receive, send_on)
        finally:
            _report(scope, status, perf_counter() - began)


def _trace_id(scope: Scope) -> str:
    sent = next((value for name, value in scope["headers"] if name == b"traceparent"), b"")
    known = _TRACEPARENT.fullmatch(sent)
    return known[1].decode() if known else uuid_utils.uuid4().hex


def _complete(message: Message, scope: Scope) -> None:
    headers = message.setdefault("headers", [])
    headers.extend(scope["state"]["headers"])
    if not any(name == b"cache-control" for name, _ in headers):
        headers.append((b"cache-control", b"no-store"))


@lru_cache(maxsize=10_000)
def _figures(operation: str, status: int) -> tuple[Counter, Histogram]:
    """Finding them by their labels costs more than counting."""
    return REQUESTS.labels(operation, str(status)), SECONDS.labels(operation)


def _report(scope: Scope, status: int, seconds: float) -> None:
    operation = f"{scope['method']} {scope.get('operation', 'unknown')}"
    if operation.endswith("unknown"):
        operation = "unknown"
    requests, spent = _figures(operation, status)
    requests.inc()
    if not scope["state"].get("endless"):
        spent.observe(seconds)
    sample = scope["state"].get("sample", 1)
    if sample > 1 and status < _REFUSED and next(_GOOD) % sample:
        return
    actor = scope["state"].get("actor")
    log.info(
        "request",
        operation=operation,
        status=status,
        milliseconds=round(seconds * 1000, 1),
        trace_id=scope["state"]["trace_id"],
        actor=actor.named() if actor else None,
    )
