from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Select, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.arrays import insert_each
from app.core.errors import NotFound
from app.core.models import Grant
from app.core.paging import Found, newest_first
from app.core.places import area_of
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation, InvitationAddress
from app.rakor.models.presence import CheckIn
from app.rakor.rules.attendance import InvitationSeat
from app.rakor.schemas.invitations import InvitationFilter

_ISSUED: Final = (
    "id",
    "event_id",
    "region_code",
    "office_id",
    "office_name",
    "office_key",
    "post",
    "role",
    "category",
    "letter_number",
    "code_hash",
    "invited_at",
    "joins_online",
)
_ADDRESS: Final = ("invitation_id", "sealed")
_GRANT: Final = ("id", "subject_id", "office_id", "since")


class InvitationRepository:
    """The invitations of an event that the caller has got, or the one that a code opens."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(
        self, invitations: Sequence[Invitation], addresses: Sequence[InvitationAddress]
    ) -> None:
        """Add new ones, thousands of them in one statement."""
        for kind, names, rows in (
            (Invitation, _ISSUED, invitations),
            (InvitationAddress, _ADDRESS, addresses),
        ):
            values = [tuple(getattr(row, name) for name in names) for row in rows]
            await insert_each(self.session, kind, names, values)

    async def get(self, event: Event, invitation_id: UUID) -> Invitation:
        query = self._of(event).where(Invitation.id == invitation_id)
        invitation = await self.session.scalar(query)
        if invitation is None:
            raise NotFound
        return invitation

    async def opened_by(self, code_hash: bytes) -> Invitation | None:
        query = select(Invitation).where(Invitation.code_hash == code_hash)
        return await self.session.scalar(query.execution_options(populate_existing=True))

    async def event_of(self, invitation: Invitation, *, lock: bool = False) -> Event:
        """With `lock`, whoever else answers for this event waits; check-ins do not."""
        query = select(Event).where(Event.id == invitation.event_id)
        if lock:
            query = query.with_for_update(key_share=True)
            query = query.execution_options(populate_existing=True)
        return (await self.session.scalars(query)).one()

    async def of(self, event: Event) -> Sequence[Invitation]:
        """Those that stand."""
        query = self._standing(event).order_by(Invitation.region_code, Invitation.id)
        return (await self.session.scalars(query)).all()

    async def addressed(self, event: Event) -> Sequence[tuple[Invitation, bytes]]:
        """Those that stand and have an address, with what `files.open_address` reads."""
        query = self._standing(event).join(InvitationAddress).add_columns(InvitationAddress.sealed)
        rows = await self.session.execute(query.order_by(Invitation.id))
        return [(invitation, sealed) for invitation, sealed in rows]

    async def count(self, event: Event) -> int:
        query = self._standing(event).with_only_columns(func.count())
        return await self.session.scalar(query) or 0

    async def find(
        self, event: Event, wanted: InvitationFilter, last_seated: int | None
    ) -> Found[Invitation]:
        query = self._of(event).where(Invitation.withdrawn_at.is_not(None) == wanted.is_withdrawn)
        for column, value in (
            (Invitation.answer, wanted.answer),
            (Invitation.category, wanted.category),
        ):
            query = query if value is None else query.where(column == value)
        if wanted.is_answered is not None:
            query = query.where(Invitation.answer.is_not(None) == wanted.is_answered)
        if wanted.region is not None:
            query = query.where(Invitation.region_code.startswith(area_of(wanted.region)))
        if wanted.seat is not None:
            query = _seated(query, wanted.seat, last_seated)
        by = (Invitation.invited_at, Invitation.id)
        return await newest_first(self.session, query, by, wanted)

    async def is_attended(self, event: Event, invitation: Invitation) -> bool:
        query = select(CheckIn.id).where(
            CheckIn.region_id == event.region_id,
            CheckIn.event_id == event.id,
            CheckIn.invitation_id == invitation.id,
        )
        return await self.session.scalar(query.limit(1)) is not None

    async def show_to(self, offices: Collection[UUID], event: Event, now: datetime) -> None:
        """Let the officers of these offices see the event, once each."""
        await self.show(event.id, offices, now)

    async def show(self, subject_id: UUID, offices: Collection[UUID], now: datetime) -> None:
        query = select(Grant.office_id).where(Grant.subject_id == subject_id, Grant.until.is_(None))
        unseen = set(offices) - set(await self.session.scalars(query))
        grants = [Grant(subject_id=subject_id, office_id=id, since=now) for id in unseen]
        values = [tuple(getattr(grant, name) for name in _GRANT) for grant in grants]
        await insert_each(self.session, Grant, _GRANT, values)

    async def hide_from(self, office_id: UUID, event: Event, now: datetime) -> None:
        """Unless it is invited still: by another letter, or for another post."""
        query = self._standing(event).where(Invitation.office_id == office_id).limit(1)
        if await self.session.scalar(query) is None:
            seen = update(Grant).where(
                Grant.subject_id == event.id, Grant.office_id == office_id, Grant.until.is_(None)
            )
            await self.session.execute(seen.values(until=now))

    def _of(self, event: Event) -> Select[Invitation]:
        return select(Invitation).where(Invitation.event_id == event.id)

    def _standing(self, event: Event) -> Select[Invitation]:
        return self._of(event).where(Invitation.withdrawn_at.is_(None))


def _seated(
    query: Select[Invitation], seat: InvitationSeat, last_seated: int | None
) -> Select[Invitation]:
    """As `attendance.seat_of` tells it of one."""
    is_held = true() if last_seated is None else Invitation.queue_number <= last_seated
    query = query.where(Invitation.queue_number.is_not(None))
    return query.where(is_held if seat is InvitationSeat.HELD else ~is_held)
