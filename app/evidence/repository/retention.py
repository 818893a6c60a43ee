from collections.abc import Sequence

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.paging import Found, Slice, cursor_after, place_of
from app.evidence.models import StoredRetention
from app.evidence.rules.retention import RetentionRule


class RetentionRepository:
    """The retention rules, the same for every reader."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def rules(self) -> Sequence[RetentionRule]:
        return [_rule(row) for row in await self.session.scalars(select(StoredRetention))]

    async def find(self, wanted: Slice) -> Found[StoredRetention]:
        """One page in the order of code and version."""
        key = tuple_(StoredRetention.code, StoredRetention.version)
        query = select(StoredRetention).order_by(StoredRetention.code, StoredRetention.version)
        total = select(func.count()).select_from(StoredRetention)
        if wanted.cursor:
            query = query.where(key > place_of(wanted, _place))
        rows = (await self.session.scalars(query.limit(wanted.limit + 1))).all()
        page = rows[: wanted.limit]
        last = page[-1] if len(rows) > wanted.limit else None
        after = cursor_after(wanted, last.code, str(last.version)) if last else None
        return Found(page, after, await self.session.scalar(total) if wanted.count else None)

    async def put(self, rule: RetentionRule) -> None:
        await self.session.merge(
            StoredRetention(
                code=rule.code,
                version=rule.version,
                evidence_class=rule.evidence_class,
                years=rule.years,
                start_event=rule.start_event,
                source=rule.source,
                confidence=rule.confidence,
                valid_from=rule.valid_from,
                valid_to=rule.valid_to,
            )
        )


def _place(code: str, version: str) -> tuple[str, int]:
    return code, int(version)


def _rule(row: StoredRetention) -> RetentionRule:
    return RetentionRule(
        code=row.code,
        version=row.version,
        evidence_class=row.evidence_class,
        years=row.years,
        start_event=row.start_event,
        source=row.source,
        confidence=row.confidence,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
