from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.places import NATION
from app.elections.rules import (
    LABELS,
    Determination,
    StageCode,
    calendar_of,
    determination_on,
    is_running,
    running_on,
    takes_part,
)


@dataclass(frozen=True)
class Entry:
    stage: StageCode
    region_code: str
    from_on: date | None
    to_on: date | None


DETERMINED = Entry(StageCode.CANDIDATE_DETERMINATION, NATION, date(2024, 9, 22), date(2024, 9, 22))
LATER = replace(DETERMINED, region_code="73.04", from_on=date(2024, 10, 3), to_on=date(2024, 10, 3))
VOTERS = Entry(StageCode.VOTER_LIST, NATION, date(2024, 5, 31), date(2024, 9, 23))
CAMPAIGN = Entry(StageCode.CAMPAIGN, NATION, date(2024, 9, 25), date(2024, 11, 23))
BAN = Entry(StageCode.REASSIGNMENT_BAN, NATION, date(2024, 3, 22), None)
PLANNING = Entry(StageCode.PLANNING, NATION, None, date(2024, 1, 26))
SCHEDULE = [CAMPAIGN, DETERMINED, VOTERS, LATER, BAN, PLANNING]

DAYS = st.dates(date(2023, 1, 1), date(2026, 1, 1))
ENTRIES = st.builds(
    Entry,
    stage=st.sampled_from(StageCode),
    region_code=st.sampled_from([NATION, "73", "73.04", "73.04.01", "13"]),
    from_on=st.none() | DAYS,
    to_on=st.none() | DAYS,
)
PLACES = st.sampled_from([NATION, "73", "73.04", "73.04.01.1004", "73.07", "13.03"])


def test_several_stages_run_at_once() -> None:
    calendar = calendar_of(SCHEDULE, "13.03")

    running = running_on(calendar, date(2024, 9, 22))

    assert [entry.stage for entry in running] == [
        StageCode.REASSIGNMENT_BAN,
        StageCode.VOTER_LIST,
        StageCode.CANDIDATE_DETERMINATION,
    ]


@pytest.mark.parametrize(
    ("place", "valid"),
    [
        (NATION, DETERMINED),
        ("73", DETERMINED),
        ("73.07", DETERMINED),
        ("73.04", LATER),
        ("73.04.01.1004", LATER),
    ],
)
def test_the_most_specific_area_wins(place: str, valid: Entry) -> None:
    calendar = calendar_of(SCHEDULE, place)

    assert [entry for entry in calendar if entry.stage is DETERMINED.stage] == [valid]


@given(st.lists(ENTRIES), PLACES)
def test_a_calendar_has_each_stage_once_in_the_order_of_the_law(
    schedule: list[Entry], place: str
) -> None:
    calendar = calendar_of(schedule, place)

    stages = [entry.stage for entry in calendar]
    assert stages == [stage for stage in StageCode if stage in stages]


@given(st.lists(ENTRIES), PLACES)
def test_no_area_sets_the_dates_of_another(schedule: list[Entry], place: str) -> None:
    for entry in calendar_of(schedule, place):
        assert entry.region_code == NATION or place.startswith(entry.region_code)


@given(st.lists(ENTRIES), PLACES, DAYS)
def test_a_stage_on_a_day_has_begun_and_not_ended(
    schedule: list[Entry], place: str, day: date
) -> None:
    for entry in running_on(calendar_of(schedule, place), day):
        assert (entry.from_on or day) <= day <= (entry.to_on or day)


@given(DAYS)
def test_an_open_end_runs_on(day: date) -> None:
    assert is_running(BAN, day) is (day >= date(2024, 3, 22))
    assert is_running(PLANNING, day) is (day <= date(2024, 1, 26))


@pytest.mark.parametrize(
    ("place", "day", "side"),
    [
        ("13.03", date(2024, 9, 21), Determination.BEFORE),
        ("13.03", date(2024, 9, 22), Determination.SAME_DAY),
        ("13.03", date(2024, 9, 23), Determination.AFTER),
        ("73.04", date(2024, 9, 30), Determination.BEFORE),
        ("73.04", date(2024, 10, 4), Determination.AFTER),
    ],
)
def test_the_same_day_can_lie_before_determination_here_and_after_it_there(
    place: str, day: date, side: Determination
) -> None:
    assert determination_on(calendar_of(SCHEDULE, place), day) is side


@given(st.lists(ENTRIES), PLACES, DAYS)
def test_once_determined_candidates_stay_determined(
    schedule: list[Entry], place: str, day: date
) -> None:
    order = [None, Determination.BEFORE, Determination.SAME_DAY, Determination.AFTER]
    orderly = [each for each in schedule if (each.from_on or date.min) <= (each.to_on or date.max)]
    calendar = calendar_of(orderly, place)

    today, tomorrow = (determination_on(calendar, day + timedelta(days=n)) for n in (0, 1))

    assert order.index(today) <= order.index(tomorrow)


def test_without_a_date_nobody_can_say() -> None:
    assert determination_on([CAMPAIGN], date(2024, 9, 30)) is None


@pytest.mark.parametrize(
    ("place", "votes"),
    [
        (NATION, True),
        ("13", True),
        ("13.03.01", True),
        ("34.02", True),
        ("34", True),
        ("34.71", False),
        ("73.04", False),
    ],
)
def test_a_place_takes_part_with_its_area_and_with_its_parts(place: str, *, votes: bool) -> None:
    assert takes_part(["13", "34.02"], place) is votes


def test_everybody_takes_part_in_a_national_election() -> None:
    assert takes_part([NATION], "73.04")


@pytest.mark.parametrize("name", LABELS)
def test_every_code_has_a_name_in_both_languages(name: str) -> None:
    labels = LABELS[name]

    assert set(labels) == set(type(next(iter(labels))))
    assert all(text.id and text.en for text in labels.values())
