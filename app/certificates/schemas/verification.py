"""What crosses the wire when somebody checks a paper."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.certificates.rules.codes import EXAMPLE, CodeKind
from app.certificates.rules.states import PaperState
from app.core.forms import Form, Line, TextOut

_STATE: Final[JsonDict] = {"id": "Sah", "en": "Valid"}
_TITLE: Final[JsonDict] = {
    "id": "Tanda tangan pada ikrar netralitas",
    "en": "Signature under a pledge of neutrality",
}
_HASH: Final = "4634d153b2b9cc17d8743cb2294bf7fc806dc65f44782e7afa1aaeb88a749207"
_PROOF: Final[JsonDict] = {
    "log": "declarations",
    "leaf_index": 42,
    "leaf_hash": _HASH,
    "tree_size": 1_000,
    "root_hash": _HASH,
}
_FACT: Final[JsonDict] = {
    "name": "method",
    "value": "click",
    "about": {"id": "Cara", "en": "Method"},
    "said": {"id": "Persetujuan di layar", "en": "Consent on a screen"},
}
_VERIFIED: Final[JsonDict] = {
    "code": EXAMPLE,
    "kind": "D",
    "state": "valid",
    "state_said": _STATE,
    "title": _TITLE,
    "facts": [_FACT],
    "proof": _PROOF,
    "has_holder": True,
}


class FactOut(BaseModel):
    """One thing that the paper says: `value` for programs, `about` and `said` for people."""

    model_config = ConfigDict(json_schema_extra={"examples": [_FACT]})

    name: str
    value: str
    about: TextOut
    said: TextOut


class ProofOut(BaseModel):
    """Where the leaf stands in the public log, and the last signed tree head that covers it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PROOF]})

    log: str
    leaf_index: int
    leaf_hash: str = Field(description="SHA-256 of 0x00 and the leaf (RFC 9162, 2.1.1), in hex.")
    tree_size: int | None = Field(description="Null for the second before a tree head covers it.")
    root_hash: str | None = Field(description="Of the tree of that size, in hex.")


class VerificationOut(BaseModel):
    """What is known of a paper by its code alone: never who holds it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_VERIFIED]})

    code: str = Field(description="As we write it.")
    kind: CodeKind = Field(
        description="D: a signature. T: the document of a declaration. A: attendance at an event."
    )
    state: PaperState
    state_said: TextOut
    title: TextOut
    facts: list[FactOut]
    proof: ProofOut | None
    has_holder: bool = Field(description="Whether the name on the paper can be compared.")


class NameIn(Form):
    """The name that stands on the paper, as somebody reads it there."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Contoh Rekaan"}]})

    name: Annotated[Line, Field(max_length=200)]


class NameCheckOut(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"is_same": True}]})

    is_same: bool = Field(description="Case, accents, points and spaces make no difference.")


def fact(name: str, value: object, about: tuple[str, str], said: tuple[str, str] | str) -> FactOut:
    """A fact; what is said in one string is said so in both languages."""
    words = (said, said) if isinstance(said, str) else said
    return FactOut(
        name=name,
        value=str(value),
        about=TextOut(id=about[0], en=about[1]),
        said=TextOut(id=words[0], en=words[1]),
    )
