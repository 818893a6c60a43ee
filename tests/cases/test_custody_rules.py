"""To whom a case can go, and how long a wall stays lifted: the law alone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.cases.rules.allowed import Objection, Situation, objection
from app.cases.rules.conflicts import (
    GlassSettled,
    GlassState,
    OwnWall,
    SamePerson,
    check_agreement,
    state_of,
)
from app.cases.rules.states import CaseKind, State
from app.cases.rules.steps import StepName
from app.cases.rules.transfers import (
    OfferState,
    is_above,
    is_waiting,
    may_receive,
    moment_after,
)
from app.core.actors import Permission
from app.core.ids import new_id

NOON = datetime(2024, 11, 5, 5, tzinfo=UTC)
WALLED, ASKING, AGREEING = new_id(), new_id(), new_id()


@pytest.mark.parametrize(
    ("office", "other", "above"),
    [
        ("00", "73", True),
        ("00", "73.04.01", True),
        ("73", "73.04", True),
        ("73.04", "73.04.01", True),
        ("73.04", "73", False),
        ("73", "73", False),
        ("00", "00", False),
        ("73", "71.04", False),
        ("7", "73", False),
    ],
)
def test_an_office_is_above_those_in_its_region(office: str, other: str, *, above: bool) -> None:
    assert is_above(office, other) is above


@pytest.mark.parametrize(
    ("office", "may"),
    [
        ("73", True),
        ("00", True),
        ("73.04.01", True),
        ("73.05", True),
        ("73.06", False),
        ("71", False),
        ("73.04", False),
    ],
)
def test_a_case_goes_up_down_or_to_where_it_happened(office: str, *, may: bool) -> None:
    assert may_receive(office, "73.04", {"73.04.02", "73.05.01.2001"}) is may


@pytest.mark.parametrize(
    ("state", "now", "waiting"),
    [
        (OfferState.OFFERED, NOON - timedelta(microseconds=1), True),
        (OfferState.OFFERED, NOON, False),
        (OfferState.RETRACTED, NOON - timedelta(days=1), False),
    ],
)
def test_an_offer_waits_until_its_last_moment(
    state: OfferState, now: datetime, *, waiting: bool
) -> None:
    assert is_waiting(state, NOON, now) is waiting


def test_a_link_never_ends_before_it_has_begun() -> None:
    assert moment_after(NOON, NOON) > NOON
    assert moment_after(NOON, NOON - timedelta(days=1)) > NOON
    assert moment_after(NOON, NOON + timedelta(days=1)) == NOON + timedelta(days=1)


def situation(*, is_holder: bool, asked: bool, offered: bool = True, reports: int = 2) -> Situation:
    return Situation(
        kind=CaseKind.REPORT,
        state=State.INITIAL_REVIEW,
        permissions={Permission.HANDLE_CASES, Permission.DECIDE_CASES},
        is_holder=is_holder,
        transfer_offered=offered,
        is_offered_here=asked,
        reports=reports,
    )


def test_only_who_was_asked_answers_and_only_the_holder_takes_it_back() -> None:
    holder, asked = situation(is_holder=True, asked=False), situation(is_holder=False, asked=True)

    assert objection(StepName.ACCEPT_TRANSFER, asked) is None
    assert objection(StepName.REJECT_TRANSFER, asked) is None
    assert objection(StepName.RETRACT_TRANSFER, asked) is Objection.NOT_HOLDER
    assert objection(StepName.ACCEPT_TRANSFER, holder) is Objection.NOT_OFFERED
    assert objection(StepName.RETRACT_TRANSFER, holder) is None
    assert objection(StepName.OFFER_TRANSFER, holder) is Objection.TRANSFER_OFFERED


def test_what_is_offered_stays_as_it_was_offered() -> None:
    offered = situation(is_holder=True, asked=False)
    free = situation(is_holder=True, asked=False, offered=False)
    alone = situation(is_holder=True, asked=False, offered=False, reports=1)

    assert objection(StepName.SEPARATE_REPORT, offered) is Objection.TRANSFER_OFFERED
    assert objection(StepName.SEPARATE_REPORT, free) is None
    assert objection(StepName.SEPARATE_REPORT, alone) is Objection.ONLY_REPORT


@dataclass
class Request:
    officer_id: UUID = WALLED
    asked_by: UUID = ASKING
    asked_at: datetime = NOON
    until: datetime | None = None


@pytest.mark.parametrize(
    ("until", "after", "state"),
    [
        (None, timedelta(hours=71, minutes=59), GlassState.WAITING),
        (None, timedelta(hours=72), GlassState.LAPSED),
        (NOON + timedelta(hours=1), timedelta(minutes=59), GlassState.BROKEN),
        (NOON + timedelta(hours=1), timedelta(hours=1), GlassState.ENDED),
    ],
)
def test_time_alone_ends_a_request_and_a_lift(
    until: datetime | None, after: timedelta, state: GlassState
) -> None:
    assert state_of(Request(until=until), NOON + after) is state


@pytest.mark.parametrize(
    ("by", "refusal"), [(WALLED, OwnWall), (ASKING, SamePerson), (None, OwnWall)]
)
def test_it_takes_two_others(by: UUID | None, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_agreement(Request(), by, NOON)


def test_a_third_person_agrees_once_and_in_time() -> None:
    check_agreement(Request(), AGREEING, NOON)

    with pytest.raises(GlassSettled):
        check_agreement(Request(), AGREEING, NOON + timedelta(days=4))
    with pytest.raises(GlassSettled):
        check_agreement(Request(until=NOON), AGREEING, NOON)
