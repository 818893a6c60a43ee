"""What the domains themselves make public: decisions as announced, and who signed of how many."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.schemas.announcements import AnnouncementFilter, AnnouncementOut
from app.cases.service.notices import AnnouncementService
from app.core.actors import PUBLIC
from app.core.crypto import Keyring
from app.core.places import NATION
from app.core.texts import Text
from app.dashboard.rules.pick import ALL
from app.dashboard.rules.view import Decision, Drive
from app.dashboard.service.places import Vote
from app.declarations.models.declarations import Declaration
from app.declarations.rules.kinds import Status
from app.declarations.schemas.declarations import DeclarationFilter
from app.declarations.schemas.tallies import RosterCoverageOut, TallyOut
from app.declarations.service.declarations import DeclarationService
from app.declarations.service.tallies import TallyService
from app.stats.rules import periods

_LATEST: Final = 6
_STARTED: Final = frozenset(Status) - {Status.PLANNED, Status.CANCELLED}


class AnnouncedService:
    """Reads for nobody in particular: caches keep the page, and no draft must get into one."""

    def __init__(self, session: AsyncSession, now: datetime, keys: Keyring) -> None:
        self.announcements = AnnouncementService(session)
        self.declarations = DeclarationService(session, PUBLIC, now)
        self.tallies = TallyService(session, PUBLIC, now, keys)

    async def decisions(self, region: str, vote: Vote) -> list[Decision]:
        """The latest of a region; of an election those of no other one."""
        wanted = AnnouncementFilter(region=region, limit=_LATEST)
        election = None if vote.code == ALL else vote.code
        return [_decision(each) for each in await self.announcements.latest(wanted, election)]

    async def drives(self, region: str, vote: Vote) -> list[Drive]:
        wanted = DeclarationFilter(
            region=None if region == NATION else region,
            election=None if vote.code == ALL else vote.code,
            limit=_LATEST,
        )
        found = await self.declarations.find(wanted, among=_STARTED)
        return [await self._drive(each) for each in found.items]

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


def _decision(said: AnnouncementOut) -> Decision:
    return Decision(said.office, Text(said.text.id, said.text.en), periods.today(said.announced_at))
