"""Events as calendars read them (RFC 5545): the invitation of one office, and the feed of all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, vCalAddress, vDuration, vText
from icalendar import Event as Component

from app.core.days import day
from app.rakor.models.events import Event, EventSession
from app.rakor.rules.calendars import span_of
from app.rakor.rules.events import Stage
from app.rakor.rules.mails import Method, Partstat

_PRODUCT: Final = "-//Netra//Rakor//ID"
_FIRST: Final = date(2000, 1, 1)
_LAST: Final = date(2100, 1, 1)
NATIONAL_ZONE: Final = "Asia/Jakarta"
_REFRESHED: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Attendee:
    """An invited office as its own calendar names it: no person, and nobody else."""

    email: str
    name: str
    partstat: Partstat
    is_asked: bool


@dataclass(frozen=True)
class Invite:
    """What one office is sent of an event; `uid` stays its own through every change."""

    uid: UUID
    sequence: int
    method: Method
    organiser: str
    attendee: Attendee


def write_invitation(
    event: Event, run_down: Sequence[EventSession], invite: Invite, now: datetime
) -> bytes:
    """An iTIP message (RFC 5546) that calendars add, change, or take away by."""
    calendar = _calendar()
    calendar.add("method", invite.method.value)
    entry = _entry(event, run_down, now)
    entry.add("uid", str(invite.uid))
    entry.add("sequence", invite.sequence)
    is_end = invite.method is Method.CANCEL
    entry.add("status", "CANCELLED" if is_end else "CONFIRMED")
    entry.add("organizer", _address(invite.organiser, CN=event.office_name), encode=False)
    entry.add("attendee", _attendee(invite.attendee), encode=False)
    if event.online_link is not None and not is_end:
        entry.add("url", event.online_link)
    return _written(calendar, [entry])


def write_feed(name: str, events: Iterable[tuple[Event, Sequence[EventSession]]]) -> bytes:
    """The calendar of announced events; the same bytes as long as none of them changes."""
    calendar = _calendar()
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(_REFRESHED, params={"VALUE": "DURATION"}))
    calendar.add("x-published-ttl", vDuration(_REFRESHED))
    return _written(calendar, [_announced(event, run_down) for event, run_down in events])


def _announced(event: Event, run_down: Sequence[EventSession]) -> Component:
    changed_at = event.changed_at or event.published_at or event.drafted_at
    entry = _entry(event, run_down, changed_at)
    entry.add("uid", str(event.id))
    entry.add("sequence", event.sequence)
    is_cancelled = event.stage is Stage.CANCELLED
    entry.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    entry.add("last-modified", changed_at)
    return entry


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    return calendar


def _entry(event: Event, run_down: Sequence[EventSession], stamp: datetime) -> Component:
    days = (event.starts_on, event.ends_on)
    start, end = span_of(days, [(e.starts_at, e.ends_at) for e in run_down], event.time_zone)
    entry = Component()
    entry.add("dtstamp", stamp)
    entry.add("dtstart", start)
    entry.add("dtend", end)
    entry.add("summary", on_one_line(event.title))
    entry.add("description", _description(event, run_down))
    if event.venue is not None:
        entry.add("location", on_one_line(event.venue))
    return entry


def _description(event: Event, run_down: Sequence[EventSession]) -> str:
    """Who invites and why, and the run-down, day by day, by the clocks of the venue."""
    parts = [event.office_name, event.purpose]
    if event.stage is Stage.CANCELLED and event.cancellation_reason is not None:
        parts.append(event.cancellation_reason)
    if run_down:
        parts.append("\n".join(programme(event, run_down)))
    # Separators that only Unicode knows would end a line for some readers and not for others.
    return "\n".join("\n\n".join(parts).splitlines())


def on_one_line(text: str) -> str:
    """Without the separators that a form lets through and a header does not."""
    return " ".join(text.split())


def programme(event: Event, run_down: Sequence[EventSession]) -> list[str]:
    """The run-down in lines: a day, and below it what happens when."""
    lines, last, zone = [], None, ZoneInfo(event.time_zone)
    for each in run_down:
        if each.held_on != last:
            last = each.held_on
            lines.append(day(last).id)
        start, end = each.starts_at.astimezone(zone), each.ends_at.astimezone(zone)
        lines.append(f"{start:%H.%M}-{end:%H.%M} {start:%Z}  {on_one_line(each.title)}")
    return lines


def _attendee(attendee: Attendee) -> vCalAddress:
    return _address(
        attendee.email,
        CN=attendee.name,
        CUTYPE="GROUP",
        ROLE="REQ-PARTICIPANT",
        PARTSTAT=attendee.partstat.value,
        RSVP="TRUE" if attendee.is_asked else "FALSE",
    )


def _address(email: str, **about: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    for name, value in about.items():
        # Inside quotes none can be written but by an extension that few readers know (RFC 6868).
        address.params[name] = vText(on_one_line(value).replace('"', "'"))
    return address


def _written(calendar: Calendar, entries: Sequence[Component]) -> bytes:
    """With the zone of each time that is told in one."""
    for entry in entries:
        calendar.add_component(entry)
    # Something has to be in a calendar (RFC 5545, 3.6), also where nothing is announced.
    zones = calendar.get_missing_tzids() or (set() if entries else {NATIONAL_ZONE})
    for zone in sorted(zones):
        calendar.subcomponents.insert(0, _zone(zone))
    written: bytes = calendar.to_ical()
    return written


@lru_cache
def _zone(name: str) -> Timezone:
    return Timezone.from_tzid(name, first_date=_FIRST, last_date=_LAST)
