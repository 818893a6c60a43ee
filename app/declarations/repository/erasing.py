from collections.abc import Collection, Sequence
from functools import cache
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Delete,
    Integer,
    LargeBinary,
    Update,
    Uuid,
    bindparam,
    case,
    delete,
    literal_column,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.arrays import bound, given
from app.declarations.models.declarations import Signature, Signer, Target
from app.declarations.models.room import SignatureCapture, SignatureMark
from app.declarations.models.signing import SignatureReason
from app.declarations.repository.writing import IS_NOT_REJECTED
from app.declarations.rules.kinds import Check
from app.regions.models import Region

# On Citus such a statement asks every shard; on one PostgreSQL it costs the same.
_FAN_OUT: Final = {"fan_out": True}
# In words, as its counterpart: so an index serves that holds nobody else.
_IS_REJECTED: Final[ColumnElement[bool]] = Signature.check == literal_column("'rejected'")


class Known(NamedTuple):
    """A row under which a person is known in a declaration, and the target whom it stands for; the
    index of a post is that of nobody."""

    region_id: int
    region_code: str
    id: UUID
    stands_for: UUID | None
    person_key: bytes | None


class Nobody(NamedTuple):
    """What takes the place of a person: an index that was made by chance, another for the post that
    the person held, and who is sealed under the id."""

    person_key: bytes
    post_key: bytes
    sealed: bytes


class ErasureRepository:
    """Where a person is known, and how that ends."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def regions(self) -> Sequence[int]:
        """Everywhere where somebody can sign or be listed."""
        return (await self.session.scalars(select(Region.placement_id).distinct())).all()

    async def known(
        self,
        declaration_id: UUID,
        regions: Sequence[int],
        ids: Collection[UUID],
        marks: Collection[bytes],
    ) -> list[Known]:
        """The targets and signatures of a declaration in these regions with one of these ids or
        marks, or that stand for one of these ids; who was rejected stands for nobody.

        Region by region, for so an index serves each question: who signs waits meanwhile.
        """
        given_ones = bound("region", id=regions) | bound("own", id=ids) | bound("mark", key=marks)
        values = given_ones | {"of": declaration_id}
        rows = await self.session.execute(_known(), values, execution_options=_FAN_OUT)
        return [Known(*row) for row in rows]

    async def papers_of(self, region_id: int, person_id: UUID) -> UUID | None:
        """The file on which the person can be seen."""
        query = select(SignatureCapture.evidence_id).where(
            SignatureCapture.region_id == region_id, SignatureCapture.id == person_id
        )
        return await self.session.scalar(query)

    async def erase(self, region_id: int, person_id: UUID, nobody: Nobody) -> None:
        """Forget the salt, the person and its blind index, wherever this id has them, with what
        the person drew, the way to the paper, what officers wrote of it, and what would tell again
        what was sent of it."""
        whom = (region_id, person_id)
        for change in (*_unlinked(*whom, nobody), *_forgotten(*whom)):
            await self.session.execute(change)


@cache
def _known() -> CompoundSelect[int, str, UUID, UUID | None, bytes | None]:
    region, own = given("region", id=Integer()).c, given("own", id=Uuid()).c
    mark, of = given("mark", key=LargeBinary()).c, bindparam("of", type_=Uuid())
    here, there = Signature.region_id == region.id, Target.region_id == region.id
    signed = select(
        Signature.region_id,
        Signature.region_code,
        Signature.id,
        case((IS_NOT_REJECTED, Signature.stands_for)),
        Signature.person_key,
    ).where(Signature.declaration_id == of)
    # The index of a post is that of nobody, and no mark.
    person_key = case((~Target.needs_name, Target.person_key))
    listed = select(Target.region_id, Target.region_code, Target.id, null(), person_key).where(
        Target.declaration_id == of
    )
    return union_all(
        signed.where(Signature.id == own.id),
        signed.where(here, Signature.stands_for == own.id, IS_NOT_REJECTED),
        signed.where(here, Signature.person_key == mark.key, IS_NOT_REJECTED),
        signed.where(here, Signature.person_key == mark.key, _IS_REJECTED),
        listed.where(there, Target.id == own.id),
        listed.where(there, Target.person_key == mark.key),
    )


def _unlinked(region_id: int, person_id: UUID, nobody: Nobody) -> tuple[Update, ...]:
    """The rows stay, and lead to nobody."""
    rejected = Signature.check == Check.REJECTED
    # A post is not the person who signed for it.
    listed = case((Target.needs_name, nobody.post_key), else_=nobody.person_key)
    return (
        update(Target)
        .where(Target.region_id == region_id, Target.id == person_id)
        .values(person_key=listed, salt=None, sealed=nobody.sealed),
        update(Signature)
        .where(Signature.region_id == region_id, Signature.id == person_id)
        .values(person_key=nobody.person_key),
        # Who was rejected was another than the target, to whom nothing may lead from here.
        update(Signature)
        .where(Signature.region_id == region_id, Signature.id == person_id, rejected)
        .values(stands_for=None),
        update(Signer)
        .where(Signer.region_id == region_id, Signer.signature_id == person_id)
        .values(salt=None, sealed=nobody.sealed),
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
