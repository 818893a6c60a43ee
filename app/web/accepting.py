"""Which of the formats that there are a caller wants (RFC 9110, 12.5.1)."""

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeVar

from fastapi import Request

from app.core.errors import NotAcceptable

T = TypeVar("T", bound=str)

_OURS: Final = frozenset({("charset", "utf-8")})
"""Whatever we write is in UTF-8, also where the format does not say so."""
_ANY: Final = "*"


class Range(NamedTuple):
    """One part of an `Accept` field, or a format of ours."""

    kind: str
    subtype: str
    parameters: frozenset[tuple[str, str]]
    weight: float

    def takes(self, ours: "Range") -> bool:
        return (
            self.kind in (_ANY, ours.kind)
            and self.subtype in (_ANY, ours.subtype)
            and self.parameters <= ours.parameters | _OURS
        )

    def precedence(self) -> tuple[bool, bool, int, float]:
        """The most specific range says whether a format is taken; of the same ones the best."""
        return self.kind != _ANY, self.subtype != _ANY, len(self.parameters), self.weight


def accepted(request: Request) -> str:
    """The field, also where it came in several lines."""
    return ",".join(request.headers.getlist("accept"))


def choose(accepted: str, among: Sequence[T]) -> T:
    """Choose the format that is wanted most, the first among equals; refuse where none is."""
    ranges = [each for part in accepted.lower().split(",") if (each := _range(part)).subtype]
    if not ranges:
        return among[0]
    weights = [_weight(_range(form), ranges) for form in among]
    if not any(weights):
        raise NotAcceptable
    return among[weights.index(max(weights))]


def _weight(ours: Range, ranges: Sequence[Range]) -> float:
    fitting = [each for each in ranges if each.takes(ours)]
    return max(fitting, key=Range.precedence).weight if fitting else 0.0


def _range(part: str) -> Range:
    """Read one; without a subtype it is none, but for the star of old clients."""
    name, *written = (each.strip() for each in part.split(";"))
    kind, _, subtype = ("*/*" if name == _ANY else name).partition("/")
    parameters: set[tuple[str, str]] = set()
    for each in written:
        key, _, value = each.partition("=")
        if key == "q":
            return Range(kind, _plain(subtype), frozenset(parameters), _quality(value))
        parameters.add((key, value.strip('"')))
    return Range(kind, _plain(subtype), frozenset(parameters), 1.0)


def _plain(subtype: str) -> str:
    return subtype.removeprefix("x-")  # RFC 6648: it says nothing


def _quality(written: str) -> float:
    digits = written.replace(".", "", 1)
    return min(float(written), 1.0) if digits.isascii() and digits.isdigit() else 1.0
