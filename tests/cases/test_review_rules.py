"""What follows from what was checked, and which reason it bears out."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.rules.completion import answers, letter
from app.cases.rules.joining import counts_instead
from app.cases.rules.persons import RecordedAsSame, check_same, root_of
from app.cases.rules.plenaries import Sitting, Vote, check_adoption
from app.cases.rules.refusals import (
    CompletionNotRequested,
    CompletionRunning,
    ReasonUnfounded,
    Review,
    borne_out,
    check_reason,
)
from app.cases.rules.requirements import (
    NOT_CORRECTABLE,
    NotRegisteredReason,
    Proposal,
    Requirement,
    correctable,
    is_complete,
    proposal,
)
from app.cases.rules.states import CaseKind, State
from app.core.errors import Conflict, Invalid
from app.core.ids import new_id
from app.regions.rules import Level

CHECKS = st.dictionaries(st.sampled_from(Requirement), st.booleans())
REASONS = st.sampled_from(NotRegisteredReason)
REVIEWS = st.builds(
    Review,
    kind=st.sampled_from([CaseKind.REPORT, CaseKind.FINDING]),
    state=st.sampled_from([State.INITIAL_REVIEW, State.NEEDS_COMPLETION]),
    checks=CHECKS,
    was_asked=st.booleans(),
    has_expired=st.booleans(),
    all_withdrawn=st.booleans(),
)
ALL_MET = dict.fromkeys(Requirement, True)


def stands(reason: NotRegisteredReason, review: Review) -> bool:
    try:
        check_reason(reason, review)
    except Conflict:
        return False
    return True


@given(checks=CHECKS, was_asked=st.booleans())
def test_the_proposal_follows_from_the_checks_alone(
    checks: dict[Requirement, bool], *, was_asked: bool
) -> None:
    follows = proposal(checks, was_asked=was_asked)

    unmet = {each for each, met in checks.items() if not met}
    assert (follows is Proposal.REGISTER) is is_complete(checks)
    assert not (unmet & NOT_CORRECTABLE) or follows is Proposal.REFUSE
    assert follows is not Proposal.REQUEST_COMPLETION or (correctable(checks) and not was_asked)


@given(CHECKS)
def test_nobody_is_asked_for_what_cannot_be_brought(checks: dict[Requirement, bool]) -> None:
    asked = correctable(checks)

    assert not asked & NOT_CORRECTABLE
    assert all(checks[each] is False for each in asked)


@given(REASONS, REVIEWS)
def test_no_report_is_refused_for_what_was_found_to_be_met(
    reason: NotRegisteredReason, review: Review
) -> None:
    by_checks = {
        NotRegisteredReason.FORMAL_UNMET,
        NotRegisteredReason.MATERIAL_UNMET,
        NotRegisteredReason.OUT_OF_TIME,
        NotRegisteredReason.REPORTER_NOT_ENTITLED,
    }

    if review.kind is CaseKind.REPORT and reason in by_checks and stands(reason, review):
        assert False in review.checks.values()


@given(REVIEWS)
def test_the_reasons_that_are_offered_are_those_that_are_taken(review: Review) -> None:
    assert borne_out(review) == [each for each in NotRegisteredReason if stands(each, review)]


@given(REVIEWS)
def test_an_expired_completion_is_a_reason_after_its_end_and_only_then(review: Review) -> None:
    expired = stands(NotRegisteredReason.COMPLETION_EXPIRED, review)

    was_missed = review.was_asked and review.has_expired and bool(correctable(review.checks))
    assert expired is (was_missed and review.kind is CaseKind.REPORT)


@pytest.mark.parametrize(
    ("reason", "unmet"),
    [
        (NotRegisteredReason.OUT_OF_TIME, Requirement.IN_TIME),
        (NotRegisteredReason.REPORTER_NOT_ENTITLED, Requirement.VOTING_RIGHT),
    ],
)
def test_what_cannot_be_mended_is_refused_without_asking(
    reason: NotRegisteredReason, unmet: Requirement
) -> None:
    review = a_review(checks=ALL_MET | {unmet: False})

    check_reason(reason, review)

    assert correctable(review.checks) == frozenset()


def test_what_can_be_mended_is_asked_for_first() -> None:
    missing = ALL_MET | {Requirement.EVIDENCE: False}

    with pytest.raises(CompletionNotRequested):
        check_reason(NotRegisteredReason.MATERIAL_UNMET, a_review(checks=missing))
    check_reason(NotRegisteredReason.MATERIAL_UNMET, a_review(checks=missing, was_asked=True))


def test_while_the_reporter_has_time_what_he_was_asked_for_is_no_reason() -> None:
    missing = ALL_MET | {Requirement.EVIDENCE: False}
    waiting = a_review(state=State.NEEDS_COMPLETION, checks=missing, was_asked=True)

    with pytest.raises(CompletionRunning):
        check_reason(NotRegisteredReason.MATERIAL_UNMET, waiting)
    check_reason(NotRegisteredReason.NOT_ELECTION_VIOLATION, waiting)


def test_a_finding_has_no_reporter_to_be_refused() -> None:
    finding = a_review(kind=CaseKind.FINDING, state=State.FINDING, all_withdrawn=True)

    for reason in (NotRegisteredReason.WITHDRAWN, NotRegisteredReason.REPORTER_NOT_ENTITLED):
        with pytest.raises(ReasonUnfounded):
            check_reason(reason, finding)
    check_reason(NotRegisteredReason.OUT_OF_TIME, finding)


def a_review(
    *,
    kind: CaseKind = CaseKind.REPORT,
    state: State = State.INITIAL_REVIEW,
    checks: dict[Requirement, bool] | None = None,
    was_asked: bool = False,
    all_withdrawn: bool = False,
) -> Review:
    return Review(
        kind=kind,
        state=state,
        checks=checks or {},
        was_asked=was_asked,
        has_expired=False,
        all_withdrawn=all_withdrawn,
    )


def test_the_letter_names_what_is_missing_and_until_when() -> None:
    due_at = datetime(2024, 11, 8, 2, 30, tzinfo=UTC)

    said = letter({Requirement.EVIDENCE}, "Rekaan.", due_at, ZoneInfo("Asia/Jayapura"))

    assert "- Bukti\n" in said
    assert "- Evidence\n" in said
    assert "08-11-2024 11:30 WIT" in said
    assert said.endswith("Rekaan.")
    assert "Identitas" not in said


def test_words_answer_anything_and_a_file_only_what_evidence_is_missing_for() -> None:
    assert answers({Requirement.ACCOUNT}, is_file=False)
    assert answers({Requirement.EVIDENCE}, is_file=True)
    assert not answers({Requirement.ACCOUNT}, is_file=True)


def test_of_two_clocks_that_run_the_earlier_counts() -> None:
    early, late = datetime(2024, 11, 8, tzinfo=UTC), datetime(2024, 11, 9, tzinfo=UTC)

    assert counts_instead(early, late, both_run=True)
    assert not counts_instead(late, early, both_run=True)
    assert not counts_instead(early, early, both_run=True)
    assert not counts_instead(early, late, both_run=False)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_however_persons_are_said_to_be_the_same_each_has_one_row_that_stands_for_him(
    said: list[tuple[int, int]],
) -> None:
    ids = [new_id() for _ in range(8)]
    same_as = dict.fromkeys(ids)
    for one, other in said:
        try:
            check_same(ids[one], ids[other], same_as)
        except RecordedAsSame:
            continue
        same_as = {**same_as, ids[one]: ids[other]}

    roots = {root_of(each, same_as) for each in ids}
    assert roots == {each for each in ids if same_as[each] is None}


@pytest.mark.parametrize(
    ("held_on", "votes", "code"),
    [
        (date(2024, 11, 8), 3, None),
        (date(2024, 11, 1), 3, None),
        (date(2024, 10, 31), 3, "before-act"),
        (date(2024, 11, 9), 3, "in-the-future"),
        (date(2024, 11, 8), 2, "no-quorum"),
    ],
)
def test_a_plenary_makes_a_finding_of_an_act_that_lies_before_it(
    held_on: date, votes: int, code: str | None
) -> None:
    sitting = Sitting(
        level=Level.REGENCY,
        members=5,
        names=["Rekaan Satu", "Rekaan Dua", "Rekaan Tiga"][:votes],
        votes=[Vote.AGREE] * votes,
        held_on=held_on,
    )
    acted_on, today = date(2024, 11, 1), date(2024, 11, 8)

    if code is None:
        check_adoption(sitting, acted_on, today)
        return
    with pytest.raises(Invalid) as refused:
        check_adoption(sitting, acted_on, today)
    assert [each.code for each in refused.value.faults] == [code]
    assert all(each.pointer.startswith("/plenary/") for each in refused.value.faults)
