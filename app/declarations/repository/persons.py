from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.declarations.models.declarations import Signature, Signer

_BATCH: Final = 200
# On Citus such a statement asks every shard; on one PostgreSQL it costs the same.
_FAN_OUT: Final = {"fan_out": True}


class SealedSigner(NamedTuple):
    """Who signed, as it lies in the tables."""

    id: UUID
    person_key: bytes
    sealed: bytes


class PersonRepository:
    """The blind indexes of those who signed, as far as they are not under this index key."""

    def __init__(self, session: AsyncSession, key_id: UUID) -> None:
        self.session = session
        self.key_id = key_id
        self.waits = Signature.key_id != key_id

    async def count(self) -> int:
        query = select(func.count()).select_from(Signature).where(self.waits)
        return await self.session.scalar(query, execution_options=_FAN_OUT) or 0

    async def regions(self) -> Sequence[int]:
        query = select(Signature.region_id).where(self.waits).distinct()
        return (await self.session.scalars(query, execution_options=_FAN_OUT)).all()

    async def following(self, region_id: int, last: UUID | None) -> Sequence[SealedSigner]:
        """The next signers of a region, in the order of their ids."""
        own = (Signer.region_id == Signature.region_id) & (Signer.signature_id == Signature.id)
        query = select(Signature.id, Signature.person_key, Signer.sealed).join(Signer, own)
        query = query.where(Signature.region_id == region_id, self.waits)
        if last is not None:
            query = query.where(Signature.id > last)
        rows = await self.session.execute(query.order_by(Signature.id).limit(_BATCH))
        return [SealedSigner(*row) for row in rows]

    async def rekey(self, region_id: int, persons: Mapping[UUID, bytes]) -> None:
        change = (
            update(Signature.__table__)  # type: ignore[arg-type]
            .where(Signature.region_id == region_id, Signature.id == bindparam("signature"))
            .values(key_id=self.key_id, person_key=bindparam("person"))
        )
        rows = [{"signature": id, "person": person} for id, person in persons.items()]
        await self.session.execute(change, rows)
