from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.certificates.files.typesetting import qr_picture
from app.certificates.service.press import Press
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.days import day
from app.core.errors import Fault, Invalid, NotFound
from app.core.texts import Text
from app.declarations import files
from app.declarations.models.declarations import Declaration, Target
from app.declarations.repository.changes import ChangeRepository
from app.declarations.repository.declarations import DeclarationRepository, SignatureRepository
from app.declarations.repository.invited import InvitedRepository
from app.declarations.rules.changes import OnlyByTicket
from app.declarations.rules.tickets import HasPersonalLink, Ticket, TicketFor
from app.declarations.schemas.links import LinksIn, SignatureLinkOut
from app.declarations.schemas.open_links import OpenLinkOut
from app.declarations.service.open_link import address_of
from app.declarations.service.tickets import TicketMaker

PRESS: Final = Press(at_once=1, most_waiting=15)
ON_PAPER: Final = 240
"""Links of one sheet: 20 pages, which take about a second."""
_BATCH: Final = 500
_TOO_MANY: Final = Fault(
    "/office",
    "too-many-links",
    Text(
        f"Terlalu banyak untuk satu berkas cetak (paling banyak {ON_PAPER}); sebutkan kantornya.",
        f"Too many for one sheet (at most {ON_PAPER}); name an office.",
    ),
)


class LinkDesk:
    """Personal links for those on the roster: names leave the house, and the journal says so. It
    opens its own units of work, so that no connection waits for the press or a slow reader."""

    def __init__(
        self, sessions: Sessions, actor: Actor, now: datetime, keys: Keyring, address: str
    ) -> None:
        self.sessions = sessions
        self.actor = actor
        self.now = now
        self.keys = keys
        self.address = address

    async def export(self, declaration_id: UUID, wanted: LinksIn) -> AsyncIterator[bytes]:
        """A table of all of them; the journal is written before the first row goes out."""
        async with self.sessions.begin() as session:
            declaration = await self._declaration(session, declaration_id)
            names = await InvitedRepository(session).count(declaration.id, wanted.office)
            await self._record(session, declaration, names, on_paper=False)
        return self._write(declaration.id, wanted)

    async def print(self, declaration_id: UUID, wanted: LinksIn) -> bytes:
        """QR codes of one office, or of a small roster, as PDF."""
        async with self.sessions.begin() as session:
            declaration = await self._declaration(session, declaration_id)
            targets = await InvitedRepository(session).following(
                declaration.id,
                wanted.office,
                None,
                ON_PAPER + 1,
                only_unsigned=wanted.only_unsigned,
            )
            if len(targets) > ON_PAPER:
                raise Invalid(_TOO_MANY)
            await self._record(session, declaration, len(targets), on_paper=True)
        said = (declaration.title, declaration.office_name, self._links(targets))
        return await PRESS.print(partial(files.print_links, *said))

    async def read_signature(self, declaration_id: UUID, signature_id: UUID) -> SignatureLinkOut:
        """The link of who has signed without one: by the open link, on paper, or in the room.

        Refuses who signed under the id of a target, whose personal link opens the same.
        """
        async with self.sessions.begin() as session:
            declaration = await self._declaration(session, declaration_id)
            signed = await ChangeRepository(session).named(declaration.id, signature_id)
            if signed is None:
                raise NotFound
            if await SignatureRepository(session).kept_signer(signed) is None:
                raise HasPersonalLink
            await Journal(session, self.actor, self.now).record("signature.link_read", signed)
        ticket = Ticket(signed.region_id, signed.id, TicketFor.SIGNATURE)
        address = f"{self.address}/sign#{TicketMaker(self.keys).write(ticket)}"
        return SignatureLinkOut(address=address, qr=qr_picture(address))

    async def read_open(self, declaration_id: UUID) -> OpenLinkOut:
        """Where those sign who have no personal link; refuses a declaration without one."""
        declaration = await self._open(declaration_id)
        address = address_of(self.address, declaration.id)
        return OpenLinkOut(address=address, qr=qr_picture(address))

    async def print_open(self, declaration_id: UUID) -> bytes:
        """The same as a poster, as PDF."""
        declaration = await self._open(declaration_id)
        on, address = day(declaration.held_on), address_of(self.address, declaration.id)
        when = {"id": f"{declaration.place}, {on.id}", "en": f"{declaration.place}, {on.en}"}
        said = (declaration.title, declaration.office_name, when, address)
        return await PRESS.print(partial(files.print_poster, *said))

    async def _open(self, declaration_id: UUID) -> Declaration:
        async with self.sessions.begin() as session:
            declaration = await self._declaration(session, declaration_id)
        if not declaration.open_link:
            raise OnlyByTicket
        return declaration

    async def _declaration(self, session: AsyncSession, declaration_id: UUID) -> Declaration:
        return await DeclarationRepository(session, self.actor).get(declaration_id)

    async def _record(
        self, session: AsyncSession, declaration: Declaration, names: int, *, on_paper: bool
    ) -> None:
        journal = Journal(session, self.actor, self.now)
        await journal.record("links.read", declaration, names=names, on_paper=on_paper)

    async def _write(self, declaration_id: UUID, wanted: LinksIn) -> AsyncIterator[bytes]:
        """Batch by batch: between two of them no connection is held."""
        yield files.links_header()
        last: Target | None = None
        while True:
            async with self.sessions.begin() as session:
                targets = await InvitedRepository(session).following(
                    declaration_id, wanted.office, last, _BATCH, only_unsigned=wanted.only_unsigned
                )
            if not targets:
                return
            yield files.link_rows(self._links(targets))
            last = targets[-1]

    def _links(self, targets: Sequence[Target]) -> list[files.Link]:
        """The ticket stands behind a `#`, which no browser sends: it ends in no log."""
        tickets = TicketMaker(self.keys)
        return [
            files.Link(
                region_code=each.region_code,
                person=files.open_signer(each.sealed, each.id, self.keys),
                address=f"{self.address}/sign#{tickets.write(Ticket(each.region_id, each.id))}",
            )
            for each in targets
        ]
