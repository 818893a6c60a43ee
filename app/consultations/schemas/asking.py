"""What somebody asks, and what the holder of the receipt is told."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.consultations.rules.questions import LONGEST_QUESTION, AskerKind, ConsultationState
from app.consultations.schemas.answers import CitationOut
from app.core.forms import Form, Line, Prose, TextOut
from app.core.places import REGION_CODE

QUESTION = "Contoh rekaan: bolehkah saya menyukai unggahan bakal calon di media sosial?"

Question = Annotated[Prose, Field(max_length=LONGEST_QUESTION)]

_EXAMPLE: JsonDict = {
    "receipt_secret": "00112233445566778899aabbccddeeff",
    "asker": "civil_servant",
    "region_code": "73.04",
    "question": QUESTION,
}


class ConsultationIn(Form):
    """A question before acting: who asks stays unknown, unless a name is given."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    receipt_secret: (
        Annotated[
            str,
            Field(
                pattern=r"^[0-9a-f]{32}$",
                description="128 random bits in hex, made and kept by the phone.",
                json_schema_extra={"writeOnly": True},
            ),
        ]
        | None
    ) = None
    asker: AskerKind
    region_code: str = Field(
        pattern=REGION_CODE, description="The place whose office answers, to the village if known."
    )
    question: Annotated[
        Question, Field(description="Read by the office of the place, and by those above it.")
    ]
    name: Annotated[Line, Field(max_length=200)] | None = Field(
        None, description="Never needed; only the office of the place reads it, none above it."
    )

    def canonical(self) -> bytes:
        """The same for equal content; what a later version adds stays out until it is used."""
        return self.model_dump_json(exclude={"receipt_secret"}, exclude_defaults=True).encode()


class PhoneConsultationIn(ConsultationIn):
    """The same under an id made by the phone, which then needs the phone's secret as well."""

    receipt_secret: Annotated[
        str,
        Field(
            pattern=r"^[0-9a-f]{32}$",
            description="128 random bits in hex, made and kept by the phone; never shown again.",
            json_schema_extra={"writeOnly": True},
        ),
    ]


class AnsweringOfficeOut(BaseModel):
    id: UUID
    name: str = Field(examples=["Bawaslu Kabupaten Jeneponto"])


class QuestionPromiseOut(BaseModel):
    """Who answers, and what comes next.

    First answers are kept and told again: a field that a later version adds has a default.
    """

    id: UUID
    state: ConsultationState
    asked_at: datetime
    holder: AnsweringOfficeOut
    next_step: TextOut


class QuestionFiledOut(QuestionPromiseOut):
    receipt_code: str = Field(examples=["0123-4567-89AB-CDEF-Z"])


class OwnAnswerOut(BaseModel):
    """What was answered, by the office of the place or one above it; the officer is not shown."""

    office: str | None = Field(examples=["Bawaslu Kabupaten Jeneponto"])
    text: str = Field(examples=["Contoh rekaan: sebaiknya tidak."])
    articles: list[CitationOut]
    answered_at: datetime
    is_stale: bool = Field(description="A rule that it cites has changed since then.")


class OwnConsultationOut(QuestionPromiseOut):
    """What its author sees with the receipt."""

    label: TextOut
    answer: OwnAnswerOut | None
    helpful: bool | None = Field(description="What the author said of the answer.")
    unread_messages: int = Field(description="Of the office, not marked as read yet.")
    turned_into: UUID | None = Field(description="The complaint that its author made of it.")


class RatingIn(Form):
    model_config = ConfigDict(json_schema_extra={"examples": [{"helpful": True}]})

    helpful: bool = Field(strict=True)
