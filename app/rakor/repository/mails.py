from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.rules.reminding import ReminderKind
from app.core.paging import Found, newest_first
from app.correspondence.rules.notices import NoticeState
from app.rakor.models.events import Event, EventSession
from app.rakor.models.invitations import Invitation, InvitationAddress
from app.rakor.models.mails import InvitationMail
from app.rakor.rules.events import Stage
from app.rakor.rules.mails import MailKind
from app.rakor.schemas.mails import InvitationMailFilter

_PENDING: Final = text("state = 'pending'")
_A_DAY: Final = timedelta(days=1)


class Addressee(NamedTuple):
    """To whom a letter goes, and about what; `sealed` is his address and code."""

    event: Event
    invitation: Invitation
    sealed: bytes | None


class MailRepository:
    """The letters to invited offices that wait, went out, or could not."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def hold(self, event_id: UUID) -> Event:
        """The event as it is, until the end of this transaction; whoever changes it, waits."""
        query = select(Event).where(Event.id == event_id).with_for_update(read=True)
        query = query.execution_options(populate_existing=True)
        return (await self.session.scalars(query)).one()

    async def run_down(self, event: Event) -> Sequence[EventSession]:
        query = select(EventSession).where(EventSession.event_id == event.id)
        in_order = query.order_by(EventSession.starts_at, EventSession.id)
        return (await self.session.scalars(in_order)).all()

    async def queue(self, mails: Sequence[InvitationMail]) -> None:
        """Add them; what waits already, or is on its way, is wanted once more."""
        if not mails:
            return
        await self.session.flush()
        statement = insert(InvitationMail)
        again = {"asked": InvitationMail.asked + 1, "reminder": statement.excluded.reminder}
        statement = statement.on_conflict_do_update(
            index_elements=["invitation_id", "kind"], index_where=_PENDING, set_=again
        )
        await self.session.execute(statement, [_row(each) for each in mails])

    async def has_address(self, invitation_id: UUID) -> bool:
        query = select(InvitationAddress.invitation_id)
        query = query.where(InvitationAddress.invitation_id == invitation_id)
        return await self.session.scalar(query) is not None

    async def addressed(
        self, event_id: UUID, among: Collection[UUID] | None = None
    ) -> Sequence[UUID]:
        """The invitations that stand and have an address; of these only, where some are named."""
        query = _addressed(event_id)
        query = query if among is None else query.where(Invitation.id.in_(among))
        return (await self.session.scalars(query)).all()

    async def unwritten(self, event_id: UUID) -> Sequence[UUID]:
        """Those of them that got no invitation by e-mail so far."""
        written = select(InvitationMail.invitation_id).where(
            InvitationMail.event_id == event_id, InvitationMail.kind == MailKind.INVITATION
        )
        query = _addressed(event_id).where(Invitation.id.not_in(written))
        return (await self.session.scalars(query)).all()

    async def outdated(self, event_id: UUID, sequence: int) -> Sequence[UUID]:
        """Those of them whose calendars hold the event as it was before this SEQUENCE."""
        told = (
            select(InvitationMail.invitation_id)
            .where(InvitationMail.event_id == event_id, _SENT)
            .group_by(InvitationMail.invitation_id)
            .having(func.max(InvitationMail.sequence) < sequence)
        )
        query = _addressed(event_id).where(Invitation.id.in_(told))
        return (await self.session.scalars(query)).all()

    async def told(self, invitation_id: UUID) -> int | None:
        """The highest SEQUENCE that was sent to an office."""
        query = select(func.max(InvitationMail.sequence))
        return await self.session.scalar(
            query.where(InvitationMail.invitation_id == invitation_id, _SENT)
        )

    async def to_come(self, now: datetime) -> Sequence[Event]:
        """The events that are announced and may still lie ahead, wherever their venue is."""
        query = select(Event).where(
            Event.stage == Stage.PUBLISHED, Event.starts_on >= (now - _A_DAY).date()
        )
        return (await self.session.scalars(query.order_by(Event.id))).all()

    async def silent(
        self, event: Event, reminder: ReminderKind, before: datetime
    ) -> Sequence[UUID]:
        """Who was invited before this moment, has not answered, and had no such reminder."""
        reminded = select(InvitationMail.invitation_id).where(
            InvitationMail.event_id == event.id, InvitationMail.reminder == reminder
        )
        query = _addressed(event.id).where(
            Invitation.answer.is_(None),
            Invitation.invited_at < before,
            Invitation.id.not_in(reminded),
        )
        return (await self.session.scalars(query)).all()

    async def next_due(self, now: datetime) -> InvitationMail | None:
        """One that may go out now, locked; what another worker holds is passed over."""
        query = select(InvitationMail).where(
            InvitationMail.state == NoticeState.PENDING, InvitationMail.due_at <= now
        )
        first = query.order_by(InvitationMail.due_at, InvitationMail.id).limit(1)
        return await self.session.scalar(first.with_for_update(skip_locked=True))

    async def addressee(self, mail: InvitationMail) -> Addressee:
        query = (
            select(Event, Invitation, InvitationAddress.sealed)
            .join(Invitation, Invitation.event_id == Event.id)
            .outerjoin(InvitationAddress, InvitationAddress.invitation_id == Invitation.id)
            .where(Invitation.id == mail.invitation_id)
        )
        return Addressee(*(await self.session.execute(query)).one())

    async def drop(self, mail: InvitationMail) -> None:
        await self.session.delete(mail)
        await self.session.flush()

    async def event_of(self, mail_id: UUID) -> UUID | None:
        query = select(InvitationMail.event_id).where(InvitationMail.id == mail_id)
        return await self.session.scalar(query)

    async def get(self, mail_id: UUID) -> InvitationMail | None:
        query = select(InvitationMail).where(InvitationMail.id == mail_id)
        return await self.session.scalar(query.with_for_update())

    async def find(self, event: Event, wanted: InvitationMailFilter) -> Found[InvitationMail]:
        query = select(InvitationMail).where(InvitationMail.event_id == event.id)
        for column, value in (
            (InvitationMail.invitation_id, wanted.invitation_id),
            (InvitationMail.kind, wanted.kind),
            (InvitationMail.state, wanted.state),
        ):
            query = query if value is None else query.where(column == value)
        by = (InvitationMail.queued_at, InvitationMail.id)
        return await newest_first(self.session, query, by, wanted)


_SENT: Final = InvitationMail.state == NoticeState.SENT


def _addressed(event_id: UUID) -> Select[UUID]:
    return (
        select(Invitation.id)
        .join(InvitationAddress, InvitationAddress.invitation_id == Invitation.id)
        .where(Invitation.event_id == event_id, Invitation.withdrawn_at.is_(None))
        .order_by(Invitation.id)
    )


def _row(mail: InvitationMail) -> dict[str, object]:
    return {column.key: getattr(mail, column.key) for column in InvitationMail.__table__.columns}
