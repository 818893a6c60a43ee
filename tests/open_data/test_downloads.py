"""Whoever follows an address of the catalogue gets what it promises."""

from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from httpx import AsyncClient

from app.core.database import Sessions
from app.open_data.files.columns import read_columns
from app.open_data.rules.outlook import FORECAST
from app.stats.rules.public import NONE
from app.stats.schemas.public_forecast import PublicForecastOut
from tests.open_data.test_api import TODAY, freeze, graph
from tests.open_data.test_catalogue import within
from tests.stats.conftest import SetClock

ASKED: Final = {"election": "pilkada-2024", "unit": "case"}
# What DCAT-AP 3 makes mandatory, by class; each has our own short name.
MANDATORY: Final = {
    "dcat:Catalog": {"title", "description", "publisher"},
    "dcat:Dataset": {"title", "description"},
    "dcat:DatasetSeries": {"title", "description"},
    "dcat:Distribution": {"access_url"},
    "dcat:DataService": {"title", "end_point"},
    "foaf:Agent": {"name"},
}
# And what it recommends, where it is known.
RECOMMENDED: Final = {
    "dcat:Catalog": {"licence", "modified", "home_page", "language", "spatial", "service"},
    "dcat:Dataset": {"contact", "keyword", "publisher", "spatial", "theme"},
    "dcat:DatasetSeries": {"contact", "publisher", "frequency", "issued", "temporal", "spatial"},
    "dcat:Distribution": {"licence", "media_type", "access_service"},
    "dcat:DataService": {"end_point_description", "publisher", "access_rights"},
}


@pytest.fixture
async def nodes(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> dict[str, dict[str, Any]]:
    """The catalogue of a day with a table and a forecast."""
    await freeze(sessions, TODAY, 12, None)
    await freeze(sessions, TODAY, 12, 12, name="case")
    assert (await client.get("/stats/public/forecast", params=ASKED)).status_code == 200
    return await graph(client)


def forms(nodes: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    found = within(list(nodes.values()))
    return [each for each in found if each.get("@type") == "dcat:Distribution"]


async def test_every_download_is_there_in_the_form_that_is_promised(
    client: AsyncClient, nodes: dict[str, dict[str, Any]]
) -> None:
    downloads = {
        each["download_url"]: each["media_type"]["@id"].partition("media-types/")[2]
        for each in forms(nodes)
        if "download_url" in each
    }

    assert len(downloads) > 20
    assert {"text/csv", "application/json", "text/calendar"} <= set(downloads.values())
    for address, kind in downloads.items():
        path = urlsplit(address)
        # As a browser asks for a link.
        answer = await client.get(
            f"{path.path.removeprefix('/api/v1')}?{path.query}",
            headers={"Accept": "text/html,*/*;q=0.8"},
        )
        assert answer.status_code == 200, address
        assert answer.headers["content-type"].partition(";")[0] == kind, address


async def test_every_class_says_what_the_profile_asks_for(
    nodes: dict[str, dict[str, Any]],
) -> None:
    seen = set()
    for node in within(list(nodes.values())):
        for kind, names in MANDATORY.items():
            if node.get("@type") == kind:
                seen.add(kind)
                assert names | RECOMMENDED.get(kind, set()) <= node.keys(), (node["@id"], kind)

    assert seen == set(MANDATORY)


async def test_the_forecast_is_listed_at_an_address_that_never_changes(
    client: AsyncClient, nodes: dict[str, dict[str, Any]], set_clock: SetClock
) -> None:
    path = f"/stats/public/forecast/{TODAY}?election=pilkada-2024&unit=case"
    today = (await client.get("/stats/public/forecast", params=ASKED)).json()

    kept = await client.get(path)

    assert nodes[path]["in_series"].endswith("/open-data/datasets/forecast")
    assert kept.json() == today
    assert "immutable" in kept.headers["cache-control"]
    for day, status in ((date(2024, 11, 1), 404), ("nanti", 422)):
        missing = await client.get(f"/stats/public/forecast/{day}", params=ASKED)
        assert missing.status_code == status
    told = (await client.get("/open-data/datasets/forecast")).json()
    assert [each["address"].partition("/api/v1")[2] for each in told["snapshots"]] == [path]


def test_the_dictionary_knows_the_columns_of_the_forecast() -> None:
    names = [each.name for each in read_columns()[FORECAST]]

    assert names == list(PublicForecastOut.model_fields)


async def test_a_link_names_the_form_of_a_table(client: AsyncClient, sessions: Sessions) -> None:
    await freeze(sessions, TODAY, 12, None)
    path = f"/stats/public/complaint/{TODAY}?election={NONE}&format="

    sheet = await client.get(f"{path}csv", headers={"Accept": "application/json"})

    assert sheet.headers["content-type"].startswith("text/csv")
    assert (await client.get(f"{path}xlsx")).status_code == 422
