"""Where a matter belongs: the two columns that every row with a place carries."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

NATION = "00"
_REGENCY = len("73.04")

REGION_CODE = r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$"
"""The shape of an official code; only the table of regions knows which of them exist."""


class Placed(Protocol):
    """Anything the journal can be about: it has an id and belongs to a place."""

    @property
    def id(self) -> UUID: ...

    @property
    def region_id(self) -> int: ...

    @property
    def region_code(self) -> str: ...


@dataclass(frozen=True)
class Place:
    """`region_id` is the placement, the surrogate key of the regency, province or nation around
    the place, which outlives changes of the official code; `region_code` is that code."""

    region_id: int
    region_code: str


NATIONAL = Place(0, NATION)


def lies_in(code: str, area: str) -> bool:
    """Whether a region code lies in an area; the empty area is the whole country."""
    return area in ("", code) or code.startswith(f"{area}.")


def area_of(code: str) -> str:
    """The area an office of this region oversees: national offices see the whole country."""
    return "" if code == NATION else code


def regency_of(code: str) -> str:
    """The regency or city around a place; a province and the nation stay themselves."""
    return code[:_REGENCY]


@dataclass
class Subject:
    """A thing that the journal can be about, known by no more than its id and its place."""

    id: UUID
    region_id: int
    region_code: str
