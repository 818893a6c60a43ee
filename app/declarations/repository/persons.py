from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import LargeBinary, Uuid, and_, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.arrays import bound, given
from app.declarations.models.declarations import Signature, Signer, Target

_BATCH: Final = 200
# On Citus such a statement asks every shard; on one PostgreSQL it costs the same.
_FAN_OUT: Final = {"fan_out": True}


class SealedPerson(NamedTuple):
    """Who signed or should sign, as it lies in the tables."""

    id: UUID
    declaration_id: UUID
    person_key: bytes
    sealed: bytes | None


class PersonRepository:
    """The blind indexes of those who signed or should sign, as far as they are not under this
    index key."""

    def __init__(self, session: AsyncSession, key_id: UUID, kind: type[Signature | Target]) -> None:
        self.session = session
        self.key_id = key_id
        self.kind = kind
        self.waits = kind.key_id != key_id

    async def count(self) -> int:
        query = select(func.count()).select_from(self.kind).where(self.waits)
        return await self.session.scalar(query, execution_options=_FAN_OUT) or 0

    async def regions(self) -> Sequence[int]:
        query = select(self.kind.region_id).where(self.waits).distinct()
        return (await self.session.scalars(query, execution_options=_FAN_OUT)).all()

    async def following(self, region_id: int, last: UUID | None) -> Sequence[SealedPerson]:
        """The next of a region, in the order of their ids."""
        query = self._persons().where(self.kind.region_id == region_id, self.waits)
        if last is not None:
            query = query.where(self.kind.id > last)
        rows = await self.session.execute(query.order_by(self.kind.id).limit(_BATCH))
        return [SealedPerson(*row) for row in rows]

    async def rekey(self, region_id: int, persons: Mapping[SealedPerson, bytes]) -> None:
        """Give them these indexes; whoever was erased meanwhile is left for the next round."""
        fresh = given("fresh", id=Uuid(), before=LargeBinary(), person_key=LargeBinary())
        change = (
            update(self.kind)
            .where(
                self.kind.region_id == bindparam("in"),
                self.kind.id == fresh.c.id,
                self.kind.person_key == fresh.c.before,
            )
            .values(key_id=self.key_id, person_key=fresh.c.person_key)
        )
        values = bound(
            "fresh",
            id=(each.id for each in persons),
            before=(each.person_key for each in persons),
            person_key=persons.values(),
        )
        options = {"synchronize_session": False}
        await self.session.execute(change, values | {"in": region_id}, execution_options=options)

    def _persons(self) -> Any:
        """Who signed as a target is that target."""
        if self.kind is Target:
            return select(Target.id, Target.declaration_id, Target.person_key, Target.sealed)
        by_link = and_(Signer.region_id == Signature.region_id, Signer.signature_id == Signature.id)
        target = and_(Target.region_id == Signature.region_id, Target.id == Signature.id)
        sealed = func.coalesce(Signer.sealed, Target.sealed)
        query = select(Signature.id, Signature.declaration_id, Signature.person_key, sealed)
        return query.outerjoin(Signer, by_link).outerjoin(Target, target)
