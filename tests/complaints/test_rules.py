import re
from datetime import UTC, date, datetime

import pytest

from app.complaints.rules import procedure as rules
from app.complaints.rules.labels import CHANNELS, KINDS, STATUSES
from app.complaints.rules.procedure import FIRST, Channel, IllegalStep, Kind, Status
from app.complaints.rules.prospects import NEXT_STEPS


def test_without_a_reporter_it_is_initial_information() -> None:
    assert rules.kind_of(has_reporter=False) is Kind.INITIAL_INFORMATION


def test_a_submitted_report_can_be_reviewed() -> None:
    assert rules.take_up(Kind.REPORT, Status.SUBMITTED) is Status.INITIAL_REVIEW


def test_initial_information_can_be_traced() -> None:
    assert rules.take_up(Kind.INITIAL_INFORMATION, Status.RECEIVED) is Status.TRACING


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("status", Status)
def test_whatever_is_past_its_first_status_is_not_taken_up(kind: Kind, status: Status) -> None:
    if status is not FIRST[kind]:
        with pytest.raises(IllegalStep):
            rules.take_up(kind, status)


def test_every_code_has_words() -> None:
    assert KINDS.keys() == FIRST.keys() == set(Kind)
    assert CHANNELS.keys() == set(Channel)
    assert STATUSES.keys() == NEXT_STEPS.keys() == set(Status)


@pytest.mark.parametrize("status", Status)
def test_every_status_says_what_comes_next_in_both_languages(status: Status) -> None:
    for said in (STATUSES[status], NEXT_STEPS[status]):
        assert said.id != said.en
    assert NEXT_STEPS[status].id.endswith(".")
    assert NEXT_STEPS[status].en.endswith(".")


def test_no_two_statuses_read_alike() -> None:
    assert len(set(STATUSES.values())) == len(set(NEXT_STEPS.values())) == len(Status)


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
