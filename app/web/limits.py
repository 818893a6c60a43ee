"""Rate limits in memory, told to the caller by draft-ietf-httpapi-ratelimit-headers.

An anonymous caller is known by a hash of the address under a salt that dies with the process:
nothing about a reporter's address is stored. Limits hold for each web process.
"""

import asyncio
import hashlib
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_network
from math import ceil
from time import monotonic
from typing import Final

from fastapi import Request

from app.core.actors import Actor, ActorKind
from app.core.errors import TooMany

_SALT: Final = secrets.token_bytes(32)
_ROOM: Final = 100_000
_LONGEST_WAIT: Final = 4.0
_MOST_WRONG: Final = 7
"""More are not remembered: after as many minutes an address is as good as new."""


def address_of(request: Request) -> str:
    host = request.client.host if request.client else ""
    if ":" in host:
        # One line at home has 2^64 addresses of IPv6: its network is the caller.
        host = str(ip_network((host.partition("%")[0], 64), strict=False))
    return hashlib.blake2b(host.encode(), key=_SALT, digest_size=16).hexdigest()


ANONYMOUS: Final = "anonymous"


@dataclass(frozen=True)
class Caller:
    """Whose share is spent: the policy it falls under, and a name that tells nobody who it is."""

    policy: str
    name: str


def caller_of(request: Request, actor: Actor) -> Caller:
    # Whoever files a complaint has a receipt: it is no account with a share of its own.
    if actor.kind in (ActorKind.PUBLIC, ActorKind.RECEIPT):
        return Caller(ANONYMOUS, address_of(request))
    return Caller("credential", actor.named())


class Bucket:
    """One caller's share: it fills evenly, `quota` in `window` seconds, and holds one quota."""

    __slots__ = ("at", "left")

    def __init__(self, left: float, at: float) -> None:
        self.left = left
        self.at = at

    def fill(self, quota: int, window: float, now: float) -> None:
        self.left = min(quota, self.left + (now - self.at) * quota / window)
        self.at = now


class Limits:
    """The shares of all callers of this process; the longest unseen are forgotten first."""

    def __init__(self, *, anonymous: int, credential: int, window: int = 60) -> None:
        self._quotas = {ANONYMOUS: anonymous, "credential": credential}
        self._window = window
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._waiting: set[str] = set()

    def spend(self, request: Request, caller: Caller) -> None:
        """Take one request from the caller's share, or refuse; the answer will say what is left."""
        quota = self._quotas[caller.policy]
        bucket = self._bucket(caller, quota)
        refused = bucket.left < 1
        bucket.left -= 0 if refused else 1
        request.state.spent = None if refused else (bucket, quota)
        self._tell(request, caller.policy, bucket, quota)
        if refused:
            raise TooMany(retry_after=int((1 - bucket.left) * self._window / quota) + 1)

    def refund(self, request: Request) -> None:
        """A replay costs nothing: the phone only asks again what it was already promised."""
        if request.state.spent is not None:  # a proof of work paid for it
            bucket, quota = request.state.spent
            bucket.left = min(quota, bucket.left + 1)

    @asynccontextmanager
    async def after_wrong(self, request: Request) -> AsyncIterator[None]:
        """Wait, longer each time, before answering another wrong credential from this address.

        Of many at once only one is waited for; the others are refused, so that guessing side by
        side is no faster and holds nothing open.
        """
        address = address_of(request)
        wait = self._wait_after_wrong(address)
        if address in self._waiting:
            raise TooMany(retry_after=ceil(wait))
        self._waiting.add(address)
        try:
            await asyncio.sleep(wait)
            yield
        finally:
            self._waiting.discard(address)

    def _wait_after_wrong(self, address: str) -> float:
        now = monotonic()
        count, last = self._wrong.pop(address, (0, now))
        count = max(0, count - int((now - last) / self._window)) + 1
        self._wrong[address] = (min(count, _MOST_WRONG), now)
        _forget_oldest(self._wrong)
        return min(_LONGEST_WAIT, 0.05 * float(1 << count))

    def _bucket(self, caller: Caller, quota: int) -> Bucket:
        now = monotonic()
        bucket = self._buckets.pop(caller.name, None) or Bucket(quota, now)
        self._buckets[caller.name] = bucket
        _forget_oldest(self._buckets)
        bucket.fill(quota, self._window, now)
        return bucket

    def _tell(self, request: Request, policy: str, bucket: Bucket, quota: int) -> None:
        until_full = int((quota - bucket.left) * self._window / quota) + 1
        request.state.headers += [
            (b"ratelimit-policy", f'"{policy}";q={quota};w={self._window}'.encode()),
            (b"ratelimit", f'"{policy}";r={max(0, int(bucket.left))};t={until_full}'.encode()),
        ]


def _forget_oldest(seen: "OrderedDict[str, Bucket] | OrderedDict[str, tuple[int, float]]") -> None:
    while len(seen) > _ROOM:
        seen.popitem(last=False)
