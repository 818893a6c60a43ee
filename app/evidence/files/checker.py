"""Runs the check of signatures on one document, in a process of its own."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from struct import Struct
from typing import Annotated, Final

from pydantic import BaseModel, Field

from app.evidence.files.confined import end, feed, start
from app.evidence.rules.documents import MOST_SIGNATURES, FoundSignature

PATIENCE: Final = 60.0
"""Seconds by the clock on the wall for one document."""
TRUSTED: Final = Path(__file__).parent.parent / "data" / "trusted_roots.pem"
"""Root certificates in PEM; without any, a document is intact at best, and trusted never."""

_LENGTH: Final = Struct(">I")

Name = Annotated[str, Field(max_length=300)]


class CheckFailed(Exception):
    """The check did not live to say what it found."""


class _Signature(BaseModel):
    subject: Name
    issuer: Name
    signed_at: datetime | None
    intact: bool
    whole: bool
    covers_file: bool
    trusted: bool


class _Said(BaseModel):
    """Its one line; it has met hostile bytes, so what it says is checked."""

    signatures: list[_Signature] = Field(default_factory=list, max_length=MOST_SIGNATURES)
    unreadable: bool = False


def read_roots(file: Path = TRUSTED) -> bytes:
    return file.read_bytes()


async def signatures_in(
    document: AsyncIterator[bytes], roots: bytes, patience: float = PATIENCE
) -> list[FoundSignature] | None:
    """The signatures in a document; None where nobody can read it."""
    checker = await start("app.evidence.files.checking")
    try:
        async with asyncio.timeout(patience):
            await feed(checker, _after(roots, document))
            said = _Said.model_validate_json(await checker.out.readline())
    except (TimeoutError, ValueError) as silent:
        raise CheckFailed from silent
    finally:
        await end(checker)
    if said.unreadable:
        return None
    return [FoundSignature(**dict(each)) for each in said.signatures]


async def _after(roots: bytes, document: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield _LENGTH.pack(len(roots)) + roots
    async for piece in document:
        yield piece
