"""The rules of minutes, materials and follow-ups, without a database."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from app.clocks.rules.reminding import ReminderKind
from app.core.errors import Invalid, RuleBroken
from app.rakor.rules import followups, materials, minutes
from app.rakor.rules.followups import EventFollowUpState
from app.rakor.rules.materials import Audience, MaterialKind

HERE = UUID("01932b5e-7c00-7000-8000-000000000001")
THERE = UUID("01932b5e-7c00-7000-8000-000000000002")
NOW = datetime(2024, 10, 15, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "highest", "numbers"),
    [
        ([None, None], 0, [1, 2]),
        ([None], 4, [5]),
        ([2, None], 0, [2, 3]),
        ([None, 7], 3, [8, 7]),
        ([], 3, []),
    ],
)
def test_entries_without_a_number_get_the_next_free_one(
    given: list[int | None], highest: int, numbers: list[int]
) -> None:
    assert minutes.numbers_of(given, highest, "/decisions") == numbers


def test_a_number_stands_for_one_entry() -> None:
    with pytest.raises(Invalid) as refused:
        minutes.numbers_of([1, 2, 1], 0, "/decisions")

    assert [each.pointer for each in refused.value.faults] == ["/decisions/2/number"]


def test_a_decision_is_on_a_proposal_that_is_there() -> None:
    minutes.check_proposals([None, 2], [1, 2])
    with pytest.raises(Invalid) as refused:
        minutes.check_proposals([None, 3], [1, 2])

    assert refused.value.faults[0].pointer == "/decisions/1/on_proposal"


def test_only_the_last_revision_is_approved_and_only_once() -> None:
    minutes.check_approval(2, 2, is_approved=False)
    with pytest.raises(minutes.MinutesMoved):
        minutes.check_approval(1, 2, is_approved=False)
    with pytest.raises(minutes.MinutesApproved):
        minutes.check_approval(2, 2, is_approved=True)


def test_the_chair_is_of_the_organiser() -> None:
    minutes.check_chair(HERE, HERE)
    for office in (THERE, None):
        with pytest.raises(minutes.NotChair):
            minutes.check_chair(office, HERE)


@pytest.mark.parametrize("now", EventFollowUpState)
@pytest.mark.parametrize("wanted", EventFollowUpState)
def test_what_is_done_or_cancelled_stays_so(
    now: EventFollowUpState, wanted: EventFollowUpState
) -> None:
    if wanted in followups.NEXT[now]:
        assert followups.step(now, wanted) is wanted
        assert now in followups.UNFINISHED
    else:
        with pytest.raises(followups.FollowUpStepRefused):
            followups.step(now, wanted)


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Jakarta", 17), ("Asia/Makassar", 16), ("Asia/Jayapura", 15)]
)
def test_a_due_day_ends_with_the_day_at_the_venue(zone: str, hour: int) -> None:
    assert followups.due_at(date(2024, 10, 15), zone) == datetime(2024, 10, 15, hour, tzinfo=UTC)


def test_nothing_is_due_before_its_event() -> None:
    followups.check_due(date(2024, 9, 30), date(2024, 9, 30))
    with pytest.raises(Invalid):
        followups.check_due(date(2024, 9, 29), date(2024, 9, 30))


def test_it_is_overdue_from_the_first_moment_too_late_until_it_is_finished() -> None:
    earlier = NOW - timedelta(microseconds=1)

    assert not followups.is_overdue(EventFollowUpState.OPEN, NOW, earlier)
    assert followups.is_overdue(EventFollowUpState.IN_PROGRESS, NOW, NOW)
    assert not followups.is_overdue(EventFollowUpState.DONE, NOW, NOW)


def test_each_moment_has_one_kind_of_reminder() -> None:
    windows = [followups.due_between(kind, NOW) for kind in reversed(ReminderKind)]

    assert [until for _, until in windows][:-1] == [after for after, _ in windows][1:]


def test_whoever_says_that_it_is_done_shows_it() -> None:
    followups.check_proof(HERE, None, None)
    followups.check_proof(None, None, "Selesai.")
    with pytest.raises(RuleBroken):
        followups.check_proof(None, None, None)


@pytest.mark.parametrize(
    ("is_in_sight", "is_organiser", "audience"),
    [
        (False, False, Audience.PUBLIC),
        (True, False, Audience.INVITED),
        (True, True, Audience.ORGANISER),
        (False, True, Audience.PUBLIC),
    ],
)
def test_how_near_a_reader_stands(
    *, is_in_sight: bool, is_organiser: bool, audience: Audience
) -> None:
    near = materials.audience_of(is_in_sight=is_in_sight, is_organiser=is_organiser)

    assert near is audience


def test_who_stands_nearer_sees_more() -> None:
    shown = [materials.SEEN_BY[each] for each in Audience]

    assert shown[0] < shown[1] < shown[2]


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.INVITED])
def test_a_signed_list_is_shown_to_nobody_else(audience: Audience) -> None:
    materials.check_audience(MaterialKind.PHOTO, audience)
    with pytest.raises(Invalid):
        materials.check_audience(MaterialKind.ATTENDANCE_LIST, audience)
