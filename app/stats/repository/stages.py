"""The days of the stages, parted so that each day counts for one."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.places import NATION
from app.elections.models import ElectionStage
from app.stats.models.figures import FigureStage
from app.stats.rules.stages import Span, Stages, spans_of


class StageRepository:
    """Only who holds the row of `FigureState` writes here."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def stages(self) -> Stages:
        """The stages by which facts are told."""
        rows = await self.session.scalars(select(FigureStage))
        return Stages((each.election_code, _span(each)) for each in rows)

    async def spans(self, election: str, region_code: str) -> list[Span]:
        """The days of the smallest area around a region that has days of its own."""
        stage, around = FigureStage, (region_code[:5], region_code[:2], NATION)
        query = select(stage).where(stage.election_code == election, stage.region_code.in_(around))
        rows = (await self.session.scalars(query.order_by(stage.since))).all()
        nearest = next((code for code in around if code in {r.region_code for r in rows}), "")
        return [_span(each) for each in rows if each.region_code == nearest]

    async def renew(self) -> str:
        """Part the days of the calendars as they are; return the calendars' fingerprint."""
        schedule = await self._schedule()
        await self.session.execute(delete(FigureStage))
        rows = [
            {"election_code": election, **span._asdict()}
            for election in sorted({entry.election_code for entry in schedule})
            for span in spans_of([each for each in schedule if each.election_code == election])
        ]
        if rows:
            await self.session.execute(insert(FigureStage), rows)
        return _fingerprint(schedule)

    async def fingerprint(self) -> str:
        return _fingerprint(await self._schedule())

    async def _schedule(self) -> Sequence[ElectionStage]:
        stage = ElectionStage
        query = select(stage).order_by(stage.election_code, stage.region_code, stage.stage)
        return (await self.session.scalars(query)).all()


def _span(kept: FigureStage) -> Span:
    return Span(kept.region_code, kept.since, kept.until, kept.stage)


def _fingerprint(schedule: Sequence[ElectionStage]) -> str:
    lines = (
        f"{each.election_code} {each.region_code} {each.stage} {each.from_on} {each.to_on}"
        for each in schedule
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
