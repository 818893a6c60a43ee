from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app.core.errors import RuleBroken
from app.core.ids import new_id
from app.posts.rules.categories import PostCategory
from app.rakor.rules import quorum, stays
from app.rakor.rules.attendance import AttendanceMode, AttendanceProof, Direction, Presence
from app.rakor.rules.quorum import QuorumRule, QuorumUnit
from app.rakor.rules.stays import Scan, Span

ZONE = "Asia/Jakarta"
NORTH, SOUTH = new_id(), new_id()
SESSION = Span(
    new_id(),
    date(2024, 9, 30),
    datetime(2024, 9, 30, 2, tzinfo=UTC),
    datetime(2024, 9, 30, 4, tzinfo=UTC),
)
CAMAT, HEAD = PostCategory.SUBDISTRICT_HEAD, PostCategory.REGIONAL_HEAD
IN, OUT = Direction.IN, Direction.OUT


def scan(
    hour: int,
    direction: Direction = IN,
    *,
    day: int = 30,
    session: UUID | None = None,
    device: UUID | None = NORTH,
) -> Scan:
    at = datetime(2024, 9, day, hour, tzinfo=UTC)
    return Scan(at, direction, AttendanceMode.ON_SITE, session, device)


@pytest.mark.parametrize(
    ("scans", "present", "left_early"),
    [
        ([scan(1)], True, False),
        ([scan(1), scan(3, OUT)], True, True),
        ([scan(1), scan(5, OUT)], True, False),
        ([scan(1), scan(2, OUT), scan(3)], True, False),
        ([scan(5)], False, False),
        ([scan(0), scan(1, OUT)], False, False),
        ([scan(3, OUT)], True, True),
        ([scan(1, day=29)], False, False),
        ([scan(3, session=SESSION.id)], True, False),
        ([scan(3, session=NORTH)], False, False),
    ],
)
def test_a_session_was_attended_by_who_was_inside_meanwhile(
    scans: list[Scan], present: bool, left_early: bool
) -> None:
    found = stays.sight(reversed(scans), SESSION, SESSION.ends_at, ZONE)

    assert (bool(found.modes), found.left_early) == (present, left_early)


def test_the_whole_event_counts_every_scan() -> None:
    found = stays.sight([scan(9, OUT), scan(1), scan(3, session=NORTH)], None, None, ZONE)

    assert (found.first_at, found.left_at) == (scan(1).captured_at, scan(9).captured_at)
    assert not found.left_early


@pytest.mark.parametrize(
    ("scans", "left_at"),
    [
        ([scan(1), scan(3, OUT, session=NORTH)], None),
        ([scan(1), scan(3, OUT, session=NORTH), scan(5, OUT)], 5),
        ([scan(1), scan(2, OUT), scan(3, session=NORTH)], None),
        ([scan(1, session=NORTH), scan(3, OUT, session=NORTH)], 3),
    ],
)
def test_going_out_of_a_sessions_door_is_not_leaving_the_event(
    scans: list[Scan], left_at: int | None
) -> None:
    ends_at = datetime(2024, 9, 30, 10, tzinfo=UTC)

    found = stays.sight(scans, None, ends_at, ZONE)

    assert found.left_at == (scan(left_at).captured_at if left_at else None)
    assert found.left_early is (left_at is not None)


@pytest.mark.parametrize(
    ("scans", "people"),
    [
        ([], 0),
        ([scan(1), scan(1)], 2),
        ([scan(1), scan(2, OUT), scan(3)], 1),
        ([scan(1), scan(2, OUT), scan(3, OUT)], 1),
        ([scan(1), scan(1), scan(2, OUT), scan(3), scan(3)], 3),
        ([scan(1), scan(1), scan(1, day=29), scan(1, day=29), scan(1, day=29)], 3),
        ([scan(1), scan(1), scan(2, session=NORTH)], 2),
        ([scan(2, OUT), scan(3)], 1),
        ([scan(1), scan(2, OUT, session=NORTH)], 1),
    ],
)
def test_a_group_is_as_few_as_can_have_left_these_traces(scans: list[Scan], people: int) -> None:
    found = stays.people_of(reversed(scans), ZONE)

    assert len(found) == people
    assert sum(map(len, found)) == len(scans)


