"""What an import says of itself."""

from pydantic import BaseModel, Field

from app.core.reports import RowFaultOut


class ImportOut(BaseModel):
    """What an import did, or would do."""

    rows: int = Field(description="Rows of the file, the header left out.", examples=[120])
    imported: int = Field(
        description="Cases taken over, or in a dry run those that would be.", examples=[118]
    )
    already_there: int = Field(
        description="Known by office and number from an earlier import, and left as they are.",
        examples=[2],
    )
    bad_rows: int = Field(description="A single one keeps all out.", examples=[0])
    faults: list[RowFaultOut] = Field(description="In the order of the file.", examples=[[]])
    faults_left_out: int = Field(description="More than are listed.", examples=[0])
