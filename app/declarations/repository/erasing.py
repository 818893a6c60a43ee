from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, Final, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Delete,
    FromClause,
    Integer,
    LargeBinary,
    Update,
    Uuid,
    bindparam,
    case,
    cast,
    delete,
    literal_column,
    null,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import LateralFromClause

from app.core.arrays import bound, given
from app.declarations.models.declarations import Signature, Signer, Target
from app.declarations.models.room import SignatureCapture, SignatureMark
from app.declarations.models.signing import SignatureReason
from app.declarations.repository.writing import IS_NOT_REJECTED
from app.declarations.rules.kinds import Check
from app.regions.models import Region

# On Citus such a statement asks every shard; on one PostgreSQL it costs the same.
_FAN_OUT: Final = {"fan_out": True}
Columns: TypeAlias = Sequence[Any]
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
    of = bindparam("of", type_=Uuid())
    # The declaration is held against what was found: its own index would look as good.
    return union_all(
        *(
            select(*(found.c[name] for name in Known._fields))
            .select_from(given_ones.join(found, true()))
            .where(found.c.declaration_id == of)
            for given_ones, found in _asked(of)
        )
    )


def _asked(of: ColumnElement[UUID]) -> Sequence[tuple[FromClause, LateralFromClause]]:
    """Each question by itself: what is given, and what is looked for with it."""
    region, own = given("region", id=Integer()), given("own", id=Uuid())
    mark = given("mark", key=LargeBinary())
    signed, listed = Signature.region_id == region.c.id, Target.region_id == region.c.id
    ids, marks = region.join(own, true()), region.join(mark, true())
    by_id = _signed((Signature.id,), (own.c.id,))
    by_target = _signed((Signature.stands_for,), (own.c.id,), signed, IS_NOT_REJECTED)
    person, wanted = (Signature.declaration_id, Signature.person_key), (of, mark.c.key)
    by_mark = _signed(person, wanted, signed, IS_NOT_REJECTED)
    rejected = _signed(person, wanted, signed, _IS_REJECTED)
    on_roster = _listed((Target.id,), (own.c.id,), listed)
    by_name = _listed((Target.declaration_id, Target.person_key), wanted, listed)
    return (
        (own, by_id),
        (ids, by_target),
        (marks, by_mark),
        (marks, rejected),
        (ids, on_roster),
        (marks, by_name),
    )


def _signed(
    columns: Columns, wanted: Columns, *conditions: ColumnElement[bool]
) -> LateralFromClause:
    query = select(
        Signature.region_id,
        Signature.region_code,
        Signature.id,
        case((IS_NOT_REJECTED, Signature.stands_for)).label("stands_for"),
        Signature.person_key,
        Signature.declaration_id,
    )
    return _one_by_one(query.where(*conditions), columns, wanted)


def _listed(columns: Columns, wanted: Columns, here: ColumnElement[bool]) -> LateralFromClause:
    """The index of a post is that of nobody, and no mark."""
    query = select(
        Target.region_id,
        Target.region_code,
        Target.id,
        cast(null(), Uuid()).label("stands_for"),
        case((~Target.needs_name, Target.person_key)).label("person_key"),
        Target.declaration_id,
    )
    return _one_by_one(query.where(here), columns, wanted)


def _one_by_one(query: Any, columns: Columns, wanted: Columns) -> LateralFromClause:
    """Behind an offset, so that nobody makes one question about the whole declaration of them."""
    same = (column == each for column, each in zip(columns, wanted, strict=True))
    found: LateralFromClause = query.where(*same).offset(0).lateral()
    return found


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
