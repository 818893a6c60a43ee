"""What a reporter and an office write to each other."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.core.forms import Form, Prose
from app.correspondence.rules.messages import LONGEST, Side

_TEXT = "Contoh rekaan: mohon sebutkan jam kejadian, bila masih ingat."
_ID = "01932b5e-7c00-7000-8000-000000000001"


class MessageIn(Form):
    model_config = ConfigDict(json_schema_extra={"examples": [{"text": _TEXT}]})

    text: Annotated[Prose, Field(max_length=LONGEST)]


class SentOut(BaseModel):
    """A message has arrived; the same for every repetition."""

    id: UUID
    sent_at: datetime


class MessageOut(BaseModel):
    id: UUID
    side: Side
    office: str | None = Field(
        description="In whose name it was written; null for the reporter.",
        examples=["Bawaslu Kabupaten Jeneponto"],
    )
    text: str = Field(examples=[_TEXT])
    sent_at: datetime
    is_read: bool = Field(description="By the other side; when, is nobody's business.")


class DeskMessageOut(MessageOut):
    """A message as the desk reads it: inside it is known which officer wrote."""

    officer_id: UUID | None


class ReadIn(Form):
    model_config = ConfigDict(json_schema_extra={"examples": [{"up_to": _ID}]})

    up_to: UUID = Field(description="The last message that was seen.")


class SeenIn(Form):
    model_config = ConfigDict(json_schema_extra={"examples": [{"up_to": None}]})

    up_to: UUID | None = Field(
        None, description="The last message that was seen; null where only the status was."
    )


class UnreadOut(BaseModel):
    unread_messages: int = Field(description="What the other side wrote and nobody read yet.")
