"""What crosses the wire about deadlines."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.clocks.rules import Confidence, StartEvent, Step, Unit
from app.core.forms import Day
from app.core.paging import Slice
from app.core.texts import Text
from app.elections.rules import Regime


class RuleFilter(Slice):
    regime: Regime | None = Field(None, examples=[Regime.REGIONAL_ELECTION])
    on: Day | None = Field(
        None,
        description="Only the versions in force on this day; without it, every version.",
        examples=["2024-11-27"],
    )


_HANDLING: JsonDict = {
    "code": "regional-handling",
    "version": 1,
    "regime": "regional_election",
    "step": "handling",
    "amount": 3,
    "unit": "calendar_day",
    "start_event": "registered",
    "first_day_counts": False,
    "end_of_day": True,
    "source": "UU 1/2015 Art. 134(5)",
    "confidence": "primary",
    "valid_from": "2015-02-02",
    "valid_to": None,
}


class RuleOut(BaseModel):
    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [_HANDLING]})

    code: str
    version: int
    regime: Regime
    step: Step = Field(description="What has to happen in time.")
    amount: int
    unit: Unit
    start_event: StartEvent = Field(description="What makes the clock start.")
    first_day_counts: bool = Field(description="Whether the day of the start is day 1.")
    end_of_day: bool = Field(description="Whether the last day counts to its end.")
    source: str = Field(description="The article, or where we have it from.")
    confidence: Confidence = Field(description="How well this version is known.")
    valid_from: date
    valid_to: date | None = Field(description="Last day on which it is in force.")


LABELS: dict[str, Mapping[StrEnum, Text]] = {
    "deadline_step": {
        Step.FILE_REPORT: Text("Penyampaian laporan", "Filing of the report"),
        Step.ISSUE_RECEIPT: Text("Tanda bukti penyampaian laporan", "Receipt of the report"),
        Step.INITIAL_REVIEW: Text("Kajian awal", "Initial review"),
        Step.COMPLETION: Text("Perbaikan laporan", "Completion of the report"),
        Step.REGISTRATION: Text("Registrasi", "Registration"),
        Step.HANDLING: Text("Penanganan: klarifikasi dan kajian", "Clarification and study"),
        Step.EXTENSION: Text("Perpanjangan untuk keterangan tambahan", "Extension of the handling"),
        Step.TRACING: Text("Penelusuran informasi awal", "Tracing of initial information"),
    },
    "deadline_start": {
        StartEvent.KNOWN: Text("Sejak diketahui atau ditemukan", "Known or found"),
        StartEvent.RECEIVED: Text("Sejak diterima secara resmi", "Officially received"),
        StartEvent.COMPLETENESS_NOTIFIED: Text(
            "Sejak pemberitahuan kelengkapan laporan", "Told what is missing"
        ),
        StartEvent.COMPLETED: Text("Sejak laporan lengkap", "Report complete"),
        StartEvent.REGISTERED: Text("Sejak diregistrasi", "Registered"),
        StartEvent.HANDLING_ENDED: Text("Sejak waktu penanganan berakhir", "End of the handling"),
    },
    "deadline_unit": {
        Unit.HOUR: Text("Jam", "Hour"),
        Unit.CALENDAR_DAY: Text("Hari kalender", "Calendar day"),
    },
    "confidence": {
        Confidence.PRIMARY: Text("Dari naskah peraturan", "Read in the law itself"),
        Confidence.SECONDARY: Text("Dari sumber kedua", "From a second source"),
        Confidence.KNOWN: Text("Dari praktik, tanpa sumber", "Known practice, no source at hand"),
        Confidence.UNVERIFIED: Text("Belum diverifikasi", "Not verified"),
    },
}
