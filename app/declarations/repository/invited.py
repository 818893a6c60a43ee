from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.declarations.models.declarations import Signature, Target
from app.declarations.rules.kinds import SignatureState

_FAN_OUT: Final = {"fan_out": True}


class InvitedRepository:
    """Those on the rosters of declarations that the reader was allowed to open."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def at(self, region_id: int, target_id: UUID) -> Target | None:
        query = select(Target).where(Target.region_id == region_id, Target.id == target_id)
        return await self.session.scalar(query)

    async def like(
        self, declaration_id: UUID, region_id: int, marks: Collection[bytes], office: str, most: int
    ) -> Sequence[Target]:
        """Those of a region with one of these marks or of this office, those with a mark first."""
        is_same = Target.person_key.in_(marks)
        query = select(Target).where(
            Target.declaration_id == declaration_id,
            Target.region_id == region_id,
            Target.salt.is_not(None),
            or_(is_same, Target.office == office),
        )
        return (
            await self.session.scalars(query.order_by(is_same.desc(), Target.id).limit(most))
        ).all()

    async def signed_of(self, targets: Collection[Target]) -> set[UUID]:
        """Which of these targets have a valid signature, by themselves or by the open link."""
        keys = [(each.region_id, each.id) for each in targets]
        valid = Signature.state == SignatureState.VALID
        own = select(Signature.id).where(tuple_(Signature.region_id, Signature.id).in_(keys), valid)
        other = select(Signature.stands_for).where(
            tuple_(Signature.region_id, Signature.stands_for).in_(keys), valid
        )
        return set((await self.session.scalars(own.union_all(other))).all())

    async def following(
        self,
        declaration_id: UUID,
        office: str | None,
        last: Target | None,
        most: int,
        *,
        only_unsigned: bool,
    ) -> Sequence[Target]:
        """The next targets of a declaration by region and office, as its index has them."""
        order = (Target.region_id, Target.office, Target.id)
        query = select(Target).where(*_of(declaration_id, office))
        if only_unsigned:
            query = query.where(~_has_signed())
        if last is not None:
            query = query.where(tuple_(*order) > (last.region_id, last.office, last.id))
        everywhere = query.order_by(*order).limit(most).execution_options(fan_out=True)
        return (await self.session.scalars(everywhere)).all()

    async def count(self, declaration_id: UUID, office: str | None) -> int:
        query = select(func.count()).select_from(Target).where(*_of(declaration_id, office))
        return await self.session.scalar(query, execution_options=_FAN_OUT) or 0


def _of(declaration_id: UUID, office: str | None) -> list[ColumnElement[bool]]:
    # Who was erased gets no link: nobody is known to hand it to.
    whole = [Target.declaration_id == declaration_id, Target.salt.is_not(None)]
    return whole if office is None else [*whole, Target.office == office]


def _has_signed() -> ColumnElement[bool]:
    """By himself, whatever became of it, or by a valid signature that stands for him."""
    here = Signature.region_id == Target.region_id
    stands = and_(Signature.stands_for == Target.id, Signature.state == SignatureState.VALID)
    return or_(exists().where(here, Signature.id == Target.id), exists().where(here, stands))
