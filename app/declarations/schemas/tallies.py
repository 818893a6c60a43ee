"""What crosses the wire about how many signed, and how many should."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import TextOut
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.declarations.rules.counting import RegionTally
from app.declarations.rules.disclosure import RegionCoverage, RestCoverage
from app.declarations.rules.kinds import Group, SignatoryRole

_TALLY: JsonDict = {
    "declaration_id": "01924103-9c00-7a51-b3de-0c5a8f6e2d11",
    "unit": "signature",
    "definition": {
        "id": "Tanda tangan sah menurut log publik.",
        "en": "Valid signatures by the public log.",
    },
    "tree_size": 45,
    "as_of": "2024-09-30T03:20:00Z",
    "signatures": 42,
    "witnesses": 3,
    "texts": {"4634d153b2b9cc17d8743cb2294bf7fc806dc65f44782e7afa1aaeb88a749207": 42},
    "groups": {"asn_pns": 40, "village_head": 2},
    "roles": {"signatory": 42, "witness": 3},
    "regions": [
        {
            "region_code": "13.03",
            "region_name": "Kabupaten Sijunjung",
            "signatures": 42,
            "groups": {"asn_pns": 40, "village_head": 2},
        }
    ],
}


class TallyOut(BaseModel):
    """How many signed: public, by regency or city at the finest."""

    model_config = ConfigDict(json_schema_extra={"examples": [_TALLY]})

    declaration_id: UUID
    unit: Literal["signature"]
    definition: TextOut
    tree_size: int = Field(description="Of the checkpoint up to whose leaves it is counted.")
    as_of: datetime | None = Field(description="When those leaves were counted.")
    signatures: int = Field(description="Without those of witnesses.")
    witnesses: int
    texts: dict[str, int] = Field(description="By the hash of what was signed.")
    groups: dict[Group, int]
    roles: dict[SignatoryRole, int]
    regions: list[RegionTally]


_COVERAGE: JsonDict = {
    "declaration_id": "01924103-9c00-7a51-b3de-0c5a8f6e2d11",
    "unit": "target",
    "definition": {
        "id": "Orang dan jabatan di daftar, dan yang sudah menandatangani.",
        "en": "Persons and posts on the roster, and those who have signed.",
    },
    "targets": 53,
    "signed": 48,
    "regions": [
        {
            "region_code": "13.03",
            "region_name": "Kabupaten Sijunjung",
            "targets": 53,
            "signed": 48,
        }
    ],
    "rest": None,
}


class RosterCoverageOut(BaseModel):
    """How many of those who should sign have: public, by regency or city at the finest."""

    model_config = ConfigDict(json_schema_extra={"examples": [_COVERAGE]})

    declaration_id: UUID
    unit: Literal["target"]
    definition: TextOut
    targets: int | None = Field(description="Null where fewer than 5 should sign.")
    signed: int | None
    regions: list[RegionCoverage] = Field(description="Those where at least 5 should sign.")
    rest: RestCoverage | None = Field(
        description="The others together; never one alone, so that some larger may be among them."
    )


class CoverageFilter(Slice):
    # It names an office, up to 200 letters of any script.
    cursor: str | None = Field(
        None, max_length=2_000, description="`next_cursor` of the last page."
    )
    region: str | None = Field(None, pattern=REGION_CODE, description="It and all within it.")


class OfficeCoverageOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    region_code: str = Field(examples=["13.03"])
    office: str = Field(examples=["Dinas Pendidikan Rekaan"])
    targets: int = Field(examples=[12])
    signed: int = Field(examples=[9])
