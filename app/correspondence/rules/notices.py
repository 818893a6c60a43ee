"""The law of notices: when one may go out, how often it is tried, and its neutral words."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from app.core.errors import Conflict, RuleBroken
from app.core.texts import Text

QUIET_FROM: Final = time(21)
QUIET_UNTIL: Final = time(7)

LEASE: Final = timedelta(minutes=15)
"""A notice in hand comes back after it, should the worker die in the middle."""

PATIENCE: Final = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(days=1),
    timedelta(days=2),
)
"""How long to wait after each failure that may pass; after the last one there is no further try."""

SERVER_BACK: Final = timedelta(minutes=10)
"""How long to wait for a mail server that does not work; no address is given up for it."""

_FOR_GOOD: Final = 500
_OURS: Final = (50, 53)

# Only plain characters: nothing that a mail system could read as a second address or a header.
EMAIL: Final = (
    r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$"
)
LONGEST_EMAIL: Final = 254
LONGEST_LOCAL_PART: Final = 64

SUBJECT: Final = Text("Ada kabar baru untuk Anda", "There is news for you")
LETTER: Final = Text(
    "Ada kabar baru untuk Anda.\n\n"
    "Bukalah di tempat Anda biasa membacanya, bila keadaan memungkinkan.\n"
    "Surat ini dikirim otomatis dan tidak perlu dibalas.\n",
    "There is news for you.\n\n"
    "Open it where you usually read it, when it is convenient.\n"
    "This was sent automatically and needs no answer.\n",
)
"""Whoever looks over the reader's shoulder learns nothing: neither of whom nor of what."""


class NoticeState(StrEnum):
    """A notice stays until the reporter has read: meanwhile no second one goes out."""

    PENDING = "pending"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"


class Outcome(StrEnum):
    """What became of one try."""

    SENT = "sent"
    REFUSED = "refused"
    """For good: there is no such box, or it takes nothing from us."""
    LATER = "later"
    """This box, for now."""
    AWAY = "away"
    """The mail server itself does not work, whoever is written to."""


class EmailUnavailable(Conflict):
    """No address is kept that nothing could ever be sent to."""

    code = "email-unavailable"
    text = Text(
        "Layanan ini tidak mengirim surel; alamat Anda tidak disimpan. Bacalah kabar dengan kode"
        " tanda terima.",
        "This service sends no e-mail; your address was not kept. Read the news with the receipt"
        " code.",
    )


def check_email(email: str) -> str:
    """Refuse what its form lets through and no mail system takes (RFC 5321, 4.5.3.1)."""
    if len(email.partition("@")[0]) > LONGEST_LOCAL_PART:
        raise RuleBroken(
            "local-part-too-long",
            Text(
                f"Sebelum @ paling banyak {LONGEST_LOCAL_PART} huruf.",
                f"At most {LONGEST_LOCAL_PART} characters before the @.",
            ),
        )
    return email


def due_at(asked: datetime, zone: ZoneInfo) -> datetime:
    """The first moment from the one asked for on that is not in the quiet hours of the zone."""
    local = asked.astimezone(zone)  # no zone of Indonesia has summer time: local sums are exact
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return asked
    day = local.date() + timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return datetime.combine(day, QUIET_UNTIL, zone).astimezone(UTC)


@dataclass(frozen=True)
class Again:
    """A letter that is to be tried once more, and how many of its tries count."""

    due_at: datetime
    tries: int


def settle(outcome: Outcome, tries: int, now: datetime, zone: ZoneInfo) -> NoticeState | Again:
    """How a letter stands after so many tries: it has ended, or it is tried again."""
    if outcome is Outcome.SENT:
        return NoticeState.SENT
    if outcome is Outcome.AWAY:
        # The address is not to blame for a server that does not work.
        return Again(due_at(now + SERVER_BACK, zone), tries - 1)
    if outcome is Outcome.REFUSED or tries > len(PATIENCE):
        return NoticeState.UNDELIVERABLE
    return Again(due_at(now + PATIENCE[tries - 1], zone), tries)


def outcome_of(code: int) -> Outcome:
    """What the answer to a recipient or to the content means (RFC 5321, 4.2.1).

    Bad sequence and bad login (50x, 53x) are faults of ours, for which no address is given up.
    """
    if code < _FOR_GOOD:
        return Outcome.LATER
    return Outcome.AWAY if code // 10 in _OURS else Outcome.REFUSED


def masked(email: str) -> str:
    """Enough to recognise one's own address, too little to learn another's."""
    local, _, domain = email.partition("@")
    name, _, top = domain.rpartition(".")
    return f"{local[:1]}***@{name[:1]}***.{top}"
