from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple, cast
from uuid import UUID

from sqlalchemy import (
    FromClause,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    literal,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.sql.selectable import LateralFromClause

from app.core.arrays import bound, given
from app.core.places import regency_of
from app.declarations.models.counts import Coverage, CoveredTarget
from app.declarations.models.declarations import Signature
from app.declarations.repository.writing import IS_NOT_REJECTED
from app.declarations.rules.kinds import SignatureState

COVERAGE: Final = cast(Table, Coverage.__table__)
COVERED: Final = cast(Table, CoveredTarget.__table__)
KEYS: Final = ("region_id", "declaration_id", "region_code", "office")
COUNTS: Final = ("targets", "signed")


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
            names = (*KEYS, "number")
            columns = dict(zip(names, zip(*rows, strict=True), strict=True))
            await self.session.execute(_more(name), bound("office", **columns))


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
    signed = _same_person(listed)
    # Of each person there is one that was not rejected; its state, asked for inside, would make
    # other indexes look as good.
    is_valid = signed.c.state == SignatureState.VALID
    of = select(listed.c.region_id, listed.c.id, listed.c.region_code).join(signed, is_valid)
    noted = insert(COVERED).from_select(["region_id", "target_id", "region_code"], of)
    return noted.on_conflict_do_nothing().returning(COVERED.c.target_id)


def _same_person(listed: FromClause) -> LateralFromClause:
    """The state of what the person listed has signed, if anything."""
    # As bounds and one by one, so that only the index of persons serves, whatever the planner
    # thinks of the size of the tables (see `repository.writing`).
    person = (Signature.declaration_id, Signature.person_key)
    wanted = tuple_(listed.c.declaration_id, listed.c.person_key)
    return (
        select(Signature.state)
        .where(Signature.region_id == listed.c.region_id, IS_NOT_REJECTED)
        .where(tuple_(*person) >= wanted, tuple_(*person) <= wanted)
        .order_by(*person)
        .limit(1)
        .lateral()
    )


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
    counts = (office.number if each == name else zero for each in COUNTS)
    values = select(*(office[each] for each in KEYS), *counts)
    return summed(insert(COVERAGE).from_select([*KEYS, *COUNTS], values))


def summed(added: Insert) -> Insert:
    """Add to what an office has, made where it is missing."""
    sums = {name: COVERAGE.c[name] + added.excluded[name] for name in COUNTS}
    return added.on_conflict_do_update(index_elements=list(KEYS), set_=sums)
