"""What crosses the wire about the materials and photos of an event."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictInt, computed_field
from pydantic.config import JsonDict

from app.core.forms import Form, Line
from app.core.paging import Slice
from app.rakor.rules.materials import Audience, MaterialKind
from app.rakor.rules.prevention_forms import FormFileFault, fault_of
from app.rakor.schemas.answers import InvitationCode

_CODE = "Zx3kQ0m1vT7bN5yR2wL8cAp4Hd6Js9Fg1Ue0Oi2Yt5M"
_MATERIAL: JsonDict = {
    "evidence_id": "01932b5e-7c00-7000-8000-000000000004",
    "kind": "photo",
    "title": "Pembacaan ikrar di halaman kantor bupati",
    "audience": "public",
}

_SHOWN: JsonDict = {
    "id": "01932b5e-7c00-7000-8000-000000000005",
    "event_id": "01932b5e-7c00-7000-8000-000000000002",
    "kind": "photo",
    "title": _MATERIAL["title"],
    "audience": "public",
    "media_type": "image/jpeg",
    "size": 93_871,
    "added_at": "2024-10-01T03:00:00Z",
    "withdrawn_at": None,
    "form_fault": None,
}


class EventMaterialIn(Form):
    """A file that came by `/uploads` with the event's id, and who may see it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_MATERIAL]})

    evidence_id: UUID
    kind: MaterialKind
    title: Annotated[Line, Field(max_length=300, description="Names no person.")]
    audience: Audience


class EventMaterialOut(BaseModel):
    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [_SHOWN]})

    id: UUID
    event_id: UUID
    kind: MaterialKind
    title: str = Field(examples=[_MATERIAL["title"]])
    audience: Audience
    media_type: str = Field(description="Of the original.", examples=["image/jpeg"])
    size: int = Field(description="Bytes of the original.", examples=[93_871])
    added_at: datetime
    withdrawn_at: datetime | None

    @computed_field(description="Why the Form Pencegahan does not take it; null where it does.")
    def form_fault(self) -> FormFileFault | None:
        return fault_of(self.media_type, self.size)


class MaterialFilter(Slice):
    kind: MaterialKind | None = None


class InvitedMaterialsIn(Slice):
    """Whoever holds the code of an invitation sees what is there for the invited."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"code": _CODE}]})

    code: InvitationCode
    limit: Annotated[StrictInt, Field(ge=1, le=200)] = Field(50, description="Items in a page.")


class InvitedMaterialIn(Form):
    """One of these files."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": _CODE,
                    "material_id": "01932b5e-7c00-7000-8000-000000000005",
                }
            ]
        }
    )

    code: InvitationCode
    material_id: UUID
