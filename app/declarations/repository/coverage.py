from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeAlias, cast
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    Text,
    Uuid,
    and_,
    delete,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    union,
    union_all,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert

from app.core.arrays import bound, given
from app.core.places import regency_of
from app.declarations.models.counts import Coverage, CoveredTarget
from app.declarations.models.declarations import Signature, Target
from app.declarations.repository.writing import IS_NOT_REJECTED
from app.declarations.rules.kinds import SignatureState

_ALL_OFFICES: Final[ColumnElement[str]] = literal_column("''", String())
_REGENCY_LENGTH: Final[ColumnElement[int]] = literal_column("5")
_COVERAGE: Final = cast(Table, Coverage.__table__)
_COVERED: Final = cast(Table, CoveredTarget.__table__)
_KEYS: Final = ("region_id", "declaration_id", "region_code", "office")
_COUNTS: Final = ("targets", "signed")
_Counts: TypeAlias = Select[int, UUID, str, str, int, int]


class Office(NamedTuple):
    """Where coverage is counted: an office, or without a name all of a regency."""

    region_id: int
    declaration_id: UUID
    region_code: str
    office: str


class Listed(NamedTuple):
    """Somebody who was put on a roster."""

    office: Office
    id: UUID
    person_key: bytes


class CoverageRepository:
    """Who of those who should sign has signed, and how many they are; held by whoever counts."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add_targets(self, numbers: Mapping[Office, int]) -> None:
        """So many targets more (or fewer) should sign, of whom none is known to have signed."""
        await self._add("targets", numbers)

    async def settle(
        self, signatures: Iterable[tuple[int, UUID]], *, any_ended: bool = True
    ) -> None:
        """Say anew of each target whom these signatures may stand for whether it has signed."""
        pairs = list(signatures)
        values = bound(
            "signature", region_id=(each[0] for each in pairs), id=(each[1] for each in pairs)
        )
        touched = _touched()
        await self.session.execute(_cover(touched), values)
        if any_ended:
            await self.session.execute(_uncover(touched), values)

    async def settle_new(self, listed: Sequence[Listed]) -> None:
        """Note those just listed who had signed before: as nobody yet signs under their ids, only
        as the same person."""
        values = bound(
            "listed",
            region_id=(each.office.region_id for each in listed),
            declaration_id=(each.office.declaration_id for each in listed),
            region_code=(each.office.region_code for each in listed),
            id=(each.id for each in listed),
            person_key=(each.person_key for each in listed),
        )
        noted = set(await self.session.scalars(_cover_new(), values))
        await self._add("signed", Counter(each.office for each in listed if each.id in noted))

    async def _add(self, name: str, numbers: Mapping[Office, int]) -> None:
        """Add to one figure of offices, and of their regencies."""
        by_regency: Counter[Office] = Counter()
        for office, number in numbers.items():
            regency = regency_of(office.region_code)
            by_regency[office._replace(region_code=regency, office="")] += number
        rows = sorted((*each, number) for each, number in (*numbers.items(), *by_regency.items()))
        if rows:
            names = (*_KEYS, "number")
            columns = dict(zip(names, zip(*rows, strict=True), strict=True))
            await self.session.execute(_more(name), bound("office", **columns))


def _touched() -> Select[int, UUID]:
    """The targets that these signatures may stand for: by id, by person, or as found since."""
    given_ones = given("signature", region_id=Integer(), id=Uuid()).c
    target = select(Target.region_id, Target.id)
    signed = and_(
        Signature.region_id == given_ones.region_id,
        Signature.id == given_ones.id,
        Target.region_id == Signature.region_id,
    )
    ways = (
        and_(Target.region_id == given_ones.region_id, Target.id == given_ones.id),
        and_(signed, *_same_person()),
        and_(signed, Target.id == Signature.stands_for),
    )
    touched = union(*(target.where(way) for way in ways)).subquery("touched")
    return select(touched.c.region_id, touched.c.id)


def _same_person() -> tuple[ColumnElement[bool], ...]:
    return (
        Target.declaration_id == Signature.declaration_id,
        Target.person_key == Signature.person_key,
    )


def has_signed(*, validly: bool) -> ColumnElement[bool]:
    """Whether a signature stands for a target: its own, of the same person, or found to be its."""
    here = Signature.region_id == Target.region_id
    valid = (Signature.state == SignatureState.VALID,) if validly else ()
    ways = (
        (Signature.id == Target.id,),
        (Signature.stands_for == Target.id,),
        _same_person(),
    )
    return or_(*(exists().where(here, *way, *valid) for way in ways))


def _cover(touched: Select[int, UUID]) -> Insert:
    """Note those who have signed now, and count who was not noted before."""
    some = tuple_(Target.region_id, Target.id).in_(touched)
    names = ["region_id", "target_id", "region_code"]
    now = select(Target.region_id, Target.id, Target.region_code)
    noted = (
        insert(_COVERED)
        .from_select(names, now.where(some, has_signed(validly=True)))
        .on_conflict_do_nothing()
        .returning(_COVERED.c.region_id, _COVERED.c.target_id)
        .cte("noted")
    )
    return _counted(noted, 1)


def _uncover(touched: Select[int, UUID]) -> Insert:
    """Strike out those for whom no valid signature stands any more, and count them."""
    some = tuple_(CoveredTarget.region_id, CoveredTarget.target_id).in_(touched)
    struck = (
        delete(_COVERED)
        .where(
            some,
            CoveredTarget.region_id == Target.region_id,
            CoveredTarget.target_id == Target.id,
            ~has_signed(validly=True),
        )
        .returning(_COVERED.c.region_id, _COVERED.c.target_id)
        .cte("struck")
    )
    return _counted(struck, -1)


def _counted(changed: CTE, weight: int) -> Insert:
    """Add to the offices of these targets, and to their regencies, what has changed."""
    regency = func.left(Target.region_code, _REGENCY_LENGTH)
    signed = func.count() * literal(weight, Integer())
    same = and_(Target.region_id == changed.c.region_id, Target.id == changed.c.target_id)
    here = (Target.region_id, Target.declaration_id)

    def of(code: ColumnElement[str], office: ColumnElement[str]) -> _Counts:
        query = select(*here, code, office, literal(0, Integer()), signed)
        return query.join(changed, same)

    by_office = (Target.region_code.expression, Target.office.expression)
    both = union_all(
        of(*by_office).group_by(*here, *by_office),
        of(regency, _ALL_OFFICES).group_by(*here, regency),
    )
    return _sum(insert(_COVERAGE).from_select([*_KEYS, *_COUNTS], both))


@cache
def _cover_new() -> ReturningInsert[UUID]:
    listed = given(
        "listed",
        region_id=Integer(),
        declaration_id=Uuid(),
        region_code=Text(),
        id=Uuid(),
        person_key=LargeBinary(),
    )
    # As bounds and one by one, so that only the index of persons serves, whatever the planner
    # thinks of the size of the tables (see `repository.writing`).
    person = (Signature.declaration_id, Signature.person_key)
    wanted = tuple_(listed.c.declaration_id, listed.c.person_key)
    signed = (
        select(Signature.state)
        .where(Signature.region_id == listed.c.region_id, IS_NOT_REJECTED)
        .where(tuple_(*person) >= wanted, tuple_(*person) <= wanted)
        .order_by(*person)
        .limit(1)
        .lateral()
    )
    # Of each person there is one that was not rejected; its state, asked for inside, would make
    # other indexes look as good.
    is_valid = signed.c.state == SignatureState.VALID
    of = select(listed.c.region_id, listed.c.id, listed.c.region_code).join(signed, is_valid)
    noted = insert(_COVERED).from_select(["region_id", "target_id", "region_code"], of)
    return noted.on_conflict_do_nothing().returning(_COVERED.c.target_id)


@cache
def _more(name: str) -> Insert:
    """Add to one of the counts; the others stay."""
    office = given(
        "office",
        region_id=Integer(),
        declaration_id=Uuid(),
        region_code=Text(),
        office=Text(),
        number=Integer(),
    ).c
    zero = literal(0, Integer())
    counts = (office.number if each == name else zero for each in _COUNTS)
    values = select(*(office[each] for each in _KEYS), *counts)
    return _sum(insert(_COVERAGE).from_select([*_KEYS, *_COUNTS], values))


def _sum(added: Insert) -> Insert:
    sums = {name: _COVERAGE.c[name] + added.excluded[name] for name in _COUNTS}
    return added.on_conflict_do_update(index_elements=list(_KEYS), set_=sums)
