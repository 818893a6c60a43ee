from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.models import Circular, CircularAddressee
from app.circulars.repository.addressees import AddresseeRepository
from app.circulars.repository.circulars import CircularRepository
from app.circulars.repository.reach import ReachRepository
from app.circulars.rules.cascade import WrongAddresseeCode
from app.circulars.rules.circulars import day_of
from app.circulars.schemas.answers import (
    AddressedOut,
    CodedObligationReportIn,
    OwnAddresseesIn,
)
from app.circulars.schemas.cascade import (
    AddresseeCodeOut,
    CircularForwardedOut,
    CodeFilter,
    ReachOut,
)
from app.circulars.schemas.contacts import AddresseeContactIn, AddresseeContactOut
from app.circulars.schemas.parts import AddresseeLineIn
from app.circulars.service.codes import Codes
from app.circulars.service.contacts import Contacts
from app.circulars.service.describing import Describing
from app.circulars.service.duties import Duties
from app.circulars.service.reaching import show_reach
from app.circulars.service.showing import show_addressee
from app.core.actors import SYSTEM, Actor
from app.core.crypto import Keyring
from app.core.errors import NotFound
from app.core.paging import Found


class CodeAnswerService:
    """Answering for an addressed office by the code of its link."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.session = session
        self.circulars = CircularRepository(session, actor)
        self.addressees = AddresseeRepository(session, actor, now)
        # Of what lies below the office of a code its holder sees the figures, whoever he is.
        self.reached = ReachRepository(session, SYSTEM)
        self.describing = Describing(self.circulars, now)
        self.duties = Duties(session, actor, now, keys)
        self.contacts = Contacts(session, actor, now, keys)
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
        await self.duties.record("addressee.codes_read", addressee, codes=len(found.items))
        codes = Codes(self.keys, public_address)
        return Found([codes.show(each) for each in found.items], found.next_cursor)

    async def reach(self, code: str) -> ReachOut:
        """How far it has come of what this office forwarded, and of whatever came of that."""
        circular, addressee = await self._open(code)
        today = day_of(self.now, circular.time_zone)
        counted = await self.reached.figures(circular, today, parent=addressee.id)
        return show_reach(circular, counted, self.now)

    async def keep_contact(self, code: str, form: AddresseeContactIn) -> AddresseeContactOut:
        _, addressee = await self._open(code)
        return await self.contacts.keep(addressee, form)

    async def read_contact(self, code: str) -> AddresseeContactOut:
        _, addressee = await self._open(code)
        return self.contacts.show(addressee)

    async def _open(self, code: str) -> tuple[Circular, CircularAddressee]:
        try:
            addressee = await self.addressees.opened_by_code(Codes(self.keys).read(code))
        except NotFound as gone:
            raise WrongAddresseeCode from gone
        return await self.circulars.issued(addressee.circular_id), addressee

    async def _show(self, circular: Circular, addressee: CircularAddressee) -> AddressedOut:
        whole = await self.describing.whole(circular)
        undone = {each.id for each in await self.addressees.undone(addressee)}
        return AddressedOut(
            circular=whole,
            addressee=show_addressee(addressee, circular, self.now),
            done=[each.id for each in whole.obligations if each.id not in undone],
        )
