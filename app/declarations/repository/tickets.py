from collections.abc import Collection
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Uuid, func, null, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.arrays import bound, given
from app.declarations.models.declarations import Declaration, Target
from app.declarations.repository.gates import pass_gates
from app.declarations.rules.kinds import Group, SignatoryRole, Status
from app.declarations.rules.tickets import Ticket


class Invited(NamedTuple):
    """A target as far as signing needs it; `sealed` only where it was asked for, `version` is that
    of the declaration when the target was read."""

    id: UUID
    region_id: int
    region_code: str
    declaration_id: UUID
    group: Group
    role: SignatoryRole
    key_id: UUID
    person_key: bytes
    person_hash: bytes
    needs_name: bool
    sealed: bytes | None
    version: int


# Of the tables, as in `repository.writing`.
_TARGET: Final = Target.__table__.c
_DECLARATION: Final = Declaration.__table__.c
_KNOWN: Final = tuple(_TARGET[name] for name in Invited._fields[:-2])


class Opening(NamedTuple):
    """What a signature needs of its declaration."""

    id: UUID
    status: Status
    text_hash: str
    version: int


class TicketRepository:
    """The targets that tickets name, and their declarations, by the batch."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def invited(self, tickets: Collection[Ticket], *, sealed: bool) -> dict[Ticket, Invited]:
        """The targets of these tickets, those that there are; all of them in one statement."""
        values = bound(
            "ticket",
            region_id=(each.region_id for each in tickets),
            id=(each.id for each in tickets),
        )
        rows = await self.session.execute(_invited(sealed=sealed), values)
        found = [Invited(*row) for row in rows]
        return {Ticket(each.region_id, each.id): each for each in found}

    async def hold(self, declaration_ids: Collection[UUID]) -> dict[UUID, Opening]:
        """Hold declarations together with others who sign; whoever closes one waits."""
        await pass_gates(self.session, declaration_ids)
        query = select(
            _DECLARATION.id, _DECLARATION.status, _DECLARATION.text_hash, _DECLARATION.version
        ).where(_DECLARATION.id == func.any(list(declaration_ids)))
        return {row.id: Opening(*row) for row in await self.session.execute(query)}


@cache
def _invited(*, sealed: bool) -> Any:
    asked = given("ticket", region_id=Integer(), id=Uuid())
    version = select(_DECLARATION.version).where(_DECLARATION.id == _TARGET.declaration_id)
    read = _TARGET.sealed if sealed else null().label("sealed")
    # Row by row, as `WritingRepository` looks for signatures.
    target = (
        select(*_KNOWN, read, version.scalar_subquery().label("version"))
        .where(
            _TARGET.region_id == asked.c.region_id,
            _TARGET.id == asked.c.id,
            # Who was erased is nobody, and signs no more.
            _TARGET.salt.is_not(None),
        )
        .limit(1)
        .lateral()
    )
    return select(target).select_from(asked.join(target, true()))
