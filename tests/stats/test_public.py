"""What everybody sees: totals of the provinces, frozen once a day."""

from datetime import datetime, timedelta

from httpx import AsyncClient, Response
from sqlalchemy import func, select

from app.audit.models import JournalEntry
from app.core.database import Sessions
from app.stats.jobs import freeze_public_tables
from app.stats.models.tables import PublicTable
from app.stats.rules.public import TABLES
from tests.complaints.filing import file
from tests.stats.conftest import THE_FIFTH, SetClock
from tests.stats.folded import fold
from tests.stats.publics import DAILY
from tests.stats.reading import Body, counts

PATH = "/stats/public/provinces"
A_DAY = timedelta(days=1)
CSV = {"Accept": "text/csv"}


async def file_in(client: AsyncClient, region_code: str, times: int) -> None:
    for _ in range(times):
        await file(client, event={"region_code": region_code})


async def freeze(sessions: Sessions, now: datetime) -> None:
    await fold(sessions)
    await freeze_public_tables(sessions, now)


async def tree(client: AsyncClient, name: str) -> Body:
    answer = await client.get(f"/stats/public/{name}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def payload(count: int) -> Body:
    words = {"id": "Rekaan", "en": "Made up"}
    return {
        "definition": words,
        "definition_version": 1,
        "time_zone": None,
        "regions": {"00": words},
        "values": {},
        "cells": [["00", "", count, "2024-11-05", []]],
    }


async def published(client: AsyncClient, **asked: str) -> Body:
    answer = await client.get(PATH, params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def cell(table: Body, key: str) -> Body:
    return next(dict(each) for each in table["cells"] if each["key"] == key)


async def test_a_table_covers_the_days_before_its_own(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await file_in(client, "73.04", 6)
    today = await published(client)

    set_clock(THE_FIFTH + A_DAY)
    await freeze(sessions, THE_FIFTH + A_DAY)
    tomorrow = await published(client)

    assert counts(today) == {}
    assert counts(tomorrow) == {"73": 6}
    assert tomorrow["total"] == {"count": 6, "at_least": 6, "at_most": 6}
    assert (tomorrow["until"], tomorrow["as_of"]) == ("2024-11-05", "2024-11-05T17:00:00Z")
    assert tomorrow["coverage"] == {"level": "province", "regions": 38, "with_entries": 1}


async def test_small_counts_are_withheld_and_a_neighbour_with_them(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await file_in(client, "73.04", 6)
    await file_in(client, "74.01", 9)
    await file_in(client, "13.03", 2)
    set_clock(THE_FIFTH + A_DAY)
    await freeze(sessions, THE_FIFTH + A_DAY)

    table = await published(client)

    assert counts(table) == {"13": None, "73": None, "74": 9}
    assert cell(table, "13")["withheld"] is True
    assert cell(table, "74")["withheld"] is False
    assert table["total"] == {"count": 17, "at_least": 17, "at_most": 17}


async def test_what_is_not_counted_yet_is_not_frozen_by_a_reader(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await file_in(client, "73.04", 1)
    set_clock(THE_FIFTH + A_DAY)

    answer = await client.get(PATH)

    assert answer.status_code == 404
    async with sessions.begin() as session:
        assert await session.scalar(select(func.count()).select_from(PublicTable)) == 0


async def test_a_frozen_table_never_changes(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await file_in(client, "73.04", 6)
    morning = THE_FIFTH + A_DAY
    set_clock(morning)
    await freeze(sessions, morning)
    first = await published(client)
    set_clock(THE_FIFTH + timedelta(hours=1))
    await file_in(client, "73.04", 6)
    set_clock(morning + timedelta(hours=9))

    await freeze(sessions, morning + timedelta(hours=9))

    assert await published(client) == first


async def test_a_small_change_since_yesterday_is_not_told(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    shown: list[Body] = []
    for filed_that_day in (7, 2, 3):
        await file_in(client, "73.04", filed_that_day)
        moment = THE_FIFTH + A_DAY * (len(shown) + 1)
        set_clock(moment)
        await freeze(sessions, moment)
        shown.append(cell(await published(client), "73"))

    assert [(each["count"], each["shown_since"]) for each in shown] == [
        (7, "2024-11-06"),
        (7, "2024-11-06"),
        (12, "2024-11-08"),
    ]


async def test_the_worker_freezes_every_table_once(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await freeze(sessions, THE_FIFTH)
    await freeze(sessions, THE_FIFTH)
    await published(client)

    async with sessions.begin() as session:
        names = await session.scalars(select(PublicTable.name).order_by(PublicTable.name))
        recorded = await session.scalar(
            select(func.count()).where(JournalEntry.action == "public_table.frozen")
        )
    assert names.all() == sorted(TABLES)
    assert recorded == len(TABLES)


async def test_the_list_names_every_table_and_where_it_is(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await freeze(sessions, THE_FIFTH)

    answer = await client.get("/stats/public")

    items = [each for each in answer.json()["items"] if each["election"] == ""]
    assert [each["name"] for each in items] == list(TABLES)
    assert {each["newest"] for each in items} == {"2024-11-05"}
    assert "stale-while-revalidate=" in answer.headers["cache-control"]
    for each in items:
        assert (await client.get(each["address"].removeprefix("/api/v1"))).status_code == 200


async def test_tables_of_one_unit_withhold_the_same_totals(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    for region, times in (("73.04", 6), ("73.07", 3), ("74.01", 9), ("13.03", 2)):
        await file_in(client, region, times)
    set_clock(THE_FIFTH + A_DAY)
    await freeze(sessions, THE_FIFTH + A_DAY)

    tables = [await tree(client, name) for name in TABLES if TABLES[name].unit == "complaint"]

    regencies = [
        {each["region"]: each["count"] for each in table["cells"] if each["value"] == ""}
        for table in tables
    ]
    assert len(regencies) == 4
    assert all(each == regencies[0] for each in regencies)
    assert regencies[0]["73.04"] is None
    assert regencies[0]["00"] == 20


async def test_an_older_table_keeps_its_address(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await freeze(sessions, THE_FIFTH)
    await file_in(client, "73.04", 6)
    set_clock(THE_FIFTH + A_DAY)
    await freeze(sessions, THE_FIFTH + A_DAY)

    old = await client.get("/stats/public/complaint/2024-11-05")
    new = await client.get("/stats/public/complaint/2024-11-06", params={"region": "73"})

    assert old.json()["cells"] == []
    assert {each["region"] for each in new.json()["cells"]} == {"73", "73.04"}
    assert "immutable" in new.headers["cache-control"]
    for missing in ("complaint/2024-11-07", "nothing", "complaint?election=pilkada-1999"):
        assert (await client.get(f"/stats/public/{missing}")).status_code == 404


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
        assert answer.headers["cache-control"] == DAILY
        assert answer.headers["etag"] == first.headers["etag"]
        assert answer.headers["vary"] == "Accept"


async def test_a_spreadsheet_keeps_what_is_withheld_empty(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await file_in(client, "13.03", 2)
    set_clock(THE_FIFTH + A_DAY)
    await freeze(sessions, THE_FIFTH + A_DAY)

    answer = await client.get(PATH, headers=CSV)

    assert row_of(answer, "13")[3:7] == ["Sumatera Barat", "Sumatera Barat", "", "true"]
    assert answer.headers["etag"] != (await client.get(PATH)).headers["etag"]


def row_of(answer: Response, key: str) -> list[str]:
    rows = [line.split(",") for line in answer.text.split("\r\n")]
    return next(row for row in rows[1:] if row[2] == key)
