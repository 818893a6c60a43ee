"""Opening evidence: who did, and how its reporter is told."""

from dataclasses import dataclass
from uuid import UUID

from app.core.actors import Actor, ActorKind
from app.core.errors import Conflict, NotAllowed, NotFound
from app.core.texts import Text


class NoWorkingCopy(NotFound):
    code = "no-working-copy"
    text = Text(
        "Berkas ini tidak punya salinan kerja; daftarnya menyebutkan sebabnya, dan berkas asli"
        " dapat dibuka dengan alasan.",
        "This file has no working copy; the list says why, and the original opens with a reason.",
    )


class EvidenceDamaged(Conflict):
    code = "evidence-damaged"
    text = Text(
        "Berkas di penyimpanan bukan lagi berkas yang disegel; beri tahu pengelola layanan.",
        "The stored file is no longer the one that was sealed; tell those who run the service.",
    )


@dataclass(frozen=True)
class Officer:
    """A person who answers for an act of custody, and the office that person acts for."""

    officer_id: UUID
    office_id: UUID


def answerable(actor: Actor) -> Officer:
    """Only a person with an office can answer for what is done with evidence."""
    if actor.kind is not ActorKind.OFFICER or actor.id is None or actor.office_id is None:
        raise NotAllowed
    return Officer(actor.id, actor.office_id)


def opened_by(officers: int) -> Text:
    """What the reporter is told of the officers who opened a file."""
    if officers == 0:
        return Text("Belum dibuka petugas", "Not opened by any officer yet")
    plural = "officer" if officers == 1 else "officers"
    return Text(f"Dibuka oleh {officers} petugas", f"Opened by {officers} {plural}")
