from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import PUBLIC
from app.core.crypto import Keyring
from app.declarations import files
from app.declarations.models.declarations import Declaration
from app.declarations.repository.declarations import DeclarationRepository, SignatureRepository
from app.declarations.repository.invited import InvitedRepository
from app.declarations.repository.texts import PledgeTextRepository
from app.declarations.rules import changes as rules
from app.declarations.rules.changes import Change, Grounds
from app.declarations.rules.kinds import SignatureState
from app.declarations.rules.steps import TAKES_SIGNATURES
from app.declarations.rules.tickets import Ticket, UnknownTicket
from app.declarations.rules.wishes import Recorded
from app.declarations.schemas.changes import (
    OwnDeclarationOut,
    OwnSignatureOut,
    OwnWithdrawalIn,
    TicketLookupIn,
)
from app.declarations.schemas.declarations import PointIn
from app.declarations.schemas.signatures import SignatureOut, SignerOut
from app.declarations.schemas.texts import PledgeTextOut
from app.declarations.service.changes import SignatureChanger
from app.declarations.service.tickets import TicketMaker


class OwnSignatureService:
    """What the holder of a ticket can do beside signing: read what he signs, and take it back."""

    def __init__(self, session: AsyncSession, keys: Keyring, now: datetime) -> None:
        self.declarations = DeclarationRepository(session, PUBLIC)
        self.texts = PledgeTextRepository(session)
        self.signatures = SignatureRepository(session)
        self.targets = InvitedRepository(session)
        self.changer = SignatureChanger(session, PUBLIC, now, keys)
        self.tickets = TicketMaker(keys)
        self.keys = keys

    async def read(self, form: TicketLookupIn) -> OwnSignatureOut:
        """Read what the ticket stands for, whether it was signed yet or not."""
        ticket = self.tickets.read(form.ticket)
        recorded = await self.changer.changes.at(ticket.region_id, ticket.id)
        declaration = await self._declaration(ticket, recorded)
        text = await self.texts.get(declaration.pledge_text_id)
        person = await self._person(ticket)
        return OwnSignatureOut(
            declaration=_shown(declaration),
            text=PledgeTextOut.model_validate(text),
            person=person,
            signature=SignatureOut.model_validate(recorded) if recorded else None,
            needs_name=recorded is None and await self._needs_name(ticket),
        )

    async def withdraw(self, form: OwnWithdrawalIn) -> Recorded:
        """Take it back; done again, it is answered the same."""
        ticket = self.tickets.read(form.ticket)
        signed = await self._signed(ticket)
        await self.declarations.held(signed.declaration_id)
        next_index = await self.changer.hold()
        recorded = await self._signed(ticket)
        if recorded.state is SignatureState.WITHDRAWN:
            return recorded
        rules.accept_withdrawal(recorded.state)
        grounds = Grounds(why=form.reason)
        await self.changer.apply(next_index, Change.WITHDRAWN, [recorded], grounds)
        return recorded._replace(state=SignatureState.WITHDRAWN)

    async def _signed(self, ticket: Ticket) -> Recorded:
        recorded = await self.changer.changes.at(ticket.region_id, ticket.id)
        if recorded is None:
            raise rules.NotSigned
        return recorded

    async def _declaration(self, ticket: Ticket, recorded: Recorded | None) -> Declaration:
        if recorded is not None:
            return await self.declarations.of_ticket(recorded.declaration_id)
        target = await self.targets.at(ticket.region_id, ticket.id)
        if target is None:
            raise UnknownTicket
        return await self.declarations.of_ticket(target.declaration_id)

    async def _needs_name(self, ticket: Ticket) -> bool:
        target = await self.targets.at(ticket.region_id, ticket.id)
        return target is not None and target.needs_name

    async def _person(self, ticket: Ticket) -> SignerOut:
        """As the holder's own paper names him."""
        sealed = await self.signatures.sealed_signers([ticket])
        if ticket.id not in sealed:
            raise UnknownTicket
        return files.open_signer(sealed[ticket.id], ticket.id, self.keys)


def _shown(declaration: Declaration) -> OwnDeclarationOut:
    return OwnDeclarationOut(
        id=declaration.id,
        kind=declaration.kind,
        title=declaration.title,
        office_name=declaration.office_name,
        place=declaration.place,
        held_on=declaration.held_on,
        led_by=declaration.led_by,
        local_points=[PointIn.model_validate(each) for each in declaration.local_points],
        text_hash=declaration.text_hash,
        status=declaration.status,
        takes_signatures=declaration.status in TAKES_SIGNATURES,
    )