def test_nobody_seen_is_nobody() -> None:
    assert stays.sight([], None, None, ZONE) == stays.Sighting()


@pytest.mark.parametrize(
    ("scans", "duplicates"),
    [
        ([scan(1), scan(2, device=SOUTH)], 1),
        ([scan(1), scan(2, device=SOUTH), scan(3, device=SOUTH)], 2),
        ([scan(1), scan(2)], 0),
        ([scan(1), scan(2, OUT), scan(3, device=SOUTH)], 0),
        ([scan(1, day=29), scan(1, device=SOUTH)], 0),
        ([scan(1), scan(2, device=SOUTH, session=SESSION.id)], 0),
        ([scan(1, OUT), scan(2, device=SOUTH)], 0),
    ],
)
def test_a_second_device_that_lets_in_who_is_inside_shows(
    scans: list[Scan], duplicates: int
) -> None:
    assert stays.count_duplicates(scans, ZONE) == duplicates


def test_days_are_those_of_the_venue() -> None:
    days = stays.days_between(date(2024, 9, 30), date(2024, 10, 1), "Asia/Jayapura")

    assert days == (datetime(2024, 9, 29, 15, tzinfo=UTC), datetime(2024, 10, 1, 15, tzinfo=UTC))


@pytest.mark.parametrize(
    ("at_least", "unit", "invited", "needed"),
    [
        (50, QuorumUnit.PERCENT, 4, 2),
        (50, QuorumUnit.PERCENT, 5, 3),
        (67, QuorumUnit.PERCENT, 100, 67),
        (100, QuorumUnit.PERCENT, 3, 3),
        (1, QuorumUnit.PERCENT, 0, 1),
        (7, QuorumUnit.NUMBER, 3, 7),
    ],
)
def test_a_share_is_rounded_up_and_nobody_is_never_enough(
    at_least: int, unit: QuorumUnit, invited: int, needed: int
) -> None:
    assert quorum.needed(at_least, unit, invited) == needed


def test_deputies_make_up_the_quorum_and_excuses_do_not() -> None:
    rules = [QuorumRule(CAMAT, 50, QuorumUnit.PERCENT), QuorumRule(HEAD, 1, QuorumUnit.NUMBER)]
    camat = [Presence.PRESENT, Presence.REPRESENTED, Presence.EXCUSED, Presence.ABSENT]

    standing = quorum.stand(rules, {CAMAT: camat})

    assert [(each.came, each.needed, each.is_reached) for each in standing] == [
        (2, 2, True),
        (0, 1, False),
    ]


@pytest.mark.parametrize(
    "rules",
    [
        [(CAMAT, 1, QuorumUnit.NUMBER), (CAMAT, 50, QuorumUnit.PERCENT)],
        [(CAMAT, 101, QuorumUnit.PERCENT)],
    ],
)
def test_rules_that_make_no_sense_are_refused(
    rules: list[tuple[str, int, QuorumUnit]],
) -> None:
    with pytest.raises(RuleBroken):
        quorum.check_rules(rules)


def test_a_line_is_signed_by_the_strongest_that_vouches_for_it() -> None:
    by_officer, by_door = scan(1, device=None), scan(2)
    by_ticket = by_door._replace(ticket_id=new_id())

    found = [
        stays.sight(scans, None, None, ZONE).signed_by
        for scans in ([by_officer], [by_officer, by_door], [by_door, by_ticket, by_officer], [])
    ]

    assert found == [AttendanceProof.OFFICER, AttendanceProof.DOOR, AttendanceProof.TICKET, None]
