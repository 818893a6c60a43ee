"""Requests to sign by a ticket, good and bad in every way we could think of, drawn by a seed."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi import FastAPI
from starlette.types import Message

Headers = list[tuple[bytes, bytes]]

PATH: Final = "/api/v1/signatures"
MOMENTS: Final[tuple[object, ...]] = (
    None,
    "2024-09-30T03:15:00Z",
    "2024-09-30T03:15:00.123Z",
    "2024-09-30T03:15:00.123456Z",
    "2024-09-30T03:15:00.1234567Z",
    "2024-09-30T03:15:00.1Z",
    "2024-09-30T10:15:00+07:00",
    "2024-09-30T03:15:00-00:00",
    "2024-09-30T10:15:00+0700",
    "2024-09-30t03:15:00z",
    "2024-09-30 03:15:00Z",
    "2024-09-30T03:15Z",
    "2024-09-30T03:15:60Z",
    "2024-09-30T24:00:00Z",
    "2024-02-30T03:15:00Z",
    "2024-09-30T03:15:00",
    "2024-09-30",
    "1999-12-31T23:59:59Z",
    "2000-01-01T00:00:00Z",
    "2000-01-01T00:00:00+07:00",
    "2099-12-31T23:59:59.999Z",
    "2100-01-01T00:00:00Z",
    "2024-09-30T03:15:00Z\n",
    " 2024-09-30T03:15:00Z",
    "٢٠٢٤-09-30T03:15:00Z",
    "",
    "kemarin",
    0,
    1727666100.5,
    True,
    [],
)
VALUES: Final[tuple[object, ...]] = (None, 0, -1, 1.5, True, "x", "click", [], {"a": 1}, 10**30)
KINDS: Final = (
    b"application/json; charset=utf-8",
    b"application/JSON",
    b"application/problem+json",
    b"application/merge-patch+json",
    b"text/plain",
    b"application/x-www-form-urlencoded",
    b"multipart/form-data; boundary=x",
    b"",
)
LANGUAGES: Final = (b"en", b"id", b"en-GB, id;q=0.3", b"jv", b"*", b";;q=x,", b"\xff")


@dataclass(frozen=True)
class Asked:
    """One request, as it comes over the line."""

    method: str
    headers: Headers
    pieces: Sequence[bytes]
    query: bytes = b""


@dataclass(frozen=True)
class Told:
    """Its answer."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes


async def ask(app: FastAPI, asked: Asked) -> Told:
    """Send it straight to the application, and hear the whole answer."""
    pieces = [
        {"type": "http.request", "body": piece, "more_body": place < len(asked.pieces)}
        for place, piece in enumerate(asked.pieces, 1)
    ]
    heard: list[Message] = []

    async def receive() -> Message:
        return pieces.pop(0) if pieces else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        heard.append(message)

    await app(_scope(asked), receive, send)
    body = b"".join(each.get("body", b"") for each in heard[1:])
    return Told(heard[0]["status"], dict(heard[0]["headers"]), body)


def _scope(asked: Asked) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": asked.method,
        "scheme": "http",
        "path": PATH,
        "raw_path": PATH.encode(),
        "query_string": asked.query,
        "root_path": "",
        "headers": asked.headers,
        "client": ("127.0.0.1", 1),
        "server": ("test", 80),
    }


