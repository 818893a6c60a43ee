from collections.abc import Collection
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import Delete, Update, case, delete, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.declarations.models.declarations import Signature, Signer, Target
from app.declarations.models.room import SignatureCapture, SignatureMark
from app.declarations.models.signing import SignatureReason
from app.declarations.rules.kinds import Check

# On Citus such a statement asks every shard; on one PostgreSQL it costs the same.
_FAN_OUT: Final = {"fan_out": True}


class Known(NamedTuple):
    """A row under which a person is known in a declaration, and the target whom it stands for; the
    index of a post is that of nobody."""

    region_id: int
    region_code: str
    id: UUID
    stands_for: UUID | None
    person_key: bytes | None


class ErasureRepository:
    """Where a person is known, and how that ends."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def known(
        self, declaration_id: UUID, ids: Collection[UUID], marks: Collection[bytes]
    ) -> list[Known]:
        """The targets and signatures of a declaration with one of these ids or marks, or that
        stand for one of these ids; who was rejected stands for nobody."""
        stands_for = case((Signature.check != Check.REJECTED, Signature.stands_for))
        query = select(
            Signature.region_id,
            Signature.region_code,
            Signature.id,
            stands_for,
            Signature.person_key,
        ).where(
            Signature.declaration_id == declaration_id,
            or_(Signature.id.in_(ids), Signature.person_key.in_(marks), stands_for.in_(ids)),
        )
        person_key = case((~Target.needs_name, Target.person_key))
        listed = select(Target.region_id, Target.region_code, Target.id, null(), person_key).where(
            Target.declaration_id == declaration_id,
            or_(Target.id.in_(ids), Target.person_key.in_(marks)),
        )
        rows = [
            *await self.session.execute(query, execution_options=_FAN_OUT),
            *await self.session.execute(listed, execution_options=_FAN_OUT),
        ]
        return [Known(*row) for row in rows]

    async def papers_of(self, region_id: int, person_id: UUID) -> UUID | None:
        """The file on which the person can be seen."""
        query = select(SignatureCapture.evidence_id).where(
            SignatureCapture.region_id == region_id, SignatureCapture.id == person_id
        )
        return await self.session.scalar(query)

    async def erase(self, region_id: int, person_id: UUID, key: bytes, sealed: bytes) -> None:
        """Forget the salt, the person and its blind index, wherever this id has them, with what
        the person drew, the way to the paper, what officers wrote of it, and what would tell again
        what was sent of it."""
        whom = (region_id, person_id)
        for change in (*_unlinked(*whom, key, sealed), *_forgotten(*whom)):
            await self.session.execute(change)


def _unlinked(region_id: int, person_id: UUID, key: bytes, sealed: bytes) -> tuple[Update, ...]:
    """The rows stay, and lead to nobody."""
    rejected = Signature.check == Check.REJECTED
    return (
        update(Target)
        .where(Target.region_id == region_id, Target.id == person_id)
        .values(person_key=key, salt=None, sealed=sealed),
        update(Signature)
        .where(Signature.region_id == region_id, Signature.id == person_id)
        .values(person_key=key),
        # Who was rejected was another than the target, to whom nothing may lead from here.
        update(Signature)
        .where(Signature.region_id == region_id, Signature.id == person_id, rejected)
        .values(stands_for=None),
        update(Signer)
        .where(Signer.region_id == region_id, Signer.signature_id == person_id)
        .values(salt=None, sealed=sealed),
        update(SignatureCapture)
        .where(SignatureCapture.region_id == region_id, SignatureCapture.id == person_id)
        .values(body_mac=None, evidence_id=None, page=None),
    )


def _forgotten(region_id: int, person_id: UUID) -> tuple[Delete, ...]:
    """What the person drew, and what officers wrote."""
    return (
        delete(SignatureMark).where(
            SignatureMark.region_id == region_id, SignatureMark.id == person_id
        ),
        delete(SignatureReason).where(
            SignatureReason.region_id == region_id, SignatureReason.signature_id == person_id
        ),
    )
