from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

import pytest

from app.core.errors import Invalid, RuleBroken
from app.rakor.rules import attendance, events, labels, plans
from app.rakor.rules.attendance import (
    Answer,
    AttendanceMode,
    InvitationSeat,
    Presence,
    presence_of,
    seat_of,
)
from app.rakor.rules.events import EventKind, Level, Mode, Stage

WIT = "Asia/Jayapura"
DAYS = (date(2024, 9, 30), date(2024, 10, 1))
OFFICE = UUID("01932b5e-7c00-7000-8000-000000000001")
ANOTHER = UUID("01932b5e-7c00-7000-8000-000000000002")


def utc(day: int, hour: int, month: int = 9) -> datetime:
    return datetime(2024, month, day, hour, tzinfo=UTC)


def pointer_of(refused: pytest.ExceptionInfo[Invalid]) -> str:
    return refused.value.faults[0].pointer


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (Stage.DRAFT, Stage.PUBLISHED),
        (Stage.DRAFT, Stage.CANCELLED),
        (Stage.PUBLISHED, Stage.HELD),
        (Stage.PUBLISHED, Stage.CANCELLED),
        (Stage.HELD, Stage.REPORTED),
    ],
)
def test_an_event_takes_its_stages_in_order(now: Stage, wanted: Stage) -> None:
    assert events.step(now, wanted) is wanted


@pytest.mark.parametrize("now", Stage)
def test_every_other_step_is_refused(now: Stage) -> None:
    for wanted in set(Stage) - events.NEXT[now]:
        with pytest.raises(events.IllegalStep):
            events.step(now, wanted)


def test_a_day_at_the_venue_begins_with_its_clocks() -> None:
    assert events.day_of(utc(29, 15), WIT) == date(2024, 9, 30)
    assert events.day_of(utc(29, 15), "Asia/Jakarta") == date(2024, 9, 29)


def test_an_event_has_begun_when_its_day_begins_at_the_venue() -> None:
    events.check_begun(date(2024, 9, 30), WIT, utc(29, 15))
    with pytest.raises(events.NotBegun):
        events.check_begun(date(2024, 9, 30), WIT, utc(29, 14))


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "held_on"),
    [
        pytest.param(utc(29, 15), utc(29, 18), date(2024, 9, 30), id="from midnight on"),
        pytest.param(utc(30, 13), utc(30, 17), date(2024, 9, 30), id="over midnight"),
        pytest.param(utc(1, 12, 10), utc(1, 15, 10), date(2024, 10, 1), id="until midnight"),
    ],
)
def test_a_session_may_pass_midnight_within_its_event(
    starts_at: datetime, ends_at: datetime, held_on: date
) -> None:
    assert events.check_session(starts_at, ends_at, days=DAYS, zone=WIT) == held_on


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "pointer"),
    [
        pytest.param(utc(29, 14), utc(29, 18), "/starts_at", id="the evening before"),
        pytest.param(utc(1, 14, 10), utc(1, 16, 10), "/ends_at", id="into the day after"),
        pytest.param(utc(30, 4), utc(30, 4), "/ends_at", id="without length"),
    ],
)
def test_a_session_outside_its_event_is_refused(
    starts_at: datetime, ends_at: datetime, pointer: str
) -> None:
    with pytest.raises(Invalid) as refused:
        events.check_session(starts_at, ends_at, days=DAYS, zone=WIT)

    assert pointer_of(refused) == pointer


@pytest.mark.parametrize(
    ("region_code", "level"),
    [
        ("00", Level.NATIONAL),
        ("13", Level.PROVINCE),
        ("35.74", Level.REGENCY),
        ("13.03.01", Level.DISTRICT),
    ],
)
def test_the_level_follows_from_the_area(region_code: str, level: Level) -> None:
    assert events.level_of(region_code) is level


def test_an_office_organises_within_its_area() -> None:
    events.check_area("13.03", "13.03")
    events.check_area("13.03.01", "13.03")
    with pytest.raises(Invalid):
        events.check_area("13", "13.03")


def test_a_rakornas_is_national() -> None:
    events.check_kinds([EventKind.RAKORNAS], Level.NATIONAL)
    with pytest.raises(Invalid):
        events.check_kinds([EventKind.RAKOR, EventKind.RAKORNAS], Level.PROVINCE)


@pytest.mark.parametrize("mode", [Mode.ON_SITE, Mode.BOTH])
def test_who_meets_on_site_needs_a_venue(mode: Mode) -> None:
    events.check_venue(Mode.ONLINE, None)
    with pytest.raises(Invalid):
        events.check_venue(mode, None)


def test_an_event_may_last_one_day_and_not_end_before_it_starts() -> None:
    events.check_days(DAYS[0], DAYS[0])
    with pytest.raises(Invalid):
        events.check_days(DAYS[1], DAYS[0])


def test_an_officer_acts_for_his_own_office_and_those_of_his_area() -> None:
    assert events.may_organise(None, OFFICE, (OFFICE, "13.03"))
    assert events.may_organise("13", ANOTHER, (OFFICE, "13.03"))
    assert events.may_organise("", ANOTHER, (OFFICE, "00"))


