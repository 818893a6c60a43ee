from sqlalchemy.ext.asyncio import AsyncSession

from app.core.forms import TextOut
from app.core.paging import Found
from app.core.reference import Progress
from app.elections import files, rules
from app.elections.models import Election, ElectionStage
from app.elections.repository import ElectionRepository
from app.elections.rules import ElectedOffice
from app.elections.schemas import CalendarOut, ElectionDetailOut, ElectionOut, StageFilter, StageOut


class ElectionService:
    """Which elections there are, where, and what their calendars say; open to everybody."""

    def __init__(self, session: AsyncSession) -> None:
        self.elections = ElectionRepository(session)

    async def get(self, code: str) -> Election:
        return await self.elections.get(code)

    async def find(self) -> Found[ElectionOut]:
        return Found([_election(each) for each in await self.elections.find()])

    async def describe(self, code: str) -> ElectionDetailOut:
        election = await self.get(code)
        return ElectionDetailOut(
            code=election.code,
            regime=election.regime,
            name=_name(election),
            voting_on=election.voting_on,
            source=election.source,
            areas=await self.elections.count_areas(code),
        )

    async def takes_part(self, code: str, region_code: str) -> bool:
        election = await self.get(code)
        return rules.takes_part(await self.elections.area_codes(election.code), region_code)

    async def elected_at(self, code: str, region_code: str) -> set[ElectedOffice]:
        """Whom people of a place elect in an election that elects heads of regions."""
        election = await self.get(code)
        return rules.elected_at(await self.elections.areas(election.code), region_code)

    async def calendar(self, code: str, region_code: str) -> list[ElectionStage]:
        """Return the stages that hold for a place; none where nobody is elected."""
        if not await self.takes_part(code, region_code):
            return []
        return rules.calendar_of(await self.elections.schedule(code), region_code)

    async def consult(self, code: str, wanted: StageFilter) -> CalendarOut:
        calendar = await self.calendar(code, wanted.region)
        day = wanted.on
        stages = calendar if day is None else rules.running_on(calendar, day)
        return CalendarOut(
            election_code=code,
            region_code=wanted.region,
            on=day,
            takes_part=await self.takes_part(code, wanted.region),
            determination=None if day is None else rules.determination_on(calendar, day),
            items=[_stage(entry) for entry in stages],
        )

    async def load(self, progress: Progress) -> None:
        elections, areas, stages = files.read_elections(), files.read_areas(), files.read_stages()
        await self.elections.put_elections(elections)
        await self.elections.replace_areas(areas)
        await self.elections.replace_stages(stages)
        rows = len(elections) + len(areas) + len(stages)
        progress(rows, rows)


def _election(election: Election) -> ElectionOut:
    return ElectionOut(
        code=election.code,
        regime=election.regime,
        name=_name(election),
        voting_on=election.voting_on,
        source=election.source,
    )


def _name(election: Election) -> TextOut:
    return TextOut(id=election.name_id, en=election.name_en)


def _stage(entry: ElectionStage) -> StageOut:
    label = rules.STAGES[entry.stage]
    return StageOut(
        stage=entry.stage,
        name=TextOut(id=label.id, en=label.en),
        region_code=entry.region_code,
        from_on=entry.from_on,
        to_on=entry.to_on,
        source=entry.source,
    )
