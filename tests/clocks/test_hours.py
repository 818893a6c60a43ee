from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.clocks.rules.hours import Period, officially_received_at
from tests.clocks.laws import HOURS, WIB, WIT, WITA, at


# 4 October 2024 is a Friday, 24 November a Sunday, 27 November (voting) a Wednesday.
@pytest.mark.parametrize(
    ("submitted", "received", "zone"),
    [
        ("2024-10-03 09:15:00", "2024-10-03 09:15:00", WIB),
        ("2024-10-03 08:00:00", "2024-10-03 08:00:00", WIB),
        ("2024-10-03 07:59:59", "2024-10-03 08:00:00", WIB),
        ("2024-10-03 15:59:59", "2024-10-03 15:59:59", WITA),
        ("2024-10-03 16:00:00", "2024-10-04 08:00:00", WITA),
        ("2024-10-04 16:29:59", "2024-10-04 16:29:59", WIB),
        ("2024-10-04 16:30:00", "2024-10-07 08:00:00", WIB),
        ("2024-10-05 11:00:00", "2024-10-07 08:00:00", WIT),
        ("2024-10-06 23:59:59", "2024-10-07 08:00:00", WIT),
        ("2024-10-07 00:00:00", "2024-10-07 08:00:00", WIB),
        # The night before the quiet period: the next opening is its first midnight.
        ("2024-11-23 20:00:00", "2024-11-24 00:00:00", WITA),
        ("2024-11-24 03:00:00", "2024-11-24 03:00:00", WIB),
        ("2024-11-25 03:00:00", "2024-11-25 03:00:00", WITA),
        ("2024-11-26 03:00:00", "2024-11-26 03:00:00", WIT),
        ("2024-11-27 23:59:59", "2024-11-27 23:59:59", WIT),
        ("2024-11-28 00:00:00", "2024-11-28 08:00:00", WIT),
        # The day before Perbawaslu 9/2024, a Sunday: no hours were set.
        ("2024-09-29 22:00:00", "2024-09-29 22:00:00", WIB),
    ],
)
def test_a_submission_counts_from_the_next_opening(
    submitted: str, received: str, zone: ZoneInfo
) -> None:
    assert officially_received_at(at(submitted, zone), zone, HOURS) == at(received, zone)


def test_one_instant_is_open_in_the_west_and_closed_in_the_east() -> None:
    instant = datetime(2024, 10, 3, 8, 30, tzinfo=UTC)  # 15:30 WIB, 16:30 WITA, 17:30 WIT

    received = [officially_received_at(instant, zone, HOURS) for zone in (WIB, WITA, WIT)]

    assert received == [instant, at("2024-10-04 08:00", WITA), at("2024-10-04 08:00", WIT)]


def test_the_weekday_is_that_of_the_zone_and_not_of_utc() -> None:
    sunday_in_utc = datetime(2024, 10, 6, 23, 30, tzinfo=UTC)  # Monday 08:30 in WIT

    assert officially_received_at(sunday_in_utc, WIT, HOURS) == sunday_in_utc
    assert officially_received_at(sunday_in_utc, WIB, HOURS) == at("2024-10-07 08:00", WIB)


def test_a_repeat_vote_opens_the_office_round_the_clock() -> None:
    repeat = Period(date(2025, 4, 19), date(2025, 4, 19))  # a Saturday

    submitted = at("2025-04-19 03:00")

    assert officially_received_at(submitted, WIB, HOURS, [repeat]) == submitted
    assert officially_received_at(submitted, WIB, HOURS) == at("2025-04-21 08:00")


def test_without_hours_nothing_is_closed() -> None:
    received = officially_received_at(at("2024-10-05 03:00"), WIB, [])

    assert received == at("2024-10-05 03:00")
    assert received.tzinfo is UTC


def test_hours_that_never_come_are_refused() -> None:
    with pytest.raises(ValueError, match="closes after"):
        replace(HOURS[0], closes=HOURS[0].opens)
    with pytest.raises(ValueError, match="no weekday"):
        replace(HOURS[0], weekday=8)
