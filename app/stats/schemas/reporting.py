"""What crosses the wire about who reports at all, and how far prevention has reached."""

from datetime import date
from typing import Final

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.core.texts import Text
from app.stats.schemas.answers import ReportOut, RowOut, example_report, name
from app.stats.schemas.figures import PresentFilter

SILENT_AFTER: Final = 30
LONGEST_SILENCE: Final = 3_650

DEFINITION: Final = Text(
    "Kabupaten/kota dengan hari terakhir catatan satuan apa pun sampai hari ini (WIB); senyap bila"
    " tidak ada catatan selama `silent_after` hari. Cakupan deklarasi: yang wajib dan yang sudah"
    " menandatangani deklarasi yang tidak dibatalkan. Pencegahan: kegiatan yang diumumkan atau"
    " terlaksana, penerima surat edaran dan yang sudah menerimanya (edaran tidak menurut"
    " pemilihan).",
    "Regencies and cities with the last day, up to today (WIB), of an entry of any unit; silent"
    " where there was none for `silent_after` days. Coverage of declarations: who should sign, and"
    " has signed, declarations that were not cancelled. Prevention: events published or held,"
    " addressees of circulars and those who acknowledged (circulars belong to no election).",
)
DEFINITION_VERSION: Final = 1

REPORTING: Final[JsonDict] = example_report(
    DEFINITION,
    on="2024-11-05",
    silent_after=30,
    regions=24,
    silent=1,
    rows=[
        {
            **name("73.04", "Kabupaten Jeneponto"),
            "last_entry_on": "2024-11-04",
            "silent_days": 1,
            "silent": False,
            "declarations": 2,
            "targets": 40,
            "signed": 38,
            "share_signed": 0.95,
            "events": 3,
            "addressed": 4,
            "acknowledged": 3,
            "share_acknowledged": 0.75,
        }
    ],
)


class ReportingFilter(PresentFilter):
    """Rosters and circulars are not kept fold by fold, so that there is no earlier answer."""

    silent_after: int = Field(
        SILENT_AFTER, ge=1, le=LONGEST_SILENCE, description="Days without an entry."
    )


class ReportingRowOut(RowOut):
    last_entry_on: date | None = Field(description="Null: never.", examples=["2024-11-04"])
    silent_days: int | None = Field(description="Days since then.", examples=[1])
    silent: bool = Field(examples=[False])
    declarations: int = Field(examples=[2])
    targets: int = Field(description="Who should sign.", examples=[40])
    signed: int = Field(description="Who has.", examples=[38])
    share_signed: float | None = Field(examples=[0.95])
    events: int = Field(examples=[3])
    addressed: int = Field(description="Addressees of circulars.", examples=[4])
    acknowledged: int = Field(examples=[3])
    share_acknowledged: float | None = Field(examples=[0.75])


class ReportingOut(ReportOut):
    """Every regency and city of the area: who reports, and how far prevention has reached."""

    model_config = ConfigDict(json_schema_extra={"examples": [REPORTING]})

    on: date = Field(examples=["2024-11-05"])
    silent_after: int = Field(examples=[30])
    regions: int = Field(examples=[24])
    silent: int = Field(description="How many of them.", examples=[1])
    rows: list[ReportingRowOut]
