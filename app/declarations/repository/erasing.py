from typing import Any, Final
from uuid import UUID

from sqlalchemy import Delete, Update, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.places import Place
from app.declarations.models.declarations import Signature, Signer, Target
from app.declarations.models.room import SignatureCapture, SignatureMark

# On Citus such a statement asks every shard; on one PostgreSQL it costs the same.
_FAN_OUT: Final = {"fan_out": True}


class ErasureRepository:
    """Where a person is known, and how that ends."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def place_of(self, declaration_id: UUID, person_id: UUID) -> Place | None:
        for kind in (Target, Signature):
            query = select(kind.region_id, kind.region_code).where(
                kind.declaration_id == declaration_id, kind.id == person_id
            )
            row = (await self.session.execute(query, execution_options=_FAN_OUT)).first()
            if row is not None:
                return Place(*row)
        return None

    async def erase(self, region_id: int, person_id: UUID, key: bytes, sealed: bytes) -> None:
        """Forget the salt, the person and its blind index, wherever this id has them, with what
        the person drew and what would tell again what was sent of it."""
        gone: Any = {"salt": None, "sealed": sealed}
        changes: tuple[Update | Delete, ...] = (
            update(Target)
            .where(Target.region_id == region_id, Target.id == person_id)
            .values(person_key=key, **gone),
            update(Signature)
            .where(Signature.region_id == region_id, Signature.id == person_id)
            .values(person_key=key),
            update(Signer)
            .where(Signer.region_id == region_id, Signer.signature_id == person_id)
            .values(**gone),
            update(SignatureCapture)
            .where(SignatureCapture.region_id == region_id, SignatureCapture.id == person_id)
            .values(body_mac=None),
            delete(SignatureMark).where(
                SignatureMark.region_id == region_id, SignatureMark.id == person_id
            ),
        )
        for change in changes:
            await self.session.execute(change)
