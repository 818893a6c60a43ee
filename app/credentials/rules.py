"""How long a sign-in lasts, what guessing costs, and what the holder of a token may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from app.core.actors import PERMISSIONS, Actor, ActorKind, Permission, Role
from app.core.errors import Fault, GrantRefused, Invalid, WrongCredential
from app.core.places import area_of
from app.core.texts import Text
from app.offices.rules import OfficeKind


class TokenKind(StrEnum):
    ACCESS = "access"
    REFRESH = "refresh"


ACCESS_LIVES: Final = timedelta(minutes=10)
SIGN_IN_LIVES: Final = timedelta(hours=12)
"""A working day and its overtime; renewing a token does not prolong it."""

FREE_FAILURES: Final = 4
LONGEST_LOCK: Final = timedelta(minutes=15)
SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 128


class UnsupportedGrantType(GrantRefused):
    """A grant of OAuth 2.0 that is not given here."""

    code = "unsupported_grant_type"
    text = Text(
        "grant_type ini tidak dikenal: password, refresh_token atau client_credentials.",
        "There is no such grant_type: password, refresh_token or client_credentials.",
    )


class InvalidGrant(GrantRefused, WrongCredential):
    """Login, password or refresh token do not fit, or may not be tried at this moment."""

    code = "invalid_grant"
    text = Text(
        "Nama pengguna, kata sandi atau token tidak cocok, atau terlalu sering dicoba.",
        "Login, password or token do not fit, or were tried too often.",
    )


class InvalidClient(WrongCredential):
    """Another system that we do not know, or no longer."""

    code = "invalid_client"
    text = Text("Sistem ini tidak dikenal.", "This client is unknown, or its secret is wrong.")


class InvalidScope(GrantRefused):
    """A client asks for more than it was given."""

    code = "invalid_scope"
    text = Text("Cakupan ini tidak diberikan.", "This scope was not given to the client.")


GRANT_TYPES: Final = frozenset({"password", "refresh_token", "client_credentials"})

WEAK_PASSWORD: Final = Fault(
    "/new_password",
    "weak-password",
    Text(
        "Terlalu mudah ditebak: jangan kata sandi lama, nama pengguna, atau huruf berulang.",
        "Too easy to guess: use neither the old one, nor your login, nor repeated characters.",
    ),
)
WRONG_PASSWORD: Final = Fault(
    "/current_password",
    "wrong-password",
    Text(
        "Kata sandi tidak cocok, atau terlalu sering dicoba.",
        "The password does not fit, or was tried too often.",
    ),
)


def check_grant_type(named: object) -> None:
    """Tell a form that names no grant from one that names a grant we do not know."""
    if not named or not isinstance(named, str):
        raise GrantRefused
    if named not in GRANT_TYPES:
        raise UnsupportedGrantType


def lock_after(failures: int) -> timedelta:
    """How long no password counts after so many failures in a row: from the fifth, doubling."""
    if failures <= FREE_FAILURES:
        return timedelta(0)
    doublings = min(failures - FREE_FAILURES - 1, 10)
    return min(timedelta(seconds=2**doublings), LONGEST_LOCK)


def may_try(active: bool, locked_until: datetime | None, now: datetime) -> bool:
    return active and (locked_until is None or locked_until <= now)


def check_new_password(login: str, current: str, wanted: str) -> None:
    """Refuse what is guessed first; length does the rest (NIST SP 800-63B, 5.1.1)."""
    if wanted == current or login in wanted.casefold() or len(set(wanted)) <= FREE_FAILURES:
        raise Invalid(WEAK_PASSWORD)


def granted(wanted: str, scopes: Sequence[str]) -> list[str]:
    """Return the scopes asked for, all of them by default, or refuse one that was never given."""
    asked = set(wanted.split()) or set(scopes)
    if not asked <= set(scopes):
        raise InvalidScope
    return sorted(asked)


class Holder(NamedTuple):
    """Whom a token was given to: one of the two."""

    officer_id: UUID | None
    client_id: UUID | None


@dataclass(frozen=True)
class Bearer:
    """Whom a live access token belongs to, with all that decides what they may do."""

    officer_id: UUID | None
    role: Role | None
    must_change_password: bool | None
    client_id: UUID | None
    client_region: str | None
    scopes: list[str] | None
    office_id: UUID
    office_kind: OfficeKind
    office_region: str


def actor_behind(bearer: Bearer) -> Actor:
    """Officers of Bawaslu oversee the region of their office; partners see what is addressed."""
    if bearer.role is None:
        return Actor(
            kind=ActorKind.CLIENT,
            id=bearer.client_id,
            permissions=frozenset(Permission(scope) for scope in bearer.scopes or ()),
            area=area_of(bearer.client_region) if bearer.client_region else None,
            office_id=bearer.office_id,
        )
    return Actor(
        kind=ActorKind.OFFICER,
        id=bearer.officer_id,
        permissions=PERMISSIONS[bearer.role],
        area=area_of(bearer.office_region) if bearer.office_kind is OfficeKind.BAWASLU else None,
        office_id=bearer.office_id,
        must_change_password=bool(bearer.must_change_password),
    )
