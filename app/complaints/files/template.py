"""The table that offices fill in with their older cases."""

from typing import Final

from app.complaints.files.importing import COLUMNS
from app.core.tables import write_table

_EXAMPLE: Final = {
    "legacy_number": "002/LP/PB/Kab/27.09/XI/2020",
    "kind": "laporan",
    "channel": "datang langsung",
    "region_code": "73.04",
    "office_code": "bawaslu-73.04",
    "election_code": "pilkada-2020",
    "occurred_on": "2020-11-02",
    "known_on": "2020-11-03",
    "submitted_at": "2020-11-04 09:30",
    "what": "Mengunggah foto bersama salah satu calon (rekaan)",
    "place": "Media sosial",
    "account": "Contoh rekaan: pejabat itu mengunggah foto dengan jari menunjukkan nomor calon.",
    "reported_persons": "Terlapor Rekaan; Camat; Kecamatan X | Terlapor Contoh; Lurah",
    "reporter": "Pelapor Rekaan; Jalan Contoh 1",
    "final_status": "Diteruskan kepada instansi (rekaan)",
}
_FINDING: Final = _EXAMPLE | {
    "legacy_number": "006/TM/PB/Kab/27.09/XI/2020",
    "kind": "temuan",
    "channel": "pengawasan",
    "what": "Membagikan kalender salah satu calon di kantor (rekaan)",
    "place": "Kantor kelurahan",
    "account": "Contoh rekaan: pengawas melihat kalender calon di meja pelayanan.",
    "reporter": "",
}


def write_template() -> str:
    """The header and two invented rows: a report and a finding."""
    return write_table(list(COLUMNS), (_EXAMPLE, _FINDING))
