"""The calendar of announced events, to which anybody can subscribe."""

from typing import Annotated, Any, Final

from fastapi import Depends, Query, Response

from app.rakor.schemas.feeds import FeedFilter
from app.rakor.service.feeds import FeedService
from app.web.clock import Now
from app.web.database import SessionFactory
from app.web.door import anyone
from app.web.etags import cached
from app.web.operation import rooms

router = rooms("", "events")

FRESH: Final = 300
"""Seconds for which a calendar may be kept; programs ask about once an hour."""

_EXAMPLE: Final = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Netra//Rakor//ID\r\nEND:VCALENDAR\r\n"
)
_CALENDAR: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "iCalendar (RFC 5545), in UTF-8.",
        "content": {"text/calendar": {"schema": {"type": "string"}, "example": _EXAMPLE}},
    }
}


async def open_feeds(sessions: SessionFactory, now: Now) -> FeedService:
    return FeedService(sessions, now)


Feeds = Annotated[FeedService, Depends(open_feeds)]


class CalendarResponse(Response):
    media_type = "text/calendar"


@router.get(
    "/events.ics",
    response_class=CalendarResponse,
    responses=_CALENDAR,
    dependencies=[anyone, cached(FRESH)],
)
async def read_event_calendar(wanted: Annotated[FeedFilter, Query()], feeds: Feeds) -> Response:
    """Read the announced events of an office or a region as a calendar to subscribe to.

    An event that is changed or cancelled keeps its UID and raises its SEQUENCE. Links and letters
    that only the invited get are not in it.
    """
    return CalendarResponse(await feeds.write(wanted))
