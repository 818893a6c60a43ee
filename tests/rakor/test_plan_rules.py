from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.rakor.rules import events, plans
from app.rakor.rules.events import EventKind, Mode, Stage

ZONES = st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
DAYS = st.dates(date(2000, 1, 3), date(2090, 1, 1))
SHIFTS = st.integers(-3_000, 3_000).map(lambda days: timedelta(days=days))


def pointer_of(refused: pytest.ExceptionInfo[Invalid]) -> str:
    return refused.value.faults[0].pointer


def midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


@given(
    zone=ZONES,
    first=DAYS,
    lasts=st.integers(0, 10),
    begins=st.integers(-2_000, 20_000),
    minutes=st.integers(1, 5_000),
)
def test_a_session_is_taken_exactly_where_it_lies_within_the_days_of_the_venue(
    zone: str, first: date, lasts: int, begins: int, minutes: int
) -> None:
    days = (first, first + timedelta(days=lasts))
    opens, closes = midnight(first, zone), midnight(days[1] + timedelta(days=1), zone)
    starts_at = opens + timedelta(minutes=begins)
    ends_at = starts_at + timedelta(minutes=minutes)
    lies_within = opens <= starts_at and ends_at <= closes

    try:
        held_on = events.check_session(starts_at, ends_at, days=days, zone=zone)
    except Invalid:
        assert not lies_within
    else:
        assert lies_within
        assert midnight(held_on, zone) <= starts_at < midnight(held_on + timedelta(days=1), zone)


@given(zone=ZONES, first=DAYS, hours=st.integers(0, 47), by=SHIFTS)
def test_a_copy_keeps_its_sessions_at_their_hour_and_within_its_days(
    zone: str, first: date, hours: int, by: timedelta
) -> None:
    days = (first, first + timedelta(days=1))
    starts_at = midnight(first, zone) + timedelta(hours=hours)
    ends_at = starts_at + timedelta(hours=1)
    held_on = events.check_session(starts_at, ends_at, days=days, zone=zone)

    again = plans.moved(starts_at, by, zone), plans.moved(ends_at, by, zone)

    later = (days[0] + by, days[1] + by)
    assert events.check_session(*again, days=later, zone=zone) == held_on + by
    assert again[0].astimezone(ZoneInfo(zone)).time() == starts_at.astimezone(ZoneInfo(zone)).time()


@given(sequence=st.integers(0, 10_000), stage=st.sampled_from(Stage), is_news=st.booleans())
def test_a_sequence_rises_only_with_news_of_a_published_event(
    sequence: int, stage: Stage, is_news: bool
) -> None:
    after = plans.next_sequence(sequence, stage, is_news=is_news)

    assert after - sequence == int(is_news and stage is Stage.PUBLISHED)


def test_another_kind_is_named_and_a_known_one_is_not() -> None:
    plans.check_other_kind([EventKind.RAKOR, EventKind.OTHER], "Lomba rekaan")
    plans.check_other_kind([EventKind.RAKOR], None)
    for kinds, other_kind in (([EventKind.OTHER], None), ([EventKind.RAKOR], "Lomba rekaan")):
        with pytest.raises(Invalid) as refused:
            plans.check_other_kind(kinds, other_kind)
        assert pointer_of(refused) == "/other_kind"


def test_a_link_needs_a_network_and_seats_need_a_room() -> None:
    plans.check_link(Mode.ONLINE, "https://rapat.contoh.go.id/rekaan")
    plans.check_capacity(Mode.ON_SITE, 100)
    plans.check_link(Mode.BOTH, "https://rapat.contoh.go.id/rekaan")
    plans.check_capacity(Mode.BOTH, 100)
    with pytest.raises(Invalid):
        plans.check_link(Mode.ON_SITE, "https://rapat.contoh.go.id/rekaan")
    with pytest.raises(Invalid):
        plans.check_capacity(Mode.ONLINE, 100)


def test_a_run_down_is_bounded() -> None:
    plans.check_room(plans.MOST_SESSIONS - 1)
    with pytest.raises(plans.TooManySessions):
        plans.check_room(plans.MOST_SESSIONS)


@pytest.mark.parametrize(
    ("days", "pointer"),
    [
        pytest.param([date(2024, 10, 7), date(2024, 10, 7)], "/days/1", id="twice"),
        pytest.param([plans.LAST_DAY], "/days/0", id="beyond what we compute in"),
    ],
)
def test_copies_that_cannot_be_are_refused(days: list[date], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        plans.check_copies(days, timedelta(days=1))

    assert pointer_of(refused) == pointer


def test_every_form_of_prevention_is_there() -> None:
    assert len(plans.PreventionForm) == 7
