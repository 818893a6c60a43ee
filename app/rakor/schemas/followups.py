"""What crosses the wire about follow-up plans."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.core.forms import Day, Form, Line, Prose
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.rakor.rules import followups as rules
from app.rakor.rules.attendance import check_invited
from app.rakor.rules.followups import EventFollowUpState
from app.rakor.schemas.addresses import OfficeEmail
from app.rakor.schemas.events import OfficeName

_CODE = "Zx3kQ0m1vT7bN5yR2wL8cAp4Hd6Js9Fg1Ue0Oi2Yt5M"
_LATEST = date(2100, 1, 1)
_PLAN: JsonDict = {
    "action": "Menyampaikan surat edaran netralitas kepada semua wali nagari.",
    "office_name": "Dinas Rekaan Kabupaten Sijunjung",
    "region_code": "13.03",
    "due_on": "2026-12-31",
}
_STATE: JsonDict = {
    "id": "01932b5e-7c00-7000-8000-000000000006",
    "event_id": "01932b5e-7c00-7000-8000-000000000002",
    "organiser_id": "01932b5e-7c00-7000-8000-000000000001",
    "number": 1,
    "action": _PLAN["action"],
    "decision_number": None,
    "office_id": None,
    "office_name": _PLAN["office_name"],
    "office_region_code": "13.03",
    "due_on": "2026-12-31",
    "time_zone": "Asia/Jakarta",
    "due_at": "2026-12-31T17:00:00Z",
    "planned_at": "2024-10-01T03:00:00Z",
    "state": "open",
    "closed_at": None,
    "is_overdue": False,
}
_PROOF: JsonDict = {
    "note": "Surat edaran diterima semua nagari.",
    "link": "https://contoh.go.id/surat-edaran-rekaan",
}

Code = Annotated[Line, Field(max_length=64, json_schema_extra={"writeOnly": True})]
Note = Annotated[Prose, Field(max_length=2_000, description="Kept sealed.")]
Link = Annotated[
    str,
    Field(
        pattern=r"^https?://[!-~]{1,1980}$", description="Where the proof can be seen; kept sealed."
    ),
]


class EventFollowUpIn(Form):
    """What an office is to do: a registered one by its id, any other by its name and region."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PLAN]})

    action: Annotated[Prose, Field(max_length=1_000, description="Names no person.")]
    decision_number: int | None = Field(
        None, ge=1, le=9_999, description="The decision of the minutes that it carries out."
    )
    office_id: UUID | None = None
    office_name: OfficeName | None = None
    region_code: str | None = Field(None, pattern=REGION_CODE)
    email: OfficeEmail | None = Field(
        None, description="Where the office is reminded; kept sealed, and shown nowhere."
    )
    due_on: Annotated[Day, Field(lt=_LATEST)] = Field(
        description="The last day, at the venue; not before the event."
    )

    @model_validator(mode="after")
    def has_one_address(self) -> Self:
        address = (self.office_name, self.region_code)
        check_invited(is_registered=self.office_id is not None, address=address)
        return self


class FollowUpFacts(BaseModel):
    """What is known of a follow-up at any moment."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    event_id: UUID
    organiser_id: UUID = Field(description="The office that organised the event.")
    number: int = Field(description="Of this event.")
    action: str
    decision_number: int | None
    office_id: UUID | None = Field(description="The responsible office, where it is registered.")
    office_name: str
    office_region_code: str
    due_on: date = Field(description="The last day, at the venue.")
    time_zone: str
    due_at: datetime = Field(description="The first moment too late.")
    planned_at: datetime
    state: EventFollowUpState
    closed_at: datetime | None = Field(description="When it was done or cancelled.")


class EventFollowUpOut(FollowUpFacts):
    """Who does what by when, and whether it is late."""

    model_config = ConfigDict(json_schema_extra={"examples": [_STATE]})

    is_overdue: bool


class PlannedFollowUpOut(EventFollowUpOut):
    model_config = ConfigDict(json_schema_extra={"examples": [_STATE | {"code": _CODE}]})

    code: str = Field(description="Reports for this office; shown only now.")


class FollowUpFilter(Slice):
    event_id: UUID | None = None
    office_id: UUID | None = Field(None, description="The responsible office.")
    office_name: OfficeName | None = Field(
        None, description="The responsible office, also where it is not registered."
    )
    organiser_id: UUID | None = None
    state: EventFollowUpState | None = None
    overdue: bool | None = None
    due_within: int | None = Field(
        None, ge=0, le=366, description="Unfinished, and due in so many days or overdue."
    )
    region: str | None = Field(
        None, pattern=REGION_CODE, description="Where the responsible office is, or within it."
    )


class OwingOfficeFilter(Slice):
    """Offices with something unfinished, registered here or not."""

    event_id: UUID | None = None
    organiser_id: UUID | None = None
    overdue: bool | None = Field(None, description="Only those that are late, or that are not.")
    region: str | None = Field(
        None, pattern=REGION_CODE, description="Where the office is, or within it."
    )


class OwingOfficeOut(BaseModel):
    """What one office still owes; one that is not registered is known by name and region."""

    office_id: UUID | None
    office_name: str = Field(examples=["Dinas Rekaan Kabupaten Sijunjung"])
    office_region_code: str = Field(examples=["13.03"])
    unfinished: int = Field(examples=[2])
    overdue: int = Field(examples=[1])
    next_due_at: datetime = Field(description="The earliest of what is unfinished.")


class FollowUpReportOut(BaseModel):
    """What was said of it when it took a step."""

    state: EventFollowUpState
    note: str | None = Field(examples=[_PROOF["note"]])
    link: str | None = Field(examples=[_PROOF["link"]])
    evidence_id: UUID | None
    reported_at: datetime
    reported_by: UUID | None = Field(description="The officer; null where it came by the code.")


class FollowUpDetailOut(EventFollowUpOut):
    model_config = ConfigDict(json_schema_extra={"examples": [_STATE | {"reports": []}]})

    reports: list[FollowUpReportOut] = Field(description="In order; reading them is journalled.")


class ProgressContent(BaseModel):
    """What of a report is sealed."""

    note: str | None = None
    link: str | None = None


class FollowUpBeginningIn(Form):
    """What an office says when it begins."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"note": "Sedang disiapkan."}]})

    note: Note | None = None


class FollowUpCompletionIn(Form):
    """That it is done, with its proof: a file, a link, or words."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PROOF]})

    note: Note | None = None
    link: Link | None = None
    evidence_id: UUID | None = Field(
        None, description="A file that came by `/uploads` with `follow_up_id`, or of the event."
    )

    @model_validator(mode="after")
    def has_proof(self) -> Self:
        rules.check_proof(self.evidence_id, self.link, self.note)
        return self


class FollowUpCancellationIn(Form):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Digantikan tindak lanjut lain."}]}
    )

    reason: Note


class OwnFollowUpIn(Form):
    """Whoever holds the code of a follow-up acts for its office."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": _CODE}]})

    code: Code


class OwnBeginningIn(FollowUpBeginningIn):
    model_config = ConfigDict(json_schema_extra={"examples": [{"code": _CODE}]})

    code: Code


class OwnCompletionIn(Form):
    """That it is done, with a link or in words: files come from officers."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PROOF | {"code": _CODE}]})

    code: Code
    note: Note | None = None
    link: Link | None = None

    @model_validator(mode="after")
    def has_proof(self) -> Self:
        rules.check_proof(None, self.link, self.note)
        return self
