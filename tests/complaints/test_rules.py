import re
from datetime import UTC, date, datetime

import pytest

from app.complaints.rules import procedure as rules
from app.complaints.rules.procedure import (
    FIRST,
    NEXT,
    NEXT_STEPS,
    STATUSES,
    IllegalStep,
    Kind,
    Status,
)


def test_without_a_reporter_it_is_initial_information() -> None:
    assert rules.kind_of(has_reporter=False) is Kind.INITIAL_INFORMATION


def test_a_submitted_report_can_be_reviewed() -> None:
    assert rules.step(Status.SUBMITTED, Status.INITIAL_REVIEW) is Status.INITIAL_REVIEW


@pytest.mark.parametrize("wanted", Status)
def test_what_is_under_review_waits_for_its_case(wanted: Status) -> None:
    with pytest.raises(IllegalStep):
        rules.step(Status.INITIAL_REVIEW, wanted)


def test_every_status_is_explained_and_says_what_comes_next() -> None:
    assert NEXT.keys() == STATUSES.keys() == NEXT_STEPS.keys() == set(Status)
    assert FIRST.keys() == rules.UNDER_REVIEW.keys() == set(Kind)


def test_a_day_that_has_begun_in_papua_is_not_in_the_future() -> None:
    before_midnight_in_papua = datetime(2024, 11, 4, 14, 59, tzinfo=UTC)
    after_it = datetime(2024, 11, 4, 15, 0, tzinfo=UTC)

    assert rules.is_future(date(2024, 11, 5), before_midnight_in_papua)
    assert not rules.is_future(date(2024, 11, 5), after_it)


@pytest.mark.parametrize(
    "written", ["19800101 200501 1 001", "198001012025242014", "19800101-2005012-001", "131234567"]
)
def test_numbers_of_civil_servants_and_contract_staff_have_the_shape(written: str) -> None:
    assert re.fullmatch(rules.EMPLOYEE_NUMBER, rules.digits(written))
