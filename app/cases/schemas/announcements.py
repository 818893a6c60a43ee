"""What the public is told of cases; nothing here has room for a person."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from app.cases.rules.decisions import Category, Result
from app.cases.rules.requirements import NotRegisteredReason
from app.cases.rules.states import CaseKind, State
from app.cases.schemas.handling import Moment
from app.core.forms import TextOut
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.elections.rules import Regime


class AnnouncementFilter(Slice):
    region: str | None = Field(
        None, pattern=REGION_CODE, description="Of the office, and of all offices within it."
    )
    since: Moment | None = Field(None, description="Announced at this moment or later.")
    superseded: bool = Field(False, description="Also those that a later one has superseded.")


class AnnouncementOut(BaseModel):
    """Number, office, status and result of a case; a later announcement may supersede it."""

    id: UUID
    number: str | None = Field(examples=["001/REG/LP/PB/Kab/16.09/IX/2024"])
    kind: CaseKind
    regime: Regime
    election_code: str | None = Field(examples=["pilkada-2024"])
    office: str = Field(examples=["Bawaslu Kabupaten Jeneponto"])
    region_code: str = Field(description="Of the office.", examples=["73.04"])
    state: State
    result: Result | None
    not_registered_reason: NotRegisteredReason | None
    categories: list[Category]
    text: TextOut
    announced_at: datetime
    supersedes_id: UUID | None
