from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.stats.models.forecast import StoredBaseline
from app.stats.rules.baselines import Baseline


class BaselineRepository:
    """What others published or said; open to everybody."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def all(self) -> list[Baseline]:
        rows = await self.session.scalars(select(StoredBaseline).order_by(StoredBaseline.code))
        return [_baseline(row) for row in rows]

    async def replace(self, baselines: Sequence[Baseline]) -> None:
        """Put the new rows for the old: what is taken out of the file must not be quoted on."""
        await self.session.execute(delete(StoredBaseline))
        self.session.add_all([_stored(each) for each in baselines])
        await self.session.flush()


def _baseline(row: StoredBaseline) -> Baseline:
    return Baseline(
        code=row.code,
        election_code=row.election_code,
        year=row.year,
        regime=row.regime,
        cut_off=row.cut_off,
        unit=row.unit,
        part=row.part,
        figure=row.figure,
        at_most=row.at_most,
        relation=row.relation,
        region_code=row.region_code,
        status=row.status,
        reconciles=row.reconciles,
        voting_regions=row.voting_regions,
        basis=row.basis,
        words_id=row.words_id,
        words_en=row.words_en,
        source_id=row.source_id,
        source=row.source,
    )


def _stored(each: Baseline) -> StoredBaseline:
    return StoredBaseline(
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
        words_id=each.words_id,
        words_en=each.words_en,
        source_id=each.source_id,
        source=each.source,
    )
