"""Batches that a device sends: each item is read and answered alone, whatever the others are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field, ValidationError, ValidatorFunctionWrapHandler


@dataclass(frozen=True)
class Unreadable:
    """An item that is none; `errors` say why, without what was sent."""

    errors: Sequence[Mapping[str, Any]]


def read_alone(sent: object, read: ValidatorFunctionWrapHandler) -> Any:
    """For `WrapValidator`: one item that nobody can read is refused alone."""
    try:
        return read(sent)
    except ValidationError as broken:
        if not isinstance(sent, dict):
            raise
        return Unreadable(broken.errors(include_url=False, include_input=False))


class FaultOut(BaseModel):
    pointer: str = Field(description="JSON pointer within the batch.", examples=["/items/0/nonce"])
    code: str = Field(examples=["missing"])
    message: str = Field(examples=["Wajib diisi."])


class ItemProblem(BaseModel):
    """Why an item is refused, in the reader's language; codes are those of single requests."""

    code: str = Field(examples=["already-signed"])
    detail: str = Field(examples=["Orang ini sudah menandatangani deklarasi ini."])
    errors: list[FaultOut]
