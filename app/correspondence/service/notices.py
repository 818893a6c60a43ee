from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.places import Placed
from app.correspondence.models import Notice
from app.correspondence.repository.notices import NoticeRepository
from app.correspondence.rules import notices as rules
from app.correspondence.rules.notices import NoticeState
from app.offices.repository import OfficeRepository
from app.receipts.rules import ReceiptKind

BY_EMAIL: Final = "by_email"
"""Under this name a session knows whether the service has a mail server at all."""

_ELSEWHERE: Final = "Asia/Jakarta"
"""The zone of the national office, for a place that is no longer in the register."""


class NoticeService:
    """Tells reporters who left an address that there is news, one notice until they have read."""

    def __init__(self, session: AsyncSession, now: datetime, kind: ReceiptKind) -> None:
        self.notices = NoticeRepository(session, kind)
        self.zones = Zones(session)
        self.is_available = bool(session.info.get(BY_EMAIL))
        self.kind = kind
        self.now = now

    async def queue(self, subject: Placed) -> None:
        """Queue one, unless nobody left an address or one is waiting to be read already."""
        if not (self.is_available and await self.hold(subject)):
            return
        zone = await self.zones.of(subject.region_code)
        notice = Notice(
            subject_id=subject.id,
            kind=self.kind,
            region_id=subject.region_id,
            region_code=subject.region_code,
            due_at=rules.due_at(self.now, zone),
        )
        await self.notices.add(notice)

    async def hold(self, subject: Placed) -> bool:
        """Make whoever writes and whoever reads wait for each other, where there is an address.

        Otherwise news that arrives while the reporter reads could find the old notice still there,
        and never be told.
        """
        return await self.notices.contact(subject.id, lock=True) is not None

    async def has_read(self, subject: Placed, *, is_all: bool) -> None:
        """The reporter was here: the next news is told again, and so is what was left unread."""
        if await self.notices.drop(subject.id) and not is_all:
            await self.queue(subject)

    async def redirect(self, subject: Placed) -> None:
        """There is another address: what could not reach the old one sets out for this one."""
        if await self.is_undeliverable(subject):
            await self.notices.drop(subject.id)
            await self.queue(subject)

    async def is_undeliverable(self, subject: Placed) -> bool:
        notice = await self.notices.of(subject.id)
        return notice is not None and notice.state is NoticeState.UNDELIVERABLE


class Zones:
    """The zone of the office that handles a place: whose night is quiet."""

    def __init__(self, session: AsyncSession) -> None:
        self.offices = OfficeRepository(session)

    async def of(self, region_code: str) -> ZoneInfo:
        handling = await self.offices.handling(region_code)
        return ZoneInfo(handling.time_zone if handling else _ELSEWHERE)
