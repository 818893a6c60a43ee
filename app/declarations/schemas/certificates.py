"""What crosses the wire when a signer takes home the proof of a signature."""

from typing import Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.certificates.rules.codes import EXAMPLE
from app.certificates.rules.states import PaperState
from app.certificates.schemas.verification import FactOut, ProofOut
from app.core.forms import Form, TextOut
from app.declarations.schemas.declarations import PointIn
from app.declarations.schemas.signatures import SignerOut
from app.declarations.schemas.tickets import WrittenTicket

_TICKET: Final = "AQAE0gGSQQOcAHpRs94MWo9uLREAAAAAAAAAAAAAAAA"
_SALT: Final = "000102030405060708090a0b0c0d0e0f"
_MOMENT: Final = "2024-09-30T03:15:00.000000+00:00"


class CertificateIn(Form):
    """Whose certificate it is; in the body, because an address ends up in logs and histories."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"ticket": _TICKET}]})

    ticket: WrittenTicket


class LeafOpeningOut(BaseModel):
    """What the leaf commits to; whoever has it can show offline whose signature the leaf is."""

    signature: UUID
    salt: str = Field(description="Hex.", examples=[_SALT])
    person: SignerOut
    method: str = Field(examples=["click"])
    captured_at: str | None = Field(examples=[_MOMENT])
    recorded_at: str = Field(description="As the commitment writes it.", examples=[_MOMENT])


class SignedTextOut(BaseModel):
    """What was signed: the text, and the points that the office added."""

    title: TextOut
    opening: TextOut
    points: list[PointIn]


_TEXT: Final[JsonDict] = {"id": "Kami berikrar:", "en": "We pledge:"}
_ADDRESS: Final = f"https://netra.contoh.go.id/verify/{EXAMPLE}"


class CertificateOut(BaseModel):
    """The proof of one signature, for its holder alone."""

    code: str = Field(examples=[EXAMPLE])
    address: str = Field(description="Where anybody checks the code.", examples=[_ADDRESS])
    qr: str = Field(description="The address as a QR code, in SVG.", examples=["<svg/>"])
    state: PaperState
    state_said: TextOut
    title: TextOut
    heading: str = Field(description="The title of the declaration.", examples=["Ikrar Netralitas"])
    text: SignedTextOut
    signer: SignerOut
    drawing: str | None = Field(
        description="What was drawn as a signature, in SVG.", examples=["<svg/>"]
    )
    facts: list[FactOut]
    proof: ProofOut
    log_key: str | None = Field(
        description="Verifier key of the log, under which the checkpoint in the proof stands.",
        examples=[None],
    )
    tlog_proof: str | None = Field(
        description="The proof as C2SP tlog-proof, ready a second after the signature.",
        examples=[None],
    )
    opening: LeafOpeningOut
