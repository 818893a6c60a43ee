from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.declarations.models.declarations import Declaration, PledgeText, Signature, Signer, Target
from app.declarations.models.room import SignatureMark
from app.declarations.rules.kinds import SignatureState
from app.ledger.models import LedgerCheckpoint, LedgerLeaf
from app.ledger.repository.checkpoints import CheckpointRepository
from app.ledger.repository.leaves import LeafRepository
from app.ledger.rules.logs import LogName
from app.ledger.rules.published import PublishedLeaf
from app.offices.models import Office
from app.regions.models import Region

# On Citus such a statement asks every shard; on one PostgreSQL it costs the same.
_FAN_OUT: Final = {"fan_out": True}
_REGENCY_LENGTH: Final[ColumnElement[int]] = literal_column("5")


class Pledged(NamedTuple):
    """A declaration as its papers name it; `zone` is that of the office."""

    declaration: Declaration
    text: PledgeText
    zone: str


class Signed(NamedTuple):
    """A signature with what its paper says beside the person; `region` is the regency's name."""

    signature: Signature
    pledged: Pledged
    region: str


class RecordedBy(NamedTuple):
    """A signature by one of its leaves; `head` is the last tree head that we signed."""

    leaf: PublishedLeaf
    signed: Signed
    head: LedgerCheckpoint | None


class Person(NamedTuple):
    """Who signed, as it lies in the tables: without a salt, nothing leads to the person."""

    sealed: bytes
    salt: bytes | None


class PaperRepository:
    """What papers about a declaration and its signatures are made of, each by its key."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def leaf(self, index: int) -> PublishedLeaf | None:
        leaves = LeafRepository(self.session, LogName.DECLARATIONS)
        return next(iter(await leaves.between(index, index + 1)), None)

    async def note(self, size: int) -> str | None:
        """The tree head of this size as we signed it."""
        signed = CheckpointRepository(self.session, LogName.DECLARATIONS)
        checkpoint = await signed.of_size(size)
        return checkpoint.note if checkpoint else None

    async def tree_head(self) -> LedgerCheckpoint | None:
        """The last that we signed."""
        return await CheckpointRepository(self.session, LogName.DECLARATIONS).latest()

    async def signed(self, region_id: int, signature_id: UUID) -> Signed | None:
        query = _signed().where(Signature.region_id == region_id, Signature.id == signature_id)
        row = (await self.session.execute(query)).first()
        return _as_signed(row) if row else None

    async def recorded(self, index: int) -> RecordedBy | None:
        """The leaf of this index, the signature that it is about, and the last tree head.

        In one statement: while a country signs, each takes its turn among thousands.
        """
        log = LogName.DECLARATIONS
        last = select(func.max(LedgerCheckpoint.size)).where(LedgerCheckpoint.log == log)
        head = and_(LedgerCheckpoint.log == log, LedgerCheckpoint.size == last.scalar_subquery())
        leaf = and_(
            LedgerLeaf.region_id == Signature.region_id, LedgerLeaf.subject_id == Signature.id
        )
        query = (
            _signed()
            .add_columns(LedgerLeaf.data, LedgerCheckpoint)
            .join(LedgerLeaf, leaf)
            .outerjoin(LedgerCheckpoint, head)
            .where(LedgerLeaf.log == log, LedgerLeaf.index == index)
        )
        row = (await self.session.execute(query, execution_options=_FAN_OUT)).first()
        if row is None:
            return None
        signed, data = _as_signed(row), row[5]
        place = signed.signature
        return RecordedBy(PublishedLeaf(index, data, place.region_id, place.id), signed, row[6])

    async def first_leaf(self, declaration_id: UUID) -> int | None:
        """The leaf of the first signature of a declaration, which never changes (fan-out)."""
        query = select(Signature.leaf_index).where(Signature.declaration_id == declaration_id)
        first = query.order_by(Signature.recorded_at, Signature.id).limit(1)
        return await self.session.scalar(first, execution_options=_FAN_OUT)

    async def signatories(self, declaration_id: UUID, most: int) -> Sequence[Signature]:
        """Those whose signature counts, in the order in which they signed (fan-out)."""
        query = (
            select(Signature)
            .where(
                Signature.declaration_id == declaration_id,
                Signature.state == SignatureState.VALID,
            )
            .order_by(Signature.recorded_at, Signature.id)
            .limit(most)
        )
        return (await self.session.scalars(query, execution_options=_FAN_OUT)).all()

    async def pledged(self, declaration_id: UUID) -> Pledged | None:
        query = (
            select(Declaration, PledgeText, Office.time_zone)
            .join(PledgeText, PledgeText.id == Declaration.pledge_text_id)
            .join(Office, Office.id == Declaration.office_id)
            .where(Declaration.id == declaration_id)
        )
        row = (await self.session.execute(query)).first()
        return Pledged(*row) if row else None

    async def person(self, region_id: int, signature_id: UUID) -> Person | None:
        """The signer, else the target under whose id was signed."""
        signer = select(Signer.sealed, Signer.salt).where(
            Signer.region_id == region_id, Signer.signature_id == signature_id
        )
        target = select(Target.sealed, Target.salt).where(
            Target.region_id == region_id, Target.id == signature_id
        )
        found = await self._first(signer) or await self._first(target)
        return Person(*found) if found else None

    async def drawing(self, region_id: int, signature_id: UUID) -> bytes | None:
        """What was drawn, sealed."""
        query = select(SignatureMark.sealed).where(
            SignatureMark.region_id == region_id, SignatureMark.id == signature_id
        )
        return await self.session.scalar(query)

    async def _first(self, query: Select[bytes, bytes | None]) -> Row[bytes, bytes | None] | None:
        return (await self.session.execute(query)).first()


def _signed() -> Select[Signature, Declaration, PledgeText, str, str]:
    regency = func.left(Signature.region_code, _REGENCY_LENGTH)
    return (
        select(Signature, Declaration, PledgeText, Office.time_zone, Region.name)
        .join(Declaration, Declaration.id == Signature.declaration_id)
        .join(PledgeText, PledgeText.id == Declaration.pledge_text_id)
        .join(Office, Office.id == Declaration.office_id)
        .outerjoin(Region, Region.code == regency)
    )


def _as_signed(row: Sequence[Any]) -> Signed:
    return Signed(row[0], Pledged(*row[1:4]), row[4] or "")
