"""What crosses the wire about the open link of a declaration, by which anybody signs."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.declarations.schemas.signatures import Secret, SignatureIn

_ADDRESS = "https://netra.contoh.go.id/sign/01921731-b800-7c11-9d55-3f0a5e7b2c44"
_LINK: JsonDict = {"address": _ADDRESS, "qr": '<svg xmlns="http://www.w3.org/2000/svg"/>'}


class OpenLinkOut(BaseModel):
    """Where anybody signs a declaration who has no personal link."""

    model_config = ConfigDict(json_schema_extra={"examples": [_LINK]})

    address: str
    qr: str = Field(description="The address as a QR code, in SVG.")


class PageSignatureIn(SignatureIn):
    """What the form of the page sends; the id and the secret were made for this form alone, so
    that a repeat neither signs twice nor loses the ticket."""

    id: UUID
    secret: Secret


ASKED: tuple[str, ...] = ("name", "position", "office", "group", "region_code", "employee_number")
"""The fields that a signer sees, in their order on the page."""
KEPT: tuple[str, ...] = ("id", "secret")
"""Those that the page keeps to itself."""


def as_sent(fields: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The fields of the form as they were filled in; what was left empty was not sent."""
    said = {name: fields[name][-1].strip() for name in (*ASKED, *KEPT) if name in fields}
    return {name: value for name, value in said.items() if value}
