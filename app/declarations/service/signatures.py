from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor, ActorKind, Permission
from app.core.crypto import Keyring
from app.core.errors import ConflictingBody, Fault
from app.core.once import Done
from app.core.paging import Found
from app.core.passwords import hash_token
from app.core.places import Place, lies_in
from app.core.texts import Text
from app.declarations import files
from app.declarations.models.declarations import Declaration, Signature
from app.declarations.repository.declarations import DeclarationRepository, SignatureRepository
from app.declarations.rules import room, steps
from app.declarations.rules.changes import OnlyByTicket
from app.declarations.rules.kinds import Check
from app.declarations.rules.tickets import Ticket, TicketFor
from app.declarations.rules.wishes import Recorded, Wish
from app.declarations.schemas.signatures import (
    SignatureFilter,
    SignatureIn,
    SignatureOut,
    SignatureRow,
    SignedOut,
    SignerOut,
)
from app.declarations.service.declarations import known
from app.declarations.service.tickets import TicketMaker
from app.declarations.service.wishes import Somebody, WishMaker
from app.declarations.service.writing import SignatureWriter
from app.regions.service import RegionService

UNKNOWN_REGION: Final = Fault(
    "/region_code",
    "unknown-region",
    Text("Kode wilayah ini tidak ada.", "There is no region with this code."),
)


class SignatureService:
    """Signing a declaration, counting who signed, and reading their names."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.declarations = DeclarationRepository(session, actor)
        self.signatures = SignatureRepository(session)
        self.regions = RegionService(session)
        self.wishes = WishMaker(keys)
        self.writer = SignatureWriter(session, actor, now, keys)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def sign(
        self, declaration_id: UUID, signature_id: UUID, form: SignatureIn
    ) -> Done[SignedOut]:
        """Sign exactly once; a repeat is answered even after the declaration has closed."""
        declaration = await self.declarations.held(declaration_id)
        wish = await self._wish(declaration, signature_id, form)
        earlier = await self.signatures.named(signature_id)
        if earlier is not None:
            return await self._repeat(earlier, wish, form)
        steps.accept_signature(declaration.status)
        room.accept_own_moment(form.captured_at, self.now)
        wish = await self._checked(declaration, wish)
        (recorded,) = await self.writer.write([wish])
        if recorded.id != wish.id:
            raise steps.AlreadySigned
        if recorded.recorded_at != self.now:
            return await self._repeat(recorded, wish, form)
        return Done(self._told(recorded, with_ticket=True), first=True)

    async def find(self, declaration_id: UUID, wanted: SignatureFilter) -> Found[SignatureRow]:
        """Read who signed; where names are opened, that is an act of its own in the journal."""
        declaration = await self.declarations.get(declaration_id)
        found = await self.signatures.find(declaration.id, wanted)
        signers: dict[UUID, SignerOut] = {}
        if self.actor.kind is ActorKind.OFFICER:
            signers = await self._open(found.items)
            await self.journal.record("signatures.read", declaration, names=len(signers))
        rows = [_row(each, signers.get(each.id)) for each in found.items]
        return Found(rows, found.next_cursor, found.total)

    async def _wish(self, declaration: Declaration, signature_id: UUID, form: SignatureIn) -> Wish:
        code = form.region_code or declaration.region_code
        region = await known(self.regions.locate(code), UNKNOWN_REGION)
        place = Place(region.placement_id, region.code)
        who = Somebody(files.signer_in(form), place, form.group, form.role)
        wish = self.wishes.of_somebody(declaration, signature_id, form, who)
        return wish._replace(secret_hash=hash_token(form.secret)) if form.secret else wish

    async def _checked(self, declaration: Declaration, wish: Wish) -> Wish:
        """Let whoever is not the organiser wait for his check: who they are, nobody but themselves
        has said."""
        if self._organises(declaration):
            return wish
        if not declaration.open_link:
            raise OnlyByTicket
        if await self.signatures.is_target(wish.region_id, wish.id):
            raise ConflictingBody
        return wish._replace(check=Check.WAITING)

    async def _repeat(self, earlier: Recorded, wanted: Wish, form: SignatureIn) -> Done[SignedOut]:
        """Answer what was answered then, or refuse another body under the same id; the ticket is
        for the phone alone, not for whoever knows the id and the body."""
        kept = await self.signatures.kept_signer(earlier)
        signer = files.open_signer(kept.sealed, earlier.id, self.keys) if kept else None
        if kept is None or _said(earlier) != _said(wanted) or signer != files.signer_in(form):
            raise ConflictingBody
        is_phone = wanted.secret_hash is not None and wanted.secret_hash == kept.secret_hash
        return Done(self._told(earlier, with_ticket=is_phone), first=False)

    def _told(self, recorded: Recorded, *, with_ticket: bool) -> SignedOut:
        ticket = Ticket(recorded.region_id, recorded.id, TicketFor.SIGNATURE)
        return SignedOut(
            **dict(SignatureOut.model_validate(recorded)),
            ticket=TicketMaker(self.keys).write(ticket) if with_ticket else None,
        )

    def _organises(self, declaration: Declaration) -> bool:
        area = self.actor.area
        may = self.actor.may(Permission.MANAGE_DECLARATIONS)
        return may and area is not None and lies_in(declaration.region_code, area)

    async def _open(self, signatures: Sequence[Signature]) -> dict[UUID, SignerOut]:
        sealed = await self.signatures.sealed_signers(signatures)
        return {id: files.open_signer(each, id, self.keys) for id, each in sealed.items()}


def _said(signature: Recorded | Wish) -> tuple[object, ...]:
    """What the body of a signature says, beside the person."""
    return (
        signature.declaration_id,
        signature.region_code,
        signature.group,
        signature.role,
        signature.method,
        signature.captured_at,
    )


def _row(signature: Signature, signer: SignerOut | None) -> SignatureRow:
    return SignatureRow(
        **dict(SignatureOut.model_validate(signature)),
        signer=signer,
        stands_for=signature.stands_for,
    )
