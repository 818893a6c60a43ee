from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.circulars.models import Circular, CircularAddressee
from app.circulars.repository.addressees import AddresseeRepository
from app.circulars.repository.circulars import CircularRepository
from app.circulars.rules.cascade import NotAddressee, WrongAddresseeCode
from app.circulars.rules.codes import read_code, write_code
from app.circulars.schemas.answers import AddressedOut, CodedObligationReportIn, OwnAddresseesIn
from app.circulars.schemas.cascade import (
    AddresseeCodeOut,
    AddresseeOut,
    CircularForwardedOut,
    CodeFilter,
    ObligationReportIn,
)
from app.circulars.schemas.parts import AddresseeLineIn
from app.circulars.service.duties import Duties
from app.circulars.service.issuer import Issuer, unknown
from app.circulars.service.showing import show_addressee, show_whole
from app.core.actors import Actor, ActorKind
from app.core.crypto import Keyring
from app.core.errors import Invalid, NotFound
from app.core.paging import Found
from app.evidence.repository.evidence import EvidenceRepository

PAGE: Final = "/circular-answers"
"""Where a link leads; the code stands behind a `#`, which no browser sends."""


class Codes:
    """Writes the codes of addressed offices and reads them; our oldest receipt key is enough."""

    def __init__(self, keys: Keyring, public_address: str = "") -> None:
        self.mac = partial(keys.sign_receipt, keys.first_receipt_key())
        self.public_address = public_address

    def read(self, written: str) -> UUID:
        return read_code(written, self.mac)

    def show(self, each: CircularAddressee) -> AddresseeCodeOut:
        code = write_code(each.id, self.mac)
        return AddresseeCodeOut(
            addressee_id=each.id,
            category=each.category,
            region_code=each.region_code,
            office_name=each.office_name,
            post=each.post,
            acknowledged_at=each.acknowledged_at,
            code=code,
            link=f"{self.public_address}{PAGE}#{code}",
        )


class OfficerAnswerService:
    """Answering for an addressed office as one of its officers."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.circulars = CircularRepository(session, actor)
        self.addressees = AddresseeRepository(session, actor, now)
        self.evidence = EvidenceRepository(session, actor)
        self.duties = Duties(session, actor, now, keys)
        self.actor = actor
        self.now = now

    async def acknowledge(self, circular_id: UUID, addressee_id: UUID) -> AddresseeOut:
        circular, addressee = await self._take(circular_id, addressee_id)
        await self.duties.acknowledge(circular, addressee)
        return show_addressee(addressee, circular, self.now)

    async def forward(
        self, circular_id: UUID, addressee_id: UUID, lines: Sequence[AddresseeLineIn]
    ) -> CircularForwardedOut:
        circular, addressee = await self._take(circular_id, addressee_id)
        return await self.duties.forward(circular, addressee, lines)

    async def report(
        self, circular_id: UUID, addressee_id: UUID, form: ObligationReportIn
    ) -> AddresseeOut:
        circular, addressee = await self._take(circular_id, addressee_id)
        await self._check_files(circular, form.evidence_ids)
        await self.duties.report(circular, addressee, form, form.evidence_ids)
        return show_addressee(addressee, circular, self.now)

    async def _take(
        self, circular_id: UUID, addressee_id: UUID
    ) -> tuple[Circular, CircularAddressee]:
        circular = await self.circulars.get_open(circular_id)
        addressee = await self.addressees.get(circular.id, addressee_id, lock=True)
        # A program may read; that an office has taken note is for a person to say.
        is_officer = self.actor.kind is ActorKind.OFFICER
        if not is_officer or addressee.office_id != self.actor.office_id:
            raise NotAddressee
        return circular, addressee

    async def _check_files(self, circular: Circular, ids: Collection[UUID]) -> None:
        found = await self.evidence.among(circular.id, ids)
        faults = [
            unknown(f"/evidence_ids/{place}") for place, id in enumerate(ids) if id not in found
        ]
        if faults:
            raise Invalid(*faults)


class CodeAnswerService:
    """Answering for an addressed office by the code of its link."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.circulars = CircularRepository(session, actor)
        self.addressees = AddresseeRepository(session, actor, now)
        self.duties = Duties(session, actor, now, keys)
        self.keys = keys
        self.now = now

    async def read(self, code: str) -> AddressedOut:
        return await self._show(*await self._open(code))

    async def acknowledge(self, code: str) -> AddressedOut:
        circular, addressee = await self._open(code)
        await self.duties.acknowledge(circular, addressee)
        return await self._show(circular, addressee)

    async def forward(self, code: str, lines: Sequence[AddresseeLineIn]) -> CircularForwardedOut:
        circular, addressee = await self._open(code)
        return await self.duties.forward(circular, addressee, lines)

    async def report(self, form: CodedObligationReportIn) -> AddressedOut:
        circular, addressee = await self._open(form.code)
        await self.duties.report(circular, addressee, form)
        return await self._show(circular, addressee)

    async def below(self, form: OwnAddresseesIn, public_address: str) -> Found[AddresseeCodeOut]:
        """Those to whom it forwarded, each with the code that it has to hand on."""
        circular, addressee = await self._open(form.code)
        wanted = CodeFilter(parent=addressee.id, limit=form.limit, cursor=form.cursor)
        found = await self.addressees.below(circular, addressee.id, wanted)
        codes = Codes(self.keys, public_address)
        return Found([codes.show(each) for each in found.items], found.next_cursor)

    async def _open(self, code: str) -> tuple[Circular, CircularAddressee]:
        try:
            addressee = await self.addressees.opened_by_code(Codes(self.keys).read(code))
        except NotFound as gone:
            raise WrongAddresseeCode from gone
        return await self.circulars.issued(addressee.circular_id), addressee

    async def _show(self, circular: Circular, addressee: CircularAddressee) -> AddressedOut:
        obligations = await self.circulars.obligations(circular.id)
        undone = {each.id for each in await self.addressees.undone(addressee)}
        return AddressedOut(
            circular=show_whole(circular, obligations, self.now),
            addressee=show_addressee(addressee, circular, self.now),
            done=[each.id for each in obligations if each.id not in undone],
        )


class CodeService:
    """The codes that the issuer, or whoever forwarded, hands on to those below."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.circulars = CircularRepository(session, actor)
        self.issuer = Issuer(self.circulars, actor)
        self.addressees = AddresseeRepository(session, actor, now)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys

    async def find(
        self, circular_id: UUID, wanted: CodeFilter, public_address: str
    ) -> Found[AddresseeCodeOut]:
        """Of the issuer's own addressees, or of those to whom the actor's office forwarded."""
        if wanted.parent is None:
            circular = await self.issuer.take(circular_id, lock=False)
        else:
            circular = await self.circulars.get_open(circular_id)
            parent = await self.addressees.get(circular.id, wanted.parent)
            if parent.office_id is None or parent.office_id != self.actor.office_id:
                await self.issuer.check(circular.office_id)
        found = await self.addressees.below(circular, wanted.parent, wanted)
        await self.journal.record("circular.codes_read", circular, codes=len(found.items))
        codes = Codes(self.keys, public_address)
        items = [codes.show(each) for each in found.items]
        return Found(items, found.next_cursor, found.total)
