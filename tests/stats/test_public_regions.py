"""A region without a cell is a zero, so only regions that can have one are answered."""

import pytest
from httpx import AsyncClient

from app.core.database import Sessions
from tests.stats.conftest import THE_FIFTH, SetClock
from tests.stats.reading import refusal
from tests.stats.test_public import freeze

WEEKLY = "public/complaint_by_week"


@pytest.fixture
async def _frozen(sessions: Sessions, set_clock: SetClock) -> None:
    await freeze(sessions, THE_FIFTH)


@pytest.mark.usefixtures("_frozen")
@pytest.mark.parametrize("region", ["00", "00.00", "73", "73.00", "73.04"])
async def test_what_lies_in_the_country_is_answered(client: AsyncClient, region: str) -> None:
    answer = await client.get("/stats/public/complaint", params={"region": region})

    assert (answer.status_code, answer.json()["region"]) == (200, region)


@pytest.mark.usefixtures("_frozen")
@pytest.mark.parametrize("path", ["public/complaint", "public/complaint/2024-11-05", WEEKLY])
async def test_a_region_that_there_is_not_is_refused(client: AsyncClient, path: str) -> None:
    assert await refusal(client, path, {}, region="99") == "unknown-region"


@pytest.mark.usefixtures("_frozen")
async def test_weeks_are_told_of_no_regency(client: AsyncClient) -> None:
    assert await refusal(client, WEEKLY, {}, region="73.04") == "not-of-regencies"
    for region in ("00", "00.00", "73"):
        answer = await client.get(f"/stats/{WEEKLY}", params={"region": region})
        assert answer.status_code == 200
