"""What each rule finds in one declaration; all of them look at every region (fan-out)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Subquery,
    Uuid,
    and_,
    exists,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.core.arrays import bound, given
from app.declarations.models.declarations import Signature, Signer, Target
from app.declarations.models.signing import SignatureChange
from app.declarations.rules.changes import Change, Rule
from app.declarations.rules.kinds import Check, Method, SignatoryRole, SignatureState

_FAN_OUT: Final = {"fan_out": True}
_COLUMNS: Final = (
    Signature.region_id,
    Signature.region_code,
    Signature.id,
    Signature.leaf_index,
)
_REGION: Final = Signature.region_id.expression
_ITSELF: Final = (_REGION, Signature.id.expression)
_TARGET: Final = (_REGION, func.coalesce(Signature.stands_for, Signature.id))
_PERSON: Final = Signature.person_key.expression
_FIRST: Final = (Signature.check == Check.WAITING, Signature.leaf_index)
"""The order in which they are kept: who signed, of one that waits, nobody but the signer has
said."""

Place: TypeAlias = tuple[int, UUID]


class Find(NamedTuple):
    """A signature that a rule found."""

    region_id: int
    region_code: str
    signature_id: UUID
    leaf_index: int


class Span(NamedTuple):
    """When a declaration was open; without an end it still is."""

    opened_at: datetime
    closed_at: datetime | None


Sought: TypeAlias = Select[int, str, UUID, int]


class FindingRepository:
    """The valid signatures of a declaration that a rule does not let count, first in the log
    first."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def find(
        self, rule: Rule, declaration_id: UUID, span: Span | None, most: int
    ) -> list[Find]:
        among = _valid(declaration_id)
        if rule is Rule.PAPER_AND_ELECTRONIC:
            among = and_(among, _found_out(among))
        return await self._read(_SOUGHT[rule](among, span), most)

    async def beside(
        self, rule: Rule, declaration_id: UUID, finds: Sequence[Find]
    ) -> Collection[Place]:
        """These and all that the rule holds against them."""
        places = [(each.region_id, each.signature_id) for each in finds]
        if rule not in _BESIDE:
            return places
        query = _BESIDE[rule](_valid(declaration_id))
        rows = await self.session.execute(query, _bound(places), execution_options=_FAN_OUT)
        return [(region_id, id) for region_id, id in rows]

    async def again(
        self, rule: Rule, declaration_id: UUID, span: Span | None, places: Collection[Place]
    ) -> list[Find]:
        """What the rule finds by now among the signatures at these places."""
        among = and_(_valid(declaration_id), _at_places())
        return await self._read(_SOUGHT[rule](among, span), None, _bound(places))

    async def has_two_keys(self, declaration_id: UUID) -> bool:
        """Whether persons lie under two index keys. The ring of a process is not asked: it may not
        know the newest yet."""
        own = Signature.declaration_id == declaration_id
        one = select(Signature.key_id).where(own).limit(1).scalar_subquery()
        query = select(exists().where(own, Signature.key_id != one))
        return bool(await self.session.scalar(query, execution_options=_FAN_OUT))

    async def _read(
        self, query: Sought, most: int | None, values: Mapping[str, object] | None = None
    ) -> list[Find]:
        ordered = query.order_by(query.selected_columns.leaf_index).limit(most)
        rows = await self.session.execute(ordered, values, execution_options=_FAN_OUT)
        return [Find(*row) for row in rows]


def _valid(declaration_id: UUID) -> ColumnElement[bool]:
    return and_(Signature.declaration_id == declaration_id, Signature.state == SignatureState.VALID)


def _at_places() -> ColumnElement[bool]:
    place = given("place", region_id=Integer(), id=Uuid())
    return tuple_(*_ITSELF).in_(select(place.c.region_id, place.c.id))


def _bound(places: Collection[Place]) -> dict[str, list[object]]:
    return bound("place", region_id=(each for each, _ in places), id=(each for _, each in places))


def _of_persons(among: ColumnElement[bool]) -> Select[int, UUID]:
    """All that those have signed who signed at the places."""
    return select(*_ITSELF).where(among, _PERSON.in_(select(_PERSON).where(_at_places())))


