from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    Uuid,
    bindparam,
    delete,
    exists,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.arrays import bound, given, insert_each
from app.core.errors import NotFound
from app.core.paging import Found, count, cursor_after, place_of
from app.core.places import area_of
from app.declarations.models.counts import CoveredTarget
from app.declarations.models.declarations import Signature, Target
from app.declarations.repository.covering import has_signed
from app.declarations.rules.kinds import Group
from app.declarations.schemas.rosters import TargetFilter
from app.regions.models import Region

# On Citus such a statement asks every shard; on one PostgreSQL it costs the same.
_FAN_OUT: Final = {"fan_out": True}
_NAMES: Final = tuple(column.key for column in Target.__table__.columns)
_PLACE: Final = (Target.region_id, Target.office, Target.id)


class RosterRepository:
    """Who should sign declarations that the reader was allowed to open."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def get(self, declaration_id: UUID, target_id: UUID) -> Target:
        query = select(Target).where(
            Target.declaration_id == declaration_id, Target.id == target_id
        )
        target = await self.session.scalar(query, execution_options=_FAN_OUT)
        if target is None:
            raise NotFound
        return target

    async def find(self, declaration_id: UUID, wanted: TargetFilter) -> Found[Target]:
        """In the order of regions, offices and ids."""
        query = _wanted(declaration_id, wanted).execution_options(**_FAN_OUT)
        total = await count(self.session, query) if wanted.count else None
        if wanted.cursor is not None:
            query = query.where(tuple_(*_PLACE) > tuple_(*place_of(wanted, _place)))
        rows = (await self.session.scalars(query.order_by(*_PLACE).limit(wanted.limit + 1))).all()
        page = rows[: wanted.limit]
        last = page[-1] if len(rows) > wanted.limit else None
        place = (str(last.region_id), last.office, last.id.hex) if last else ()
        return Found(page, cursor_after(wanted, *place) if last else None, total)

    async def covered(self, targets: Sequence[Target]) -> set[UUID]:
        """Those of them for whom a valid signature was counted."""
        keys = [(target.region_id, target.id) for target in targets]
        query = select(CoveredTarget.target_id).where(
            tuple_(CoveredTarget.region_id, CoveredTarget.target_id).in_(keys)
        )
        return set(await self.session.scalars(query))

    async def has_signed(self, target: Target, marks: Collection[bytes]) -> bool:
        """Whether a signature stands for it, under any of these indexes and whatever became of it,
        or it is counted as signed."""
        marked = exists().where(
            Signature.region_id == Target.region_id,
            Signature.declaration_id == Target.declaration_id,
            Signature.person_key.in_(marks),
        )
        query = select(or_(has_signed(validly=False), marked, _is_covered())).where(
            Target.region_id == target.region_id, Target.id == target.id
        )
        return bool(await self.session.scalar(query))

    async def listed(
        self, declaration_id: UUID, marks: Sequence[tuple[int, int, bytes]]
    ) -> set[int]:
        """Of these places, each with a region and a person's index: those who are on the roster."""
        places, regions, keys = zip(*marks, strict=True) if marks else ((), (), ())
        values = bound("person", place=places, region_id=regions, person_key=keys)
        found = await self.session.scalars(_listed(), values | {"of": declaration_id})
        return set(found)

    async def placements(self, codes: Collection[str]) -> dict[str, int]:
        query = select(Region.code, Region.placement_id).where(Region.code.in_(codes))
        return dict((await self.session.execute(query)).all())

    async def add(self, targets: Sequence[Target]) -> None:
        rows = ([getattr(target, name) for name in _NAMES] for target in targets)
        await insert_each(self.session, Target, _NAMES, rows)

    async def remove(self, target: Target) -> None:
        here = (Target.region_id == target.region_id, Target.id == target.id)
        await self.session.execute(delete(Target).where(*here))

    async def signature(self, declaration_id: UUID, signature_id: UUID) -> Signature | None:
        query = select(Signature).where(
            Signature.declaration_id == declaration_id, Signature.id == signature_id
        )
        return await self.session.scalar(query, execution_options=_FAN_OUT)


def _wanted(declaration_id: UUID, wanted: TargetFilter) -> Select[Target]:
    query = select(Target).where(Target.declaration_id == declaration_id)
    if wanted.region is not None:
        query = query.where(Target.region_code.startswith(area_of(wanted.region)))
    if wanted.office is not None:
        query = query.where(Target.office == wanted.office)
    if wanted.group is not None:
        query = query.where(Target.group == Group(wanted.group))
    if wanted.has_signed is not None:
        query = query.where(_is_covered() if wanted.has_signed else ~_is_covered())
    return query


def _is_covered() -> ColumnElement[bool]:
    return exists().where(
        CoveredTarget.region_id == Target.region_id, CoveredTarget.target_id == Target.id
    )


def _place(region_id: str, office: str, id: str) -> tuple[int, str, UUID]:
    return int(region_id), str(office), UUID(hex=id)


@cache
def _listed() -> Any:
    asked = given("person", place=Integer(), region_id=Integer(), person_key=LargeBinary())
    return select(asked.c.place).join(
        Target,
        (Target.region_id == asked.c.region_id)
        & (Target.declaration_id == bindparam("of", type_=Uuid()))
        & (Target.person_key == asked.c.person_key),
    )
