"""What the codes of complaints mean, in the words that people read."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.complaints.rules.procedure import Capacity, Channel, Kind, Status
from app.core.texts import Text

KINDS: Final[Mapping[StrEnum, Text]] = {
    Kind.REPORT: Text("Laporan", "Report"),
    Kind.INITIAL_INFORMATION: Text("Informasi awal", "Initial information"),
    Kind.FINDING: Text("Temuan", "Finding"),
}
CHANNELS: Final[Mapping[StrEnum, Text]] = {
    Channel.APP: Text("Aplikasi ponsel", "Phone application"),
    Channel.WEB: Text("Situs web", "Web site"),
    Channel.WALK_IN: Text("Datang ke kantor", "In person at the office"),
    Channel.LETTER: Text("Surat", "Letter"),
    Channel.TELEPHONE: Text("Telepon", "Telephone"),
    Channel.MEDIA: Text("Berita atau media sosial", "News or social media"),
    Channel.OVERSIGHT: Text("Pengawasan langsung", "The supervisors' own watch"),
}
STATUSES: Final[Mapping[StrEnum, Text]] = {
    Status.SUBMITTED: Text("Laporan sudah disampaikan", "Report submitted"),
    Status.INITIAL_REVIEW: Text("Sedang dalam kajian awal", "Under initial review"),
    Status.NEEDS_COMPLETION: Text("Perlu dilengkapi", "To be completed"),
    Status.NOT_REGISTERED: Text("Tidak diregistrasi", "Not registered"),
    Status.REGISTERED: Text("Sudah diregistrasi", "Registered"),
    Status.CLARIFICATION: Text("Sedang dalam klarifikasi", "Under clarification"),
    Status.STUDY: Text("Sedang dalam kajian", "Under study"),
    Status.VIOLATION: Text("Diputuskan: ada dugaan pelanggaran", "Decided: an alleged violation"),
    Status.NOT_VIOLATION: Text("Diputuskan: bukan pelanggaran", "Decided: no violation"),
    Status.DISCONTINUED: Text("Penanganan dihentikan", "Handling discontinued"),
    Status.FORWARDED: Text(
        "Diteruskan kepada instansi yang berwenang", "Forwarded to the competent authority"
    ),
    Status.FOLLOWED_UP: Text("Sudah ditindaklanjuti instansi", "Followed up by the authority"),
    Status.NOT_FOLLOWED_UP: Text(
        "Tidak ditindaklanjuti instansi", "Not followed up by the authority"
    ),
    Status.RETURNED: Text("Dikembalikan oleh instansi", "Returned by the authority"),
    Status.CLOSED: Text("Selesai", "Closed"),
    Status.RECEIVED: Text("Informasi awal sudah diterima", "Initial information received"),
    Status.TRACING: Text("Sedang ditelusuri pengawas", "Being traced by supervisors"),
    Status.FINDING: Text("Menjadi temuan pengawas", "A finding of the supervisors"),
    Status.ARCHIVED: Text(
        "Diarsipkan: perkara lama yang sudah selesai di luar Netra",
        "Archived: an older case that ended outside Netra",
    ),
}
CAPACITIES: Final[Mapping[StrEnum, Text]] = {
    Capacity.VOTER: Text(
        "Warga negara dengan hak pilih di wilayah itu", "Citizen with the right to vote there"
    ),
    Capacity.MONITOR: Text("Pemantau terakreditasi", "Accredited election monitor"),
    Capacity.CONTESTANT: Text("Peserta pemilihan", "Contestant"),
    Capacity.PROXY: Text("Kuasa dengan surat kuasa khusus", "Attorney with special power"),
}

LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "complaint_kind": KINDS,
    "complaint_channel": CHANNELS,
    "complaint_status": STATUSES,
    "reporter_capacity": CAPACITIES,
}
