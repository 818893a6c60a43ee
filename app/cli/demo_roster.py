"""The roster of the demo: a declaration with those who should sign it, most of whom have.

All of it is invented, also the names, and says so.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.forms import Form, Moment
from app.declarations import files
from app.declarations.models.declarations import Declaration, Target
from app.declarations.repository.imports import RosterImportRepository
from app.declarations.repository.invited import InvitedRepository
from app.declarations.rules.tickets import Redemption, Ticket
from app.declarations.schemas.declarations import DeclarationIn
from app.declarations.service.declarations import DeclarationService
from app.declarations.service.importing import RosterImporter
from app.declarations.service.rosters import CSV, RosterService
from app.declarations.service.tickets import TicketMaker, TicketService
from app.offices.service import OfficeService
from app.web.clock import present

_DATA: Final = Path(__file__).parent / "data"
ROSTER: Final = _DATA / "demo_roster.csv"
DECLARED: Final = _DATA / "demo_roster.json"
MOST: Final = 1_000

WHAT: Final = "Ikrar contoh yang masih terbuka · a declaration that is still open:"
CERTIFICATE: Final = "Sertifikat untuk dilihat · a certificate to look at:"


class Declared(Form):
    """What is declared, when, and whose signatures are still waited for."""

    office_code: str
    planned_at: Moment
    opened_at: Moment
    signed_at: Moment
    waited_for: list[str]
    plan: DeclarationIn


class Enlisting:
    """An office that lets those on a table sign by their personal links."""

    def __init__(self, session: AsyncSession, keys: Keyring) -> None:
        self.session = session
        self.keys = keys
        self.data = Declared.model_validate_json(DECLARED.read_bytes())

    async def hold(self, importer: RosterImporter) -> None:
        planned_at = self.data.planned_at
        office = await OfficeService(self.session, SYSTEM, planned_at).managed(
            self.data.office_code
        )
        actor = replace(SYSTEM, office_id=office.id)
        planning = DeclarationService(self.session, actor, planned_at)
        declaration = await planning.plan(self.data.plan)
        rosters = RosterService(self.session, actor, planned_at, self.keys)
        await rosters.send(declaration.id, ROSTER.read_bytes(), CSV, is_dry_run=False)
        await self._import(importer)
        await DeclarationService(self.session, actor, self.data.opened_at).open(declaration.id)
        await self._sign(await self._signing(declaration))

    async def describe(self) -> list[str]:
        """Where it is read, and how one of the certificates is."""
        query = select(Declaration).where(Declaration.title == self.data.plan.title)
        declaration = await self.session.scalar(query.order_by(Declaration.created_at).limit(1))
        signed = [] if declaration is None else await self._signing(declaration)
        if declaration is None or not signed:
            return []
        ticket = TicketMaker(self.keys).write(_ticket(signed[0]))
        return [
            f"{WHAT} /api/v1/declarations/{declaration.id}/tally",
            f"{CERTIFICATE} /sign#{ticket}",
        ]

    async def _import(self, importer: RosterImporter) -> None:
        imports = RosterImportRepository(self.session)
        sent = await imports.next_waiting()
        if sent is None:
            raise LookupError("The table that was sent does not wait.")
        await importer.carry_out(self.session, sent)
        await imports.erase(sent.id)

    async def _signing(self, declaration: Declaration) -> list[Target]:
        """Those of the table who sign, by name: their ids are others in every folder."""
        invited = InvitedRepository(self.session)
        targets = await invited.following(declaration.id, None, None, MOST, only_unsigned=False)
        named = {self._name(each): each for each in targets}
        return [named[name] for name in sorted(named.keys() - {*self.data.waited_for})]

    async def _sign(self, targets: Sequence[Target]) -> None:
        tickets = TicketService(self.session, self.keys, self.data.signed_at)
        await tickets.sign_all([Redemption(_ticket(each)) for each in targets])

    def _name(self, target: Target) -> str:
        return files.open_signer(target.sealed, target.id, self.keys).name


def _ticket(target: Target) -> Ticket:
    return Ticket(target.region_id, target.id)


async def hold_roster(session: AsyncSession, sessions: Sessions, keys: Keyring) -> None:
    await Enlisting(session, keys).hold(RosterImporter(sessions, keys, present))


async def describe_roster(session: AsyncSession, keys: Keyring) -> list[str]:
    return await Enlisting(session, keys).describe()
