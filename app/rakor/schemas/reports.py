"""What crosses the wire about the activity report of an event (laporan kegiatan)."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import Form, Line, Prose
from app.posts.rules.categories import PostCategory
from app.rakor.rules.attendance import Presence
from app.rakor.rules.events import EventKind, Mode, Stage
from app.rakor.rules.materials import MaterialKind
from app.rakor.rules.prevention_forms import FormFileFault
from app.rakor.schemas.events import Post, SessionOut
from app.rakor.schemas.followups import EventFollowUpOut
from app.rakor.schemas.minutes import DecisionOut, MinutedRecommendationOut

_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_IMPLEMENTER: JsonDict = {"name": "Contoh Rekaan", "position": "Anggota Bawaslu"}
_WRITTEN: JsonDict = {
    "background": "Pemungutan suara mendekat, dan beberapa pegawai hadir dalam kampanye.",
    "legal_basis": ["Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara"],
    "course": "Acara dibuka pukul 09.00, dilanjutkan pembacaan ikrar dan tanya jawab.",
    "closing": "Demikian laporan ini dibuat untuk dipergunakan sebagaimana mestinya.",
    "implementers": [_IMPLEMENTER],
}

LongText = Annotated[Prose, Field(max_length=20_000)]
LegalBasis = Annotated[list[Annotated[Line, Field(max_length=500)]], Field(max_length=50)]


class ImplementerIn(Form):
    """Who carried the event out, with the position that he holds; the name is kept sealed."""

    model_config = ConfigDict(json_schema_extra={"examples": [_IMPLEMENTER]})

    name: Annotated[Line, Field(max_length=200)]
    position: Post


Implementers = Annotated[list[ImplementerIn], Field(max_length=50)]


class ReportPatch(Form):
    """What people write for the report; absent means unchanged."""

    model_config = ConfigDict(json_schema_extra={"examples": [_WRITTEN]})

    background: LongText | None = None
    legal_basis: LegalBasis = Field(default_factory=list)
    course: LongText | None = Field(None, description="Without it: the text of the minutes.")
    closing: LongText | None = None
    implementers: Implementers = Field(default_factory=list)


class ImplementerOut(BaseModel):
    name: str = Field(examples=["Contoh Rekaan"])
    position: str = Field(examples=["Anggota Bawaslu"])


class ReportContent(BaseModel):
    """One revision as it is sealed."""

    background: str | None = None
    legal_basis: list[str] = []
    course: str | None = None
    closing: str | None = None
    implementers: list[ImplementerOut] = []


class CategoryPresenceOut(BaseModel):
    """How many of one category were there; without category: who was invited one by one."""

    category: PostCategory | None
    invited: int = Field(examples=[4])
    totals: dict[Presence, int]


class ParticipantsOut(BaseModel):
    invited: int = Field(examples=[42])
    totals: dict[Presence, int]
    categories: list[CategoryPresenceOut]
    walk_ins: int = Field(description="Who came without an invitation.", examples=[3])


class ReportMinutesOut(BaseModel):
    """The revision of the minutes out of which the results are taken."""

    version: int = Field(examples=[1])
    approved_at: datetime | None = Field(description="Null: the chair has not approved it.")


class ReportFileOut(BaseModel):
    """A material of the event, as an annex."""

    material_id: UUID
    kind: MaterialKind
    title: str = Field(examples=["Pembacaan ikrar"])
    media_type: str = Field(examples=["image/jpeg"])
    size: int = Field(examples=[93_871])
    form_fault: FormFileFault | None = Field(
        description="Why the Form Pencegahan does not take it; null where it does."
    )


class ReportListOut(BaseModel):
    """A closed attendance list, as an annex."""

    number: int = Field(examples=[1])
    sha256: str = Field(examples=[_SHA256])
    approved_at: datetime | None


class ReportedEvent(BaseModel):
    """What the plan of the event says."""

    model_config = ConfigDict(from_attributes=True)

    stage: Stage = Field(
        description="Once it is `reported` the report is a draft only while later minutes wait to "
        "be approved."
    )
    title: str = Field(examples=["Rapat Koordinasi Netralitas ASN"])
    office_name: str = Field(description="The organiser.", examples=["Bawaslu Kabupaten Sijunjung"])
    kinds: list[EventKind]
    assignment_letter: str | None
    purpose: str = Field(examples=["Meneguhkan netralitas aparatur."])
    mode: Mode
    venue: str | None
    venue_region_code: str = Field(examples=["13.03"])
    starts_on: date
    ends_on: date
    time_zone: str = Field(examples=["Asia/Jakarta"])


class ActivityReportOut(ReportedEvent):
    """The whole report: what people wrote, and what the event itself tells."""

    event_id: UUID
    version: int = Field(description="Of what people wrote; 0 before that. The ETag.")
    background: str | None = Field(examples=[_WRITTEN["background"]])
    legal_basis: list[str] = Field(examples=[_WRITTEN["legal_basis"]])
    participants: ParticipantsOut
    sessions: list[SessionOut]
    course: str | None = Field(examples=[_WRITTEN["course"]])
    minutes: ReportMinutesOut | None
    decisions: list[DecisionOut]
    recommendations: list[MinutedRecommendationOut]
    follow_ups: list[EventFollowUpOut]
    closing: str | None = Field(examples=[_WRITTEN["closing"]])
    implementers: list[ImplementerOut]
    files: list[ReportFileOut] = Field(description="Annexes: the materials of the event.")
    attendance_lists: list[ReportListOut] = Field(description="Annexes: the closed lists.")
