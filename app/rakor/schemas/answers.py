"""What crosses the wire about the answers of the invited offices."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import Form, Line, Prose
from app.rakor.rules.attendance import Answer, InvitationSeat
from app.rakor.rules.events import Mode, Stage
from app.rakor.schemas.events import Post
from app.rakor.schemas.invitations import CODE, INVITED
from app.rakor.schemas.plans import LetterNumber
from app.rakor.schemas.tickets import EventTicketOut

_DECLINED: JsonDict = {"code": CODE, "answer": "declined", "reason": "Rapat lain di hari itu."}
_DEPUTY: JsonDict = {
    "code": CODE,
    "answer": "sends_deputy",
    "deputy_post": "Sekretaris Nagari",
    "deputy_name": "Wakil Rekaan",
    "duty_letter_number": "094/12/2024",
}
_OWN: JsonDict = {
    "event_id": "01932b5e-7c00-7000-8000-000000000002",
    "title": "Rapat Koordinasi Netralitas ASN",
    "purpose": "Meneguhkan netralitas aparatur menjelang pemungutan suara.",
    "organiser": "Bawaslu Kabupaten Sijunjung",
    "mode": "both",
    "joins_online": False,
    "venue": "Hotel Bukik Gadang",
    "online_link": "https://rapat.contoh.go.id/sijunjung",
    "starts_on": "2024-09-30",
    "ends_on": "2024-10-01",
    "time_zone": "Asia/Jakarta",
    "stage": "published",
    "office_name": INVITED["office_name"],
    "post": INVITED["post"],
    "letter_number": "005/PM.00/IX/2024",
    "answers_due_on": "2024-09-27",
    "takes_answers": True,
    "is_withdrawn": False,
    "answer": "sends_deputy",
    "deputy_post": "Sekretaris Nagari",
    "deputy_is_named": True,
    "duty_letter_number": "094/12/2024",
    "answered_at": "2024-09-23T03:00:00Z",
    "seat": "waiting",
    "waiting_number": 3,
    "declaration_id": None,
}

InvitationCode = Annotated[Line, Field(max_length=64, json_schema_extra={"writeOnly": True})]
DeputyPost = Annotated[Post, Field(description="The post of the deputy, never a name.")]
DeputyName = Annotated[Line, Field(max_length=200, description="Kept sealed, and never shown.")]
Reason = Annotated[Prose, Field(max_length=1_000, description="Kept sealed.")]


class InvitationLookupIn(Form):
    """The code of an invitation opens it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": CODE}]})

    code: InvitationCode


class AnswerIn(Form):
    """The answer of an office, by whoever holds the code of its invitation."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DECLINED, _DEPUTY]})

    code: InvitationCode
    answer: Answer
    deputy_post: DeputyPost | None = Field(None, description="Only who sends a deputy.")
    deputy_name: DeputyName | None = Field(
        None,
        description="Only who sends a deputy; kept sealed, for the organiser. Left out when the"
        " same post is sent again, the name given before stays.",
    )
    duty_letter_number: LetterNumber | None = Field(
        None, description="Of the deputy's letter of duty (surat tugas)."
    )
    reason: Reason | None = Field(None, description="Only who declines.")
    online: bool = Field(
        False, description="Joins by network, and takes no seat; at an event held both ways."
    )


class InvitedToOut(BaseModel):
    """What everyone invited reads of an event."""

    event_id: UUID
    title: str
    purpose: str
    organiser: str
    mode: Mode
    venue: str | None
    starts_on: date
    ends_on: date
    time_zone: str
    stage: Stage
    answers_due_on: date = Field(description="Until when an answer is asked for.")
    declaration_id: UUID | None = Field(description="The declaration signed there.")


class OwnInvitationOut(InvitedToOut):
    """An invitation as its office sees it; whom it sends is not told again."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OWN]})

    joins_online: bool = Field(description="Who comes by network takes no seat in the hall.")
    online_link: str | None = Field(description="Until the invitation is withdrawn.")
    office_name: str
    post: str
    letter_number: str | None
    takes_answers: bool = Field(description="Until the event was held or the invitation withdrawn.")
    is_withdrawn: bool
    answer: Answer | None
    deputy_post: str | None
    deputy_is_named: bool = Field(description="Whether a name is kept; it is not shown again.")
    duty_letter_number: str | None
    answered_at: datetime | None
    seat: InvitationSeat | None = Field(description="Of who accepted; null for all others.")
    waiting_number: int | None = Field(description="The place on the waiting list.")


class AnsweredOut(OwnInvitationOut):
    """The invitation as its office now has answered it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OWN | {"ticket": None}]})

    answer: Answer
    answered_at: datetime
    ticket: EventTicketOut | None = Field(description="Only who holds a seat has one.")
