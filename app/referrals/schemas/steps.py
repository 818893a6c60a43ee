"""What the parties of a referral say, step by step."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.core.forms import Day, Form, Line, Moment
from app.referrals.rules.control import ControlKind
from app.referrals.rules.sanctions import SANCTION_CODE
from app.referrals.rules.stages import AuthorityStage
from app.referrals.rules.states import FollowUpStatus
from app.referrals.rules.steps import ReferralSide
from app.referrals.schemas.referrals import MOST_PERSONS, LetterNumber, Note

_PERSON = "01932b5e-7c00-7000-8000-000000000001"
MOST_SANCTIONS = 5
LONGEST_MONTHS = 120


class AcknowledgementIn(Form):
    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "B-1123/SBT/2024"}]})

    number: LetterNumber | None = Field(None, description="Under which the authority books it.")


class ReturnIn(Form):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Rekaan: NIP terlapor tidak ditemukan."}]}
    )

    reason: Note


class RelayIn(Form):
    """BKN hands Bawaslu's result to the staffing authority."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"letter_number": "B-77/BKN/2024", "letter_on": "2024-11-20", "to_office_id": None}
            ]
        }
    )

    letter_number: LetterNumber
    letter_on: Day
    to_office_id: UUID | None = Field(
        None, description="The personnel agency in the directory; null where it gets paper only."
    )


class SanctionIn(Form):
    kind: Annotated[str, Field(pattern=SANCTION_CODE, max_length=60)] = Field(
        description="A code of /sanction-kinds, in force on the day of the decree."
    )
    months: int | None = Field(None, strict=True, ge=1, le=LONGEST_MONTHS)


class RulingIn(Form):
    """What the decree says of one person: sanctions, or none where nothing is proven."""

    person_id: UUID
    sanctions: Annotated[list[SanctionIn], Field(max_length=MOST_SANCTIONS)] = Field(
        [], description="Empty: not proven."
    )
    effective_on: Day | None = Field(None, description="TMT; needed with a sanction.")


class DecreeIn(Form):
    """One decree of the staffing authority, about one person or several."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "decree_number": "800/112/BKPSDM/2024",
                    "decree_on": "2024-12-02",
                    "rulings": [
                        {
                            "person_id": _PERSON,
                            "sanctions": [{"kind": "demotion", "months": 12}],
                            "effective_on": "2025-01-01",
                        }
                    ],
                }
            ]
        }
    )

    decree_number: LetterNumber
    decree_on: Day
    rulings: Annotated[list[RulingIn], Field(min_length=1, max_length=MOST_PERSONS)]


class IdisIn(Form):
    """The person was entered in Integrated Discipline (I'DIS) of BKN."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"person_id": _PERSON, "number": "IDIS-2024-000123"}]}
    )

    person_id: UUID
    number: Annotated[Line, Field(max_length=60)]


class ControlIn(Form):
    """What BKN does where the staffing authority is silent."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "reprimand",
                    "letter_number": "B-91/BKN/2024",
                    "letter_on": "2024-12-20",
                    "person_id": None,
                }
            ]
        }
    )

    kind: ControlKind
    letter_number: LetterNumber
    letter_on: Day
    person_id: UUID | None = Field(
        None, description="Whose record; needed to block and unblock, null for a reprimand."
    )


class FollowUpIn(Form):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"person_id": _PERSON, "status": "left_service", "note": "Rekaan: pensiun."}
            ]
        }
    )

    person_id: UUID
    status: FollowUpStatus
    note: Note | None = None


class AuthorityStageIn(Form):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"stage": "first_discussion_held", "at": "2024-11-12T09:00:00+08:00"}]
        }
    )

    stage: AuthorityStage
    at: Moment | None = Field(None, description="When it was reached; now where absent.")


class ReferralResultIn(Form):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"followed_up": True, "text": "Rekaan: rekomendasi dilaksanakan."}]
        }
    )

    followed_up: bool = Field(strict=True)
    text: Note


class FollowUpOut(BaseModel):
    """What was said of one person, and when; the last word counts."""

    id: UUID
    person_id: UUID
    status: FollowUpStatus
    side: ReferralSide
    at: datetime
    office_id: UUID | None
    note: str | None = Field(examples=["Rekaan: pensiun."])


class ControlOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: ControlKind
    person_id: UUID | None
    letter_number: str = Field(examples=["B-91/BKN/2024"])
    letter_on: date
    side: ReferralSide
    at: datetime
    office_id: UUID | None
