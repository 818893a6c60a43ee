from collections.abc import Callable, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.core.actors import Actor
from app.core.arrays import insert_each
from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.paging import Found, Order, moment, newest_first, page_of
from app.core.visibility import visible_to
from app.declarations.models.declarations import Signature
from app.declarations.models.signing import Invalidation, InvalidationFind, SignatureChange
from app.declarations.repository.finding import Find, Place
from app.declarations.rules.changes import Change, Rule
from app.declarations.rules.kinds import Check, SignatureState
from app.declarations.schemas.changes import FindFilter, InvalidationFilter

_NAMES: Final = ("id", "invalidation_id", *Find._fields, "found_at")
_BATCH: Final = 2_000
_FAN_OUT: Final = {"fan_out": True}


class Reversible(NamedTuple):
    """A signature that may count again, and the leaf by which it was invalidated."""

    place: Place
    leaf_index: int


class InvalidationRepository:
    """What rules found in the declarations that one reader can see."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.seen = visible_to(actor, Invalidation.declaration_id, Invalidation.region_code)

    async def add(self, invalidation: Invalidation, found: Sequence[Find]) -> None:
        self.session.add(invalidation)
        await self.session.flush()
        for first in range(0, len(found), _BATCH):
            some = found[first : first + _BATCH]
            rows = [(new_id(), invalidation.id, *each, invalidation.previewed_at) for each in some]
            await insert_each(self.session, InvalidationFind, _NAMES, rows)

    async def get(
        self, declaration_id: UUID, invalidation_id: UUID, *, lock: bool = False
    ) -> Invalidation:
        query = select(Invalidation).where(
            Invalidation.id == invalidation_id,
            Invalidation.declaration_id == declaration_id,
            self.seen,
        )
        found = await self.session.scalar(query.with_for_update() if lock else query)
        if found is None:
            raise NotFound
        return found

    async def find(self, declaration_id: UUID, wanted: InvalidationFilter) -> Found[Invalidation]:
        query = select(Invalidation).where(Invalidation.declaration_id == declaration_id, self.seen)
        by = (Invalidation.previewed_at, Invalidation.id)
        return await newest_first(self.session, query, by, wanted)

    async def page(self, invalidation: Invalidation, wanted: FindFilter) -> Found[InvalidationFind]:
        """What it found, first in the log first."""
        query = select(InvalidationFind).where(InvalidationFind.invalidation_id == invalidation.id)
        order = Order(InvalidationFind.found_at, InvalidationFind.id, moment)
        return await page_of(self.session, query, order, wanted)

    async def finds(
        self, invalidation: Invalidation, first: int = 0, most: int | None = None
    ) -> list[Find]:
        """What it found, so many from this one on, first in the log first."""
        query = select(
            InvalidationFind.region_id,
            InvalidationFind.region_code,
            InvalidationFind.signature_id,
            InvalidationFind.leaf_index,
        ).where(InvalidationFind.invalidation_id == invalidation.id)
        ordered = query.order_by(InvalidationFind.leaf_index).offset(first).limit(most)
        return [Find(*row) for row in await self.session.execute(ordered)]

    async def reversible(
        self, invalidation: Invalidation, most: int, first: int = 0, last: int | None = None
    ) -> list[Reversible]:
        """The next of its signatures to which nothing was done since: what came later has its own
        reasons; and for whose target nobody else stands by now; perhaps only those invalidated by
        the leaves from `first` to `last` (fan-out)."""
        query = _reversible(invalidation).where(SignatureChange.leaf_index >= first)
        if last is not None:
            query = query.where(SignatureChange.leaf_index <= last)
        query = query.order_by(SignatureChange.leaf_index).limit(most)
        rows = await self.session.execute(query, execution_options=_FAN_OUT)
        return [Reversible((region_id, id), leaf or 0) for region_id, id, leaf in rows]


def _reversible(invalidation: Invalidation) -> Select[int, UUID, int | None]:
    own = and_(
        Signature.region_id == SignatureChange.region_id,
        Signature.id == SignatureChange.signature_id,
    )
    query = select(
        SignatureChange.region_id, SignatureChange.signature_id, SignatureChange.leaf_index
    ).join(Signature, own)
    query = query.where(
        SignatureChange.invalidation_id == invalidation.id,
        SignatureChange.change == Change.INVALIDATED,
        # To reject what did not count anyway leaves no leaf that came later.
        Signature.check != Check.REJECTED,
        ~_changed_since(),
    )
    # Of these two it was known that both stood for one, and now the finding is taken back.
    is_known = invalidation.rule is Rule.PAPER_AND_ELECTRONIC
    return query if is_known else query.where(~_replaced(invalidation))


def _changed_since() -> ColumnElement[bool]:
    later = aliased(SignatureChange)
    return exists().where(
        later.region_id == SignatureChange.region_id,
        later.signature_id == SignatureChange.signature_id,
        later.leaf_index > SignatureChange.leaf_index,
    )


def _replaced(invalidation: Invalidation) -> ColumnElement[bool]:
    """One question for each index: both at once would read a whole region for each signature."""
    target = func.coalesce(Signature.stands_for, Signature.id)
    return or_(
        _beside(invalidation, lambda other: other.id == target),
        _beside(invalidation, lambda other: other.stands_for == target),
    )


def _beside(
    invalidation: Invalidation,
    condition: Callable[[type[Signature]], ColumnElement[bool]],
) -> ColumnElement[bool]:
    other, brought_back = aliased(Signature), aliased(SignatureChange)
    # Those came with it, wherever a step has ended between them.
    with_it = exists().where(
        brought_back.region_id == other.region_id,
        brought_back.signature_id == other.id,
        brought_back.invalidation_id == invalidation.id,
        brought_back.change == Change.REINSTATED,
    )
    return exists().where(
        other.region_id == Signature.region_id,
        condition(other),
        other.id != Signature.id,
        other.state == SignatureState.VALID,
        ~with_it,
    )
