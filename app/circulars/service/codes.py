from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.circulars.models import Circular, CircularAddressee
from app.circulars.repository.addressees import AddresseeRepository
from app.circulars.repository.circulars import CircularRepository
from app.circulars.rules.cascade import NoCode
from app.circulars.rules.circulars import NotIssuer
from app.circulars.rules.codes import AddresseeCode, read_code, write_code
from app.circulars.schemas.cascade import AddresseeCodeOut, CodeFilter
from app.circulars.service.issuer import Issuer
from app.core.actors import Actor, ActorKind, Permission
from app.core.crypto import Keyring
from app.core.paging import Found

PAGE: Final = "/circular-answers"
"""Where a link leads; the code stands behind a `#`, which no browser sends."""


class Codes:
    """Writes the codes of addressed offices and reads them; our oldest receipt key is enough."""

    def __init__(self, keys: Keyring, public_address: str = "") -> None:
        self.mac = partial(keys.sign_receipt, keys.first_receipt_key())
        self.public_address = public_address

    def read(self, written: str) -> AddresseeCode:
        return read_code(written, self.mac)

    def write(self, each: CircularAddressee) -> str:
        return write_code(AddresseeCode(each.id, each.code_turn), self.mac)

    def link(self, each: CircularAddressee) -> str:
        return f"{self.public_address}{PAGE}#{self.write(each)}"

    def show(self, each: CircularAddressee) -> AddresseeCodeOut:
        return AddresseeCodeOut(
            addressee_id=each.id,
            category=each.category,
            region_code=each.region_code,
            office_name=each.office_name,
            post=each.post,
            acknowledged_at=each.acknowledged_at,
            code=self.write(each),
            link=self.link(each),
        )


class Handing:
    """Who may hand on the codes of a circular: they are credentials, with which whoever has one
    answers for its office."""

    def __init__(self, circulars: CircularRepository, actor: Actor) -> None:
        self.circulars = circulars
        self.issuer = Issuer(circulars, actor)
        self.actor = actor

    async def of_issuer(self, circular_id: UUID) -> Circular:
        """The circular, for officers who manage those of its office: not for programs, and not
        for who may merely read."""
        circular = await self.issuer.take(circular_id, lock=False)
        self._check_manages()
        return circular

    async def of_parent(self, circular: Circular, parent: CircularAddressee) -> None:
        """The officers of whoever forwarded it, or those of the issuer."""
        is_officer = self.actor.kind is ActorKind.OFFICER
        if not is_officer or parent.office_id is None or parent.office_id != self.actor.office_id:
            await self.issuer.check(circular.office_id)
            self._check_manages()

    async def of(self, circular: Circular, parent: CircularAddressee | None) -> None:
        """Whoever addressed an office: the issuer, or who forwarded to it."""
        if parent is None:
            await self.of_issuer(circular.id)
        else:
            await self.of_parent(circular, parent)

    def _check_manages(self) -> None:
        is_officer = self.actor.kind is ActorKind.OFFICER
        if not (is_officer and self.actor.may(Permission.MANAGE_CIRCULARS)):
            raise NotIssuer


class CodeService:
    """The codes that the issuer, or whoever forwarded, hands on to those below."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.circulars = CircularRepository(session, actor)
        self.handing = Handing(self.circulars, actor)
        self.addressees = AddresseeRepository(session, actor, now)
        self.journal = Journal(session, actor, now)
        self.keys = keys

    async def find(
        self, circular_id: UUID, wanted: CodeFilter, public_address: str
    ) -> Found[AddresseeCodeOut]:
        """Of the issuer's own addressees, or of those to whom the actor's office forwarded."""
        if wanted.parent is None:
            circular = await self.handing.of_issuer(circular_id)
        else:
            circular = await self.circulars.get_open(circular_id)
            parent = await self.addressees.get(circular.id, wanted.parent)
            await self.handing.of_parent(circular, parent)
        found = await self.addressees.below(circular, wanted.parent, wanted)
        await self.journal.record("circular.codes_read", circular, codes=len(found.items))
        codes = Codes(self.keys, public_address)
        items = [codes.show(each) for each in found.items]
        return Found(items, found.next_cursor, found.total)

    async def renew(
        self, circular_id: UUID, addressee_id: UUID, public_address: str
    ) -> AddresseeCodeOut:
        """Make a code anew, so that nobody gets in by the one before; the e-mail address, which
        may be how it got into wrong hands, is forgotten."""
        circular = await self.circulars.get_open(circular_id)
        addressee = await self.addressees.get(circular.id, addressee_id, lock=True)
        await self.handing.of(circular, await self.addressees.above(addressee))
        if addressee.office_id is not None:
            raise NoCode
        addressee.code_turn += 1
        addressee.sealed_email = None
        await self.journal.record("addressee.code_renewed", addressee, circular=str(circular.id))
        return Codes(self.keys, public_address).show(addressee)
