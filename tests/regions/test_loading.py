import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Sessions
from app.core.errors import NotFound
from app.regions.jobs import REFERENCE
from app.regions.models import Region
from app.regions.service import RegionService

JENEPONTO = "73.04"


async def placement_of(session: AsyncSession, code: str) -> int:
    return (await RegionService(session).locate(code)).placement_id


async def test_loading_again_renews_what_changed_and_keeps_every_placement(
    sessions: Sessions,
) -> None:
    steps: list[tuple[int, int]] = []
    async with sessions.begin() as session:
        await session.execute(delete(Region).where(Region.code.startswith("96")))
        change = update(Region).where(Region.code == JENEPONTO)
        await session.execute(change.values(name="Turatea", placement_id=7))

    async with sessions.begin() as session:
        await REFERENCE.load(session, lambda done, whole: steps.append((done, whole)))

    async with sessions.begin() as session:
        jeneponto = await RegionService(session).locate(JENEPONTO)
        assert (jeneponto.name, jeneponto.placement_id) == ("Kabupaten Jeneponto", 7)
        assert await session.scalar(select(func.count()).select_from(Region)) == 91_600
    assert steps == sorted(steps)
    assert steps[-1] == (91_600, 91_600)


async def test_a_place_is_located_with_its_placement_and_its_zone(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        village = await RegionService(session).locate("73.04.01.1004")

        assert village.time_zone == "Asia/Makassar"
        assert village.placement_id == await placement_of(session, JENEPONTO)
        assert village.placement_id != await placement_of(session, "73")


async def test_nobody_is_located_where_there_is_no_region(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        with pytest.raises(NotFound):
            await RegionService(session).locate("97.01")
