from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from obstore.store import ObjectStore
from sqlalchemy.ext.asyncio import AsyncSession

from app.certificates.files.sheet import Line, Section, Sheet, print_sheet
from app.certificates.service.press import Press
from app.circulars.files.addressees import said_to
from app.circulars.models import Circular, CircularObligation
from app.circulars.repository.addressees import AddresseeRepository
from app.circulars.repository.circulars import CircularRepository
from app.circulars.rules.circulars import CircularState, day_of, is_in_force
from app.circulars.rules.labels import LABELS
from app.circulars.schemas.parts import AddresseeLineOut
from app.circulars.service.issuer import Issuer
from app.core.actors import SYSTEM, Actor
from app.core.crypto import Keyring
from app.core.days import day
from app.core.errors import NotFound
from app.core.texts import Text
from app.evidence.service.custody import CustodyService, Download
from app.ledger.rules.logs import LogName

PRESS: Final = Press(at_once=1, most_waiting=15)

_DRAFT: Final = Text("Rancangan", "Draft")
_ENDED: Final = Text("Tidak berlaku", "Not in force")
_LETTER: Final = Text("Naskah", "Letter")
_BASIS: Final = Text("Dasar hukum", "Legal basis")
_TO: Final = Text("Kepada", "To")
_SAID: Final = Text("Isi", "Text")
_OWED: Final = Text("Kewajiban", "Obligations")
_COPIES: Final = Text("Tembusan", "Copies")
_PROOF: Final = Text("Bukti dalam buku besar terbuka", "Proof in the open ledger")


class CircularPaperService:
    """A circular on paper and as bytes, and the files that were attached to it."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.session = session
        self.circulars = CircularRepository(session, actor)
        self.issuer = Issuer(self.circulars, actor)
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

    async def sheet(self, circular_id: UUID, public_address: str) -> Sheet:
        circular = await self.circulars.get_open(circular_id)
        obligations = await self.circulars.obligations(circular.id)
        address = f"{public_address}/circulars/{circular.id}"
        return _sheet(circular, obligations, address, self._stamp(circular))

    async def attachment(
        self, circular_id: UUID, evidence_id: UUID, objects: ObjectStore
    ) -> Download:
        """The cleaned copy of a file that belongs to the letter, for everybody who may read it."""
        circular = await self.circulars.get_open(circular_id)
        if str(evidence_id) not in {each["evidence_id"] for each in circular.attachments}:
            raise NotFound
        return await self._custody(objects, SYSTEM).publish_copy(circular, evidence_id)

    async def proof(
        self, circular_id: UUID, addressee_id: UUID, evidence_id: UUID, objects: ObjectStore
    ) -> Download:
        """The cleaned copy of a file by which an office proved what it did, for the issuer."""
        circular = await self.issuer.take(circular_id, lock=False)
        addressee = await self.addressees.get(circular.id, addressee_id)
        reports = await self.addressees.reports(addressee)
        if not any(str(evidence_id) in report.evidence_ids for report, _ in reports):
            raise NotFound
        return await self._custody(objects, self.actor).open_copy(circular, evidence_id)

    def _custody(self, objects: ObjectStore, actor: Actor) -> CustodyService:
        return CustodyService(self.session, actor, self.now, self.keys, objects)

    def _stamp(self, circular: Circular) -> Text | None:
        if circular.state is CircularState.DRAFT:
            return _DRAFT
        today = day_of(self.now, circular.time_zone)
        in_force = is_in_force(today, circular.in_force_from, circular.ended_on)
        return None if in_force else _ENDED


async def print_circular(sheet: Sheet) -> bytes:
    """As PDF, when its turn comes at the press."""
    return await PRESS.print(lambda: print_sheet(sheet))


def paragraphs(body: str) -> list[str]:
    """Blank lines part them."""
    return [each.strip() for each in body.split("\n\n") if each.strip()]


def addressed_to(circular: Circular) -> list[Text]:
    """Each line of the address, as people read it."""
    return [said_to(AddresseeLineOut.model_validate(each)) for each in circular.addressees]


def _sheet(
    circular: Circular,
    obligations: Sequence[CircularObligation],
    address: str,
    stamp: Text | None,
) -> Sheet:
    return Sheet(
        title=LABELS["circular_kind"][circular.kind],
        heading=circular.subject,
        sections=[
            Section(_LETTER, lines=list(_about(circular))),
            Section(_TO, points=addressed_to(circular)),
            *_listed(_BASIS, circular.legal_basis),
            *_said(circular.body),
            *_listed(_OWED, [_owed(each) for each in obligations]),
            Section(lines=[Line(_same(circular.signer_post), _same(circular.signer_name))]),
            *_listed(_COPIES, circular.copies_to),
            *_proof(circular),
        ],
        address=address,
        stamp=stamp,
    )


def _about(circular: Circular) -> Iterator[Line]:
    yield Line(Text("Penerbit", "Issuer"), _same(circular.issuer))
    yield Line(Text("Nomor", "Number"), _same(circular.number))
    on = day(circular.dated_on)
    place = f"{circular.place}, " if circular.place else ""
    yield Line(Text("Tanggal", "Date"), Text(f"{place}{on.id}", f"{place}{on.en}"))
    yield Line(Text("Sifat", "Nature"), LABELS["circular_nature"][circular.nature])
    yield Line(Text("Berlaku sejak", "In force from"), day(circular.in_force_from))
    if circular.ended_on is not None:
        yield Line(Text("Tidak berlaku sejak", "Not in force from"), day(circular.ended_on))


def _said(body: str | None) -> Iterator[Section]:
    if body is not None:
        yield Section(_SAID, prose=[_same(each) for each in paragraphs(body)])


def _listed(title: Text, points: Sequence[str]) -> Iterator[Section]:
    if points:
        yield Section(title, points=[_same(each) for each in points])


def _owed(obligation: CircularObligation) -> str:
    parts = [obligation.what]
    if obligation.due_on is not None:
        parts.append(f"paling lambat {day(obligation.due_on).id}")
    if obligation.report_to is not None:
        parts.append(f"dilaporkan kepada {obligation.report_to}")
    return "; ".join(parts)


def _proof(circular: Circular) -> Iterator[Section]:
    if circular.content_hash is None:
        return
    yield Section(
        _PROOF,
        lines=[
            Line(Text("Log", "Log"), _same(LogName.CIRCULARS.value)),
            Line(Text("Nomor daun", "Leaf index"), _same(str(circular.issued_leaf))),
            Line(
                Text("SHA-256 naskah", "SHA-256 of the text"),
                _same(circular.content_hash.hex()),
                is_hash=True,
            ),
        ],
    )


def _same(words: str) -> Text:
    return Text(words, words)
