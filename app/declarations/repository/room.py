from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Select, Uuid, and_, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.core.arrays import bound, given, insert_each
from app.core.errors import NotFound
from app.core.paging import Found, newest_first
from app.core.places import area_of
from app.declarations.models.declarations import Signature, Target
from app.declarations.models.room import CollectingDevice, SignatureCapture, SignatureMark
from app.declarations.repository.writing import RECORDED
from app.declarations.rules.certified import Source
from app.declarations.rules.choosing import Earlier
from app.declarations.rules.kinds import Check, Group, SignatoryRole, SignatureState
from app.declarations.rules.wishes import Recorded
from app.declarations.schemas.devices import DeviceFilter

# On Citus such a statement asks every shard; on one PostgreSQL it costs the same.
_FAN_OUT: Final = {"fan_out": True}
_CAPTURE: Final = tuple(each.key for each in SignatureCapture.__table__.columns)
_MARK: Final = ("region_id", "id", "region_code", "sealed")
# Who was erased has no salt: nobody signs in that name, and no device carries it.
_KNOWN: Final = Target.salt.is_not(None)
_OF_CAPTURE: Final = and_(
    SignatureCapture.region_id == Signature.region_id, SignatureCapture.id == Signature.id
)
_OF_MARK: Final = and_(
    SignatureMark.region_id == Signature.region_id, SignatureMark.id == Signature.id
)


class Place(NamedTuple):
    """The key of a national row."""

    region_id: int
    id: UUID


class Invited(NamedTuple):
    """A target as far as a signature in the room needs it; `is_rejected` where the organiser found
    that what was signed under its id was somebody else's."""

    id: UUID
    region_id: int
    region_code: str
    office: str
    group: Group
    role: SignatoryRole
    key_id: UUID
    person_key: bytes
    person_hash: bytes
    sealed: bytes
    needs_name: bool
    is_rejected: bool


class Carried(NamedTuple):
    """A target as far as a device needs it."""

    id: UUID
    region_id: int
    region_code: str
    office: str
    group: Group
    role: SignatoryRole
    sealed: bytes
    signed: bool
    state: SignatureState | None


