from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.paging import Found, newest_first
from app.posts.rules.categories import PostCategory
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation
from app.rakor.models.presence import CheckIn, EventDevice, EventQuorum, FailedScan
from app.rakor.rules.attendance import Answer
from app.rakor.rules.events import ParticipantRole
from app.rakor.rules.faults import ScanFault
from app.rakor.rules.stays import Scan
from app.rakor.schemas.check_ins import CheckInFilter, FailedScanFilter

_COLUMNS: Final = {
    kind: [each.key for each in kind.__table__.columns] for kind in (CheckIn, FailedScan)
}


class Invited(NamedTuple):
    """An invitation as far as presence needs it."""

    id: UUID
    office_id: UUID | None
    office_name: str
    region_code: str
    post: str
    role: ParticipantRole
    category: PostCategory | None
    answer: Answer | None
    deputy_post: str | None
    withdrawn_at: datetime | None


class Seen(NamedTuple):
    """A scan and whose it was: by invitation, or by office and post."""

    invitation_id: UUID | None
    office_name: str | None
    post: str | None
    scan: Scan


class CheckInRepository:
    """The check-ins of an event; they lie in its region, which every query names."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(
        self, kind: type[CheckIn | FailedScan], rows: Sequence[CheckIn | FailedScan]
    ) -> set[UUID]:
        """Add them in one statement; the ids of those that were new."""
        if not rows:
            return set()
        values = [{name: getattr(row, name) for name in _COLUMNS[kind]} for row in rows]
        statement = insert(kind).on_conflict_do_nothing().returning(kind.id)
        return set(await self.session.scalars(statement, values))

    async def get(self, event: Event, check_in_id: UUID) -> CheckIn:
        query = select(CheckIn).where(*_of(CheckIn, event), CheckIn.id == check_in_id)
        check_in = await self.session.scalar(query)
        if check_in is None:
            raise NotFound
        return check_in

    async def earlier(self, region_id: int, ids: Collection[UUID]) -> Mapping[UUID, CheckIn]:
        """What came before under these ids in this region, whatever the event."""
        query = select(CheckIn).where(
            CheckIn.region_id == region_id, CheckIn.id == func.any(list(ids))
        )
        return {each.id: each for each in await self.session.scalars(query)}

    async def failed(self, region_id: int, ids: Collection[UUID]) -> Mapping[UUID, FailedScan]:
        query = select(FailedScan).where(
            FailedScan.region_id == region_id, FailedScan.id == func.any(list(ids))
        )
        return {each.id: each for each in await self.session.scalars(query)}

    async def off_day(self, device: EventDevice) -> Sequence[FailedScan]:
        """What a device saw on a wrong day and what does not count yet."""
        counts = exists().where(
            CheckIn.region_id == FailedScan.region_id, CheckIn.id == FailedScan.id
        )
        query = select(FailedScan).where(
            *_by(FailedScan, device), FailedScan.fault == ScanFault.WRONG_DAY, ~counts
        )
        return (await self.session.scalars(query.order_by(FailedScan.captured_at))).all()

    async def used(self, device: EventDevice, sequences: Collection[int]) -> set[int]:
        """Which of these numbers of a device served already."""
        found: set[int] = set()
        for kind in (CheckIn, FailedScan):
            query = select(kind.sequence).where(
                *_by(kind, device), kind.sequence == func.any(list(sequences))
            )
            found |= {each for each in await self.session.scalars(query) if each is not None}
        return found

    async def last_sequence(self, device: EventDevice) -> int:
        lasts = [
            await self.session.scalar(select(func.max(kind.sequence)).where(*_by(kind, device)))
            for kind in (CheckIn, FailedScan)
        ]
        return max(each or 0 for each in lasts)

    async def find(self, event: Event, wanted: CheckInFilter) -> Found[CheckIn]:
        query = select(CheckIn).where(*_of(CheckIn, event))
        for column, value in (
            (CheckIn.session_id, wanted.session_id),
            (CheckIn.invitation_id, wanted.invitation_id),
            (CheckIn.device_id, wanted.device_id),
        ):
            query = query if value is None else query.where(column == value)
        return await newest_first(self.session, query, (CheckIn.captured_at, CheckIn.id), wanted)

    async def find_failed(self, event: Event, wanted: FailedScanFilter) -> Found[FailedScan]:
        query = select(FailedScan).where(*_of(FailedScan, event))
        if wanted.fault is not None:
            query = query.where(FailedScan.fault == wanted.fault)
        if wanted.device_id is not None:
            query = query.where(FailedScan.device_id == wanted.device_id)
        by = (FailedScan.captured_at, FailedScan.id)
        return await newest_first(self.session, query, by, wanted)

    async def seen(self, event: Event) -> list[Seen]:
        """Every scan of an event, in the order of the devices' clocks."""
        columns: list[Any] = [CheckIn.invitation_id, CheckIn.office_name, CheckIn.post]
        columns += [getattr(CheckIn, name) for name in Scan._fields]
        query: Select[Any] = select(*columns).where(*_of(CheckIn, event))
        rows = await self.session.execute(query.order_by(CheckIn.captured_at, CheckIn.id))
        return [Seen(row[0], row[1], row[2], Scan(*row[3:])) for row in rows]


class PresenceRepository:
    """Who was to come to an event, and how many of them it takes."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def invited(self, event: Event) -> list[Invited]:
        """Those invited, also where it was withdrawn; rows, for whole objects take twice as
        long."""
        query: Select[Any] = select(*[getattr(Invitation, name) for name in Invited._fields])
        here = query.where(Invitation.event_id == event.id)
        in_order = here.order_by(Invitation.region_code, Invitation.id)
        return [Invited(*row) for row in await self.session.execute(in_order)]

    async def known(self, event: Event, ids: Collection[UUID]) -> Mapping[UUID, datetime | None]:
        """Which of these are invitations to the event, and when they were withdrawn."""
        query = select(Invitation.id, Invitation.withdrawn_at).where(
            Invitation.event_id == event.id, Invitation.id == func.any(list(ids))
        )
        return {id: withdrawn_at for id, withdrawn_at in await self.session.execute(query)}

    async def quorum(self, event: Event) -> Sequence[EventQuorum]:
        query = select(EventQuorum).where(EventQuorum.event_id == event.id)
        return (await self.session.scalars(query.order_by(EventQuorum.category))).all()

    async def replace_quorum(self, event: Event, rules: Sequence[EventQuorum]) -> None:
        await self.session.execute(delete(EventQuorum).where(EventQuorum.event_id == event.id))
        self.session.add_all(rules)


def _of(kind: type[CheckIn | FailedScan], event: Event) -> tuple[ColumnElement[bool], ...]:
    return kind.region_id == event.region_id, kind.event_id == event.id


def _by(kind: type[CheckIn | FailedScan], device: EventDevice) -> tuple[ColumnElement[bool], ...]:
    return kind.region_id == device.region_id, kind.device_id == device.id
