"""What crosses the wire about what each office has done for prevention, and owes."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from app.core.forms import Day, Line
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.prevention.rules.matrix import Owed
from app.regions.rules import Level

Below = Literal[Level.PROVINCE, Level.REGENCY, Level.CITY, Level.DISTRICT, Level.VILLAGE]
Region = Annotated[str, Field(pattern=REGION_CODE)]
# A cursor names an office, up to 200 letters of any script.
Cursor = Annotated[str, Field(max_length=2_000, description="`next_cursor` of the last page.")]


class CircularFigures(BaseModel):
    """Of circulars, also where they are in force no more; overdue only where they are."""

    addressed: int = Field(examples=[3])
    acknowledged: int = Field(examples=[2])
    overdue: int = Field(examples=[1])


class RosterFigures(BaseModel):
    """Of the rosters of declarations, as of the last checkpoint."""

    targets: int = Field(examples=[40])
    signed: int = Field(examples=[38])
    share: float | None = Field(description="Signed of targets; null: none.", examples=[0.95])


class MeetingFigures(BaseModel):
    """Of events that were held."""

    invited: int = Field(examples=[4])
    present: int = Field(examples=[2])
    represented: int = Field(examples=[1])
    excused: int = Field(examples=[0])
    absent: int = Field(examples=[1])


class FollowUpFigures(BaseModel):
    owed: int = Field(description="Planned, without what was dropped.", examples=[2])
    done: int = Field(examples=[1])
    overdue: int = Field(examples=[0])


class PreventionFiguresOut(BaseModel):
    circulars: CircularFigures
    roster: RosterFigures
    meetings: MeetingFigures
    follow_ups: FollowUpFigures
    consultations: int | None = Field(
        description="Asked of this office; null where 1 to 4 would be told.", examples=[12]
    )


class OfficeFiguresRow(PreventionFiguresOut):
    """An office that is registered, or was asked for something by its name."""

    office_id: UUID | None = Field(description="Only of a registered office.")
    parent_id: UUID | None = Field(description="The registered office above it.")
    office_name: str = Field(examples=["Kantor Camat Rekaan"])
    region_code: str = Field(examples=["13.03.03"])


class RegionFiguresRow(PreventionFiguresOut):
    """All offices of a region and of those within it, whether registered or not."""

    region_code: str = Field(examples=["13.03"])
    offices: int = Field(description="Of which anything is known here.", examples=[90])
    owing: int = Field(description="Of those, who owe something overdue.", examples=[4])


class MatrixFilter(Slice):
    cursor: Cursor | None = None
    region: Region | None = Field(None, description="It and all within it.")
    level: Level | None = Field(None, description="Only offices of regions of this level.")
    office_id: UUID | None = None
    registered: bool | None = Field(None, description="Whether the office has an id.")
    overdue: bool | None = Field(None, description="Whether it owes something overdue.")


class RegionMatrixFilter(Slice):
    region: Region | None = Field(None, description="It and all within it.")
    level: Below = Field(Level.REGENCY, description="Of the regions that are summed up.")


class OwedRow(BaseModel):
    """One thing that an office owes, and where it does it."""

    owed: Owed
    office_id: UUID | None
    office_name: str = Field(examples=["Kantor Camat Rekaan"])
    region_code: str = Field(examples=["13.03.03"])
    thing_id: UUID = Field(description="The circular, event or declaration.")
    item_id: UUID = Field(
        description="The addressee, obligation, invitation or follow-up; else the thing itself."
    )
    title: str = Field(examples=["Menyampaikan edaran kepada seluruh pegawai."])
    number: int = Field(description="Of signatures that are missing; else 1.", examples=[1])
    due_on: date | None
    is_overdue: bool
    where: str = Field(
        description="The operation or the page by which it is done.",
        examples=["/api/v1/follow-ups/01932b5e-7c00-7000-8000-000000000002"],
    )


class OwedFilter(Slice):
    cursor: Cursor | None = None
    region: Region | None = Field(None, description="It and all within it.")
    office_id: UUID | None = None
    office: Annotated[Line, Field(max_length=200)] | None = Field(
        None, description="As it is called here; of offices without an id."
    )
    owed: Owed | None = None
    overdue: bool | None = None
    due_by: Day | None = Field(None, description="Due on this day or before.")
