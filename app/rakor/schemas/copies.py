"""What crosses the wire about events that are held again."""

from pydantic import BaseModel, ConfigDict, Field

from app.core.forms import Form
from app.rakor.rules.plans import MOST_COPIES
from app.rakor.schemas.events import EventOut
from app.rakor.schemas.plans import EventDay, LetterNumber


class CopiesIn(Form):
    """The days on which an event is to be held again."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"days": ["2024-10-07", "2024-10-14"]}]}
    )

    days: list[EventDay] = Field(
        min_length=1, max_length=MOST_COPIES, description="The first day of each copy."
    )


class CopiesOut(BaseModel):
    items: list[EventOut] = Field(description="In the order of the days asked for.")


class RepeatedIn(Form):
    """One letter to all whom the event before invited."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"letter_number": "006/PM.00/X/2024"}]}
    )

    letter_number: LetterNumber | None = None
