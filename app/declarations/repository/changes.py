from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Integer, Uuid, and_, exists, func, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.core.arrays import bound, given, insert_each
from app.declarations.models.declarations import Signature
from app.declarations.models.signing import SignatureChange, SignatureReason
from app.declarations.repository.writing import RECORDED
from app.declarations.rules.kinds import Check, SignatureState
from app.declarations.rules.wishes import Recorded
from app.ledger.models import LedgerLeaf
from app.ledger.rules.logs import LogName

_FAN_OUT: Final = {"fan_out": True}
_NAMES: Final = tuple(each.key for each in SignatureChange.__table__.columns)
_REASON: Final = tuple(each.key for each in SignatureReason.__table__.columns)


class ChangeRepository:
    """Signatures as they stand, and what is done to them; the caller holds the log."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def at(self, region_id: int, signature_id: UUID) -> Recorded | None:
        found = await self.these([(region_id, signature_id)])
        return found[0] if found else None

    async def these(self, places: Collection[tuple[int, UUID]]) -> list[Recorded]:
        """The signatures at these places, those that there are, in the order of the log."""
        values = bound(
            "place", region_id=(each for each, _ in places), id=(each for _, each in places)
        )
        return [Recorded(*row) for row in await self.session.execute(_these(), values)]

    async def standing_for(self, region_id: int, target_id: UUID) -> list[Recorded]:
        """The valid signatures of a target, by himself or by the open link."""
        by_himself = Signature.id == target_id
        query = select(*RECORDED).where(
            Signature.region_id == region_id,
            by_himself | (Signature.stands_for == target_id),
            Signature.state == SignatureState.VALID,
        )
        return [Recorded(*row) for row in await self.session.execute(query)]

    async def has_namesake(self, signature: Recorded) -> bool:
        """Whether its person has signed here otherwise, however that was called later."""
        this, other = aliased(Signature), aliased(Signature)
        query = select(this.id).where(
            this.region_id == signature.region_id,
            this.id == signature.id,
            exists().where(
                other.region_id == this.region_id,
                other.declaration_id == this.declaration_id,
                other.person_key == this.person_key,
                other.check != Check.REJECTED,
                other.id != this.id,
            ),
        )
        return await self.session.scalar(query) is not None

    async def leaves(self, indexes: Sequence[int]) -> dict[int, bytes]:
        """The leaves by which signatures were signed."""
        query = select(LedgerLeaf.index, LedgerLeaf.data).where(
            LedgerLeaf.log == LogName.DECLARATIONS, LedgerLeaf.index == func.any(list(indexes))
        )
        return dict((await self.session.execute(query)).all())

    async def put_state(self, signatures: Sequence[Recorded], state: SignatureState) -> None:
        values = bound(
            "place",
            region_id=(each.region_id for each in signatures),
            id=(each.id for each in signatures),
        )
        await self.session.execute(_put(state), values)

    async def put_check(self, signature: Recorded, check: Check, stands_for: UUID | None) -> None:
        change = update(Signature.__table__).where(  # type: ignore[arg-type]
            Signature.region_id == signature.region_id, Signature.id == signature.id
        )
        await self.session.execute(change.values(check=check, stands_for=stands_for))

    async def add(
        self, changes: Sequence[SignatureChange], reasons: Sequence[SignatureReason]
    ) -> None:
        rows = [tuple(getattr(each, name) for name in _NAMES) for each in changes]
        await insert_each(self.session, SignatureChange, _NAMES, rows)
        said = [tuple(getattr(each, name) for name in _REASON) for each in reasons]
        await insert_each(self.session, SignatureReason, _REASON, said)

    async def history(self, signature: Recorded) -> list[tuple[SignatureChange, bytes | None]]:
        """What was done to it, each with its reason, sealed under the id of the change."""
        same = and_(
            SignatureReason.region_id == SignatureChange.region_id,
            SignatureReason.id == SignatureChange.id,
        )
        query = select(SignatureChange, SignatureReason.sealed).outerjoin(SignatureReason, same)
        here = query.where(
            SignatureChange.region_id == signature.region_id,
            SignatureChange.signature_id == signature.id,
        )
        rows = await self.session.execute(here.order_by(SignatureChange.at, SignatureChange.id))
        return [(row[0], row[1]) for row in rows]

    async def named(self, declaration_id: UUID, signature_id: UUID) -> Recorded | None:
        """The signature of this declaration, wherever it lies."""
        query = select(*RECORDED).where(
            Signature.id == signature_id, Signature.declaration_id == declaration_id
        )
        row = (await self.session.execute(query, execution_options=_FAN_OUT)).first()
        return Recorded(*row) if row else None


@cache
def _these() -> Any:
    place = given("place", region_id=Integer(), id=Uuid())
    same = and_(Signature.region_id == place.c.region_id, Signature.id == place.c.id)
    return select(*RECORDED).join(place, same).order_by(Signature.leaf_index)


@cache
def _put(state: SignatureState) -> Any:
    place = given("place", region_id=Integer(), id=Uuid())
    same = and_(Signature.region_id == place.c.region_id, Signature.id == place.c.id)
    table = Signature.__table__
    return update(table).where(same).values(state=literal_column(f"'{state.value}'"))  # type: ignore[arg-type]
