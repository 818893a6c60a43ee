from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.rules.decisions import Category, SubjectGroup
from app.core.paging import Found, Slice, cursor_after, place_of
from app.referrals.models.law import StoredAuthority, StoredSanctionKind
from app.referrals.rules.authorities import Authority
from app.referrals.rules.sanctions import SanctionKind
from app.referrals.schemas.law import AuthorityFilter, SanctionKindFilter

T = TypeVar("T", StoredAuthority, StoredSanctionKind)


class LawRepository:
    """Authorities and kinds of sanctions in all their versions, the same for every reader."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def authorities(self) -> list[Authority]:
        return [authority_of(row) for row in await self.session.scalars(select(StoredAuthority))]

    async def sanction_kinds(self) -> list[SanctionKind]:
        return [sanction_of(row) for row in await self.session.scalars(select(StoredSanctionKind))]

    async def find_authorities(self, wanted: AuthorityFilter) -> Found[StoredAuthority]:
        query = select(StoredAuthority)
        if wanted.category is not None:
            query = query.where(StoredAuthority.categories.contains([wanted.category]))
        if wanted.group is not None:
            everybody = StoredAuthority.groups == []
            query = query.where(or_(everybody, StoredAuthority.groups.contains([wanted.group])))
        if wanted.on is not None:
            query = query.where(*_in_force(StoredAuthority, wanted.on))
        return await self._page(query, StoredAuthority, wanted)

    async def find_sanction_kinds(self, wanted: SanctionKindFilter) -> Found[StoredSanctionKind]:
        query = select(StoredSanctionKind)
        if wanted.ladder is not None:
            query = query.where(StoredSanctionKind.ladder == wanted.ladder)
        if wanted.group is not None:
            query = query.where(StoredSanctionKind.groups.contains([wanted.group]))
        if wanted.on is not None:
            query = query.where(*_in_force(StoredSanctionKind, wanted.on))
        return await self._page(query, StoredSanctionKind, wanted)

    async def put_authority(self, row: Authority) -> None:
        await self.session.merge(_stored_authority(row))

    async def put_sanction_kind(self, row: SanctionKind) -> None:
        await self.session.merge(_stored_sanction(row))

    async def _page(self, query: Select[T], kind: type[T], wanted: Slice) -> Found[T]:
        """In the order of code and version."""
        total = select(func.count()).select_from(query.subquery())
        ordered = query.order_by(kind.code, kind.version)
        if wanted.cursor:
            ordered = ordered.where(tuple_(kind.code, kind.version) > place_of(wanted, _place))
        rows = (await self.session.scalars(ordered.limit(wanted.limit + 1))).all()
        page = rows[: wanted.limit]
        last = page[-1] if len(rows) > wanted.limit else None
        after = cursor_after(wanted, last.code, str(last.version)) if last else None
        return Found(page, after, await self.session.scalar(total) if wanted.count else None)


def _in_force(
    kind: type[StoredAuthority] | type[StoredSanctionKind], on: date
) -> Sequence[ColumnElement[bool]]:
    return kind.valid_from <= on, or_(kind.valid_to.is_(None), kind.valid_to >= on)


def _place(code: str, version: str) -> tuple[str, int]:
    return code, int(version)


def authority_of(row: StoredAuthority) -> Authority:
    return Authority(
        code=row.code,
        version=row.version,
        name_id=row.name_id,
        name_en=row.name_en,
        flow=row.flow,
        instrument=row.instrument,
        categories=tuple(Category(each) for each in row.categories),
        groups=tuple(SubjectGroup(each) for each in row.groups),
        office_kind=row.office_kind,
        source=row.source,
        confidence=row.confidence,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def sanction_of(row: StoredSanctionKind) -> SanctionKind:
    return SanctionKind(
        code=row.code,
        version=row.version,
        ladder=row.ladder,
        severity=row.severity,
        name_id=row.name_id,
        name_en=row.name_en,
        least_months=row.least_months,
        most_months=row.most_months,
        groups=tuple(SubjectGroup(each) for each in row.groups),
        instrument=row.instrument,
        source=row.source,
        confidence=row.confidence,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _stored_authority(row: Authority) -> StoredAuthority:
    return StoredAuthority(
        code=row.code,
        version=row.version,
        name_id=row.name_id,
        name_en=row.name_en,
        flow=row.flow,
        instrument=row.instrument,
        categories=list(row.categories),
        groups=list(row.groups),
        office_kind=row.office_kind,
        source=row.source,
        confidence=row.confidence,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _stored_sanction(row: SanctionKind) -> StoredSanctionKind:
    return StoredSanctionKind(
        code=row.code,
        version=row.version,
        ladder=row.ladder,
        severity=row.severity,
        name_id=row.name_id,
        name_en=row.name_en,
        least_months=row.least_months,
        most_months=row.most_months,
        groups=list(row.groups),
        instrument=row.instrument,
        source=row.source,
        confidence=row.confidence,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
