"""What a check of an attendance certificate finds; who holds it, only its paper says."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.certificates.rules.codes import CodeKind
from app.certificates.schemas.verification import FactOut, fact
from app.certificates.service.verification import Found, Reading, Verifier
from app.core.days import day
from app.rakor.models.certificates import AttendanceCertificate
from app.rakor.models.events import Event
from app.rakor.repository.certificates import CertificateRepository
from app.rakor.rules import papers
from app.rakor.rules.events import day_of
from app.rakor.rules.labels import LABELS


async def look_up_attendance(reading: Reading, number: int) -> Found | None:
    """The certificate of this number: event, office and post, never the person."""
    found = await CertificateRepository(reading.session).numbered(number)
    if found is None:
        return None
    certificate, event = found
    return Found(
        state=certificate.state,
        title=papers.ATTENDANCE,
        facts=[*_of_event(event), *_of_holder(certificate, event)],
    )


async def holder_of_attendance(reading: Reading, number: int) -> str | None:
    """Whom it is made out to; nobody where it is made out to a post."""
    found = await CertificateRepository(reading.session).numbered(number)
    if found is None or found[0].sealed is None:
        return None
    return reading.keys.open(found[0].sealed, found[0].id).decode()


def _of_event(event: Event) -> Iterator[FactOut]:
    yield fact("event_id", event.id, ("Nomor kegiatan", "Event"), str(event.id))
    yield fact("event_title", event.title, ("Kegiatan", "Event title"), event.title)
    yield fact("organiser", event.office_name, ("Penyelenggara", "Organiser"), event.office_name)
    said = papers.days(event.starts_on, event.ends_on)
    days = f"{event.starts_on.isoformat()}/{event.ends_on.isoformat()}"
    yield fact("held_on", days, ("Hari", "Held on"), (said.id, said.en))
    if event.venue is not None:
        yield fact("place", event.venue, ("Tempat", "Place"), event.venue)


def _of_holder(certificate: AttendanceCertificate, event: Event) -> Iterator[FactOut]:
    role = LABELS["participant_role"][certificate.role]
    presence = LABELS["presence"][certificate.presence]
    issued = day_of(certificate.issued_at, event.time_zone)
    office, post = certificate.office_name, certificate.post
    yield fact("office_name", office, ("Instansi", "Office"), office)
    yield fact("post", post, ("Jabatan", "Post"), post)
    if certificate.represents is not None:
        represents = certificate.represents
        yield fact("represents", represents, ("Mewakili", "On behalf of"), represents)
    yield fact("participant_role", certificate.role, ("Sebagai", "As"), (role.id, role.en))
    yield fact(
        "presence", certificate.presence, ("Kehadiran", "Presence"), (presence.id, presence.en)
    )
    on = day(issued)
    yield fact("issued_on", issued, ("Diterbitkan", "Issued"), (on.id, on.en))


VERIFIERS: Final[Mapping[CodeKind, Verifier]] = {
    CodeKind.ATTENDANCE: Verifier(look_up_attendance, holder_of_attendance),
}