class Asker:
    """Draws requests for these tickets; no ticket twice in one draw, so that all of a draw may be
    asked at once."""

    def __init__(self, tickets: Sequence[str], seed: int) -> None:
        self.tickets = tickets
        self.random = random.Random(seed)  # noqa: S311  a seed, no secret
        self.ways: tuple[Callable[[dict[str, Any]], Asked], ...] = (
            *[self._plain] * 8,
            self._of_a_moment,
            self._with_another_value,
            self._with_another_field,
            self._without_a_field,
            self._with_another_ticket,
            self._broken,
            self._written_otherwise,
            self._in_pieces,
            self._of_another_kind,
            self._by_another_method,
            self._with_a_query,
        )

    def draw(self, number: int) -> list[Asked]:
        some = self.random.sample(self.tickets, number)
        bodies = [{"ticket": each, "method": "click", "captured_at": MOMENTS[1]} for each in some]
        return [self.random.choice(self.ways)(body) for body in bodies]

    def _asked(self, body: bytes, kind: bytes = b"application/json", **changes: Any) -> Asked:
        trace = f"00-{self.random.getrandbits(128) | 1:032x}-00f067aa0ba902b7-01"
        headers = [
            (b"host", b"test"),
            (b"traceparent", trace.encode()),
            (b"content-length", str(len(body)).encode()),
            *([(b"content-type", kind)] if kind else []),
        ]
        if self.random.random() < 0.3:
            headers.append((b"accept-language", self.random.choice(LANGUAGES)))
        headers += changes.pop("more", [])
        return Asked(
            changes.pop("method", "POST"), headers, changes.pop("pieces", [body]), **changes
        )

    def of_everybody(self, **more: bytes) -> list[Asked]:
        """A good request for each ticket, with these headers."""
        headers = [(name.encode(), value) for name, value in more.items()]
        plain = [json.dumps({"ticket": each}).encode() for each in self.tickets]
        return [self._asked(each, more=headers) for each in plain]

    def _plain(self, body: dict[str, Any]) -> Asked:
        return self._asked(json.dumps(body).encode())

    def _of_a_moment(self, body: dict[str, Any]) -> Asked:
        return self._plain(body | {"captured_at": self.random.choice(MOMENTS)})

    def _with_another_value(self, body: dict[str, Any]) -> Asked:
        return self._plain(body | {self.random.choice([*body]): self.random.choice(VALUES)})

    def _with_another_field(self, body: dict[str, Any]) -> Asked:
        name = self.random.choice(["name", "", "Ticket", "nama orang", "a/b~c", "x" * 60])
        return self._plain(body | {name: self.random.choice(VALUES)})

    def _without_a_field(self, body: dict[str, Any]) -> Asked:
        gone = self.random.sample([*body], self.random.randint(1, 3))
        left = {name: each for name, each in body.items() if name not in gone}
        return self._plain(dict(self.random.sample([*left.items()], len(left))))

    def _with_another_ticket(self, body: dict[str, Any]) -> Asked:
        ticket, at = body["ticket"], self.random.randrange(43)
        letter = self.random.choice("Aa9-_=+/é \0")
        changed = f"{ticket[:at]}{letter}{ticket[at + 1 :]}"
        others = [changed, ticket[:at], f"{ticket}=", f" {ticket}", "A" * 43, "x" * 200, "x" * 201]
        return self._plain(body | {"ticket": self.random.choice(others)})

    def _broken(self, body: dict[str, Any]) -> Asked:
        whole = json.dumps(body).encode()
        at = self.random.randrange(len(whole))
        spoilt = whole[:at] + bytes([self.random.randrange(256)]) + whole[at + 1 :]
        others = [
            spoilt,
            spoilt,
            whole[:at],
            whole + whole,
            b"",
            b"[]",
            b"null",
            b'"x"',
            b" " * 1_100_000,
        ]
        return self._asked(self.random.choice(others))

    def _written_otherwise(self, body: dict[str, Any]) -> Asked:
        plain = json.dumps(body)
        others: list[Callable[[], bytes]] = [
            lambda: json.dumps(body, indent=4).encode() + b"\r\n\t ",
            lambda: plain.encode("utf-16"),
            lambda: plain.encode("utf-8-sig"),
            lambda: plain.replace("click", "cl\\u0069ck").encode(),
            lambda: plain.replace('"click"', '"click", "method": "drawn"').encode(),
            lambda: plain.replace('"click"', '"drawn", "method": "click"').encode(),
            lambda: plain.replace(body["ticket"], "\\ud800").encode(),
            lambda: plain.replace(body["ticket"], "\udcff").encode(errors="surrogatepass"),
            lambda: plain.replace('"click"', "Infinity").encode(),
            lambda: plain.replace('"click"', "'click'").encode(),
        ]
        return self._asked(self.random.choice(others)())

    def _in_pieces(self, body: dict[str, Any]) -> Asked:
        whole = json.dumps(body).encode()
        at = self.random.randrange(len(whole))
        pieces = self.random.choice(
            [[whole[:at], whole[at:]], [b"", whole], [whole, b""], [whole[:at]], []]
        )
        return self._asked(whole, pieces=pieces, more=[(b"transfer-encoding", b"chunked")])

    def _of_another_kind(self, body: dict[str, Any]) -> Asked:
        return self._asked(json.dumps(body).encode(), self.random.choice(KINDS))

    def _by_another_method(self, body: dict[str, Any]) -> Asked:
        method = self.random.choice(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"])
        return self._asked(json.dumps(body).encode(), method=method)

    def _with_a_query(self, body: dict[str, Any]) -> Asked:
        query = self.random.choice([b"x=1", b"validate_only=true", b"ticket=x", b"%ff"])
        return self._asked(json.dumps(body).encode(), query=query)
