"""Calendars as others read them: two parsers that know nothing of the one that wrote them, nor of
each other, and have to agree."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import vobject
from ical.calendar_stream import CalendarStream
from ical.event import Event


@dataclass(frozen=True)
class Read:
    """An entry as a calendar program took it in."""

    uid: str
    sequence: int
    start: date | datetime
    end: date | datetime
    summary: str
    location: str | None
    description: str
    status: str
    organiser: str | None
    attendees: tuple[tuple[str, str, str, bool], ...]


@dataclass(frozen=True)
class Calendar:
    method: str | None
    zones: frozenset[str]
    entries: tuple[Read, ...]


def read_calendar(text: str) -> Calendar:
    """What both parsers say; they say the same."""
    by_one, by_other = _by_ical(text), _by_vobject(text)
    assert by_one == by_other
    return by_one


def read_entry(text: str) -> Read:
    [entry] = read_calendar(text).entries
    return entry


def _by_ical(text: str) -> Calendar:
    [calendar] = CalendarStream.from_ics(text).calendars
    zones = frozenset(each.tz_id for each in calendar.timezones)
    return Calendar(calendar.method, zones, tuple(_of_ical(each) for each in calendar.events))


def _of_ical(event: Event) -> Read:
    assert event.dtstart is not None
    assert event.dtend is not None
    return Read(
        uid=event.uid,
        sequence=event.sequence or 0,
        start=event.dtstart,
        end=event.dtend,
        summary=event.summary or "",
        location=event.location,
        description=event.description or "",
        status=str(event.status.value) if event.status else "",
        organiser=str(event.organizer.uri) if event.organizer else None,
        attendees=tuple(
            (str(each.uri), str(each.common_name), str(each.status), bool(each.rsvp))
            for each in event.attendees
        ),
    )


def _by_vobject(text: str) -> Calendar:
    calendar: Any = vobject.readOne(text, validate=True)
    zones = frozenset(each.tzid.value for each in calendar.contents.get("vtimezone", []))
    entries = tuple(_of_vobject(each) for each in calendar.contents.get("vevent", []))
    return Calendar(calendar.getChildValue("method"), zones, entries)


def _of_vobject(event: Any) -> Read:
    said = event.contents
    return Read(
        uid=event.uid.value,
        sequence=int(event.sequence.value),
        start=event.dtstart.value,
        end=event.dtend.value,
        summary=event.summary.value,
        location=event.getChildValue("location"),
        description=event.description.value,
        status=event.status.value,
        organiser=event.getChildValue("organizer"),
        attendees=tuple(
            (
                each.value,
                each.params["CN"][0],
                each.params["PARTSTAT"][0],
                each.params["RSVP"] == ["TRUE"],
            )
            for each in said.get("attendee", [])
        ),
    )
