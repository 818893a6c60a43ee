"""Versions on the wire: strong ETags (RFC 9110, 8.8.3), If-Match, and public caching."""

import hashlib
import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, Protocol, TypeVar

from fastapi import Depends, Header, Request, Response

from app.core.errors import PreconditionMissing, Stale

_VERSION: Final = re.compile(r'"([0-9]{1,9})"')


STALE: Final = ", stale-while-revalidate=86400"
"""For what is made once a day: the old answer does while a cache asks for the new one."""


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


T = TypeVar("T", bound=Versioned)


def tagged(response: Response, thing: T) -> T:
    """Send the version of a changeable thing as its strong ETag."""
    response.headers["ETag"] = f'"{thing.version}"'
    return thing


async def expected_version(
    if_match: Annotated[
        str | None,
        Header(description="The ETag of the version you change.", max_length=200, examples=['"1"']),
    ] = None,
) -> int:
    if if_match is None:
        raise PreconditionMissing
    if if_match.strip() == "*":
        raise PreconditionMissing  # any version would do: then nobody's change is noticed
    version = _VERSION.fullmatch(if_match.strip())
    if version is None:
        raise Stale
    return int(version[1])


IfMatch = Annotated[int, Depends(expected_version)]


class Caching:
    """Says who may keep the answer, and how long; its ETag is the hash of the body."""

    def __init__(self, policy: str) -> None:
        self.policy = policy

    async def __call__(
        self,
        request: Request,
        if_none_match: Annotated[
            str | None, Header(description="ETags you have.", max_length=2_000)
        ] = None,
    ) -> None:
        request.state.cache = (self.policy, if_none_match or "")


def cached(seconds: int, also: str = "") -> Any:
    """Let anybody keep the answer for so many seconds."""
    return Depends(Caching(f"public, max-age={seconds}{also}"))


PRIVATE: Final = "private, no-cache"
"""Kept by the reader alone, and asked for again each time."""

asked_again: Any = Depends(Caching(PRIVATE))


def conditional(answer: Response, policy: str, known: str) -> Response:
    """Add ETag and Cache-Control to an answer, or say 304 where the caller has it."""
    tag = tag_of(bytes(answer.body))
    headers = {"ETag": tag, "Cache-Control": policy}
    if is_known(tag, known):
        return Response(status_code=304, headers=headers)
    answer.headers.update(headers)
    return answer


class NotModified(Exception):
    """The caller has this very answer: it is neither counted nor sent once more."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__()
        self.headers = headers


def tag_of(version: bytes) -> str:
    """A strong ETag for what is wholly told by these bytes."""
    return f'"{hashlib.sha256(version).hexdigest()[:32]}"'


def is_known(tag: str, known: str) -> bool:
    """Whether an If-None-Match field names this tag."""
    return known == "*" or tag in (each.strip().removeprefix("W/") for each in known.split(","))
