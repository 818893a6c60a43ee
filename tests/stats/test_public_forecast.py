"""What everybody reads of a forecast: coarse, frozen, and made of what was published."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.forms import TextOut
from app.stats.files.frozen import FrozenTable
from app.stats.files.starting import read_intensities
from app.stats.jobs import freeze_public_forecasts
from app.stats.models.forecast import PublicForecast
from app.stats.models.tables import PublicTable
from app.stats.rules.public_outlook import PublicOutlook, Published, of_provinces, public_outlook
from app.stats.rules.seasons import season_of
from app.stats.rules.spreads import Prior
from app.stats.rules.units import Unit
from app.stats.service.folding import Folding
from app.stats.service.freezing import Freezing
from tests.cases.handling import handler, opened
from tests.stats.conftest import THE_FIFTH, SetClock
from tests.stats.histories import CALENDAR, SEASON, World
from tests.stats.publics import DAILY, OPEN, UNKNOWN, WITHHELD, try_public
from tests.stats.reading import Body, refusal

VOTING = ["13", "13.03", "13.04", "73", "73.04", "73.07", "96", "96.01"]
DAY = SEASON.first + timedelta(days=300)


async def read(client: AsyncClient, **asked: str) -> Body:
    answer = await client.get(
        "/stats/public/forecast", params={"election": "pilkada-2024", **asked}
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == DAILY
    return dict(answer.json())


def foreseen(published: Published) -> PublicOutlook:
    return public_outlook(published, VOTING, SEASON, Prior(3.74), DAY)


@pytest.mark.usefixtures("set_clock")
async def test_everybody_reads_what_the_nation_can_expect(client: AsyncClient) -> None:
    forecast = await read(client)

    assert len(forecast["provinces"]) == 38
    assert [each["key"] for each in forecast["weeks"]] == [f"2024-W{n}" for n in range(45, 49)]
    assert forecast["rest"]["expected"] == pytest.approx(
        sum(each["expected"] for each in forecast["provinces"]), abs=0.1
    )
    assert sum(each["expected"] for each in forecast["weeks"]) < forecast["rest"]["expected"]
    assert forecast["scenario"]["announced"] == 1000


async def test_a_province_has_its_own_weeks(client: AsyncClient, set_clock: SetClock) -> None:
    forecast = await read(client, region="73")

    assert forecast["region_code"] == forecast["rest"]["region_code"] == "73"
    assert forecast["basis"]["voting_regions"] == 25
    assert forecast["provinces"] == []
    assert forecast["weeks"][0]["bands"][1]["high"] > 0


@pytest.mark.usefixtures("set_clock")
async def test_nobody_reads_of_smaller_regions(client: AsyncClient) -> None:
    asked = {"election": "pilkada-2024"}
    regency = await client.get("/stats/public/forecast", params={**asked, "region": "73.04"})
    unknown = await client.get("/stats/public/forecast", params={**asked, "region": "99"})

    assert (regency.status_code, unknown.status_code) == (422, 422)
    assert unknown.json()["errors"][0]["code"] == "no-forecast-of-region"


async def test_it_is_frozen_once_a_day(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    await publish_nothing(sessions, THE_FIFTH, THE_FIFTH + timedelta(days=1))
    await freeze_public_forecasts(sessions, THE_FIFTH)
    await freeze_public_forecasts(sessions, THE_FIFTH + timedelta(hours=1))
    morning = await read(client)
    set_clock(THE_FIFTH + timedelta(hours=9))
    evening = await read(client)
    set_clock(THE_FIFTH + timedelta(days=1))
    tomorrow = await read(client)

    assert morning == evening
    assert (morning["as_of"], tomorrow["as_of"]) == ("2024-11-04", "2024-11-05")
    async with sessions.begin() as session:
        rows = (await session.scalars(select(PublicForecast.unit))).all()
    assert sorted(rows) == ["case", "case", "person"]


async def test_before_the_tables_of_a_day_nothing_is_kept_of_it(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    unkept = await read(client)
    await publish_nothing(sessions, THE_FIFTH)
    kept = await read(client)
    set_clock(THE_FIFTH + timedelta(days=1))
    await freeze_public_forecasts(sessions, THE_FIFTH + timedelta(days=1))

    assert unkept["as_of"] == "2024-11-04"
    assert await read(client) == kept
    async with sessions.begin() as session:
        assert (await session.scalars(select(PublicForecast.day))).all() == [THE_FIFTH.date()]


async def test_it_is_made_of_what_the_tables_of_the_day_say(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    before = await read(client, region="73")
    async with sessions.begin() as session:
        session.add(table({"73": 400, "13": None, "73.04": 300}, THE_FIFTH + timedelta(days=1)))
    set_clock(THE_FIFTH + timedelta(days=1))

    sulsel, sumbar = await read(client, region="73"), await read(client, region="13")
    nation = await read(client)

    papua = next(each for each in nation["provinces"] if each["region_code"] == "94")
    assert papua["expected"] < before["rest"]["expected"] / 10
    assert sulsel["rest"]["expected"] > 1.5 * before["rest"]["expected"]
    assert (sumbar["rest"]["withheld"], sumbar["rest"]["expected"]) == (True, None)
    assert sumbar["weeks"] == []
    assert [each["region_code"] for each in nation["provinces"] if each["withheld"]] == ["13"]


async def test_a_province_with_few_cases_is_withheld(
    client: AsyncClient, sessions: Sessions, keys: Keyring, set_clock: SetClock
) -> None:
    await opened(client, await handler(sessions, keys), election_code="pilkada-2024")
    tomorrow = THE_FIFTH + timedelta(days=1)
    set_clock(tomorrow)
    await Folding(sessions).fold(tomorrow)
    async with sessions.begin() as session:
        await Freezing(session, tomorrow).freeze(Unit.CASE)

    nation = await read(client)

    withheld = {each["region_code"] for each in nation["provinces"] if each["withheld"]}
    assert "73" in withheld


async def publish_nothing(sessions: Sessions, *days: datetime) -> None:
    """Freeze the tables of these days, in which there is nothing."""
    async with sessions.begin() as session:
        for day in days:
            session.add_all(table({}, day, name, "none") for name in ("case", "person"))


def table(
    shown: dict[str, int | None],
    at: datetime,
    name: str = "case",
    election: str = "pilkada-2024",
) -> PublicTable:
    """A public table as it is frozen: null where a count is withheld."""
    word = TextOut(id="Rekaan", en="Invented")
    frozen = FrozenTable(
        definition=word,
        definition_version=1,
        time_zone=None,
        regions={},
        values={},
        cells=[(region, "", count, at.date(), ()) for region, count in shown.items()],
    )
    return PublicTable(
        name=name,
        election_code=election,
        day=at.date(),
        payload=frozen.model_dump(mode="json"),
        frozen_at=at,
    )


async def test_after_the_election_nothing_is_frozen_ahead(sessions: Sessions, app: FastAPI) -> None:
    await freeze_public_forecasts(sessions, datetime(2026, 1, 1, tzinfo=UTC))

    async with sessions.begin() as session:
        assert (await session.scalars(select(PublicForecast.unit))).all() == []


def test_a_withheld_province_is_withheld_and_tells_nothing_of_itself() -> None:
    """The answer is the same whatever the small count is: it never reaches the arithmetic."""
    told = of_provinces({"00": 60, "13": 40, "73": None, "96": None, "00.00": 2, "31": 3}, VOTING)

    withheld, guessed = foreseen(told), foreseen({**told, "73": 9, "96": 6})

    assert told == {"00": 55, "13": 40, "73": None, "96": None}
    assert withheld.withheld == {"73", "96"}
    # Three regions and two, of the fifteen that the nation leaves for them.
    assert withheld.rest("00") == guessed.rest("00")


def test_what_is_left_for_the_withheld_is_never_less_than_one_each() -> None:
    shown = {"13": 40, "73": None, "96": None}
    sums = [foreseen({**shown, "00": nation}).rest("00") for nation in (38, 42, 50)]

    assert sums[0] == sums[1]
    assert sums[1].mean < sums[2].mean


def test_where_the_nation_is_withheld_too_all_are_taken_for_small() -> None:
    hidden = foreseen(dict.fromkeys(("00", "13", "73", "96"))).rest("00").mean

    assert hidden == pytest.approx(foreseen({"13": 3, "73": 3, "96": 2}).rest("00").mean, rel=0.1)


def test_what_is_withheld_does_not_bend_the_forecast_of_the_nation() -> None:
    tallies = try_public(World(provinces=20, regions=8, rate=0.4, day=98), 12, 7)

    expected = {way: tally.expected for way, tally in tallies.items()}
    assert expected[WITHHELD] == pytest.approx(expected[OPEN], rel=0.03)
    assert expected[UNKNOWN] < 0.5 * expected[OPEN]


def test_what_was_recorded_before_the_season_tells_nothing_of_it() -> None:
    early = SEASON.first - timedelta(days=30)

    outlook = public_outlook({"13": 40}, VOTING, SEASON, Prior(3.74), early)

    assert outlook.rest("00").mean == pytest.approx(3.74 * len(VOTING))


def test_published_totals_move_the_forecast_of_their_province() -> None:
    few, many = foreseen({"13": 5, "73": 5, "96": 0}), foreseen({"13": 40, "73": 5, "96": 0})

    assert many.rest("13").mean > 3 * few.rest("13").mean
    parts = sum(many.rest(code).mean for code in ("13", "73", "96"))
    assert parts == pytest.approx(many.rest("00").mean)


def test_weeks_that_are_over_are_not_told() -> None:
    season = season_of(CALENDAR, SEASON.voting_on, read_intensities())

    assert foreseen({}).coming().start == 43
    assert season.monday(43) > DAY > season.monday(42)


async def test_an_election_that_nobody_knows_has_no_forecast(client: AsyncClient) -> None:
    assert await refusal(client, "public/forecast", {}, election="tidak-ada") == "unknown-election"
