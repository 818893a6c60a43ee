from collections.abc import Sequence
from functools import cache
from typing import Any, Final, TypeAlias
from uuid import UUID

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    tuple_,
    union,
    union_all,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.arrays import bound, given
from app.declarations.models.counts import CoveredTarget
from app.declarations.models.declarations import Signature, Target
from app.declarations.repository.coverage import COUNTS, COVERAGE, COVERED, KEYS, summed
from app.declarations.rules.kinds import SignatureState
from app.ledger.models import LedgerLeaf
from app.ledger.rules.acts import Act
from app.ledger.rules.logs import LogName

Pairs: TypeAlias = Sequence[tuple[int, UUID]]
"""Signatures by region and id."""

_ALL_OFFICES: Final[ColumnElement[str]] = literal_column("''", String())
_REGENCY_LENGTH: Final[ColumnElement[int]] = literal_column("5")
_NOTED: Final = ("region_id", "target_id", "region_code")
_TARGETS: Final[FromClause] = Target.__table__
_NO_REGION: Final[ColumnElement[int]] = cast(null(), Integer())
_NO_ACT: Final[ColumnElement[bool]] = cast(null(), Boolean())
_SIGNED: Final = f"% {Act.SIGNED.value} %".encode()


class CoveringRepository:
    """Notes for which targets a valid signature stands; held by whoever counts."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def follow(self, first: int, end: int) -> set[UUID]:
        """Bring those along for whom this piece of the log tells that somebody signed, or that it
        counts no more; return the declarations whose coverage has changed.

        Whoever signs as a named target does so under its id and covers nobody else, so that in a
        rush nothing else is asked; who signs for a post may be on the roster by name as well.
        """
        piece = {"first_leaf": first, "end_leaf": end}
        changed: set[UUID] = set()
        rest: list[tuple[int, UUID]] = []
        any_ended = False
        for region_id, id, is_signed in await self.session.execute(_cover_own(), piece):
            if region_id is None:
                changed.add(id)
            else:
                rest.append((region_id, id))
                any_ended = any_ended or not is_signed
        if rest:
            changed |= await self.settle(rest, any_ended=any_ended)
        return changed

    async def settle(self, signatures: Pairs, *, any_ended: bool = True) -> set[UUID]:
        """Say anew of each target whom these signatures may stand for whether it has signed; an id
        may be that of a target as well. Return the declarations whose coverage has changed."""
        touched = _touched()
        steps = (_cover(touched), _uncover(touched)) if any_ended else (_cover(touched),)
        values = bound(
            "signature",
            region_id=(each[0] for each in signatures),
            id=(each[1] for each in signatures),
        )
        changed: set[UUID] = set()
        for step in steps:
            told = step.returning(COVERAGE.c.declaration_id)
            changed.update(await self.session.scalars(told, values))
        return changed


@cache
def _cover_own() -> CompoundSelect[Any]:
    """Note the targets under whose ids a piece of the log tells that it was signed. The rows are
    the leaves that may touch others, and without a region the declarations that have changed."""
    leaf = _piece()
    own = _own_of(leaf)
    # Known before they are noted, and held by us: of so many rows that the planner has never seen,
    # it would compare each noted one with each of these.
    fresh = select(own).where(~own.c.is_covered).cte("fresh")
    noted = insert(COVERED).from_select(
        _NOTED, select(fresh.c.region_id, fresh.c.id, fresh.c.region_code)
    )
    counted = _counted(fresh, fresh, 1).returning(COVERAGE.c.declaration_id).cte("counted")
    is_own = and_(own.c.region_id == leaf.c.region_id, own.c.id == leaf.c.id, ~own.c.needs_name)
    rest = select(leaf.c.region_id, leaf.c.id, leaf.c.is_signed).where(
        ~leaf.c.is_signed | ~exists().where(is_own)
    )
    changed = select(_NO_REGION, counted.c.declaration_id, _NO_ACT).distinct()
    return union_all(rest, changed).add_cte(noted.cte("noted"))


def _piece() -> CTE:
    """What the leaves of a piece are about, and whether they are of the act of signing."""
    return (
        select(
            LedgerLeaf.region_id,
            LedgerLeaf.subject_id.label("id"),
            LedgerLeaf.data.bool_op("LIKE")(_SIGNED).label("is_signed"),
        )
        .where(
            LedgerLeaf.log == LogName.DECLARATIONS,
            LedgerLeaf.index >= bindparam("first_leaf"),
            LedgerLeaf.index < bindparam("end_leaf"),
        )
        # In a log that somebody altered a leaf may stand twice: the auditor tells of that, and
        # nobody is covered twice.
        .distinct()
        .cte("leaf")
    )


def _own_of(leaf: CTE) -> CTE:
    """The targets under whose own ids these leaves tell that it was signed."""
    # Row by row, whatever the planner thinks of the size of the tables (see `repository.writing`).
    target = (
        select(
            Target.region_id,
            Target.id,
            Target.declaration_id,
            Target.region_code,
            Target.office,
            Target.needs_name,
            _is_covered().label("is_covered"),
        )
        .where(Target.region_id == leaf.c.region_id, Target.id == leaf.c.id)
        .limit(1)
        .lateral()
    )
    return select(target).select_from(leaf.join(target, leaf.c.is_signed)).cte("own")


def _is_covered() -> ColumnElement[bool]:
    return exists().where(
        CoveredTarget.region_id == Target.region_id, CoveredTarget.target_id == Target.id
    )


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
    return _counted(_TARGETS, _of(noted), 1)


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
    return _counted(_TARGETS, _of(struck), -1)


def _of(changed: CTE) -> FromClause:
    """The targets that were noted or struck out."""
    target = _TARGETS.c
    same = and_(target.region_id == changed.c.region_id, target.id == changed.c.target_id)
    return _TARGETS.join(changed, same)


def _counted(targets: FromClause, changed: FromClause, weight: int) -> Insert:
    """Add to the offices of the targets that have changed, and to their regencies."""
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
        .select_from(changed)
        .group_by(by_office_and_regency)
    )
    return summed(insert(COVERAGE).from_select([*KEYS, *COUNTS], counts))
