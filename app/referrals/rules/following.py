"""What can be said of one person in a referral, and by whom it must be said otherwise."""

from typing import Final

from app.core.errors import Conflict, Fault, Invalid
from app.core.texts import Text
from app.referrals.rules.authorities import Flow
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
