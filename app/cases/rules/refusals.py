"""Which reason for refusing registration the facts of a case bear out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.cases.rules.requirements import (
    FORMAL,
    NOT_CORRECTABLE,
    NotRegisteredReason,
    Proposal,
    Requirement,
    correctable,
    proposal,
)
from app.cases.rules.states import CaseKind, State
from app.core.errors import Conflict
from app.core.texts import Text

_R = NotRegisteredReason
_REFUSABLE: Final = frozenset({State.INITIAL_REVIEW, State.NEEDS_COMPLETION, State.FINDING})
_OF_REPORTS: Final = frozenset({_R.REPORTER_NOT_ENTITLED, _R.WITHDRAWN, _R.COMPLETION_EXPIRED})
# What the reporter was asked to bring does not decide these.
_APART_FROM_COMPLETION: Final = frozenset(
    {_R.NOT_ELECTION_VIOLATION, _R.HANDLED_ELSEWHERE, _R.WITHDRAWN, _R.COMPLETION_EXPIRED}
)
_MATERIAL: Final = frozenset(Requirement) - FORMAL
_FOUND_BY: Final[Mapping[NotRegisteredReason, frozenset[Requirement]]] = {
    _R.OUT_OF_TIME: frozenset({Requirement.IN_TIME}),
    _R.REPORTER_NOT_ENTITLED: frozenset({Requirement.VOTING_RIGHT}),
    _R.FORMAL_UNMET: FORMAL - NOT_CORRECTABLE,
    _R.MATERIAL_UNMET: _MATERIAL,
}


class ReasonUnfounded(Conflict):
    """The checklist, or the kind of the case, says otherwise."""

    code = "reason-unfounded"
    text = Text(
        "Alasan ini tidak didukung hasil pemeriksaan syarat perkara ini.",
        "What was checked of this case does not bear out this reason.",
    )


class CompletionNotRequested(Conflict):
    """What the reporter could still bring is asked for before it is held against the report."""

    code = "completion-not-requested"
    text = Text(
        "Syarat ini masih dapat diperbaiki pelapor; minta perbaikan dahulu.",
        "The reporter could still meet this requirement; ask for completion first.",
    )


class CompletionRunning(Conflict):
    """The reporter still has time."""

    code = "completion-running"
    text = Text(
        "Waktu perbaikan pelapor belum habis, atau alasan ini menunggu perbaikan itu.",
        "The reporter still has time to complete, or this reason waits for that.",
    )


@dataclass(frozen=True, kw_only=True)
class Review:
    """What a refusal depends on; `filed_late` is what the clocks say of the filing."""

    kind: CaseKind
    state: State
    checks: Mapping[Requirement, bool]
    was_asked: bool
    has_expired: bool
    all_withdrawn: bool
    filed_late: bool = False


def check_reason(reason: NotRegisteredReason, review: Review) -> None:
    """Refuse a reason that the facts do not bear out, or that comes too early."""
    is_report = review.kind is CaseKind.REPORT
    if reason in _OF_REPORTS and not is_report:
        raise ReasonUnfounded
    if reason is _R.WITHDRAWN and not review.all_withdrawn:
        raise ReasonUnfounded
    _check_time(reason, review)
    if is_report and reason in _FOUND_BY:
        _check_unmet(_FOUND_BY[reason], review)


def borne_out(review: Review) -> list[NotRegisteredReason]:
    """The reasons for which registration can be refused now; none once that is decided."""
    if review.state not in _REFUSABLE:
        return []
    return [each for each in NotRegisteredReason if _stands(each, review)]


def proposed(review: Review) -> Proposal:
    """What follows; of a finding nothing is left to check but whether it came in time."""
    if review.kind is not CaseKind.FINDING:
        return proposal(review.checks, was_asked=review.was_asked)
    return Proposal.REFUSE if review.filed_late else Proposal.REGISTER


def _stands(reason: NotRegisteredReason, review: Review) -> bool:
    try:
        check_reason(reason, review)
    except Conflict:
        return False
    return True


def _check_time(reason: NotRegisteredReason, review: Review) -> None:
    waits = review.state is State.NEEDS_COMPLETION
    if waits and reason not in _APART_FROM_COMPLETION:
        raise CompletionRunning
    if reason is _R.COMPLETION_EXPIRED:
        _check_expired(review)


def _check_expired(review: Review) -> None:
    """Its time is over, everybody was asked, and what was missing was not found since."""
    waits = review.state is State.NEEDS_COMPLETION
    if not review.has_expired:
        raise CompletionRunning if waits else ReasonUnfounded
    if not review.was_asked:
        raise CompletionNotRequested
    if not correctable(review.checks):
        raise ReasonUnfounded


def _check_unmet(wanted: frozenset[Requirement], review: Review) -> None:
    unmet = {each for each in wanted if review.checks.get(each) is False}
    if not unmet:
        raise ReasonUnfounded
    if not unmet & NOT_CORRECTABLE and not review.was_asked:
        raise CompletionNotRequested
