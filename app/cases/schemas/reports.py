"""What crosses the wire about the reports of a case: nothing of any person."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.complaints.rules.procedure import Channel, Kind, Status
from app.core.forms import Form


class JoiningIn(Form):
    """A report that is about the same matter."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"complaint_id": "01932b5e-7c00-7000-8000-000000000001"}]}
    )

    complaint_id: UUID


class CaseReportOut(BaseModel):
    """A report, a finding or initial information that is part of a case."""

    complaint_id: UUID
    kind: Kind
    channel: Channel
    status: Status = Field(description="As its reporter sees it.")
    region_code: str = Field(examples=["73.04"])
    submitted_at: datetime
    officially_received_at: datetime
    joined_at: datetime
    withdrawn_at: datetime | None = Field(
        description="A withdrawn report need not stop the case.", examples=[None]
    )
