from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor, ActorKind
from app.core.errors import NotFound
from app.core.paging import Found, Slice, newest_first
from app.core.visibility import visible_to
from app.evidence.models import Evidence, Upload

_BY: Final = (Evidence.received_at, Evidence.id)


class EvidenceRepository:
    """The sealed files of the complaints that one actor can see."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    def add(self, evidence: Evidence) -> None:
        self.session.add(evidence)

    async def with_id(self, evidence_id: UUID) -> Evidence | None:
        return await self.session.scalar(self._visible().where(Evidence.id == evidence_id))

    async def get(self, evidence_id: UUID) -> Evidence:
        evidence = await self.with_id(evidence_id)
        if evidence is None:
            raise NotFound
        return evidence

    async def of(self, subject_id: UUID) -> Sequence[Evidence]:
        """The evidence of one complaint, in the order in which it came."""
        query = self._visible().where(Evidence.subject_id == subject_id)
        return (await self.session.scalars(query.order_by(Evidence.received_at, Evidence.id))).all()

    async def among(self, subject_id: UUID, evidence_ids: Collection[UUID]) -> dict[UUID, Evidence]:
        """Those of these files that belong to this subject."""
        query = self._visible().where(
            Evidence.subject_id == subject_id, Evidence.id.in_(evidence_ids)
        )
        return {each.id: each for each in await self.session.scalars(query)}

    async def page(self, subject_id: UUID, wanted: Slice) -> Found[Evidence]:
        query = self._visible().where(Evidence.subject_id == subject_id)
        return await newest_first(self.session, query, _BY, wanted)

    async def page_of_reporter(self, subject_id: UUID, wanted: Slice) -> Found[Evidence]:
        """What came by the receipt; what officers added to a report is not its reporter's."""
        own = select(Upload.id).where(
            Upload.subject_id == subject_id, Upload.actor_kind == ActorKind.RECEIPT
        )
        query = self._visible().where(Evidence.subject_id == subject_id, Evidence.id.in_(own))
        return await newest_first(self.session, query, _BY, wanted)

    async def in_all(self, subject_ids: Collection[UUID]) -> Sequence[Evidence]:
        query = self._visible().where(Evidence.subject_id.in_(subject_ids))
        return (await self.session.scalars(query)).all()

    async def hash_indexes(self, subject_id: UUID) -> set[bytes]:
        """The blind indexes of the hashes: equal files of two complaints have an equal one."""
        return {each.content_index for each in await self.of(subject_id)}

    def _visible(self) -> Select[Evidence]:
        return select(Evidence).where(
            visible_to(self.actor, Evidence.subject_id, Evidence.region_code)
        )
