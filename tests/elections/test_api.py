from datetime import date
from typing import Any

import pytest
from httpx import AsyncClient

from app.core.database import Sessions
from app.elections.jobs import REFERENCE
from app.elections.models import ElectionStage
from app.elections.rules import StageCode

COURT_RULING = date(2024, 10, 3)


async def get(client: AsyncClient, path: str, **wanted: str) -> Any:
    answer = await client.get(path, params=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def determine_later(sessions: Sessions, region_code: str) -> None:
    async with sessions.begin() as session:
        session.add(
            ElectionStage(
                election_code="pilkada-2024",
                region_code=region_code,
                stage=StageCode.CANDIDATE_DETERMINATION,
                from_on=COURT_RULING,
                to_on=COURT_RULING,
                source="Putusan rekaan untuk pengujian",
            )
        )


async def test_the_latest_election_comes_first(client: AsyncClient) -> None:
    page = await get(client, "/elections")

    assert [each["code"] for each in page["items"]] == [
        "pilkada-2024",
        "pemilu-2024",
        "pilkada-2020",
    ]
    assert page["next_cursor"] is None


async def test_an_election_tells_how_many_areas_elect_whom(client: AsyncClient) -> None:
    election = await get(client, "/elections/pilkada-2024")

    assert election["areas"] == {"governor": 37, "regent": 415, "mayor": 93}
    assert (election["regime"], election["voting_on"]) == ("regional_election", "2024-11-27")


async def test_a_day_has_its_stages(client: AsyncClient) -> None:
    calendar = await get(client, "/elections/pilkada-2024/stages", region="73.04", on="2024-09-30")

    assert [each["stage"] for each in calendar["items"]] == [
        "rule_making",
        "monitor_registration",
        "reassignment_ban",
        "adhoc_formation",
        "campaign",
    ]
    assert (calendar["takes_part"], calendar["determination"]) == (True, "after")
    assert calendar["items"][-1]["name"] == {"id": "Kampanye", "en": "Campaign"}


async def test_without_a_day_the_whole_calendar_is_shown(client: AsyncClient) -> None:
    calendar = await get(client, "/elections/pilkada-2024/stages")

    assert [each["stage"] for each in calendar["items"]] == list(StageCode)
    assert (calendar["region_code"], calendar["determination"]) == ("00", None)


async def test_an_area_that_determined_later_has_its_own_day(
    client: AsyncClient, sessions: Sessions
) -> None:
    await determine_later(sessions, "73.04")

    there = await get(client, "/elections/pilkada-2024/stages", region="73.04.01", on="2024-09-30")
    elsewhere = await get(client, "/elections/pilkada-2024/stages", region="73.07", on="2024-09-30")

    assert (there["determination"], elsewhere["determination"]) == ("before", "after")


@pytest.mark.parametrize(
    ("election", "region"),
    [("pilkada-2020", "73.04"), ("pilkada-2024", "97.01"), ("pilkada-2020", "31")],
)
async def test_where_nobody_is_elected_no_stage_runs(
    client: AsyncClient, election: str, region: str
) -> None:
    calendar = await get(client, f"/elections/{election}/stages", region=region, on="2020-10-01")

    assert (calendar["takes_part"], calendar["items"]) == (False, [])
    assert calendar["determination"] is None


@pytest.mark.parametrize("path", ["/elections/pilkada-1955", "/elections/pilkada-1955/stages"])
async def test_an_unknown_election_is_not_found(client: AsyncClient, path: str) -> None:
    answer = await client.get(path)

    assert answer.status_code == 404
    assert answer.json()["detail"] == "Pemilihan dengan kode itu tidak ada."


@pytest.mark.parametrize(
    "wanted", [{"on": "30-09-2024"}, {"on": "0"}, {"region": "7"}, {"hari": "2024-09-30"}]
)
async def test_a_question_that_means_nothing_is_refused(
    client: AsyncClient, wanted: dict[str, str]
) -> None:
    answer = await client.get("/elections/pilkada-2024/stages", params=wanted)

    assert answer.status_code == 422


async def test_calendars_can_be_kept_for_an_hour(client: AsyncClient) -> None:
    answer = await client.get("/elections/pilkada-2024")

    assert answer.headers["cache-control"] == "public, max-age=3600"


async def test_loading_again_takes_back_a_date_that_is_no_longer_in_the_file(
    client: AsyncClient, sessions: Sessions
) -> None:
    await determine_later(sessions, "73.04")

    async with sessions.begin() as session:
        await REFERENCE.load(session, lambda done, whole: None)

    calendar = await get(client, "/elections/pilkada-2024/stages", region="73.04", on="2024-09-30")
    assert calendar["determination"] == "after"
