"""What crosses the wire about signatures that a device, or papers, brought by the batch."""

from typing import Annotated, Self, TypeAlias
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    WrapValidator,
    model_validator,
)
from pydantic.config import JsonDict

from app.core.batches import ItemProblem, read_alone
from app.core.errors import RuleBroken
from app.core.forms import Form, Line
from app.core.outcomes import ItemOutcome
from app.core.places import REGION_CODE
from app.core.texts import Text
from app.declarations.rules.kinds import Group, Method, SignatoryRole
from app.declarations.rules.room import MOST_ITEMS
from app.declarations.rules.strokes import FIELD, MOST_POINTS, MOST_STROKES, count_points
from app.declarations.schemas.signatures import Captured, EmployeeNumber, SignatureOut
from app.evidence.rules.documents import MOST_SIGNATURES

Coordinate = Annotated[int, Field(ge=0, le=FIELD)]
Stroke: TypeAlias = Annotated[list[tuple[Coordinate, Coordinate]], Field(min_length=1)]

_ITEM: JsonDict = {
    "id": "01924103-9c00-7a51-b3de-0c5a8f6e2d12",
    "signer": {
        "name": "Contoh Rekaan",
        "position": "Camat",
        "office": "Kecamatan Rekaan",
        "group": "asn_pns",
        "region_code": "13.03",
    },
    "method": "click",
    "captured_at": "2024-09-30T03:15:00Z",
    "sequence": 1,
    "nonce": "AAAAAAAAAAAAAAAAAAAAAA",
}


class TargetRef(Form):
    """Somebody of the roster, as the bundle names them."""

    id: UUID
    region_id: int = Field(ge=0, lt=2**31)


class SignerIn(Form):
    """Somebody whom the roster of the device does not name."""

    name: Annotated[Line, Field(max_length=200)]
    position: Annotated[Line, Field(max_length=200)]
    office: Annotated[Line, Field(max_length=200)]
    employee_number: EmployeeNumber | None = None
    group: Group
    role: SignatoryRole = SignatoryRole.SIGNATORY
    represents: Annotated[Line, Field(max_length=300)] | None = None
    region_code: str | None = Field(None, pattern=REGION_CODE)

    @model_validator(mode="after")
    def represents_somebody(self) -> Self:
        if (self.role is SignatoryRole.REPRESENTATIVE) is not (self.represents is not None):
            raise RuleBroken(
                "represents-somebody",
                Text(
                    "Isi pihak yang diwakili bila, dan hanya bila, menandatangani sebagai wakil.",
                    "Name who is represented if, and only if, a representative signs.",
                ),
            )
        return self


class PaperRef(Form):
    """Where it can be seen: a file that was uploaded for this declaration, and the page.

    In a document that was signed electronically, `signature` says by which of its signatures.
    """

    evidence_id: UUID
    page: int = Field(1, ge=1, le=10_000)
    signature: int | None = Field(
        None,
        ge=1,
        le=MOST_SIGNATURES,
        description="Counted from 1, as `papers` lists them; needed where there are several.",
    )


class ItemIn(Form):
    """One signature; its id is made by whoever collected it, and never used for another."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ITEM]})

    id: UUID
    target: TargetRef | None = None
    name: Annotated[Line, Field(max_length=200)] | None = Field(
        None, description="Who signs for a target without a name; for no other."
    )
    signer: SignerIn | None = None
    method: Method
    captured_at: Captured | None = None
    sequence: int | None = Field(None, ge=1, lt=2**31)
    nonce: str | None = Field(None, max_length=22)
    drawing: Annotated[list[Stroke], Field(min_length=1, max_length=MOST_STROKES)] | None = None
    paper: PaperRef | None = None

    @model_validator(mode="after")
    def is_by_somebody(self) -> Self:
        if (self.target is None) is (self.signer is None):
            raise RuleBroken(
                "one-signer",
                Text(
                    "Sebutkan target atau penanda tangan, salah satu.",
                    "Name either a target or a signer.",
                ),
            )
        return self

    @model_validator(mode="after")
    def is_drawn(self) -> Self:
        drawn = self.method is Method.DRAWN
        if drawn is (self.drawing is None) or count_points(self.drawing or []) > MOST_POINTS:
            raise RuleBroken(
                "drawing-wanted",
                Text(
                    f"Sertakan gambar paling banyak {MOST_POINTS} titik bila, dan hanya bila,"
                    " tanda tangan digambar.",
                    f"Send a drawing of at most {MOST_POINTS} points if, and only if, it is drawn.",
                ),
            )
        return self


# Whatever is no item is answered in its place, so that the contract allows it.
Item: TypeAlias = Annotated[
    ItemIn, WrapValidator(read_alone, json_schema_input_type=ItemIn | dict[str, JsonValue])
]


class BatchIn(Form):
    """What one device collected, or what some papers hold; send it again until it is answered."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [_ITEM]}]})

    device_id: UUID | None = Field(
        None, description="Only from an officer who sends what a device holds."
    )
    items: list[Item] = Field(min_length=1, max_length=MOST_ITEMS)


class ItemOut(BaseModel):
    """What became of the item in this place."""

    id: UUID | None = Field(description="As it was sent; null where it cannot be read.")
    outcome: ItemOutcome
    signature: SignatureOut | None
    ticket: str | None = Field(
        description="Only for the device that collected it, of who has no personal link: hand it "
        "over, as `/sign#<ticket>`. With it the signature is read, printed and withdrawn.",
        examples=["AgAFFwGSQQOcAHpRs94MWo9uLREAAAAAAAAAAAAAAAA"],
    )
    problem: ItemProblem | None


class BatchOut(BaseModel):
    """One answer for each item, in the same order."""

    recorded: int = Field(examples=[1])
    repeated: int = Field(examples=[0])
    refused: int = Field(examples=[0])
    items: list[ItemOut]
