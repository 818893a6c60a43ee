import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from app.audit.service import Journal
from app.certificates.files.typesetting import qr_picture, typeset, typeset_apart
from app.certificates.rules.codes import CodeKind
from app.certificates.rules.states import PaperState
from app.certificates.service.codes import CodeMaker
from app.certificates.service.press import Press
from app.certificates.service.verification import Reading
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.days import day
from app.core.errors import NotFound
from app.rakor.models.certificates import AttendanceCertificate
from app.rakor.models.events import Event
from app.rakor.repository.certificates import CertificateRepository
from app.rakor.repository.events import EventRepository
from app.rakor.repository.invitations import InvitationRepository
from app.rakor.rules import papers
from app.rakor.rules.certificates import ON_ONE_PAPER
from app.rakor.rules.events import day_of
from app.rakor.rules.labels import LABELS
from app.rakor.service.codes import InvitationCodes
from app.rakor.service.events import Organiser

TEMPLATE: Final = Path(__file__).parent.parent / "data" / "certificate.typ"
PRESS: Final = Press(at_once=1, most_waiting=15)
PRESS_FOR_INVITED: Final = Press(at_once=1, most_waiting=15)
"""Of their own: whoever asks with a code again and again holds up no officer."""
_FEW: Final = 20
"""Certificates; more of them are set in a process of their own."""

_WORDS: Final = {
    "title": papers.ATTENDANCE,
    "given": papers.GIVEN_TO,
    "represents": papers.REPRESENTS,
    "at-as": papers.AS,
    "at-event": papers.AT,
    "check": papers.CHECK,
    "issued-by": papers.ISSUED,
}
_STAMPS: Final = {PaperState.REVOKED: papers.REVOKED, PaperState.REPLACED: papers.REPLACED}


@dataclass(frozen=True)
class CertificatePaper:
    """A certificate as it is printed: the row, whose name it bears, and where it is checked."""

    certificate: AttendanceCertificate
    event: Event
    name: str | None
    code: str
    address: str


class CertificatePapers:
    """Reads what stands on certificates; whoever prints waits without a session."""

    def __init__(self, reading: Reading, actor: Actor, public_address: str) -> None:
        self.events = EventRepository(reading.session, actor)
        self.certificates = CertificateRepository(reading.session)
        self.invitations = InvitationRepository(reading.session)
        self.invited = InvitationCodes(reading.session)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(reading.session, actor, reading.now)
        self.codes = CodeMaker(reading.keys)
        self.keys: Keyring = reading.keys
        self.public_address = public_address

    async def one(self, event_id: UUID, certificate_id: UUID) -> list[CertificatePaper]:
        event = await self.organiser.take(event_id, lock=False)
        certificate = await self.certificates.get(event, certificate_id)
        await self.journal.record("certificate.printed", event, certificate=str(certificate.id))
        return [self._paper(certificate, event)]

    async def all(self, event_id: UUID, part: int) -> list[CertificatePaper]:
        """This part of all that are valid, in the order in which they are handed out."""
        event = await self.organiser.take(event_id, lock=False)
        first = (part - 1) * ON_ONE_PAPER
        valid = (await self.certificates.valid(event))[first : first + ON_ONE_PAPER]
        if not valid:
            raise NotFound
        await self.journal.record("certificates.printed", event, certificates=len(valid))
        return [self._paper(each, event) for each in valid]

    async def own(self, code: str) -> list[CertificatePaper]:
        """The last one of an invitation, whatever became of it, for who holds its code."""
        invitation = await self.invited.open(code)
        event = await self.invitations.event_of(invitation)
        certificate = await self.certificates.last_of(invitation)
        if certificate is None:
            raise NotFound
        await self.journal.record("certificate.fetched", event, certificate=str(certificate.id))
        return [self._paper(certificate, event)]

    def _paper(self, certificate: AttendanceCertificate, event: Event) -> CertificatePaper:
        code = self.codes.write(CodeKind.ATTENDANCE, certificate.number)
        sealed = certificate.sealed
        return CertificatePaper(
            certificate=certificate,
            event=event,
            name=self.keys.open(sealed, certificate.id).decode() if sealed else None,
            code=code,
            address=f"{self.public_address}/verify/{code}",
        )


async def print_certificates(found: Sequence[CertificatePaper], press: Press = PRESS) -> bytes:
    """All of them as one PDF, a page each, when their turn comes at the press."""
    return await press.print(partial(_typeset, found))


def _typeset(found: Sequence[CertificatePaper]) -> bytes:
    words = {
        "sheets": json.dumps([_sheet(each) for each in found]),
        "words": json.dumps(_WORDS),
    }
    return typeset(TEMPLATE, words) if len(found) <= _FEW else typeset_apart(TEMPLATE, words)


def _sheet(paper: CertificatePaper) -> dict[str, object]:
    event, certificate = paper.event, paper.certificate
    return {
        "organiser": event.office_name,
        "name": paper.name,
        "post": certificate.post,
        "office": certificate.office_name,
        "represents": certificate.represents,
        "role": LABELS["participant_role"][certificate.role],
        "event": event.title,
        "days": papers.days(event.starts_on, event.ends_on),
        "venue": event.venue,
        "qr": qr_picture(paper.address),
        "code": paper.code,
        "address": paper.address,
        "issued": day(day_of(certificate.issued_at, event.time_zone)),
        "stamp": _STAMPS.get(certificate.state),
    }
