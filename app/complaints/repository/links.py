from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Subquery, Uuid, and_, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.models.complaints import Complaint
from app.complaints.models.links import ComplaintLink
from app.complaints.rules.links import MOST_MEMBERS, LinkState
from app.core.actors import Actor
from app.core.visibility import visible_to

_STANDS: Final = ComplaintLink.ended_at.is_(None)


class LinkRepository:
    """What stands between the complaints that one actor can see."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    def add(self, link: ComplaintLink) -> None:
        self.session.add(link)

    async def between(self, pair: tuple[UUID, UUID]) -> ComplaintLink | None:
        """The word that stands; read it with both complaints locked."""
        query = select(ComplaintLink).where(
            ComplaintLink.one_id == pair[0], ComplaintLink.other_id == pair[1], _STANDS
        )
        return await self.session.scalar(query)

    async def end(self, link: ComplaintLink, at: datetime) -> None:
        link.ended_at, link.ended_by_id = at, self.actor.id
        # At once: of one pair, no two may stand when the next is inserted.
        await self.session.flush()

    async def members_with(self, complaint_id: UUID) -> Sequence[UUID]:
        """The complaints joined with this one, itself included, by confirmed links of which the
        actor can see both ends: what is out of sight joins nothing for him.

        PostgreSQL reads no more of a recursion than is asked for.
        """
        member = self._cluster(complaint_id)
        return (await self.session.scalars(select(member.c.id).limit(MOST_MEMBERS + 1))).all()

    async def confirmed_among(self, ids: Collection[UUID]) -> Sequence[ComplaintLink]:
        query = select(ComplaintLink).where(
            ComplaintLink.one_id.in_(ids),
            ComplaintLink.other_id.in_(ids),
            ComplaintLink.state == LinkState.CONFIRMED,
            _STANDS,
        )
        return (await self.session.scalars(query.order_by(ComplaintLink.at))).all()

    async def rejected_with(self, complaint_id: UUID) -> Sequence[ComplaintLink]:
        here = or_(ComplaintLink.one_id == complaint_id, ComplaintLink.other_id == complaint_id)
        query = select(ComplaintLink).where(
            here, ComplaintLink.state == LinkState.REJECTED, _STANDS
        )
        return (await self.session.scalars(query.order_by(ComplaintLink.at))).all()

    async def rows(self, ids: Collection[UUID]) -> Sequence[Complaint]:
        """Of these complaints those that can be seen, newest first."""
        if not ids:
            return []
        query = select(Complaint).where(Complaint.id.in_(ids), self._is_visible())
        ordered = query.order_by(Complaint.submitted_at.desc(), Complaint.id.desc())
        return (await self.session.scalars(ordered)).all()

    def _cluster(self, complaint_id: UUID) -> CTE:
        member = select(literal(complaint_id, Uuid()).label("id")).cte("member", recursive=True)
        end = _ends()
        return member.union(
            select(Complaint.id)
            .select_from(member)
            .join(end, end.c.id == member.c.id)
            .join(Complaint, and_(Complaint.id == end.c.with_id, self._is_visible()))
        )

    def _is_visible(self) -> ColumnElement[bool]:
        return visible_to(self.actor, Complaint.id, Complaint.region_code)


def _ends() -> Subquery:
    """Every confirmed link from both of its ends, so that each is found by an index."""
    one, other = ComplaintLink.one_id, ComplaintLink.other_id
    confirmed = and_(ComplaintLink.state == LinkState.CONFIRMED, _STANDS)
    return union_all(
        select(one.label("id"), other.label("with_id")).where(confirmed),
        select(other.label("id"), one.label("with_id")).where(confirmed),
    ).subquery("end_of_link")
