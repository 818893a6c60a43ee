from sqlalchemy.ext.asyncio import AsyncSession

from app.core.forms import TextOut
from app.core.paging import Found, cursor_after, place_of
from app.core.reference import Progress
from app.stats.files.starting import read_baselines
from app.stats.repository.baselines import BaselineRepository
from app.stats.rules.baselines import Baseline
from app.stats.schemas.baselines import BaselineFilter, BaselineOut


class BaselineService:
    """What others published or said, for whoever wants to compare; open to everybody."""

    def __init__(self, session: AsyncSession) -> None:
        self.baselines = BaselineRepository(session)

    async def find(self, wanted: BaselineFilter) -> Found[BaselineOut]:
        """One page, in the order of their codes."""
        after = place_of(wanted, str) if wanted.cursor else ""
        fitting = [each for each in await self.baselines.all() if _fits(each, wanted)]
        rest = [each for each in fitting if each.code > after]
        page = rest[: wanted.limit]
        more = len(rest) > len(page)
        return Found(
            [describe(each) for each in page],
            cursor_after(wanted, page[-1].code) if more else None,
            len(fitting) if wanted.count else None,
        )

    async def load(self, progress: Progress) -> None:
        rows = read_baselines()
        await self.baselines.replace(rows)
        progress(len(rows), len(rows))


def describe(each: Baseline) -> BaselineOut:
    return BaselineOut(
        code=each.code,
        election_code=each.election_code,
        year=each.year,
        regime=each.regime,
        cut_off=each.cut_off,
        unit=each.unit,
        part=each.part,
        figure=each.figure,
        at_most=each.at_most,
        relation=each.relation,
        region_code=each.region_code,
        status=each.status,
        reconciles=each.reconciles,
        voting_regions=each.voting_regions,
        basis=each.basis,
        words=TextOut(id=each.words_id, en=each.words_en),
        source_id=each.source_id,
        source=each.source,
    )


def _fits(each: Baseline, wanted: BaselineFilter) -> bool:
    of_election = wanted.election in (None, each.election_code)
    return of_election and wanted.unit in (None, each.unit)
