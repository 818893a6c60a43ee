from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.models.complaints import Complaint
from app.complaints.models.search import ComplaintMarks
from app.complaints.rules.leads import region_around
from app.complaints.rules.likeness import NEAR_DAYS
from app.core.actors import Actor
from app.core.remembered import Remembered
from app.core.visibility import visible_to


class Candidate(NamedTuple):
    """As much of another complaint as it is compared by."""

    id: UUID
    occurred_on: date
    region_code: str
    marks: list[int]


_MOST: Final = 200
"""How many are compared one by one: each brings a hundred marks."""
_GUARD: Final = 5_000
"""Where the statistics are wrong, a look-up ends all the same."""

# Behind the frequencies of the listed elements stands the least of them (pg_stats).
_STATISTICS: Final = text(
    """
    SELECT greatest(pg_class.reltuples, 0), most_common_elems::text::bigint[],
        most_common_elem_freqs
    FROM pg_class LEFT JOIN pg_stats
        ON schemaname = current_schema() AND tablename = 'complaint_marks' AND attname = 'marks'
    WHERE pg_class.oid = 'complaint_marks'::regclass
    """
)


class Statistics(NamedTuple):
    """How many complaints there are, and the share of them that have a mark.

    Only the most common marks are listed; no other one is more frequent than `unlisted`.
    """

    rows: float
    listed: dict[int, float]
    unlisted: float


STATISTICS: Final = Remembered[Statistics]()
"""Read for each comparison they would take as long as the rest of it."""


class CandidateRepository:
    """Complaints that share marks with another one, as far as one actor can see."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    async def statistics(self) -> Statistics:
        """What PostgreSQL itself noted of the marks when it last looked at the table."""
        return STATISTICS.get("") or STATISTICS.keep("", await self._read_statistics())

    async def _read_statistics(self) -> Statistics:
        rows, marks, shares = (await self.session.execute(_STATISTICS)).one()
        if marks is None:
            return Statistics(rows, {}, 0.0)
        return Statistics(rows, dict(zip(marks, shares, strict=False)), shares[len(marks)])

    async def anywhere(
        self, near: Complaint, marks: Collection[int], but: Collection[UUID]
    ) -> Sequence[Candidate]:
        return await self._sharing(near, marks, ComplaintMarks.id.not_in(but))

    async def near_by(
        self, near: Complaint, marks: Collection[int], but: Collection[UUID]
    ) -> Sequence[Candidate]:
        """In the same region, and within a few days."""
        days = timedelta(days=NEAR_DAYS)
        return await self._sharing(
            near,
            marks,
            ComplaintMarks.id.not_in(but),
            ComplaintMarks.region_code.startswith(region_around(near.region_code)),
            ComplaintMarks.occurred_on.between(near.occurred_on - days, near.occurred_on + days),
        )

    async def _sharing(
        self, near: Complaint, marks: Collection[int], *also: ColumnElement[bool]
    ) -> Sequence[Candidate]:
        """The nearest in time first, the newest of them before the others."""
        if not marks:
            return []
        hit = self._hits(near, marks, also)
        ordered = select(hit).order_by(hit.c.apart, hit.c.submitted_at.desc())
        nearest = ordered.limit(_MOST).subquery("nearest")
        # Once more by the complaint itself: its marks follow a change of place only later.
        query = (
            select(Complaint.id, Complaint.occurred_on, Complaint.region_code, nearest.c.marks)
            .join(nearest, nearest.c.id == Complaint.id)
            .where(visible_to(self.actor, Complaint.id, Complaint.region_code))
        )
        return [Candidate(*row) for row in await self.session.execute(query)]

    def _hits(
        self, near: Complaint, marks: Collection[int], also: Collection[ColumnElement[bool]]
    ) -> CTE:
        """Found by the index on marks before they are put in order: with the order in sight, the
        planner would walk down the index on time until it had met enough of them."""
        apart = func.abs(ComplaintMarks.occurred_on - near.occurred_on)
        query = select(
            ComplaintMarks.id,
            ComplaintMarks.marks,
            ComplaintMarks.submitted_at,
            apart.label("apart"),
        ).where(
            ComplaintMarks.marks.overlap(list(marks)),
            visible_to(self.actor, ComplaintMarks.id, ComplaintMarks.region_code),
            *also,
        )
        return query.limit(_GUARD).cte("hit").prefix_with("MATERIALIZED")
