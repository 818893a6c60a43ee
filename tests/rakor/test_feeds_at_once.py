"""Many who ask for the same calendar at the same instant, over connections of their own."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.database import open_sessions
from app.rakor.schemas.feeds import FeedFilter
from app.rakor.service.feeds import FeedService
from tests.rakor.conftest import BEFORE_THE_EVENT


async def test_a_calendar_is_written_once_for_all_who_ask(engine: AsyncEngine) -> None:
    feeds = FeedService(open_sessions(engine), BEFORE_THE_EVENT)
    wanted = FeedFilter(region="73.09.05")

    written = await asyncio.gather(*(feeds.write(wanted) for _ in range(8)))

    assert written[0].startswith(b"BEGIN:VCALENDAR")
    assert len({id(each) for each in written}) == 1
