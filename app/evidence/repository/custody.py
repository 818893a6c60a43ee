from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Found, Slice, newest_first
from app.core.visibility import visible_to
from app.evidence.models import Evidence, EvidenceOpening, LegalHold


class OpeningRepository:
    """Who opened the evidence that one actor can see."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    def add(self, opening: EvidenceOpening) -> None:
        self.session.add(opening)

    async def of(self, evidence: Evidence, wanted: Slice) -> Found[EvidenceOpening]:
        query = self._visible().where(EvidenceOpening.evidence_id == evidence.id)
        by = (EvidenceOpening.opened_at, EvidenceOpening.id)
        return await newest_first(self.session, query, by, wanted)

    async def officers_of_each(self, ids: Collection[UUID]) -> dict[UUID, int]:
        """How many officers opened each of these; who opened it twice counts once."""
        officers = func.count(EvidenceOpening.officer_id.distinct())
        query = self._visible().where(EvidenceOpening.evidence_id.in_(ids))
        counted = query.with_only_columns(EvidenceOpening.evidence_id, officers)
        grouped = counted.group_by(EvidenceOpening.evidence_id)
        return dict((await self.session.execute(grouped)).all())

    def _visible(self) -> Select[EvidenceOpening]:
        return select(EvidenceOpening).join(
            Evidence,
            (Evidence.id == EvidenceOpening.evidence_id)
            & visible_to(self.actor, Evidence.subject_id, Evidence.region_code),
        )


class HoldRepository:
    """The legal holds on the complaints that one actor can see."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    def add(self, hold: LegalHold) -> None:
        self.session.add(hold)

    async def get(self, subject_id: UUID, hold_id: UUID) -> LegalHold:
        """One hold of this complaint, locked to be changed."""
        query = self._visible().where(LegalHold.subject_id == subject_id, LegalHold.id == hold_id)
        hold = await self.session.scalar(query.with_for_update())
        if hold is None:
            raise NotFound
        return hold

    async def of(self, subject_id: UUID, wanted: Slice) -> Found[LegalHold]:
        query = self._visible().where(LegalHold.subject_id == subject_id)
        return await newest_first(self.session, query, (LegalHold.placed_at, LegalHold.id), wanted)

    async def is_held(self, subject_id: UUID) -> bool:
        query = self._visible().where(
            LegalHold.subject_id == subject_id, LegalHold.released_at.is_(None)
        )
        return await self.session.scalar(query.limit(1)) is not None

    def _visible(self) -> Select[LegalHold]:
        return select(LegalHold).where(
            visible_to(self.actor, LegalHold.subject_id, LegalHold.region_code)
        )
