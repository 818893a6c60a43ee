from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Final
from uuid import UUID

from obstore.store import ObjectStore
from sqlalchemy.ext.asyncio import AsyncSession

from app.certificates.files.sheet import Sheet, print_long_sheet, print_sheet
from app.certificates.service.press import EditionPress, Press
from app.circulars.files.letter_sheet import sheet_of
from app.circulars.models import Circular
from app.circulars.repository.addressees import AddresseeRepository
from app.circulars.repository.circulars import CircularRepository
from app.circulars.rules.circulars import CircularState, day_of, first_day, is_in_force
from app.circulars.service.describing import Describing
from app.circulars.service.issuer import Issuer
from app.core.actors import SYSTEM, Actor
from app.core.crypto import Keyring
from app.core.days import day
from app.core.errors import NotFound
from app.core.texts import Text
from app.evidence.service.custody import CustodyService, Download

PRESS: Final = EditionPress(at_once=1, most_waiting=15)
PRESS_FOR_OFFICERS: Final = Press(at_once=1, most_waiting=15)
"""Of their own: whoever asks for public documents again and again holds up no draft of theirs."""

_LONG: Final = 20_000
"""Letters of a circular: a longer one is set in a process of its own."""

_DRAFT: Final = Text("Rancangan", "Draft")
_ENDED: Final = Text("Tidak berlaku", "Not in force")


@dataclass(frozen=True)
class Paper:
    """A sheet to be printed, and which edition of which circular it is."""

    edition: str
    sheet: Sheet
    is_long: bool


class CircularPaperService:
    """A circular on paper and as bytes, and the files that were attached to it."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.session = session
        self.circulars = CircularRepository(session, actor)
        self.issuer = Issuer(self.circulars, actor)
        self.describing = Describing(self.circulars, now)
        self.addressees = AddresseeRepository(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def content(self, circular_id: UUID) -> bytes:
        """The very bytes whose SHA-256 is in the log; only what was issued has them."""
        circular = await self.circulars.get_open(circular_id)
        if circular.content is None:
            raise NotFound
        return circular.content.encode()

    async def paper(self, circular_id: UUID, public_address: str) -> Paper:
        circular = await self.circulars.get_open(circular_id)
        whole = await self.describing.whole(circular)
        address = f"{public_address}/circulars/{circular.id}"
        stamp = self._stamp(circular)
        return Paper(
            edition=f"{address} {circular.version} {stamp}",
            sheet=sheet_of(whole, address, stamp),
            is_long=len(whole.model_dump_json()) > _LONG,
        )

    async def attachment(
        self, circular_id: UUID, evidence_id: UUID, objects: ObjectStore
    ) -> Download:
        """The cleaned copy of a file that belongs to the letter, for everybody who may read it."""
        circular = await self.circulars.get_open(circular_id)
        if str(evidence_id) not in {each["evidence_id"] for each in circular.attachments}:
            raise NotFound
        return await self._custody(objects, SYSTEM).show_copy(circular, evidence_id)

    async def proof(
        self, circular_id: UUID, addressee_id: UUID, evidence_id: UUID, objects: ObjectStore
    ) -> Download:
        """The cleaned copy of a file by which an office proved what it did, for the issuer."""
        circular = await self.issuer.take(circular_id, lock=False)
        addressee = await self.addressees.get(circular.id, addressee_id)
        reports = await self.addressees.reports(addressee)
        if not any(str(evidence_id) in report.evidence_ids for report, _ in reports):
            raise NotFound
        return await self._custody(objects, self.actor).open_copy(addressee, evidence_id)

    def _custody(self, objects: ObjectStore, actor: Actor) -> CustodyService:
        return CustodyService(self.session, actor, self.now, self.keys, objects)

    def _stamp(self, circular: Circular) -> Text | None:
        if circular.state is CircularState.DRAFT:
            return _DRAFT
        today = day_of(self.now, circular.time_zone)
        since = first_day(circular.in_force_from, circular.dated_on)
        if is_in_force(today, since, circular.ended_on):
            return None
        # Until its first day it is no worthless paper: it says from when on it holds.
        return _ENDED if circular.ended_on is not None else _since(since)


def _since(first: date) -> Text:
    shown = day(first)
    return Text(f"Berlaku mulai {shown.id}", f"In force from {shown.en}")


async def print_for_everybody(paper: Paper) -> bytes:
    """As PDF; each edition goes through the press once in a minute."""
    return await PRESS.print_edition(paper.edition, partial(_typeset, paper))


async def print_for_officers(paper: Paper) -> bytes:
    """A draft as PDF, when its turn comes at the press."""
    return await PRESS_FOR_OFFICERS.print(partial(_typeset, paper))


def _typeset(paper: Paper) -> bytes:
    return print_long_sheet(paper.sheet) if paper.is_long else print_sheet(paper.sheet)
