"""How a view is filled: only from what is public already, each part by the floor it belongs to."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring
from app.core.errors import Invalid
from app.core.remembered import Remembered
from app.dashboard.rules.pick import ALL, Pick, address
from app.dashboard.rules.units import SHOWN
from app.dashboard.rules.view import Series, View
from app.dashboard.service.announced import AnnouncedService
from app.dashboard.service.outlook import OutlookService
from app.dashboard.service.places import Places, Vote
from app.dashboard.service.published import Published, Tables
from app.dashboard.service.told import clocks_of, figure_of, funnel_of, map_of, weeks_of
from app.stats.rules import periods
from app.stats.rules.units import Unit

RECENT: Final = Remembered[View](seconds=5, room=2_000)
"""The views that were asked for lately: a crowd looks at the same few."""


class BoardService:
    """The dashboard, for everybody."""

    def __init__(self, session: AsyncSession, now: datetime, keys: Keyring, home: str) -> None:
        self.places = Places(session)
        self.tables = Tables(session, now)
        self.outlook = OutlookService(session, now)
        self.announced = AnnouncedService(session, now, keys)
        self.now = now
        self.home = home

    async def recent(self, asked: Pick) -> View:
        """A view that is at most some seconds old."""
        key = f"{self.home}{address(asked)}"
        return RECENT.get(key) or RECENT.keep(key, await self.view(asked))

    async def view(self, asked: Pick) -> View:
        place = await self.places.locate(asked.region)
        vote = await self.places.vote(asked.election, asked.region)
        unit, region = _unit(asked.unit), place.code
        tables = {each: await self._read(each.value, vote) for each in SHOWN}
        return View(
            pick=replace(asked, election=vote.code, unit=unit.value),
            heading=place.name,
            election=vote.name,
            regions=place.choices,
            elections=vote.choices,
            trail=place.trail,
            today=periods.today(self.now),
            home=self.home,
            figures=[figure_of(each, table, region) for each, table in tables.items()],
            map=map_of(tables[unit], unit, place, vote),
            series=await self._series(unit, region, vote),
            funnel=funnel_of(await self._read("case_by_furthest_step", vote), region),
            clocks=clocks_of(await self._read("deadline_by_outcome", vote), region),
            drives=await self.announced.drives(region, vote),
            decisions=await self.announced.decisions(region, vote),
        )

    async def _series(self, unit: Unit, region: str, vote: Vote) -> Series:
        table = await self._read(f"{unit}_by_week", vote)
        outlook = await self.outlook.look_ahead(unit, region, vote)
        return Series(
            weeks=weeks_of(table, region, vote.voting_on),
            stages=vote.stages,
            voting_on=vote.voting_on,
            expected=outlook.weeks,
            expected_told=outlook.told,
            told=table.told if table else None,
        )

    async def _read(self, name: str, vote: Vote) -> Published | None:
        return await self.tables.read(name, "" if vote.code == ALL else vote.code)


def _unit(asked: str) -> Unit:
    """What the map shows; cases where nothing is asked."""
    units = {each.value: each for each in SHOWN}
    if asked and asked not in units:
        raise Invalid
    return units.get(asked, Unit.CASE)
