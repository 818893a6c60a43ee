"""Clarification, study and extension, on the wire."""

from datetime import UTC, date, datetime
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.cases.rules.documents import DocumentKind
from app.cases.rules.hearings import Party, check_invited, check_minutes
from app.cases.schemas.letters import LetterNumber, Reason
from app.core import forms
from app.core.forms import Day, Form, Line, Prose

LONGEST_TEXT: Final = 60_000
# Beyond these the day at the office cannot be computed.
_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)

Moment = Annotated[forms.Moment, Field(ge=_EARLIEST, lt=_LATEST)]
FormCode = Annotated[Line, Field(max_length=40)]
LongText = Annotated[Prose, Field(max_length=LONGEST_TEXT)]


class ClarificationIn(Form):
    """Whom to hear: a reported person by id, a witness or expert by name, the reporter unnamed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "party": "witness",
                    "name": "Saksi Rekaan",
                    "planned_at": "2039-11-06T02:00:00Z",
                    "place": "Kantor pengawas rekaan",
                    "letter_number": "012/PP.01/K.SN-20/11/2024",
                }
            ]
        }
    )

    party: Party
    person_id: UUID | None = Field(None, description="The reported person, and nobody else.")
    name: Annotated[Line, Field(max_length=200)] | None = None
    planned_at: Moment
    place: Annotated[Line, Field(max_length=500)]
    letter_number: LetterNumber

    @model_validator(mode="after")
    def is_named_as_its_party_is(self) -> Self:
        check_invited(self.party, by_id=self.person_id is not None, by_name=self.name is not None)
        return self


class HearingIn(Form):
    """Who came leaves minutes; of who stayed away, what there is to say."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "attended": True,
                    "held_at": "2024-11-06T02:10:00Z",
                    "minutes_number": "004/BA/XI/2024",
                    "minutes": "Rekaan: saksi menerangkan apa yang dilihatnya pada apel pagi.",
                },
                {"attended": False, "minutes": "Rekaan: undangan diterima, tidak hadir."},
            ]
        }
    )

    attended: bool = Field(strict=True)
    held_at: Moment | None = None
    minutes_number: LetterNumber | None = None
    minutes: LongText | None = None

    @model_validator(mode="after")
    def says_what_belongs_to_it(self) -> Self:
        there = (self.held_at, self.minutes_number, self.minutes)
        check_minutes(self.attended, [each is not None for each in there])
        return self


class ClarificationOut(BaseModel):
    """An invitation to be heard, and what became of it, opened."""

    id: UUID
    party: Party
    person_id: UUID | None
    name: str | None = Field(examples=["Saksi Rekaan"])
    planned_at: datetime
    place: str = Field(examples=["Kantor pengawas rekaan"])
    letter_number: str = Field(examples=["012/PP.01/K.SN-20/11/2024"])
    invited_at: datetime
    attended: bool | None = Field(description="Null as long as nothing was recorded.")
    held_at: datetime | None
    minutes_number: str | None = Field(examples=["004/BA/XI/2024"])
    minutes: str | None = Field(examples=["Rekaan: saksi menerangkan apa yang dilihatnya."])


class StudyIn(Form):
    """The study in words; each one written later stands beside those before."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "text": "Rekaan: uraian fakta, dasar hukum, dan kesimpulan sementara.",
                    "number": "003/KAJ/XI/2024",
                }
            ]
        }
    )

    text: LongText
    number: LetterNumber | None = None
    form_code: FormCode | None = Field(None, description="As the regulation in force calls it.")


class ExtensionIn(Form):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"reason": "Dua saksi rekaan baru dapat hadir pada hari keempat."}]
        }
    )

    reason: Reason


class NoticeIn(Form):
    """The letter by which the reporter learns the status; its words are composed here."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"number": "021/STATUS/XI/2024", "dated_on": "2024-11-08"}]}
    )

    number: LetterNumber
    dated_on: Day
    form_code: FormCode | None = Field(None, description="As the regulation in force calls it.")


class DocumentOut(BaseModel):
    """A paper of the case, closed."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: DocumentKind
    form_code: str | None = Field(examples=["A.17"])
    number: str | None = Field(examples=["021/STATUS/XI/2024"])
    dated_on: date
    written_at: datetime
    office_id: UUID
    officer_id: UUID | None


class OpenedDocumentOut(DocumentOut):
    """A paper of the case with its words."""

    text: str | None = Field(examples=["Rekaan: uraian fakta, dasar hukum, dan kesimpulan."])
