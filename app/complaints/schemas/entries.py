"""What an officer enters: a report on paper, in person or by telephone, or a finding."""

from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.complaints.rules.entries import LONGEST_LETTER_NUMBER
from app.complaints.rules.procedure import EntryChannel, Kind, kind_of
from app.complaints.schemas.filing import (
    ElectionCode,
    EvidenceNotes,
    Name,
    ReportedEventIn,
    ReportedPersons,
    ReporterIn,
    Witnesses,
)
from app.core.forms import Form, Line, Moment

_EXAMPLE: JsonDict = {
    "channel": "letter",
    "received_at": "2024-11-06T02:30:00Z",
    "letter_number": "045/SM/XI/2024",
    "election_code": "pilkada-2024",
    "event": {
        "what": "Menghadiri kampanye salah satu calon dengan mobil dinas",
        "region_code": "73.04",
        "place": "Lapangan kecamatan",
        "occurred_on": "2024-11-03",
        "known_on": "2024-11-05",
        "account": "Contoh rekaan: surat menceritakan pejabat itu datang dengan mobil dinas.",
    },
    "reported_persons": [{"name": "Contoh Rekaan", "position": "Lurah", "office": "Kelurahan X"}],
    "reporter": {"name": "Pelapor Rekaan", "capacity": "voter", "address": "Jalan Contoh 2"},
}


_FINDING: JsonDict = {
    "channel": "oversight",
    "received_at": "2024-11-06T02:30:00Z",
    "letter_number": "012/LHP/PM.01.02/11/2024",
    "election_code": "pilkada-2024",
    "event": {
        "what": "Membagikan bahan kampanye di kantor kelurahan",
        "region_code": "73.04",
        "place": "Kantor kelurahan",
        "occurred_on": "2024-11-05",
        "known_on": "2024-11-05",
        "account": "Contoh rekaan: pengawas melihat pejabat itu membagikan kalender calon.",
    },
    "reported_persons": [{"name": "Contoh Rekaan", "position": "Lurah", "office": "Kelurahan X"}],
    "evidence_notes": ["Foto kalender di meja pelayanan"],
    "finder": {"name": "Pengawas Rekaan", "position": "Panwaslu Kelurahan/Desa"},
}


class FinderIn(Form):
    """The supervisor who saw it."""

    name: Name
    position: Annotated[Line, Field(max_length=200)]


class EntryIn(Form):
    """The report form of Perbawaslu 9/2024, as an officer fills it in for the reporter.

    It is entered as it came: whether anything is missing is for the initial review to say. With a
    finder it is a finding, which has no review: it needs its supervision report and evidence.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE, _FINDING]})

    channel: EntryChannel
    received_at: Moment = Field(
        description="When it reached the office; the clocks of the law run from there."
    )
    letter_number: Annotated[Line, Field(max_length=LONGEST_LETTER_NUMBER)] | None = Field(
        None,
        description="As the office registered the letter; of a finding the number of its"
        " supervision report (Form A). Sealed.",
    )
    election_code: ElectionCode | None = None
    event: ReportedEventIn
    reported_persons: ReportedPersons
    witnesses: Witnesses = Field([])
    evidence_notes: EvidenceNotes = Field([])
    reporter: ReporterIn | None = Field(
        None, description="Null, without a finder: initial information."
    )
    finder: FinderIn | None = Field(
        None, description="Makes it a finding, which has no reporter; sealed."
    )

    @property
    def kind(self) -> Kind:
        return kind_of(has_reporter=self.reporter is not None, has_finder=self.finder is not None)
