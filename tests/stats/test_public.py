"""What everybody sees: totals of the provinces, frozen once a day."""

from datetime import timedelta

from httpx import AsyncClient, Response
from sqlalchemy import func, select

from app.audit.models import JournalEntry
from app.core.database import Sessions
from app.stats.jobs import freeze_public_tables
from app.stats.models.tables import PublicTable
from tests.complaints.filing import file
from tests.stats.conftest import THE_FIFTH, SetClock
from tests.stats.reading import Body, counts

PATH = "/stats/public/provinces"
A_DAY = timedelta(days=1)
CSV = {"Accept": "text/csv"}


async def file_in(client: AsyncClient, region_code: str, times: int) -> None:
    for _ in range(times):
        await file(client, event={"region_code": region_code})


async def published(client: AsyncClient, **asked: str) -> Body:
    answer = await client.get(PATH, params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def cell(table: Body, key: str) -> Body:
    return next(dict(each) for each in table["cells"] if each["key"] == key)


async def test_a_table_covers_the_days_before_its_own(
    client: AsyncClient, set_clock: SetClock
) -> None:
    await file_in(client, "73.04", 6)
    today = await published(client)

    set_clock(THE_FIFTH + A_DAY)
    tomorrow = await published(client)

    assert counts(today) == {}
    assert counts(tomorrow) == {"73": 6}
    assert tomorrow["total"] == {"count": 6, "at_least": 6, "at_most": 6}
    assert (tomorrow["until"], tomorrow["as_of"]) == ("2024-11-05", "2024-11-05T17:00:00Z")
    assert tomorrow["coverage"] == {"level": "province", "regions": 38, "with_entries": 1}


async def test_small_counts_are_withheld_and_the_total_with_them(
    client: AsyncClient, set_clock: SetClock
) -> None:
    await file_in(client, "73.04", 6)
    await file_in(client, "13.03", 2)
    set_clock(THE_FIFTH + A_DAY)

    table = await published(client)

    assert counts(table) == {"13": None, "73": 6}
    assert cell(table, "13")["withheld"] is True
    assert cell(table, "73")["withheld"] is False
    assert table["total"] == {"count": None, "at_least": 7, "at_most": 10}


async def test_a_frozen_table_never_changes(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await file_in(client, "73.04", 6)
    morning = THE_FIFTH + A_DAY
    set_clock(morning)
    first = await published(client)
    set_clock(THE_FIFTH + timedelta(hours=1))
    await file_in(client, "73.04", 6)
    set_clock(morning + timedelta(hours=9))

    await freeze_public_tables(sessions, morning + timedelta(hours=9))

    assert await published(client) == first


async def test_a_small_change_since_yesterday_is_not_told(
    client: AsyncClient, set_clock: SetClock
) -> None:
    shown: list[Body] = []
    for filed_that_day in (7, 2, 3):
        await file_in(client, "73.04", filed_that_day)
        moment = THE_FIFTH + A_DAY * (len(shown) + 1)
        set_clock(moment)
        shown.append(cell(await published(client), "73"))

    assert [(each["count"], each["shown_since"]) for each in shown] == [
        (7, "2024-11-06"),
        (7, "2024-11-06"),
        (12, "2024-11-08"),
    ]


async def test_the_worker_freezes_what_the_first_reader_would(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await freeze_public_tables(sessions, THE_FIFTH)
    await freeze_public_tables(sessions, THE_FIFTH)
    await published(client)

    async with sessions.begin() as session:
        names = await session.scalars(select(PublicTable.name).order_by(PublicTable.name))
        recorded = await session.scalar(
            select(func.count()).where(JournalEntry.action == "public_table.frozen")
        )
    assert names.all() == ["provinces_complaint", "provinces_declaration", "provinces_event"]
    assert recorded == 3


async def test_only_the_fixed_list_is_public(client: AsyncClient, set_clock: SetClock) -> None:
    assert (await published(client, unit="declaration"))["unit"] == "declaration"
    assert (await published(client, unit="event"))["unit"] == "event"
    assert (await client.get(PATH, params={"unit": "report"})).status_code == 422
    assert (await client.get(PATH, params={"by": "day"})).status_code == 422


async def test_who_has_the_table_is_not_sent_it_again(
    client: AsyncClient, set_clock: SetClock
) -> None:
    first = await client.get(PATH)

    again = await client.get(PATH, headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    for answer in (first, again):
        assert answer.headers["cache-control"] == "public, max-age=3600"
        assert answer.headers["etag"] == first.headers["etag"]
        assert answer.headers["vary"] == "Accept"


async def test_a_spreadsheet_keeps_what_is_withheld_empty(
    client: AsyncClient, set_clock: SetClock
) -> None:
    await file_in(client, "13.03", 2)
    set_clock(THE_FIFTH + A_DAY)

    answer = await client.get(PATH, headers=CSV)

    assert row_of(answer, "13")[3:7] == ["Sumatera Barat", "Sumatera Barat", "", "true"]
    assert answer.headers["etag"] != (await client.get(PATH)).headers["etag"]


def row_of(answer: Response, key: str) -> list[str]:
    rows = [line.split(",") for line in answer.text.split("\r\n")]
    return next(row for row in rows[1:] if row[2] == key)
