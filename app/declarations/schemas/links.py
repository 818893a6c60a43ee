"""What crosses the wire about personal links."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.config import JsonDict

from app.core.forms import Form, Line

_ADDRESS = "https://netra.contoh.go.id/sign#AgAFFwGSQQOcAHpRs94MWo9uLREAAAAAAAAAAAAAAAA"
_LINK: JsonDict = {"address": _ADDRESS, "qr": '<svg xmlns="http://www.w3.org/2000/svg"/>'}


class LinksIn(Form):
    """Whose links are wanted."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"office": None, "only_unsigned": True}]}
    )

    office: Annotated[Line, Field(max_length=200)] | None = Field(
        None, description="As the roster writes it; absent: all offices."
    )
    only_unsigned: StrictBool = Field(False, description="Leave out who has signed already.")


class SignatureLinkOut(BaseModel):
    """The link of who has signed without one: it opens the certificate, and takes back."""

    model_config = ConfigDict(json_schema_extra={"examples": [_LINK]})

    address: str
    qr: str = Field(description="The address as a QR code, in SVG.")
