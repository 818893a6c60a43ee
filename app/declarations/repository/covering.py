from collections.abc import Sequence
from functools import cache
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    String,
    Uuid,
    and_,
    delete,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    union,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.arrays import bound, given
from app.declarations.models.counts import CoveredTarget
from app.declarations.models.declarations import Signature, Target
from app.declarations.repository.coverage import COUNTS, COVERAGE, COVERED, KEYS, summed
from app.declarations.rules.kinds import SignatureState

Pairs: TypeAlias = Sequence[tuple[int, UUID]]
"""Signatures by region and id."""

_ALL_OFFICES: Final[ColumnElement[str]] = literal_column("''", String())
_REGENCY_LENGTH: Final[ColumnElement[int]] = literal_column("5")
_NOTED: Final = ("region_id", "target_id", "region_code")
_TARGETS: Final[FromClause] = Target.__table__


class CoveringRepository:
    """Notes for which targets a valid signature stands; held by whoever counts."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def cover(self, signed: Pairs) -> list[tuple[int, UUID]]:
        """Note the targets under whose ids these were signed; return those that may cover others.

        Whoever signs as a named target does so under its id and covers nobody else, so that in a
        rush nothing else is asked; who signs for a post may be on the roster by name as well.
        """
        rest = await self.session.execute(_cover_own(), _bound(signed))
        return [(region_id, id) for region_id, id in rest]

    async def settle(self, signatures: Pairs, *, any_ended: bool = True) -> None:
        """Say anew of each target whom these signatures may stand for whether it has signed; an id
        may be that of a target as well."""
        values, touched = _bound(signatures), _touched()
        await self.session.execute(_cover(touched), values)
        if any_ended:
            await self.session.execute(_uncover(touched), values)


def _bound(signatures: Pairs) -> dict[str, list[object]]:
    return bound(
        "signature",
        region_id=(each[0] for each in signatures),
        id=(each[1] for each in signatures),
    )


@cache
def _cover_own() -> Select[int, UUID]:
    signed = given("signature", region_id=Integer(), id=Uuid())
    own = _own_of(signed)
    noted = (
        insert(COVERED)
        .from_select(_NOTED, select(own.c.region_id, own.c.id, own.c.region_code))
        .on_conflict_do_nothing()
        .returning(COVERED.c.region_id, COVERED.c.target_id)
        .cte("noted")
    )
    counted = _counted(own, noted, 1).returning(literal_column("1")).cte("counted")
    is_own = and_(own.c.region_id == signed.c.region_id, own.c.id == signed.c.id, ~own.c.needs_name)
    rest = select(signed.c.region_id, signed.c.id).where(~exists().where(is_own))
    return rest.add_cte(counted)


def _own_of(signed: FromClause) -> CTE:
    """The targets under whose own ids these were signed."""
    # Row by row, whatever the planner thinks of the size of the tables (see `repository.writing`).
    target = (
        select(
            Target.region_id,
            Target.id,
            Target.declaration_id,
            Target.region_code,
            Target.office,
            Target.needs_name,
        )
        .where(Target.region_id == signed.c.region_id, Target.id == signed.c.id)
        .limit(1)
        .lateral()
    )
    return select(target).select_from(signed.join(target, true())).cte("own")


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
    now = select(Target.region_id, Target.id, Target.region_code)
    noted = (
        insert(COVERED)
        .from_select(_NOTED, now.where(some, has_signed(validly=True)))
        .on_conflict_do_nothing()
        .returning(COVERED.c.region_id, COVERED.c.target_id)
        .cte("noted")
    )
    return _counted(_TARGETS, noted, 1)


def _uncover(touched: Select[int, UUID]) -> Insert:
    """Strike out those for whom no valid signature stands any more, and count them."""
    some = tuple_(CoveredTarget.region_id, CoveredTarget.target_id).in_(touched)
    struck = (
        delete(COVERED)
        .where(
            some,
            CoveredTarget.region_id == Target.region_id,
            CoveredTarget.target_id == Target.id,
            ~has_signed(validly=True),
        )
        .returning(COVERED.c.region_id, COVERED.c.target_id)
        .cte("struck")
    )
    return _counted(_TARGETS, struck, -1)


def _counted(targets: FromClause, changed: CTE, weight: int) -> Insert:
    """Add to the offices of these of the targets, and to their regencies, what has changed."""
    target = targets.c
    regency = func.left(target.region_code, _REGENCY_LENGTH)
    here = (target.region_id, target.declaration_id)
    # Where a set leaves a column out it is null: all offices of the regency.
    by_office_and_regency = func.grouping_sets(
        tuple_(*here, target.region_code, target.office), tuple_(*here, regency)
    )
    counts = (
        select(
            *here,
            func.coalesce(target.region_code, regency),
            func.coalesce(target.office, _ALL_OFFICES),
            literal(0, Integer()),
            func.count() * literal(weight, Integer()),
        )
        .join(
            changed,
            and_(target.region_id == changed.c.region_id, target.id == changed.c.target_id),
        )
        .group_by(by_office_and_regency)
    )
    return summed(insert(COVERAGE).from_select([*KEYS, *COUNTS], counts))
