"""What crosses the wire about signatures after they were given."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import Form, Line, Prose, TextOut
from app.core.paging import Slice
from app.declarations.rules.changes import Change, Rule, WithdrawalReason
from app.declarations.rules.kinds import Kind, Status
from app.declarations.schemas.declarations import PointIn
from app.declarations.schemas.signatures import SignatureOut, SignerOut
from app.declarations.schemas.texts import PledgeTextOut
from app.declarations.schemas.tickets import EXAMPLE, WrittenTicket

Reason = Annotated[
    Prose, Field(max_length=2_000, description="Never a name; sealed, officers alone read it.")
]

_ON_BEHALF: JsonDict = {
    "letter_number": "800/12/REKAAN/2024",
    "reason": "Penanda tangan meminta tanda tangannya ditarik kembali.",
}


class OwnWithdrawalIn(Form):
    """A signer takes back what was signed; nobody has to say why."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"ticket": EXAMPLE, "reason": "mistake"}]}
    )

    ticket: WrittenTicket
    reason: WithdrawalReason | None = None


class TicketLookupIn(Form):
    model_config = ConfigDict(json_schema_extra={"examples": [{"ticket": EXAMPLE}]})

    ticket: WrittenTicket


class SignatureWithdrawalIn(Form):
    """A signer has asked on paper to take back what was signed."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ON_BEHALF]})

    letter_number: Annotated[Line, Field(max_length=100)]
    reason: Reason | None = None


class SignatureConfirmationIn(Form):
    """The organiser knows who signed, and perhaps as whom of the roster."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"stands_for": None}]})

    stands_for: UUID | None = Field(None, description="The target that has signed by this.")


class SignatureRejectionIn(Form):
    """Nobody of this name signs here."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Tidak dikenal di kantor ini."}]}
    )

    reason: Reason


class SignatureReinstatementIn(Form):
    """It counts after all."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Kantor membenarkan orang ini."}]}
    )

    reason: Reason


class TargetCandidateOut(BaseModel):
    """A person of the roster who may be the one that signed by the open link."""

    target_id: UUID
    region_code: str = Field(examples=["13.03"])
    same_person: bool = Field(description="By the exact name, position and office, or by the NIP.")
    has_signed: bool
    person: SignerOut


class TargetCandidatesOut(BaseModel):
    candidates: list[TargetCandidateOut] = Field(
        description="Those of the same name first; at most 20."
    )


class OwnDeclarationOut(BaseModel):
    """What the holder of a ticket signs."""

    id: UUID
    kind: Kind
    title: str = Field(examples=["Ikrar Netralitas Kabupaten Sijunjung"])
    office_name: str = Field(examples=["Bawaslu Kabupaten Sijunjung"])
    place: str = Field(examples=["Hotel Bukik Gadang, Sijunjung"])
    held_on: date
    led_by: str = Field(examples=["Sekretaris Daerah Kabupaten Sijunjung"])
    local_points: list[PointIn]
    text_hash: str = Field(
        description="Of all that is signed; the leaf in the log names it.",
        examples=["4634d153b2b9cc17d8743cb2294bf7fc806dc65f44782e7afa1aaeb88a749207"],
    )
    status: Status
    takes_signatures: bool


class OwnSignatureOut(BaseModel):
    """What the holder of a ticket may know: the text, himself, and what became of his signature."""

    declaration: OwnDeclarationOut
    text: PledgeTextOut
    person: SignerOut
    signature: SignatureOut | None = Field(description="Null as long as the holder has not signed.")
    needs_name: bool = Field(description="A post: who signs has to say who it is.")


class InvalidationIn(Form):
    """Look for signatures that a rule does not let count."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"rule": "same_person_elsewhere"}]})

    rule: Rule


class InvalidationOut(BaseModel):
    """What a rule found, and what was done about it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    declaration_id: UUID
    rule: Rule
    found: int = Field(description="Signatures that would no longer count.", examples=[2])
    invalidated: int = Field(
        description="How many of them no longer count: approve again until it is all.", examples=[2]
    )
    is_complete: bool = Field(description="False: there are more, look again after applying.")
    previewed_at: datetime
    previewed_by: UUID | None
    applied_at: datetime | None = Field(description="Set by the last step.")
    applied_by: UUID | None
    reversed_at: datetime | None = Field(description="Set by the last step.")
    reversed_by: UUID | None
    reinstated: int = Field(description="How many the reversal brought back.", examples=[0])


class PreviewedInvalidationOut(InvalidationOut):
    source: TextOut = Field(description="What the rule rests on.")


class FoundSignatureOut(BaseModel):
    """One signature that a rule found."""

    model_config = ConfigDict(from_attributes=True)

    signature_id: UUID
    region_code: str = Field(examples=["13.03"])
    leaf_index: int = Field(examples=[42])


class InvalidationFilter(Slice):
    pass


class FindFilter(Slice):
    pass


class SignatureChangeOut(BaseModel):
    """What was done to a signature, by whom and why."""

    model_config = ConfigDict(from_attributes=True)

    change: Change
    rule: Rule | None
    why: WithdrawalReason | None
    reason: str | None = Field(examples=["Tidak dikenal di kantor ini."])
    invalidation_id: UUID | None
    at: datetime
    actor_id: UUID | None
    leaf_index: int | None


class SignatureChangesOut(BaseModel):
    changes: list[SignatureChangeOut] = Field(description="First done first.")
