"""What crosses the wire about offices."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.core.forms import Form, Line
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.offices.rules import OFFICE_CODE, OfficeKind
from app.regions.rules import Level

OfficeCode = Annotated[str, Field(pattern=OFFICE_CODE, max_length=80, examples=["bawaslu-73.04"])]
RegionCode = Annotated[str, Field(pattern=REGION_CODE, examples=["73.04"])]


class OfficeFilter(Slice):
    kind: OfficeKind | None = Field(None, examples=[OfficeKind.BAWASLU])
    region: RegionCode | None = Field(None, description="Offices in this region and below.")
    parent: UUID | None = Field(None, description="Offices directly under this one.")


class OfficeIn(Form):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "personnel_agency",
                    "region_code": "73.04",
                    "name": "BKPSDM Kabupaten Jeneponto",
                }
            ]
        }
    )

    kind: OfficeKind
    region_code: RegionCode
    name: Annotated[Line, Field(max_length=200)]
    suffix: str | None = Field(
        None,
        pattern=r"^[a-z0-9]{2,30}$",
        description="Tells offices of one kind in one region apart; becomes part of the code.",
        examples=["inspektorat"],
    )
    own_code: Annotated[Line, Field(max_length=20)] | None = Field(
        None, description="The code in the office's own numbering, where it is known."
    )


class OfficePatch(Form):
    """What an admin changes of an office: its code in its own numbering; null takes it off."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"own_code": "27.09"}]})

    own_code: Annotated[Line, Field(max_length=20)] | None = Field(
        description="Of Bawaslu two groups of two digits, in a district three: it stands in the"
        " numbers of cases, and is not the code of the region."
    )


class OfficeOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    code: str = Field(examples=["bawaslu-73.04"])
    kind: OfficeKind
    level: Level
    name: str = Field(examples=["Bawaslu Kabupaten Jeneponto"])
    own_code: str | None = Field(
        examples=[None], description="The code in the office's own numbering, where it is known."
    )
    parent_id: UUID | None
    region_code: str = Field(examples=["73.04"])
    time_zone: str = Field(examples=["Asia/Makassar"])
    version: int = Field(description="The ETag is this number.")
