"""The papers of a case; their form codes are text, because the regulations renumber them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.texts import Text


class DocumentKind(StrEnum):
    COMPLETION_NOTICE = "completion_notice"
    REFUSAL = "refusal"
    CONVERSION = "conversion"
    TRACING_REPORT = "tracing_report"
    STUDY = "study"
    STATUS_NOTICE = "status_notice"
    ANNOUNCEMENT = "announcement"


DOCUMENT_KINDS: Final[Mapping[StrEnum, Text]] = {
    DocumentKind.COMPLETION_NOTICE: Text(
        "Pemberitahuan kelengkapan laporan", "Notice of what is missing"
    ),
    DocumentKind.REFUSAL: Text("Alasan tidak diregistrasi", "Reasons for refusing registration"),
    DocumentKind.CONVERSION: Text("Catatan informasi awal", "Record of initial information"),
    DocumentKind.TRACING_REPORT: Text("Laporan hasil penelusuran", "Report of the tracing"),
    DocumentKind.STUDY: Text("Kajian dugaan pelanggaran", "Study of the alleged violation"),
    DocumentKind.STATUS_NOTICE: Text("Pemberitahuan status laporan", "Status notice"),
    DocumentKind.ANNOUNCEMENT: Text("Pengumuman status laporan", "Public announcement"),
}
