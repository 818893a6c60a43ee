"""What crosses the wire about the letters of duty of deputies."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class DutyLetterOut(BaseModel):
    """A deputy's letter of duty, as it was handed in."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    media_type: str = Field(examples=["application/pdf"])
    size: int = Field(description="In bytes.", examples=[48_213])
    received_at: datetime
