"""What crosses the wire where one ticket opens the door and signs."""

from typing import Annotated, Final, Literal, Self, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, WrapValidator, model_validator
from pydantic.config import JsonDict

from app.core.batches import read_alone
from app.core.errors import RuleBroken
from app.core.forms import Form
from app.core.texts import Text
from app.declarations.rules.kinds import Status
from app.declarations.rules.room import MOST_ITEMS
from app.declarations.schemas.batches import BatchOut, ItemIn, TargetRef
from app.declarations.schemas.devices import BundleOut, DeviceOut, JwkOut
from app.rakor.schemas.answers import InvitationCode
from app.rakor.schemas.check_ins import CheckInBatchOut, CheckInItem
from app.rakor.schemas.invitations import CODE
from app.rakor.schemas.tickets import EventBundleOut

_PAIRING: JsonDict = {
    "device_id": "01932b5e-7c00-7000-8000-000000000002",
    "declaration_id": "01932b5e-7c00-7000-8000-000000000003",
    "valid_hours": 12,
}
_SIGNATURE: JsonDict = {
    "id": "01924103-9c00-7a51-b3de-0c5a8f6e2d13",
    "ticket": "eyJhbGciOiJFZERTQSJ9.e30.QQ",
    "name": "Contoh Rekaan",
    "method": "click",
    "captured_at": "2024-09-30T03:15:00Z",
    "sequence": 1,
    "nonce": "AAAAAAAAAAAAAAAAAAAAAA",
}
_MOST_HOURS: Final = 72


class PairingIn(Form):
    """A device of the door that is to collect signatures as well."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PAIRING]})

    device_id: UUID = Field(description="Registered at the event.")
    declaration_id: UUID = Field(description="Made at the event.")
    valid_hours: int = Field(12, ge=1, le=_MOST_HOURS, description="For how long it may collect.")


class PairingOut(BaseModel):
    """The credential of the door serves for both; with this key it checks the other bundle."""

    device_id: UUID
    collecting: DeviceOut
    key: JwkOut


class SeatOut(BaseModel):
    """As which target the holder of an invitation signs."""

    invitation_id: UUID
    target: TargetRef


class Seats(BaseModel):
    """What a device needs to know of a ticket before it lets somebody sign."""

    version: Literal["netra-seats/1"]
    event_id: UUID
    declaration_id: UUID
    seats: list[SeatOut]


class GatheringBundleOut(BaseModel):
    """Three JSON Web Signatures, each checked as its page says: that of the door, that of the
    declaration (null until it opens), and whose invitation signs as which target, by the key of
    the door, `typ` netra-seats+json."""

    event: EventBundleOut
    declaration: BundleOut | None
    seats: EventBundleOut


class RoomItemIn(ItemIn):
    """One signature in the room: by the ticket of the door, or as in a batch of the declaration.

    `sequence` and `nonce` are of the bundle of the declaration; with a ticket, `name` says who
    holds the post.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_SIGNATURE]})

    ticket: Annotated[str, Field(min_length=1, max_length=2_000)] | None = None

    @model_validator(mode="after")
    def is_by_somebody(self) -> Self:
        named = (self.ticket, self.target, self.signer)
        if sum(each is not None for each in named) != 1:
            raise RuleBroken(
                "one-signer",
                Text(
                    "Sebutkan tiket, target, atau penanda tangan, salah satu.",
                    "Name a ticket, a target, or a signer: one of them.",
                ),
            )
        return self

    def as_item(self, target: TargetRef | None) -> ItemIn:
        """The same as the declaration takes it, by the target behind the ticket."""
        return ItemIn(
            id=self.id,
            target=target,
            name=self.name,
            signer=self.signer,
            method=self.method,
            captured_at=self.captured_at,
            sequence=self.sequence,
            nonce=self.nonce,
            drawing=self.drawing,
            paper=self.paper,
        )


# Whatever is no item is answered in its place, so that the contract allows it.
RoomItem: TypeAlias = Annotated[
    RoomItemIn, WrapValidator(read_alone, json_schema_input_type=RoomItemIn | dict[str, JsonValue])
]


class GatheringBatchIn(Form):
    """What one device saw and collected; send it again until it is answered."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"signatures": [_SIGNATURE]}]})

    device_id: UUID | None = Field(
        None, description="Of the door; only from an officer who sends what a device holds."
    )
    check_ins: Annotated[list[CheckInItem], Field(max_length=MOST_ITEMS)] = Field([])
    signatures: Annotated[list[RoomItem], Field(max_length=MOST_ITEMS)] = Field([])

    @model_validator(mode="after")
    def brings_something(self) -> Self:
        if not self.check_ins and not self.signatures:
            raise RuleBroken(
                "brings-nothing",
                Text("Kirim setidaknya satu butir.", "Send at least one item."),
            )
        return self


class GatheringBatchOut(BaseModel):
    """One answer for each item, in the same order."""

    check_ins: CheckInBatchOut
    signatures: BatchOut


class OwnSigningIn(Form):
    """Whoever holds the code of an invitation."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": CODE}]})

    code: InvitationCode


class OwnSigningRow(BaseModel):
    """A declaration that the holder of the invited post signs, and by which link."""

    declaration_id: UUID
    title: str = Field(examples=["Ikrar Netralitas Kabupaten Sijunjung"])
    status: Status
    ticket: str = Field(
        description="Signs at `/signatures`, and opens the page `/sign#<ticket>`.",
        examples=["AQAFFwGSQQOcAHpRs94MWo9uLREAAAAAAAAAAAAAAAA"],
    )


class OwnSigningOut(BaseModel):
    """What is signed at the event of this invitation; empty where its office is on no roster."""

    event_id: UUID
    post: str = Field(examples=["Wali Nagari"])
    office_name: str = Field(examples=["Nagari Rekaan"])
    declarations: list[OwnSigningRow]
