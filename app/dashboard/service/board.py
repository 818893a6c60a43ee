"""How a view is filled: only from what is public already, each part by the floor it belongs to."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.schemas.announcements import AnnouncementFilter, AnnouncementOut
from app.cases.service.notices import AnnouncementService
from app.core.actors import PUBLIC
from app.core.crypto import Keyring
from app.core.errors import Invalid
from app.core.places import NATION
from app.core.remembered import Remembered
from app.core.texts import Text
from app.dashboard.rules.pick import Pick, address
from app.dashboard.rules.view import Decision, Drive, Series, View
from app.dashboard.service.outlook import Outlook, OutlookService
from app.dashboard.service.places import Places, Vote
from app.dashboard.service.told import figure_of, map_of
from app.declarations.models.declarations import Declaration
from app.declarations.rules.kinds import Status
from app.declarations.schemas.declarations import DeclarationFilter
from app.declarations.schemas.tallies import RosterCoverageOut, TallyOut
from app.declarations.service.declarations import DeclarationService
from app.declarations.service.tallies import TallyService
from app.stats.rules import periods
from app.stats.rules.units import PUBLIC as PUBLIC_UNITS
from app.stats.rules.units import Unit
from app.stats.service.figures import PublicTableService

RECENT: Final = Remembered[View](seconds=5, room=2_000)
"""The views that were asked for lately: a crowd looks at the same few."""
_LATEST: Final = 6
_STARTED: Final = frozenset(Status) - {Status.PLANNED, Status.CANCELLED}


class BoardService:
    """The dashboard, for everybody."""

    def __init__(self, session: AsyncSession, now: datetime, keys: Keyring) -> None:
        self.places = Places(session)
        self.tables = PublicTableService(session, now)
        self.outlook = OutlookService(session, now)
        self.announcements = AnnouncementService(session)
        # For nobody in particular: caches keep the page, and no draft must get into one.
        self.declarations = DeclarationService(session, PUBLIC, now)
        self.tallies = TallyService(session, PUBLIC, now, keys)
        self.now = now

    async def recent(self, asked: Pick) -> View:
        """A view that is at most some seconds old."""
        key = address(asked)
        return RECENT.get(key) or RECENT.keep(key, await self.view(asked))

    async def view(self, asked: Pick) -> View:
        place = await self.places.locate(asked.region)
        vote = await self.places.vote(asked.election, asked.region)
        unit, today = _unit(asked.unit), periods.today(self.now)
        tables = {each: await self.tables.read(each) for each in PUBLIC_UNITS}
        election = vote.election
        return View(
            pick=replace(asked, election=election.code, unit=unit.value),
            heading=place.name,
            election=Text(election.name.id, election.name.en),
            regions=place.choices,
            elections=vote.choices,
            trail=place.trail,
            today=today,
            figures=[figure_of(each, place) for each in tables.values()],
            map=map_of(tables[unit], place, vote),
            series=_series(vote, await self.outlook.look_ahead(asked.region, vote, today)),
            drives=await self._drives(asked.region, vote),
            decisions=await self._decisions(asked.region),
        )

    async def _drives(self, region: str, vote: Vote) -> list[Drive]:
        wanted = DeclarationFilter(
            region=None if region == NATION else region, election=vote.election.code, limit=50
        )
        found = await self.declarations.find(wanted)
        started = [each for each in found.items if each.status in _STARTED]
        return [await self._drive(each) for each in started[:_LATEST]]

    async def _drive(self, declaration: Declaration) -> Drive:
        tally = TallyOut.model_validate_json(await self.tallies.recent_tally(declaration.id))
        told = await self.tallies.recent_coverage(declaration.id)
        covered = RosterCoverageOut.model_validate_json(told)
        roster = None
        if covered.targets is not None and covered.signed is not None:
            roster = covered.targets, covered.signed
        return Drive(
            title=declaration.title,
            where=declaration.place,
            on=declaration.held_on,
            signed=tally.signatures,
            roster=roster,
            data=f"/api/v1/declarations/{declaration.id}/tally",
        )

    async def _decisions(self, region: str) -> list[Decision]:
        wanted = AnnouncementFilter(region=region, limit=_LATEST)
        return [_decision(each) for each in (await self.announcements.find(wanted)).items]


def _decision(said: AnnouncementOut) -> Decision:
    on = periods.today(said.announced_at)
    return Decision(said.office, Text(said.text.id, said.text.en), on)


def _unit(asked: str) -> Unit:
    """What the map shows; complaints where nothing is asked."""
    units = {each.value: each for each in PUBLIC_UNITS}
    if asked and asked not in units:
        raise Invalid
    return units.get(asked, Unit.COMPLAINT)


def _series(vote: Vote, outlook: Outlook) -> Series:
    return Series(
        stages=vote.stages,
        voting_on=vote.election.voting_on,
        expected=outlook.weeks,
        expected_told=outlook.told,
    )
