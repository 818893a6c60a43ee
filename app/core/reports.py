"""What an import says of its rows."""

from collections.abc import Sequence

from pydantic import BaseModel, Field

from app.core.forms import TextOut
from app.core.tables import RowFault


class RowFaultOut(BaseModel):
    """What is wrong in the file, and where; never the value itself."""

    line: int = Field(description="As a text editor counts, the header being 1.", examples=[17])
    column: str | None = Field(description="Null: the whole row.", examples=["region_code"])
    code: str = Field(examples=["unknown-region"])
    message: TextOut


def told(faults: Sequence[RowFault], most: int) -> list[RowFaultOut]:
    """So many of them at most, in the order of the file."""
    listed = sorted(faults, key=lambda fault: (fault.line, fault.column or ""))
    return [
        RowFaultOut(
            line=fault.line,
            column=fault.column,
            code=fault.objection.code,
            message=TextOut.model_validate(fault.objection.text),
        )
        for fault in listed[:most]
    ]
