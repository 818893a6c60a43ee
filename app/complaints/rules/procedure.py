"""The law of complaints: what a report is, what makes it late, and when it may be taken up."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.errors import Conflict
from app.core.texts import Text
from app.elections.rules import Regime

MOST_PERSONS: Final = 50
MOST_WITNESSES: Final = 20
MOST_NOTES: Final = 20

WITHOUT_ELECTION: Final = Regime.REGIONAL_ELECTION
"""The regime of a complaint that names no election."""

# NIP (Perka BKN 22/2007): birth day, month of appointment, sex, sequence; of an NI PPPK the 13th
# and 14th digit are no month. Only the shape is checked: nine digits were valid before 2007.
EMPLOYEE_NUMBER: Final = r"^([0-9]{14}[12][0-9]{3}|[0-9]{9})$"
POPULATION_NUMBER: Final = r"^[0-9]{16}$"


class Kind(StrEnum):
    """A report has a reporter with a name; without one it is initial information.

    A finding has neither: it is what supervisors saw on their own watch (domain.md, 1.2).
    """

    REPORT = "report"
    INITIAL_INFORMATION = "initial_information"
    FINDING = "finding"


class Channel(StrEnum):
    APP = "app"
    WEB = "web"
    WALK_IN = "walk_in"
    LETTER = "letter"
    TELEPHONE = "telephone"
    MEDIA = "media"
    OVERSIGHT = "oversight"


class PhoneChannel(StrEnum):
    """The channels that whoever files can name."""

    APP = "app"
    WEB = "web"


class EntryChannel(StrEnum):
    """The channels by which an officer hears of an act, and then enters it."""

    WALK_IN = "walk_in"
    LETTER = "letter"
    TELEPHONE = "telephone"
    MEDIA = "media"
    OVERSIGHT = "oversight"


class Status(StrEnum):
    """What the reporter may see of a procedure that is decided on the floors above.

    `finding`: by the supervisors' own watch or out of what was traced, and not yet registered.
    """

    SUBMITTED = "submitted"
    INITIAL_REVIEW = "initial_review"
    NEEDS_COMPLETION = "needs_completion"
    NOT_REGISTERED = "not_registered"
    REGISTERED = "registered"
    CLARIFICATION = "clarification"
    STUDY = "study"
    VIOLATION = "violation"
    NOT_VIOLATION = "not_violation"
    DISCONTINUED = "discontinued"
    FORWARDED = "forwarded"
    FOLLOWED_UP = "followed_up"
    NOT_FOLLOWED_UP = "not_followed_up"
    RETURNED = "returned"
    CLOSED = "closed"
    RECEIVED = "received"
    TRACING = "tracing"
    FINDING = "finding"
    ARCHIVED = "archived"


class Capacity(StrEnum):
    """Who may report by law (UU 1/2015 Art. 134(2)), or his attorney (Perbawaslu 9/2024)."""

    VOTER = "voter"
    MONITOR = "monitor"
    CONTESTANT = "contestant"
    PROXY = "proxy"


class Part(StrEnum):
    """The part a person has in a complaint."""

    REPORTER = "reporter"
    REPORTED = "reported"
    WITNESS = "witness"
    FINDER = "finder"


FIRST: Final = {
    Kind.REPORT: Status.SUBMITTED,
    Kind.INITIAL_INFORMATION: Status.RECEIVED,
    Kind.FINDING: Status.FINDING,
}
# A finding is registered without a review (domain.md, 1.2): there is nothing to take up.
UNDER_REVIEW: Final = {Kind.REPORT: Status.INITIAL_REVIEW, Kind.INITIAL_INFORMATION: Status.TRACING}


class IllegalStep(Conflict):
    code = "illegal-step"
    text = Text(
        "Langkah ini tidak mungkin pada status sekarang.",
        "This step is not possible in the present status.",
    )


def kind_of(*, has_reporter: bool, has_finder: bool = False) -> Kind:
    if has_finder:
        return Kind.FINDING
    return Kind.REPORT if has_reporter else Kind.INITIAL_INFORMATION


def take_up(kind: Kind, now: Status) -> Status:
    """Return the status of what is taken up, or refuse it where a step was taken before.

    Which step may follow is the procedure of the floors above.
    """
    taken_up = UNDER_REVIEW.get(kind)
    if taken_up is None or now is not FIRST[kind]:
        raise IllegalStep
    return taken_up


def is_future(day: date, now: datetime) -> bool:
    """Whether a day has not begun anywhere in Indonesia (WIT is UTC+9)."""
    return day > (now + timedelta(hours=9)).date()


def pseudonym(reporter_ids: Sequence[UUID]) -> str | None:
    """How the desk speaks of the reporter, if there is one: the identity stays closed."""
    digests = [hashlib.sha256(id.bytes).hexdigest() for id in reporter_ids]
    return f"REP-{digests[0][:8].upper()}" if digests else None


def digits(number: str) -> str:
    """People write numbers in groups; only the digits are kept."""
    return re.sub(r"[\s.-]", "", number)
