from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.correspondence.rules import messages, notices
from app.correspondence.rules.messages import MOST_A_DAY, TooManyMessages
from app.correspondence.rules.notices import NoticeState, Outcome

NOON = datetime(2024, 11, 6, 5, 0, tzinfo=UTC)
WIB, WITA, WIT = (ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura"))

zones = st.sampled_from([WIB, WITA, WIT])
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def is_quiet(moment: datetime, zone: ZoneInfo) -> bool:
    hour = moment.astimezone(zone).hour
    return hour >= 21 or hour < 7


@given(moments, zones)
def test_a_due_moment_never_lies_in_quiet_hours(asked: datetime, zone: ZoneInfo) -> None:
    assert not is_quiet(notices.due_at(asked, zone), zone)


@given(moments, zones)
def test_it_is_never_earlier_than_asked_and_at_most_ten_hours_later(
    asked: datetime, zone: ZoneInfo
) -> None:
    wait = notices.due_at(asked, zone) - asked

    assert timedelta() <= wait <= timedelta(hours=10)


@given(moments, zones)
def test_by_day_nothing_is_put_off(asked: datetime, zone: ZoneInfo) -> None:
    assert (notices.due_at(asked, zone) == asked) is not is_quiet(asked, zone)


@pytest.mark.parametrize("zone", [WIB, WITA, WIT], ids=str)
@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (time(20, 59, 59, 999_999), (6, time(20, 59, 59, 999_999))),
        (time(21), (7, time(7))),
        (time(23, 59), (7, time(7))),
        (time(0), (6, time(7))),
        (time(6, 59), (6, time(7))),
        (time(7), (6, time(7))),
    ],
    ids=str,
)
def test_the_night_ends_at_seven(zone: ZoneInfo, asked: time, due: tuple[int, time]) -> None:
    at = datetime.combine(datetime(2024, 11, 6, tzinfo=zone).date(), asked, zone)

    local = notices.due_at(at, zone).astimezone(zone)

    assert (local.day, local.time()) == due


@given(moments, zones, st.integers(1, 7))
def test_a_later_try_waits_and_keeps_the_night_as_well(
    now: datetime, zone: ZoneInfo, tries: int
) -> None:
    again = notices.settle(Outcome.LATER, tries, now, zone)

    assert isinstance(again, notices.Again)
    assert again.due_at >= now + notices.PATIENCE[tries - 1]
    assert not is_quiet(again.due_at, zone)
    assert again.tries == tries


def test_after_the_last_try_it_is_given_up() -> None:
    ended = notices.settle(Outcome.LATER, len(notices.PATIENCE) + 1, NOON, WIB)

    assert ended is NoticeState.UNDELIVERABLE


def test_for_a_server_that_does_not_work_no_address_is_given_up() -> None:
    again = notices.settle(Outcome.AWAY, 1_000, NOON, WIB)

    assert again == notices.Again(NOON + notices.SERVER_BACK, 999)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Outcome.SENT, NoticeState.SENT), (Outcome.REFUSED, NoticeState.UNDELIVERABLE)],
)
def test_what_was_sent_or_refused_for_good_is_not_tried_again(
    outcome: Outcome, state: NoticeState
) -> None:
    assert notices.settle(outcome, 1, NOON, WIB) is state


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (421, Outcome.LATER),
        (450, Outcome.LATER),
        (452, Outcome.LATER),
        (503, Outcome.AWAY),
        (530, Outcome.AWAY),
        (521, Outcome.REFUSED),
        (550, Outcome.REFUSED),
        (554, Outcome.REFUSED),
    ],
)
def test_a_refusal_for_good_is_told_from_one_that_may_pass(code: int, outcome: Outcome) -> None:
    assert notices.outcome_of(code) is outcome


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("pelapor.rekaan@contoh.example", "p***@c***.example"),
        ("a@b.co.id", "a***@b***.id"),
    ],
)
def test_an_address_is_shown_so_that_only_its_owner_knows_it(email: str, shown: str) -> None:
    assert notices.masked(email) == shown


def test_the_words_of_a_notice_are_the_same_for_everybody() -> None:
    said = " ".join((*notices.SUBJECT, *notices.LETTER)).lower()

    assert not any(
        word in said
        for word in ("bawaslu", "lapor", "aduan", "complaint", "report", "http", "kode", "code")
    )
    assert said.isascii()


def test_the_share_of_a_day_is_given_back_as_the_oldest_grows_a_day_old() -> None:
    sent = [NOON - timedelta(hours=hours) for hours in range(MOST_A_DAY)]

    messages.check_share(sent[1:], NOON)
    with pytest.raises(TooManyMessages) as refused:
        messages.check_share(sent, NOON)

    assert refused.value.retry_after == 5 * 3600
