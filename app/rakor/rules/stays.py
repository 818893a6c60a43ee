"""Who was where and for how long: what scans at doors say of sessions, and of the whole event."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from app.rakor.rules.attendance import (
    AttendanceMode,
    AttendanceProof,
    Direction,
    proof_of,
)
from app.rakor.rules.events import day_of


class Scan(NamedTuple):
    """One check-in of somebody, as far as presence needs it."""

    captured_at: datetime
    direction: Direction
    mode: AttendanceMode
    session_id: UUID | None
    device_id: UUID | None
    ticket_id: UUID | None = None


@dataclass(frozen=True)
class Stay:
    """From coming to leaving; a door that saw only one of them leaves the other open."""

    came: Scan | None
    left: Scan | None

    @property
    def scans(self) -> list[Scan]:
        return [each for each in (self.came, self.left) if each is not None]


@dataclass(frozen=True)
class Span:
    """The time of a session."""

    id: UUID
    held_on: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Sighting:
    """What became known of somebody within the event, or within one session."""

    modes: Collection[AttendanceMode] = frozenset()
    first_at: datetime | None = None
    left_at: datetime | None = None
    left_early: bool = False
    duplicates: int = 0
    signed_by: AttendanceProof | None = None


def sight(
    scans: Iterable[Scan], span: Span | None, ends_at: datetime | None, zone: str
) -> Sighting:
    """Sum up the scans of one person in any order.

    `span` narrows it to a session; `ends_at` is when that, or the event, was over.
    """
    in_order = sorted(scans, key=_order)
    seen = in_order if span is None else _within(in_order, span, zone)
    if not seen:
        return Sighting()
    last = _leaving(seen)[-1] if span is None else seen[-1]
    left_at = last.captured_at if last.direction is Direction.OUT else None
    return Sighting(
        modes={each.mode for each in seen},
        first_at=seen[0].captured_at,
        left_at=left_at,
        left_early=left_at is not None and ends_at is not None and left_at < ends_at,
        duplicates=count_duplicates(seen, zone),
        signed_by=_strongest(seen),
    )


def stays_of(door: Sequence[Scan], zone: str) -> list[Stay]:
    """The stays behind one door, in order; nobody stays over night."""
    stays: list[Stay] = []
    came: Scan | None = None
    for scan in door:
        if came is not None and not _same_day(came, scan, zone):
            stays.append(Stay(came, None))
            came = None
        if scan.direction is Direction.OUT:
            stays.append(Stay(came, scan))
            came = None
        else:
            came = came or scan
    return [*stays, Stay(came, None)] if came else stays


def count_duplicates(scans: Sequence[Scan], zone: str) -> int:
    """How often another device let in who was inside already: perhaps the ticket was copied.

    A second scan by the same device is a hand that was too quick.
    """
    inside: dict[UUID | None, Scan] = {}
    found = 0
    for scan in scans:
        before = inside.pop(scan.session_id, None)
        if scan.direction is Direction.OUT:
            continue
        is_inside = before is not None and _same_day(before, scan, zone)
        found += is_inside and before is not None and before.device_id != scan.device_id
        inside[scan.session_id] = before if is_inside and before is not None else scan
    return found


def people_of(scans: Iterable[Scan], zone: str) -> list[list[Scan]]:
    """The scans of a group in which nobody is told apart, as the fewest people can have left them.

    Who comes in is one who went out of that door before, or was not seen there yet that day; who
    goes out is one who is inside.
    """
    people: list[list[Scan]] = []
    doors: defaultdict[tuple[date, UUID | None], _Door] = defaultdict(_Door)
    for scan in sorted(scans, key=_order):
        door = doors[day_of(scan.captured_at, zone), scan.session_id]
        number = door.pass_(scan.direction, len(people))
        if number == len(people):
            people.append([])
        people[number].append(scan)
    return people


def days_between(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """The first moment of these days at the venue, and the first one after them; in UTC."""
    begin = datetime.combine(first, time.min, ZoneInfo(zone))
    end = datetime.combine(last + timedelta(days=1), time.min, ZoneInfo(zone))
    return begin.astimezone(UTC), end.astimezone(UTC)


@dataclass
class _Door:
    """Who, by number, is behind one door on one day, who left it, and how many were seen there."""

    inside: deque[int] = field(default_factory=deque)
    outside: deque[int] = field(default_factory=deque)
    seen: int = 0

    def pass_(self, direction: Direction, people: int) -> int:
        """The number of who passes; `people` is that of somebody new."""
        comes = direction is Direction.IN
        known, other = (self.outside, self.inside) if comes else (self.inside, self.outside)
        if known:
            number = known.popleft()
        elif comes or self.seen < max(people, 1):
            number, self.seen = self.seen, self.seen + 1
        else:
            # Whoever leaves a door twice was not seen coming back.
            return other[-1]
        other.append(number)
        return number


def _leaving(seen: list[Scan]) -> list[Scan]:
    """The scans that tell whether one left the event: going out of a session's door is not it,
    where the door of the event is watched."""
    is_watched = any(each.session_id is None for each in seen)
    return [
        each
        for each in seen
        if not is_watched or each.session_id is None or each.direction is Direction.IN
    ]


def _within(scans: Sequence[Scan], span: Span, zone: str) -> list[Scan]:
    """The scans of a session, and those of the door in a stay that reaches into it."""
    own = [each for each in scans if each.session_id == span.id]
    door = [each for each in scans if each.session_id is None]
    for stay in stays_of(door, zone):
        if _reaches(stay, span, zone):
            own += stay.scans
    return sorted(own, key=_order)


def _reaches(stay: Stay, span: Span, zone: str) -> bool:
    first, last = stay.scans[0].captured_at, stay.scans[-1].captured_at
    if stay.left is None:
        return first < span.ends_at and day_of(first, zone) == span.held_on
    return first < span.ends_at and last > span.starts_at


def _strongest(scans: Sequence[Scan]) -> AttendanceProof:
    order = list(AttendanceProof)
    proofs = (
        proof_of(by_ticket=each.ticket_id is not None, by_device=each.device_id is not None)
        for each in scans
    )
    return min(proofs, key=order.index)


def _same_day(one: Scan, other: Scan, zone: str) -> bool:
    return day_of(one.captured_at, zone) == day_of(other.captured_at, zone)


def _order(scan: Scan) -> tuple[datetime, Direction]:
    # "in" before "out": whoever was seen twice in one instant came first.
    return scan.captured_at, scan.direction
