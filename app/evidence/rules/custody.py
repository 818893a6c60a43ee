"""Opening evidence: who did, and how its reporter is told."""

from app.core.errors import Conflict, NotFound
from app.core.texts import Text


class NoWorkingCopy(NotFound):
    code = "no-working-copy"
    text = Text(
        "Bukti ini tidak punya salinan kerja; daftar bukti menyebutkan sebabnya.",
        "This evidence has no working copy; the list of evidence says why.",
    )


class EvidenceDamaged(Conflict):
    code = "evidence-damaged"
    text = Text(
        "Berkas di penyimpanan bukan lagi berkas yang disegel; beri tahu pengelola layanan.",
        "The stored file is no longer the one that was sealed; tell those who run the service.",
    )


def opened_by(officers: int) -> Text:
    """What the reporter is told of the officers who opened a file."""
    if officers == 0:
        return Text("Belum dibuka petugas", "Not opened by any officer yet")
    plural = "officer" if officers == 1 else "officers"
    return Text(f"Dibuka oleh {officers} petugas", f"Opened by {officers} {plural}")
