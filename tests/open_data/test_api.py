"""What is published is found by its catalogue, and what is corrected is told for ever."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from httpx import AsyncClient, Response

from app.core.database import Sessions
from app.core.forms import TextOut
from app.open_data.files.feed import ATOM
from app.open_data.jobs import note_corrections
from app.stats.files.frozen import FrozenCell, FrozenTable
from app.stats.models.tables import PublicTable
from app.stats.rules.public import NONE, TABLES
from tests.stats.conftest import THE_FIFTH, SetClock
from tests.stats.reading import Body

A_DAY = timedelta(days=1)
TODAY = date(2024, 11, 5)
NAMES = {"a": ATOM}
KINDS = {"report": TextOut(id="Laporan", en="Report")}
PLACES = {
    "73": TextOut(id="Sulawesi Selatan", en="Sulawesi Selatan"),
    "73.04": TextOut(id="Kabupaten Jeneponto", en="Kabupaten Jeneponto"),
}


async def freeze(
    sessions: Sessions, day: date, *counts: int | None, version: int = 1, name: str = "complaint"
) -> None:
    """Publish counts of Sulawesi Selatan and its regency 73.04, as if they had been frozen."""
    cells: list[FrozenCell] = [
        (region, "", count, day, ()) for region, count in zip(("73", "73.04"), counts, strict=True)
    ]
    frozen = FrozenTable(
        definition=TextOut(id="Contoh", en="Example"),
        definition_version=version,
        time_zone=None,
        regions=PLACES,
        values={},
        cells=cells,
    )
    async with sessions.begin() as session:
        session.add(
            PublicTable(
                name=name,
                election_code=NONE,
                day=day,
                payload=frozen.model_dump(mode="json"),
                frozen_at=datetime(2024, 11, 5, tzinfo=UTC),
            )
        )


async def read(client: AsyncClient, path: str, **headers: str) -> Response:
    answer = await client.get(f"/open-data/{path}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


async def entries(client: AsyncClient) -> list[Element]:
    feed = fromstring((await read(client, "corrections.atom")).content)
    return list(feed.findall("a:entry", NAMES))


async def graph(client: AsyncClient) -> dict[str, Body]:
    answer = await read(client, "catalogue")
    assert answer.headers["content-type"] == "application/ld+json"
    return {each["@id"].rpartition("/api/v1")[2]: each for each in answer.json()["@graph"]}


async def test_the_catalogue_leads_to_the_newest_table(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await freeze(sessions, TODAY - A_DAY, 12, 12)
    await freeze(sessions, TODAY, 12, 12)

    nodes = await graph(client)

    assert nodes["/open-data/datasets/complaint"]["@type"] == "dcat:DatasetSeries"
    path = "/stats/public/complaint/2024-11-05?election=none"
    assert nodes[path]["issued"] == "2024-11-05"
    assert (await client.get(path)).json()["day"] == "2024-11-05"


async def test_a_dataset_says_what_satu_data_asks_for(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await freeze(sessions, TODAY, 12, 12)

    told = (await read(client, "datasets/complaint")).json()

    assert told["standard"]["unit"] == {"id": "Aduan", "en": "Complaint"}
    assert told["standard"]["measure"]["en"] == "Count"
    assert "region" in told["standard"]["classification"]
    assert told["definition_version"] >= 1
    assert [each["election"] for each in told["snapshots"]] == ["", NONE]
    assert told["snapshots"][1]["address"].endswith(
        "/api/v1/stats/public/complaint/2024-11-05?election=none"
    )
    assert {each["is_used"] for each in told["reference_codes"]} == {True, False}
    assert told["licence"] == "CC-BY-4.0"
    assert "idn-area-data" in told["notice"]["en"]


async def test_what_is_no_dataset_is_not_found(client: AsyncClient) -> None:
    assert (await client.get("/open-data/datasets/nothing")).status_code == 404


async def test_the_dictionary_is_had_as_a_sheet_too(client: AsyncClient) -> None:
    told = (await read(client, "dictionary")).json()
    sheet = await read(client, "dictionary", Accept="text/csv")

    assert {each["code"] for each in told["datasets"]} > {*TABLES, "circulars", "regions"}
    lists = {each["name"]: each["codes"] for each in told["code_lists"]}
    assert "draft" in {each["code"] for each in lists["circular_state"]}
    rows = list(csv.DictReader(StringIO(sheet.text)))
    assert {row["dataset"] for row in rows} == {each["code"] for each in told["datasets"]}
    assert "region" not in lists


@pytest.mark.parametrize(
    "path", ["catalogue", "dictionary", "datasets/regions", "corrections.atom"]
)
async def test_who_has_it_is_not_sent_it_again(
    client: AsyncClient, set_clock: SetClock, path: str
) -> None:
    first = await read(client, path)

    again = await client.get(f"/open-data/{path}", headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"].startswith("public, max-age=3600")


async def test_a_count_that_fell_is_told_once_and_for_ever(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await freeze(sessions, TODAY - A_DAY, 20, 12)
    await freeze(sessions, TODAY, 26, 6)
    await note_corrections(sessions, THE_FIFTH)
    await note_corrections(sessions, THE_FIFTH + timedelta(hours=1))
    [entry] = await entries(client)
    await freeze(sessions, TODAY + A_DAY, 26, 6)
    await note_corrections(sessions, THE_FIFTH + A_DAY)

    [still] = await entries(client)

    content = entry.findtext("a:content", namespaces=NAMES) or ""
    assert "Jeneponto (73.04): 12 → 6" in content
    assert "20" not in content.replace("2024", "")
    for each in ("id", "updated", "content"):
        assert still.findtext(f"a:{each}", namespaces=NAMES) == entry.findtext(
            f"a:{each}", namespaces=NAMES
        )


async def test_what_is_withheld_is_never_told(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await freeze(sessions, TODAY - A_DAY, 20, 12)
    await freeze(sessions, TODAY, None, None)

    await note_corrections(sessions, THE_FIFTH)

    assert await entries(client) == []


async def test_a_definition_that_changed_is_told(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await freeze(sessions, TODAY - A_DAY, 12, 12)
    await freeze(sessions, TODAY, 12, 12, version=2)

    await note_corrections(sessions, THE_FIFTH)

    [entry] = await entries(client)
    assert (entry.findtext("a:id", namespaces=NAMES) or "").endswith(
        "complaint/all/2024-11-05/definition"
    )
    assert "1 menjadi 2" in (entry.findtext("a:content", namespaces=NAMES) or "")


async def test_the_feed_goes_on_with_what_is_older(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    for name in ("complaint", "circular"):
        await freeze(sessions, TODAY - A_DAY, 20, 12, name=name)
        await freeze(sessions, TODAY, 20, 6, name=name)
    await note_corrections(sessions, THE_FIFTH)

    first = await client.get("/open-data/corrections.atom", params={"limit": 1})
    link = fromstring(first.content).find("a:link[@rel='next']", NAMES)
    assert link is not None
    second = await client.get(link.get("href", "").rpartition("/api/v1")[2])

    names = [
        fromstring(each.content).findtext("a:entry/a:id", namespaces=NAMES)
        for each in (first, second)
    ]
    assert len({*names} - {None}) == 2
