from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case
from app.cases.models.violations import Classification, StoredViolationKind
from app.cases.rules.decisions import SubjectGroup
from app.cases.rules.violations import Act, StageOfAct, ViolationKind
from app.cases.schemas.violations import ViolationKindFilter
from app.core.errors import NotFound
from app.core.paging import Found, Slice, count, cursor_after, newest_first, place_of
from app.core.texts import Text

_KIND = StoredViolationKind


class CatalogueRepository:
    """The catalogue of violation kinds, the same for every reader."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def of_act(self, act: Act) -> list[ViolationKind]:
        """Every version of the kinds of one act, by code and version."""
        query = select(_KIND).where(_KIND.act == act).order_by(_KIND.code, _KIND.version)
        return [kind_of(row) for row in await self.session.scalars(query)]

    async def named(self, codes: Sequence[str]) -> dict[str, ViolationKind]:
        """By code, the newest version of each kind that exists."""
        query = select(_KIND).where(_KIND.code.in_(codes)).order_by(_KIND.version)
        return {row.code: kind_of(row) for row in await self.session.scalars(query)}

    async def find(self, wanted: ViolationKindFilter) -> Found[ViolationKind]:
        """One page in the order of code and version."""
        query = _chosen(wanted)
        total = await count(self.session, query) if wanted.count else None
        if wanted.cursor:
            query = query.where(tuple_(_KIND.code, _KIND.version) > place_of(wanted, _place))
        query = query.order_by(_KIND.code, _KIND.version).limit(wanted.limit + 1)
        rows = (await self.session.scalars(query)).all()
        page = [kind_of(row) for row in rows[: wanted.limit]]
        last = page[-1] if len(rows) > wanted.limit else None
        after = cursor_after(wanted, last.code, str(last.version)) if last else None
        return Found(page, after, total)

    async def put(self, kind: ViolationKind) -> None:
        await self.session.merge(_stored(kind))


class ClassificationRepository:
    """The classifications of a case, which whoever asks has been shown to see."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, row: Classification) -> None:
        self.session.add(row)

    async def get(self, case: Case, classification_id: UUID) -> Classification:
        query = _of(case).where(Classification.id == classification_id)
        row = await self.session.scalar(query.with_for_update())
        if row is None:
            raise NotFound
        return row

    async def find(self, case: Case, wanted: Slice) -> Found[Classification]:
        by = (Classification.classified_at, Classification.id)
        return await newest_first(self.session, _of(case), by, wanted)

    async def stands(self, row: Classification) -> bool:
        """Whether the person has this kind of that day already, and it was not reversed."""
        query = select(func.count()).where(
            Classification.case_id == row.case_id,
            Classification.person_id == row.person_id,
            Classification.violation_kind == row.violation_kind,
            Classification.acted_on == row.acted_on,
            Classification.reversed_at.is_(None),
        )
        return bool(await self.session.scalar(query))


def _of(case: Case) -> Select[Classification]:
    return select(Classification).where(Classification.case_id == case.id)


def _chosen(wanted: ViolationKindFilter) -> Select[StoredViolationKind]:
    query = select(_KIND)
    if wanted.on is not None:
        lasts = or_(_KIND.valid_to.is_(None), _KIND.valid_to >= wanted.on)
        query = query.where(_KIND.valid_from <= wanted.on, lasts)
    if wanted.act is not None:
        query = query.where(_KIND.act == wanted.act)
    if wanted.stage is not None:
        query = query.where(_KIND.stage.in_((wanted.stage, StageOfAct.ANY)))
    if wanted.group is not None:
        binds = _KIND.groups.contains([wanted.group.value])
        query = query.where(or_(binds, func.jsonb_array_length(_KIND.groups) == 0))
    return query


def _place(code: str, version: str) -> tuple[str, int]:
    return code, int(version)


def _stored(kind: ViolationKind) -> StoredViolationKind:
    return StoredViolationKind(
        code=kind.code,
        version=kind.version,
        act=kind.act,
        family=kind.family,
        stage=kind.stage,
        severity=kind.severity,
        name_id=kind.name.id,
        name_en=kind.name.en,
        penalty_id=kind.penalty.id,
        penalty_en=kind.penalty.en,
        legal_basis=list(kind.legal_basis),
        groups=[each.value for each in kind.groups],
        source=kind.source,
        confidence=kind.confidence,
        valid_from=kind.valid_from,
        valid_to=kind.valid_to,
    )


def kind_of(row: StoredViolationKind) -> ViolationKind:
    return ViolationKind(
        code=row.code,
        version=row.version,
        act=row.act,
        family=row.family,
        stage=row.stage,
        severity=row.severity,
        name=Text(row.name_id, row.name_en),
        penalty=Text(row.penalty_id, row.penalty_en),
        legal_basis=tuple(row.legal_basis),
        groups=tuple(SubjectGroup(each) for each in row.groups),
        source=row.source,
        confidence=row.confidence,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
