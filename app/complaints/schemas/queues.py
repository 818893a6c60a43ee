"""Queues of the desk: filters of the list under a name."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.config import JsonDict

from app.complaints.schemas.search import FilterIn
from app.core.forms import Form, Line, TextOut

_SAVED: Final[JsonDict] = {
    "name": "Terlambat di wilayah kami",
    "is_shared": True,
    "filter": {"filed_late": True, "sort": "due"},
}
_STATE: Final[JsonDict] = {
    "id": "01932b5e-7c00-7000-8000-000000000001",
    "saved_at": "2024-11-06T03:00:00Z",
}


class QueueIn(Form):
    """A filter to keep; it holds nothing of any person."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SAVED]})

    name: Annotated[Line, Field(max_length=100)]
    is_shared: StrictBool = Field(False, description="For the whole office, not for oneself only.")
    filter: FilterIn


class SavedQueueOut(BaseModel):
    model_config = ConfigDict(
        from_attributes=True, json_schema_extra={"examples": [_SAVED | _STATE]}
    )

    id: UUID
    name: str
    is_shared: bool
    filter: FilterIn
    saved_at: datetime


class QueueOut(BaseModel):
    """A queue and how long it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "01932b5e-7c00-7000-8000-000000000103",
                    "name": {
                        "id": "Jatuh tempo hari ini atau terlewat",
                        "en": "Due today or overdue",
                    },
                    "is_built_in": True,
                    "is_shared": True,
                    "filter": {"due_within": 0, "sort": "due"},
                    "count": 1000,
                    "is_capped": True,
                }
            ]
        }
    )

    id: UUID
    name: TextOut = Field(description="A saved queue has the name that it was given, twice.")
    is_built_in: bool
    is_shared: bool
    filter: FilterIn
    count: int = Field(description="At most 1,000.")
    is_capped: bool = Field(description="There are more than `count`.")
