from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.circulars.models import CircularAddressee
from app.circulars.repository.addressees import AddresseeRepository
from app.circulars.repository.circulars import CircularRepository
from app.circulars.rules.cascade import ReminderUnavailable
from app.circulars.schemas.contacts import AddresseeContactIn, AddresseeContactOut
from app.circulars.service.codes import Handing
from app.core.actors import Actor, ActorKind
from app.core.crypto import Keyring
from app.correspondence.rules.notices import masked
from app.correspondence.service.notices import BY_EMAIL


class Contacts:
    """Where addressed offices are reminded: an address lies sealed, and is shown masked."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.is_available = bool(session.info.get(BY_EMAIL))
        self.journal = Journal(session, actor, now)
        self.keys = keys

    def show(self, addressee: CircularAddressee) -> AddresseeContactOut:
        sealed = addressee.sealed_email
        email = masked(self.keys.open(sealed, addressee.id).decode()) if sealed else None
        return AddresseeContactOut(email_available=self.is_available, email=email)

    async def keep(
        self, addressee: CircularAddressee, form: AddresseeContactIn
    ) -> AddresseeContactOut:
        """Keep this address and no other; without a mail server none is kept."""
        if form.email is None:
            addressee.sealed_email = None
        elif self.is_available:
            addressee.sealed_email = self.keys.seal(form.email.encode(), addressee.id)
        else:
            raise ReminderUnavailable
        act = "forgotten" if form.email is None else "left"
        await self.journal.record(f"addressee.contact_{act}", addressee)
        return self.show(addressee)


class ContactService:
    """The addresses of offices, as officers enter them: those of the office itself, of whoever
    forwarded to it, and of the issuer."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.circulars = CircularRepository(session, actor)
        self.addressees = AddresseeRepository(session, actor, now)
        self.handing = Handing(self.circulars, actor)
        self.contacts = Contacts(session, actor, now, keys)
        self.actor = actor

    async def keep(
        self, circular_id: UUID, addressee_id: UUID, form: AddresseeContactIn
    ) -> AddresseeContactOut:
        circular = await self.circulars.get_open(circular_id)
        addressee = await self.addressees.get(circular.id, addressee_id, lock=True)
        is_officer = self.actor.kind is ActorKind.OFFICER
        is_own = is_officer and addressee.office_id == self.actor.office_id
        if not is_own:
            await self.handing.of(circular, await self.addressees.above(addressee))
        return await self.contacts.keep(addressee, form)
