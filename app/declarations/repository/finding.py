"""What each rule finds in one declaration; all of them look at every region (fan-out)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.declarations.models.declarations import Signature, Signer, Target
from app.declarations.models.signing import InvalidationFind
from app.declarations.rules.changes import Rule
from app.declarations.rules.kinds import Method, SignatoryRole, SignatureState

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
_TOGETHER: Final[Mapping[Rule, tuple[ColumnElement[Any], ...]]] = {
    Rule.SAME_PERSON_ELSEWHERE: (Signature.person_key.expression,),
    Rule.OUTSIDE_OPENING: _ITSELF,
    Rule.TARGET_REMOVED: _ITSELF,
    Rule.PAPER_AND_ELECTRONIC: _TARGET,
}
"""What the signatures have in common that a rule holds against each other."""


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
        return await self._read(_SOUGHT[rule](_valid(declaration_id), span), most)

    async def again(
        self, rule: Rule, declaration_id: UUID, span: Span | None, invalidation_id: UUID
    ) -> list[Find]:
        """What the rule finds by now of what one preview found, and nothing beside."""
        among = and_(_valid(declaration_id), _beside_finds(rule, invalidation_id))
        return await self._read(_SOUGHT[rule](among, span), None)

    async def _read(self, query: Sought, most: int | None) -> list[Find]:
        ordered = query.order_by(query.selected_columns.leaf_index).limit(most)
        rows = await self.session.execute(ordered, execution_options=_FAN_OUT)
        return [Find(*row) for row in rows]


def _valid(declaration_id: UUID) -> ColumnElement[bool]:
    return and_(Signature.declaration_id == declaration_id, Signature.state == SignatureState.VALID)


def _beside_finds(rule: Rule, invalidation_id: UUID) -> ColumnElement[bool]:
    """All that the rule has to look at, to find again what one preview found."""
    what = _TOGETHER[rule]
    finds = select(*what).join(
        InvalidationFind,
        and_(
            InvalidationFind.region_id == Signature.region_id,
            InvalidationFind.signature_id == Signature.id,
        ),
    )
    return tuple_(*what).in_(finds.where(InvalidationFind.invalidation_id == invalidation_id))


def _elsewhere(among: ColumnElement[bool], _: Span | None) -> Sought:
    """All but the first of those whom one person signed; witnesses and representatives may stand
    in several regions."""
    rank = func.row_number().over(partition_by=Signature.person_key, order_by=Signature.leaf_index)
    query = select(*_COLUMNS, rank.label("rank")).where(
        among, Signature.role == SignatoryRole.SIGNATORY
    )
    return _later(query.subquery())


def _twice(among: ColumnElement[bool], _: Span | None) -> Sought:
    """All but the first of those that stand for one target, where one of them is on paper."""
    whose = _TARGET
    rank = func.row_number().over(partition_by=whose, order_by=Signature.leaf_index)
    on_paper = func.bool_or(Signature.method == Method.WET).over(partition_by=whose)
    query = select(*_COLUMNS, rank.label("rank"), on_paper.label("on_paper"))
    found = query.where(among).subquery()
    return _later(found).where(found.c.on_paper)


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
    target = exists().where(Target.region_id == Signature.region_id, Target.id == Signature.id)
    signer = exists().where(
        Signer.region_id == Signature.region_id,
        Signer.signature_id == Signature.id,
        ~Signer.for_target,
    )
    return select(*_COLUMNS).where(among, ~target, ~signer)


def _later(found: Subquery) -> Sought:
    columns = (found.c.region_id, found.c.region_code, found.c.id, found.c.leaf_index)
    return select(*columns).where(found.c.rank > 1)


_SOUGHT: Final[Mapping[Rule, Callable[[ColumnElement[bool], Span | None], Sought]]] = {
    Rule.SAME_PERSON_ELSEWHERE: _elsewhere,
    Rule.OUTSIDE_OPENING: _outside,
    Rule.TARGET_REMOVED: _removed,
    Rule.PAPER_AND_ELECTRONIC: _twice,
}