class DeviceRepository:
    """The devices of declarations that the reader was allowed to open."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, device: CollectingDevice) -> None:
        self.session.add(device)

    async def get(
        self, declaration_id: UUID, device_id: UUID, *, lock: bool = False
    ) -> CollectingDevice:
        query = select(CollectingDevice).where(
            CollectingDevice.declaration_id == declaration_id, CollectingDevice.id == device_id
        )
        device = await self.session.scalar(query.with_for_update() if lock else query)
        if device is None:
            raise NotFound
        return device

    async def find(self, declaration_id: UUID, wanted: DeviceFilter) -> Found[CollectingDevice]:
        query = select(CollectingDevice).where(CollectingDevice.declaration_id == declaration_id)
        by = (CollectingDevice.registered_at, CollectingDevice.id)
        return await newest_first(self.session, query, by, wanted)

    async def carried(self, device: CollectingDevice, most: int) -> Sequence[Carried]:
        """The targets whose names it takes along, one more than that where there are more."""
        query = _carried(device).limit(most + 1)
        rows = await self.session.execute(query, execution_options=_FAN_OUT)
        return [Carried(*row) for row in rows]

    async def last_sequence(self, device_id: UUID) -> int:
        query = select(func.max(SignatureCapture.sequence)).where(
            SignatureCapture.device_id == device_id
        )
        return await self.session.scalar(query, execution_options=_FAN_OUT) or 0


class CaptureRepository:
    """Where signatures came from; whoever adds holds the log, so that nobody adds beside it."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def invited(
        self, declaration_id: UUID, places: Collection[Place]
    ) -> dict[Place, Invited]:
        """Those targets of the declaration that there are."""
        if not places:
            return {}
        values = bound(
            "target", region_id=(each.region_id for each in places), id=(each.id for each in places)
        )
        here = Target.declaration_id == declaration_id
        statement = _invited().where(here, _KNOWN)
        found = [Invited(*row) for row in await self.session.execute(statement, values)]
        return {Place(each.region_id, each.id): each for each in found}

    async def earlier(self, item_ids: Collection[UUID]) -> dict[UUID, Earlier]:
        """What came of these items before, wherever it lies: a repeat may name another region."""
        query = (
            select(
                SignatureCapture.item_id,
                SignatureCapture.body_mac,
                SignatureCapture.device_id,
                *RECORDED,
            )
            .join(Signature, _OF_CAPTURE)
            .where(SignatureCapture.item_id == func.any(list(item_ids)))
        )
        rows = await self.session.execute(query, execution_options=_FAN_OUT)
        found = [Earlier(row[0], row[1], row[2], Recorded(*row[3:])) for row in rows]
        return {each.item_id: each for each in found}

    async def used(self, device_id: UUID, sequences: Collection[int]) -> set[int]:
        query = select(SignatureCapture.sequence).where(
            SignatureCapture.device_id == device_id,
            SignatureCapture.sequence == func.any(list(sequences)),
        )
        found = await self.session.scalars(query, execution_options=_FAN_OUT)
        return {each for each in found if each is not None}

    async def used_sources(self, evidence_ids: Collection[UUID]) -> set[Source]:
        """Which electronic signatures in these documents were recorded."""
        number = SignatureCapture.document_signature
        query = select(SignatureCapture.evidence_id, number).where(
            SignatureCapture.evidence_id == func.any(list(evidence_ids)), number.is_not(None)
        )
        rows = await self.session.execute(query, execution_options=_FAN_OUT)
        return {Source(id, number) for id, number in rows if id is not None and number is not None}

    async def on_papers(self, evidence_ids: Collection[UUID]) -> dict[UUID, int]:
        """How many signatures were recorded from each of these files."""
        query = (
            select(SignatureCapture.evidence_id, func.count())
            .where(SignatureCapture.evidence_id == func.any(list(evidence_ids)))
            .group_by(SignatureCapture.evidence_id)
        )
        rows = await self.session.execute(query, execution_options=_FAN_OUT)
        return {id: number for id, number in rows if id is not None}

    async def add(
        self, captures: Iterable[SignatureCapture], marks: Iterable[SignatureMark]
    ) -> None:
        for kind, names, rows in (
            (SignatureCapture, _CAPTURE, captures),
            (SignatureMark, _MARK, marks),
        ):
            values = [[getattr(row, name) for name in names] for row in rows]
            await insert_each(self.session, kind, names, values)

    async def of(
        self, declaration_id: UUID, signature_id: UUID
    ) -> tuple[Signature, SignatureCapture | None, SignatureMark | None]:
        query = (
            select(Signature, SignatureCapture, SignatureMark)
            .outerjoin(SignatureCapture, _OF_CAPTURE)
            .outerjoin(SignatureMark, _OF_MARK)
            .where(Signature.declaration_id == declaration_id, Signature.id == signature_id)
        )
        row = (await self.session.execute(query, execution_options=_FAN_OUT)).first()
        if row is None:
            raise NotFound
        return row[0], row[1], row[2]


@cache
def _invited() -> Any:
    asked = given("target", region_id=Integer(), id=Uuid())
    columns = [getattr(Target, name) for name in Invited._fields[:-1]]
    same = and_(Target.region_id == asked.c.region_id, Target.id == asked.c.id)
    own = and_(Signature.region_id == Target.region_id, Signature.id == Target.id)
    is_rejected = exists().where(own, Signature.check == Check.REJECTED)
    return select(*columns, is_rejected).join(asked, same)


def _carried(device: CollectingDevice) -> Select[Any]:
    columns = [getattr(Target, name) for name in Carried._fields[:-2]]
    own = and_(Signature.region_id == Target.region_id, Signature.id == Target.id)
    other = aliased(Signature)
    for_it = exists().where(
        other.region_id == Target.region_id,
        other.stands_for == Target.id,
        other.state == SignatureState.VALID,
    )
    is_valid = func.coalesce(Signature.state == SignatureState.VALID, false())
    here = Target.declaration_id == device.declaration_id
    query = select(*columns, or_(is_valid, for_it), Signature.state).select_from(Target)
    query = query.outerjoin(Signature, own).where(here, _KNOWN)
    if device.regions:
        areas = [Target.region_code.startswith(area_of(each)) for each in device.regions]
        query = query.where(or_(*areas))
    if device.offices:
        query = query.where(Target.office.in_(device.offices))
    return query.order_by(Target.region_id, Target.office, Target.id)
