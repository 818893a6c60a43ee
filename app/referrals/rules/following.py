"""What can be said of one person in a referral, and by whom it must be said otherwise."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Protocol, TypeVar
from uuid import UUID

from app.core.errors import Conflict, Fault, Invalid
from app.core.texts import Text
from app.referrals.rules.authorities import Flow
from app.referrals.rules.control import ControlKind
from app.referrals.rules.states import FollowUpStatus

_STAFF: Final = frozenset({Flow.ASN_OVERSIGHT, Flow.STAFFING_AUTHORITY})


class DecreeNeeded(Conflict):
    """Of a civil servant a sanction has a kind, a decree and a day: that is the decision."""

    code = "decree-needed"
    text = Text(
        "Sanksi bagi ASN dicatat dengan keputusannya, bukan sebagai tindak lanjut.",
        "The sanction of a civil servant is recorded with its decree, not as a follow-up.",
    )


_WRONG_FLOW: Final = Text(
    "Status ini tidak ada pada instansi penerima ini.", "This authority has no such status."
)


def check_status(status: FollowUpStatus, flow: Flow) -> None:
    """Refuse a status that this authority cannot give, or not in this way."""
    bkn = status is FollowUpStatus.AWAITING_BKN_VERIFICATION and flow is not Flow.ASN_OVERSIGHT
    staffing = status is FollowUpStatus.AWAITING_STAFFING_AUTHORITY and flow not in _STAFF
    if bkn or staffing:
        raise Invalid(Fault("/status", "wrong-authority", _WRONG_FLOW))
    if status is FollowUpStatus.SANCTIONED and flow in _STAFF:
        raise DecreeNeeded


def first_status(flow: Flow) -> FollowUpStatus | None:
    """What each person waits for when a matter was forwarded; other authorities say nothing yet."""
    return {
        Flow.ASN_OVERSIGHT: FollowUpStatus.AWAITING_BKN_VERIFICATION,
        Flow.STAFFING_AUTHORITY: FollowUpStatus.AWAITING_STAFFING_AUTHORITY,
    }.get(flow)


class NotSanctioned(Conflict):
    code = "not-sanctioned"
    text = Text("Orang ini tidak dijatuhi sanksi.", "This person was not sanctioned.")


class HasPerson(Protocol):
    @property
    def person_id(self) -> UUID: ...


P = TypeVar("P", bound=HasPerson)


def one_of(persons: Mapping[UUID, P], id: UUID, pointer: str) -> P:
    """The person with this id, of those whom the referral names."""
    if id not in persons:
        raise Invalid(Fault(pointer, "unknown-person", _UNKNOWN_PERSON))
    return persons[id]


def check_once(named: Sequence[UUID | str]) -> None:
    """One decree says of one person, and imposes one kind on him, only once."""
    if len(set(named)) < len(named):
        raise Invalid(Fault("/rulings", "twice", _TWICE))


def check_effect(effective_on: date | None, sanctions: int, pointer: str) -> None:
    """A sanction has a day from which it holds (TMT); what is not proven has none."""
    if (effective_on is None) is (sanctions > 0):
        raise Invalid(Fault(f"{pointer}/effective_on", "effective-day", _EFFECTIVE_DAY))


def check_subject(kind: ControlKind, person_id: UUID | None) -> None:
    """The record of a person is blocked; a reprimand may be for the staffing authority itself."""
    if kind is not ControlKind.REPRIMAND and person_id is None:
        raise Invalid(Fault("/person_id", "person-needed", _PERSON_NEEDED))


_UNKNOWN_PERSON: Final = Text(
    "Orang ini tidak ada dalam penerusan ini.", "This referral does not name this person."
)
_TWICE: Final = Text("Ada yang disebut dua kali.", "Something is named twice.")
_EFFECTIVE_DAY: Final = Text(
    "Sanksi harus bertanggal mulai berlaku (TMT); yang tidak terbukti tidak.",
    "A sanction needs the day from which it holds; what is not proven has none.",
)
_PERSON_NEEDED: Final = Text(
    "Sebutkan data siapa yang diblokir atau dibuka.", "Say whose record is blocked or unblocked."
)
