"""What is frozen: all elections of a unit at once, and no unit stops another."""

from collections import Counter
from datetime import date, timedelta

import pytest
from httpx import AsyncClient
from pydantic import ValidationError
from sqlalchemy import select

from app.core.database import Sessions
from app.stats.jobs import freeze_public_tables
from app.stats.models.figures import FigureCell
from app.stats.models.tables import PublicTable
from app.stats.rules.combining import corrections_of
from app.stats.rules.dimensions import Dimension
from app.stats.rules.disclosure import Shown
from app.stats.rules.public import TABLES
from app.stats.rules.publishing import Asked, disclose
from app.stats.rules.units import Unit
from app.stats.service.freezing import Freezing, fill
from app.stats.service.public import PublicTableService
from tests.stats.conftest import THE_FIFTH, SetClock
from tests.stats.reading import Body
from tests.stats.test_public import payload, tree

CHANNELS = {
    ("73.01", "offline"): 10,
    ("73.01", "online"): 10,
    ("73.02", "offline"): 30,
    ("73", "offline"): 40,
    ("73", "online"): 10,
    ("00", "offline"): 40,
    ("00", "online"): 10,
}


def published_as(name: str, election: str, day: date, told: Body) -> PublicTable:
    return PublicTable(
        name=name, election_code=election, day=day, payload=told, frozen_at=THE_FIFTH
    )


async def test_of_all_elections_nothing_is_read_of_which_one_is_missing(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    async with sessions.begin() as session:
        for day, election, count in ((4, "none", 20), (4, "pilkada-2024", 9), (5, "none", 40)):
            session.add(published_as("circular", election, date(2024, 11, day), payload(count)))

    newest = await tree(client, "circular")
    incomplete = await client.get("/stats/public/circular/2024-11-05")

    assert (newest["day"], newest["cells"][0]["count"]) == ("2024-11-04", 29)
    assert incomplete.status_code == 404
    own = await client.get("/stats/public/circular", params={"election": "none"})
    assert own.json()["day"] == "2024-11-05"


async def test_signatures_of_an_election_are_published(
    client: AsyncClient, sessions: Sessions
) -> None:
    kept = FigureCell(
        unit=Unit.SIGNATURE,
        by_a="",
        by_b="",
        area="",
        election_code="pilkada-2024",
        code_a="",
        code_b="",
        count=3,
    )
    async with sessions.begin() as session:
        session.add(kept)
        await session.flush()

        await Freezing(session, THE_FIFTH).freeze(Unit.SIGNATURE)

        tables = select(PublicTable.election_code).where(PublicTable.name == "signature")
        assert set(await session.scalars(tables)) == {"none", "pilkada-2024"}


async def test_a_unit_that_fails_leaves_the_others_their_tables(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        session.add(published_as("complaint", "none", date(2024, 11, 4), {}))

    with pytest.raises(ValidationError):
        await freeze_public_tables(sessions, THE_FIFTH)

    async with sessions.begin() as session:
        today = select(PublicTable.name).where(PublicTable.day == date(2024, 11, 5))
        names = set(await session.scalars(today))
    assert names == {name for name, table in TABLES.items() if table.unit is not Unit.COMPLAINT}


def test_a_kind_that_is_no_more_can_still_hide_another() -> None:
    """Offline rose by 3, which nobody is told; all that were online have gone."""
    last = {cell: Shown(count, THE_FIFTH.date()) for cell, count in CHANNELS.items()}
    found = Counter({("73.01", "offline"): 13, ("73.02", "offline"): 30})
    leaves = ["73.01", "73.02"]
    totals = {("73.01", ""): 13, ("73.02", ""): 30}
    parents = {"73.01": "73", "73.02": "73", "73": "00"}
    asked = Asked(fill(found, last, leaves), last)

    tables, _ = disclose({"channel": asked}, Asked(totals, {}), parents, date(2024, 11, 6))

    assert tables["channel"]["73.01", "offline"].count != 13


def test_what_has_gone_on_is_no_correction() -> None:
    day = date(2024, 11, 5)
    before = {("73", ""): Shown(20, day), ("73", "registered"): Shown(20, day)}
    now = {("73", ""): Shown(12, day), ("73", "registered"): Shown(5, day)}

    assert corrections_of(before, now, None, Dimension.FURTHEST_STEP) == {("73", ""): (20, 12)}
    assert len(corrections_of(before, now, None, Dimension.KIND)) == 2


def test_what_follows_from_another_table_is_none_of_its_own() -> None:
    """In 73.01, 12 cases are open, 3 no violation and 5 one; 8 are reported, 7 registered, and the
    5 found to be a violation. Steps and the total are shown, and the open ones: 3 is what is left.
    """
    steps = {"case_by_furthest_step", "sanction"} & TABLES.keys()

    assert steps == {"case_by_furthest_step", "sanction"}
    equal = {"case_by_outcome", "referral", "finding", "report", "person_by_follow_up"}
    assert not equal & TABLES.keys()


async def test_what_became_fewer_is_a_correction(
    client: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    day = timedelta(days=1)
    async with sessions.begin() as session:
        for count, on in ((20, THE_FIFTH), (12, THE_FIFTH + day)):
            session.add(published_as("circular", "none", on.date(), payload(count)))

    async with sessions.begin() as session:
        found = await PublicTableService(session, THE_FIFTH + day).corrections(
            "circular", "none", (THE_FIFTH + day).date()
        )

    assert [(each.region, each.before, each.now) for each in found] == [("00", 20, 12)]
