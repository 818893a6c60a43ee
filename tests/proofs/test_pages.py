"""Pages of a list: every row once, whatever is written while somebody turns them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from httpx import AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from app.complaints.models.complaints import Complaint
from app.complaints.rules.procedure import Channel, Kind, Status
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from tests.people import officer

NOON = datetime(2024, 11, 5, 5, tzinfo=UTC)

# Few different moments, so that many rows have the same; a microsecond apart, so that they differ
# by what a clumsy cursor would cut off.
moments = st.integers(0, 5).map(lambda step: NOON + timedelta(microseconds=step))
rows = st.integers(0, 40).flatmap(lambda n: st.lists(moments, min_size=n, max_size=n))
interruptions = st.lists(st.lists(moments, max_size=4), max_size=12)
limits = st.one_of(st.integers(1, 7), st.integers(1, 200))

Headers = dict[str, str]
Row = tuple[datetime, UUID]


class Story(NamedTuple):
    """What is there, what is written after each page, and how many rows a page has."""

    before: list[datetime]
    between: list[list[datetime]]
    limit: int


stories = st.builds(Story, rows, interruptions, limits)


@pytest.fixture
async def reader(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role="handler", office_code="bawaslu-73")


def complaint_row(row: Row) -> dict[str, Any]:
    at, id = row
    return {
        "id": id,
        "region_id": 1,
        "region_code": "73.04",
        "kind": Kind.REPORT,
        "channel": Channel.APP,
        "status": Status.SUBMITTED,
        "office_id": new_id(),
        "occurred_on": date(2024, 11, 4),
        "known_on": date(2024, 11, 5),
        "submitted_at": at,
        "officially_received_at": at,
        "filed_late": False,
        "reported_count": 1,
    }


async def write(connection: AsyncConnection, at: list[datetime]) -> set[Row]:
    written = [(each, new_id()) for each in at]
    if written:
        await connection.execute(insert(Complaint), [complaint_row(each) for each in written])
    return set(written)


@asynccontextmanager
async def emptied(connection: AsyncConnection) -> AsyncIterator[None]:
    """Each example begins with an empty list; the fixture undoes only the test as a whole."""
    async with connection.begin_nested() as savepoint:
        yield
        await savepoint.rollback()


class Reading:
    """Somebody who turns page after page."""

    def __init__(self, client: AsyncClient, headers: Headers, limit: int) -> None:
        self.client = client
        self.headers = headers
        self.asked: dict[str, Any] = {"limit": limit, "region": "73"}
        self.seen: list[Row] = []
        self.is_over = False

    async def turn(self) -> list[Row]:
        answer = await self.client.get("/complaints", params=self.asked, headers=self.headers)
        page = answer.json()
        rows = [
            (datetime.fromisoformat(each["submitted_at"]), UUID(each["id"]))
            for each in page["items"]
        ]
        assert len(rows) <= self.asked["limit"]
        assert all(row < self.seen[-1] for row in rows if self.seen), "it reads the same again"
        self.seen += rows
        self.asked["cursor"] = page["next_cursor"]
        self.is_over = page["next_cursor"] is None
        return rows


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=stories)
async def test_every_row_is_read_once_and_in_order_whatever_is_written_between_two_pages(
    client: AsyncClient,
    connection: AsyncConnection,
    reader: Headers,
    story: Story,
) -> None:
    async with emptied(connection):
        there = await write(connection, story.before)
        expected, allowed = set(there), set(there)
        reading, between = Reading(client, reader, story.limit), iter(story.between)

        while not reading.is_over:
            await reading.turn()
            written = await write(connection, next(between, []))
            allowed |= written
            if not reading.is_over:
                # What sorts behind the last row read is still ahead of the reader.
                expected |= {row for row in written if row < reading.seen[-1]}

    assert reading.seen == sorted(reading.seen, reverse=True)
    assert len(set(reading.seen)) == len(reading.seen)
    assert expected <= set(reading.seen) <= allowed


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=stories.filter(lambda story: len(story.before) > story.limit))
async def test_a_row_that_is_taken_away_under_the_reader_costs_no_other_row(
    client: AsyncClient,
    connection: AsyncConnection,
    reader: Headers,
    story: Story,
) -> None:
    async with emptied(connection):
        there = await write(connection, story.before)
        reading = Reading(client, reader, story.limit)

        while not reading.is_over:
            page = await reading.turn()
            # The very row that the cursor names.
            await connection.execute(delete(Complaint).where(Complaint.id == page[-1][1]))

    assert set(reading.seen) == there
    assert len(reading.seen) == len(there)