def _of_targets(among: ColumnElement[bool]) -> CompoundSelect[int, UUID]:
    """All that stand for the targets for whom those at the places stand: by an index for each way,
    for both at once would read a whole region for each target."""
    theirs = select(*_TARGET).where(_at_places())
    standing = tuple_(_REGION, Signature.stands_for).in_(theirs)
    others = select(*_ITSELF).where(among, Signature.stands_for.is_not(None), standing)
    return theirs.union(others)


def _elsewhere(among: ColumnElement[bool], _: Span | None) -> Sought:
    """All but the first of those whom one person signed; witnesses and representatives may stand
    in several regions."""
    rank = func.row_number().over(partition_by=_PERSON, order_by=_FIRST)
    query = select(*_COLUMNS, rank.label("rank")).where(
        among, Signature.role == SignatoryRole.SIGNATORY
    )
    return _later(query.subquery())


def _twice(among: ColumnElement[bool], _: Span | None) -> Sought:
    """All but the first of those that stand for one target, where one of them is on paper, or was
    until the rule itself invalidated it: where its steps end changes nothing."""
    rank = func.row_number().over(partition_by=_TARGET, order_by=_FIRST)
    on_paper = func.bool_or(Signature.method == Method.WET).over(partition_by=_TARGET)
    told = (rank.label("rank"), on_paper.label("on_paper"), _TARGET[1].label("target"))
    found = select(*_COLUMNS, *told).where(among).subquery()
    sheet = aliased(Signature)
    was_on_paper = (
        _was_on_paper(sheet, found.c.region_id, each == found.c.target)
        for each in (sheet.id, sheet.stands_for)
    )
    return _later(found).where(or_(found.c.on_paper, *was_on_paper))


def _was_on_paper(
    sheet: type[Signature], region_id: ColumnElement[int], stands: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Whether a sheet of the target fell to this rule, and nobody says that it is another's."""
    by_this = exists().where(
        SignatureChange.region_id == sheet.region_id,
        SignatureChange.signature_id == sheet.id,
        SignatureChange.change == Change.INVALIDATED,
        SignatureChange.rule == Rule.PAPER_AND_ELECTRONIC,
    )
    return exists().where(
        sheet.region_id == region_id,
        stands,
        sheet.state == SignatureState.INVALIDATED,
        sheet.method == Method.WET,
        sheet.check != Check.REJECTED,
        by_this,
    )


def _found_out(among: ColumnElement[bool]) -> ColumnElement[bool]:
    """Ids are unique: of two that are one target's, one was found to stand for it."""
    stand_in = select(_REGION, Signature.stands_for)
    return tuple_(*_TARGET).in_(stand_in.where(among, Signature.stands_for.is_not(None)))


def _outside(among: ColumnElement[bool], span: Span | None) -> Sought:
    """By the device's clock: who signs offline arrives later. Where it said nothing, the
    declaration was open when the signature was recorded, or it would have been refused."""
    query = select(*_COLUMNS).where(among)
    if span is None:
        return query
    outside = Signature.captured_at < span.opened_at
    if span.closed_at is not None:
        outside = or_(outside, Signature.captured_at > span.closed_at)
    return query.where(outside)


def _removed(among: ColumnElement[bool], _: Span | None) -> Sought:
    """Those by a personal link whose target is gone."""
    target = exists().where(
        Target.region_id == Signature.region_id,
        Target.id == Signature.id,
        # Beside it lie the rosters of all others.
        Target.declaration_id == Signature.declaration_id,
    )
    signer = exists().where(
        Signer.region_id == Signature.region_id,
        Signer.signature_id == Signature.id,
        ~Signer.for_target,
    )
    return select(*_COLUMNS).where(among, ~target, ~signer)


def _later(found: Subquery) -> Sought:
    columns = (found.c.region_id, found.c.region_code, found.c.id, found.c.leaf_index)
    return select(*columns).where(found.c.rank > 1)


_BESIDE: Final[Mapping[Rule, Callable[[ColumnElement[bool]], Any]]] = {
    Rule.SAME_PERSON_ELSEWHERE: _of_persons,
    Rule.PAPER_AND_ELECTRONIC: _of_targets,
}
_SOUGHT: Final[Mapping[Rule, Callable[[ColumnElement[bool], Span | None], Sought]]] = {
    Rule.SAME_PERSON_ELSEWHERE: _elsewhere,
    Rule.OUTSIDE_OPENING: _outside,
    Rule.TARGET_REMOVED: _removed,
    Rule.PAPER_AND_ELECTRONIC: _twice,
}
