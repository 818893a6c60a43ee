from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.core.places import Placed
from app.correspondence.files.sealing import open_email
from app.correspondence.models import Contact
from app.correspondence.repository.notices import NoticeRepository
from app.correspondence.repository.subjects import SubjectRepository
from app.correspondence.rules import notices as rules
from app.correspondence.rules.notices import EmailUnavailable
from app.correspondence.schemas.contact import ContactIn, ContactOut
from app.correspondence.service.notices import NoticeService
from app.receipts.rules import ReceiptKind


class ContactService:
    """The address that a reporter may leave, see masked, change and take back."""

    def __init__(
        self,
        session: AsyncSession,
        actor: Actor,
        now: datetime,
        keys: Keyring,
        kind: ReceiptKind = ReceiptKind.COMPLAINT,
    ) -> None:
        self.subjects = SubjectRepository(session, actor, kind)
        self.contacts = NoticeRepository(session, kind)
        self.notices = NoticeService(session, now, kind)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.kind = kind
        self.keys = keys
        self.now = now

    async def read(self) -> ContactOut:
        subject = await self.subjects.get(self.actor.subject)
        contact = await self.contacts.contact(subject.id)
        if contact is None:
            return self._told(None, undeliverable=False)
        undeliverable = await self.notices.is_undeliverable(subject)
        return self._told(contact, undeliverable=undeliverable)

    async def leave(self, form: ContactIn) -> ContactOut:
        """Keep this address, and no other."""
        if not self.notices.is_available:
            raise EmailUnavailable
        subject = await self.subjects.get(self.actor.subject, lock=True)
        contact = self._sealed(subject, form)
        await self.contacts.replace_contact(subject, contact)
        await self.journal.record("contact.left", subject)
        await self.notices.redirect(subject)
        return self._told(contact, undeliverable=False)

    async def forget(self) -> ContactOut:
        """Delete the address and whatever was on its way to it."""
        subject = await self.subjects.get(self.actor.subject, lock=True)
        if await self.contacts.contact(subject.id, lock=True) is not None:
            await self.contacts.replace_contact(subject, None)
            await self.contacts.drop(subject.id)
            await self.journal.record("contact.forgotten", subject)
        return self._told(None, undeliverable=False)

    def _sealed(self, subject: Placed, form: ContactIn) -> Contact:
        id = new_id()
        return Contact(
            id=id,
            subject_id=subject.id,
            kind=self.kind,
            region_id=subject.region_id,
            region_code=subject.region_code,
            sealed=self.keys.seal(form.email.encode(), id),
            language=form.language,
            left_at=self.now,
        )

    def _told(self, contact: Contact | None, *, undeliverable: bool) -> ContactOut:
        return ContactOut(
            email_available=self.notices.is_available,
            email=rules.masked(open_email(contact, self.keys)) if contact else None,
            language=contact.language if contact else None,
            undeliverable=undeliverable,
        )