def test_an_officer_acts_neither_for_offices_above_nor_beside_his_own() -> None:
    assert not events.may_organise("13.03", ANOTHER, (OFFICE, "13"))
    assert not events.may_organise("13", ANOTHER, (OFFICE, "00"))
    assert not events.may_organise("1", ANOTHER, (OFFICE, "13"))
    assert not events.may_organise(None, None, (OFFICE, "13.03"))


@pytest.mark.parametrize(
    ("answer", "modes", "presence"),
    [
        (Answer.COMING, {AttendanceMode.ON_SITE}, Presence.PRESENT),
        (None, {AttendanceMode.ONLINE}, Presence.PRESENT),
        (Answer.DECLINED, {AttendanceMode.ON_SITE}, Presence.PRESENT),
        (None, {AttendanceMode.REPRESENTED, AttendanceMode.ON_SITE}, Presence.PRESENT),
        (Answer.SENDS_DEPUTY, {AttendanceMode.REPRESENTED}, Presence.REPRESENTED),
        (Answer.COMING, {AttendanceMode.REPRESENTED}, Presence.REPRESENTED),
        (Answer.DECLINED, set(), Presence.EXCUSED),
        (Answer.SENDS_DEPUTY, set(), Presence.ABSENT),
        (Answer.COMING, set(), Presence.ABSENT),
        (None, set(), Presence.ABSENT),
    ],
)
def test_the_door_counts_more_than_the_announcement(
    answer: Answer | None, modes: set[AttendanceMode], presence: Presence
) -> None:
    assert presence_of(answer, modes) is presence


def test_totals_name_every_kind_of_presence() -> None:
    assert attendance.totals_of([Presence.PRESENT, Presence.PRESENT, Presence.EXCUSED]) == {
        Presence.PRESENT: 2,
        Presence.REPRESENTED: 0,
        Presence.EXCUSED: 1,
        Presence.ABSENT: 0,
    }


@pytest.mark.parametrize(
    ("answer", "deputy_post", "reason"),
    [
        (Answer.COMING, None, None),
        (Answer.SENDS_DEPUTY, "Sekretaris", None),
        (Answer.DECLINED, None, "Rapat lain"),
    ],
)
def test_a_fitting_answer_is_taken(
    answer: Answer, deputy_post: str | None, reason: str | None
) -> None:
    attendance.check_answer(answer, deputy_post, reason)


@pytest.mark.parametrize(
    ("answer", "deputy_post", "reason", "pointer"),
    [
        (Answer.SENDS_DEPUTY, None, None, "/deputy_post"),
        (Answer.DECLINED, None, None, "/reason"),
        (Answer.COMING, "Sekretaris", None, "/deputy_post"),
        (Answer.COMING, None, "Rapat lain", "/reason"),
        (Answer.DECLINED, "Sekretaris", "Rapat lain", "/deputy_post"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(
    answer: Answer, deputy_post: str | None, reason: str | None, pointer: str
) -> None:
    with pytest.raises(Invalid) as refused:
        attendance.check_answer(answer, deputy_post, reason)

    assert pointer_of(refused) == pointer


def test_who_checks_in_was_invited_or_is_a_walk_in_with_office_and_post() -> None:
    attendance.check_attendee(is_invited=True, walk_in=(None, None))
    attendance.check_attendee(is_invited=False, walk_in=("Redaksi", "Wartawan"))
    for is_invited, walk_in in (
        (False, (None, None)),
        (False, ("Redaksi", None)),
        (True, ("Redaksi", "Wartawan")),
        (True, (None, "Wartawan")),
    ):
        with pytest.raises(RuleBroken):
            attendance.check_attendee(is_invited=is_invited, walk_in=walk_in)


def test_an_event_is_bounded() -> None:
    attendance.check_number(attendance.MOST_INVITED)
    with pytest.raises(attendance.TooManyInvited):
        attendance.check_number(attendance.MOST_INVITED + 1)


def test_every_code_has_a_label_in_both_languages() -> None:
    kinds: list[type[StrEnum]] = [
        events.EventKind,
        events.Level,
        events.Mode,
        events.Stage,
        events.TargetGroup,
        events.ParticipantRole,
        plans.PreventionForm,
        attendance.Answer,
        attendance.AttendanceMode,
        attendance.Direction,
        attendance.Presence,
    ]

    labelled = [set(texts) for texts in labels.LABELS.values()]

    assert all(set(kind) in labelled for kind in kinds)
    assert all(text.id and text.en for texts in labels.LABELS.values() for text in texts.values())


def test_a_seat_is_held_up_to_the_last_one() -> None:
    assert seat_of(None, 3) is None
    assert seat_of(3, None) is InvitationSeat.HELD
    assert seat_of(3, 3) is InvitationSeat.HELD
    assert seat_of(4, 3) is InvitationSeat.WAITING
