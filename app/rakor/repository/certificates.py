import secrets
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.certificates.rules.codes import NUMBER_BITS
from app.certificates.rules.states import PaperState
from app.core.errors import NotFound
from app.core.paging import Found, newest_first
from app.rakor.models.certificates import AttendanceCertificate
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation, InvitationDeputy
from app.rakor.models.presence import CheckIn
from app.rakor.rules.attendance import Direction
from app.rakor.schemas.certificates import CertificateFilter


class Deputy(NamedTuple):
    """The post of a deputy and, where it was told, the sealed name."""

    post: str
    sealed: bytes | None


class CertificateRepository:
    """The attendance certificates of an event that the caller has found."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, certificates: Sequence[AttendanceCertificate]) -> None:
        self.session.add_all(certificates)
        await self.session.flush()

    async def get(
        self, event: Event, certificate_id: UUID, *, lock: bool = False
    ) -> AttendanceCertificate:
        query = _of(event).where(AttendanceCertificate.id == certificate_id)
        certificate = await self.session.scalar(query.with_for_update() if lock else query)
        if certificate is None:
            raise NotFound
        return certificate

    async def find(self, event: Event, wanted: CertificateFilter) -> Found[AttendanceCertificate]:
        query = _of(event)
        if wanted.state is not None:
            query = query.where(AttendanceCertificate.state == wanted.state)
        by = (AttendanceCertificate.issued_at, AttendanceCertificate.id)
        return await newest_first(self.session, query, by, wanted)

    async def valid(self, event: Event) -> Sequence[AttendanceCertificate]:
        """By office and post, as they are handed out."""
        query = _of(event).where(AttendanceCertificate.state == PaperState.VALID)
        by = (AttendanceCertificate.office_name, AttendanceCertificate.post)
        return (await self.session.scalars(query.order_by(*by, AttendanceCertificate.id))).all()

    async def last_of(self, invitation: Invitation) -> AttendanceCertificate | None:
        query = select(AttendanceCertificate).where(
            AttendanceCertificate.invitation_id == invitation.id
        )
        newest = query.order_by(
            AttendanceCertificate.issued_at.desc(), AttendanceCertificate.id.desc()
        )
        return await self.session.scalar(newest.limit(1))

    async def numbered(self, number: int) -> tuple[AttendanceCertificate, Event] | None:
        query = (
            select(AttendanceCertificate, Event)
            .join(Event, Event.id == AttendanceCertificate.event_id)
            .where(AttendanceCertificate.number == number)
        )
        row = (await self.session.execute(query)).one_or_none()
        return None if row is None else (row[0], row[1])

    async def free_numbers(self, most: int) -> list[int]:
        """So many numbers that no certificate has; drawn, so that none tells of another."""
        found: set[int] = set()
        while len(found) < most:
            drawn = {secrets.randbits(NUMBER_BITS) for _ in range(most - len(found))} - found
            query = select(AttendanceCertificate.number).where(
                AttendanceCertificate.number == func.any(list(drawn))
            )
            found |= drawn - set(await self.session.scalars(query))
        return list(found)

    async def walk_ins(self, event: Event) -> Sequence[CheckIn]:
        """Who came without an invitation and gave a name, the first to come first."""
        query = select(CheckIn).where(
            CheckIn.region_id == event.region_id,
            CheckIn.event_id == event.id,
            CheckIn.invitation_id.is_(None),
            CheckIn.direction == Direction.IN,
            CheckIn.sealed.is_not(None),
        )
        return (await self.session.scalars(query.order_by(CheckIn.captured_at, CheckIn.id))).all()

    async def deputies(self, event: Event) -> dict[UUID, Deputy]:
        """Whom the invited said that they would send, by invitation."""
        query = (
            select(Invitation.id, Invitation.deputy_post, InvitationDeputy.sealed)
            .outerjoin(InvitationDeputy, InvitationDeputy.invitation_id == Invitation.id)
            .where(Invitation.event_id == event.id, Invitation.deputy_post.is_not(None))
        )
        rows = await self.session.execute(query)
        return {id: Deputy(post, name) for id, post, name in rows if post is not None}


def _of(event: Event) -> Select[AttendanceCertificate]:
    return select(AttendanceCertificate).where(AttendanceCertificate.event_id == event.id)
