"""Passwords and tokens: how they are made, and what is kept of them."""

import asyncio
import hashlib
import secrets
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

# Argon2id (RFC 9106) with OWASP's parameters of 19 MiB: several at once fit a small machine.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Nothing that is read for something else.
_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUP: Final = 4
_GROUPS: Final = 4


def new_password() -> str:
    """Make a first password of 79 random bits that can be read out on the telephone."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


async def hash_password(password: str) -> str:
    return await asyncio.to_thread(_HASHER.hash, password)


async def is_password(password: str, hashed: str | None) -> bool:
    """Compare a password with its hash; without a hash it takes as long and is false."""
    fits = await asyncio.to_thread(_fits, password, hashed)
    return fits and hashed is not None


def _fits(password: str, hashed: str | None) -> bool:
    try:
        return _HASHER.verify(hashed or _of_nobody(), password)
    except VerificationError:
        return False


@cache
def _of_nobody() -> str:
    return _HASHER.hash(secrets.token_hex())


def new_token() -> str:
    """Make a token or client secret of 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """What is kept of a token, a secret or a code: of too many random bits to be searched."""
    return hashlib.sha256(token.encode()).digest()
