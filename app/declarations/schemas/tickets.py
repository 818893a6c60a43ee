"""What crosses the wire about signing by a personal link."""

from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import Form, Line
from app.declarations.rules.kinds import Method
from app.declarations.schemas.signatures import Captured

EXAMPLE: Final = "AQAFFwGSQQOcAHpRs94MWo9uLREAAAAAAAAAAAAAAAA"

_REDEMPTION: JsonDict = {
    "ticket": EXAMPLE,
    "method": "click",
    "captured_at": "2024-09-30T03:15:00Z",
}

WrittenTicket = Annotated[
    str,
    Field(max_length=200, description="What stands behind `#` in the personal link."),
]


class TicketSignatureIn(Form):
    """Whom the ticket was made for signs."""

    model_config = ConfigDict(json_schema_extra={"examples": [_REDEMPTION]})

    ticket: WrittenTicket
    method: Literal[Method.CLICK] = Method.CLICK
    captured_at: Captured | None = None
    name: Annotated[Line, Field(max_length=200)] | None = Field(
        None, description="Who signs for a post that the roster names without its holder."
    )
