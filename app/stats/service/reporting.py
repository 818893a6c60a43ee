"""Who reports at all, and how far prevention has reached."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.forms import TextOut
from app.core.texts import Text
from app.stats.repository.covering import CoveringRepository, Parts
from app.stats.repository.questions import Question
from app.stats.rules import areas, periods
from app.stats.rules.areas import Depth
from app.stats.rules.definitions import Note
from app.stats.rules.facts import REGENCY
from app.stats.rules.quantiles import share
from app.stats.rules.units import Unit
from app.stats.schemas.answers import words
from app.stats.schemas.reporting import (
    DEFINITION,
    DEFINITION_VERSION,
    ReportingFilter,
    ReportingOut,
    ReportingRowOut,
)
from app.stats.service.asking import Asking, note, single


@dataclass(frozen=True)
class Known:
    """What is known of the regencies of an area."""

    last: dict[str, date]
    declarations: dict[str, int]
    events: dict[str, int]
    rosters: Parts
    circulars: Parts


class ReportingService:
    """The coverage of an area, regency by regency."""

    def __init__(self, asking: Asking, session: AsyncSession) -> None:
        self.asking = asking
        self.covering = CoveringRepository(session)

    async def report(self, wanted: ReportingFilter) -> ReportingOut:
        asked = await self.asking.question(wanted, Unit.EVENT)
        today = periods.today(self.asking.now)
        known = await self._known(asked, today)
        around = asked.area[: areas.code_length(Depth.REGENCY)]
        names = await self.asking.places.regions(around, Depth.REGENCY)
        rows = [
            _row(code, name, known, _silence(known.last.get(code), today, wanted.silent_after))
            for code, name in names.items()
        ]
        return ReportingOut(
            region_code=areas.code_of(asked.area),
            election=asked.election,
            definition=TextOut.model_validate(DEFINITION),
            definition_version=DEFINITION_VERSION,
            time_zone=periods.WIB,
            as_of=self.asking.now,
            snapshot=asked.snapshot,
            notes=[note(Note.LIVE)],
            on=today,
            silent_after=wanted.silent_after,
            regions=len(rows),
            silent=sum(row.silent for row in rows),
            rows=rows,
        )

    async def _known(self, asked: Question, today: date) -> Known:
        figures, declared = self.asking.figures, replace(asked, unit=Unit.DECLARATION)
        return Known(
            last=await self.covering.last_days(asked.area, asked.election, today),
            declarations=single(await figures.count_by(declared, REGENCY)),
            events=single(await figures.count_by(asked, REGENCY)),
            rosters=await self.covering.rosters(asked.area, asked.election),
            circulars=await self.covering.circulars(asked.area),
        )


def _silence(last: date | None, today: date, after: int) -> tuple[int | None, bool]:
    """Days since the last entry, and whether they are too many."""
    days = None if last is None else (today - last).days
    return days, days is None or days >= after


def _row(code: str, name: str, known: Known, silence: tuple[int | None, bool]) -> ReportingRowOut:
    targets, signed = known.rosters.get(code, (0, 0))
    addressed, acknowledged = known.circulars.get(code, (0, 0))
    return ReportingRowOut(
        key=code,
        label=words(Text(name, name)),
        last_entry_on=known.last.get(code),
        silent_days=silence[0],
        silent=silence[1],
        declarations=known.declarations.get(code, 0),
        targets=targets,
        signed=signed,
        share_signed=share(signed, targets),
        events=known.events.get(code, 0),
        addressed=addressed,
        acknowledged=acknowledged,
        share_acknowledged=share(acknowledged, addressed),
    )
