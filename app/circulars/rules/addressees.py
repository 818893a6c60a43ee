"""How many offices one letter reaches, and how far whoever forwards it may go."""

from collections.abc import Iterable
from typing import Final

from app.core.errors import Conflict
from app.core.places import NATION, area_of, lies_in
from app.core.texts import Text
from app.regions.rules import Level, level_of

MOST_ADDRESSED: Final = 100_000
"""Offices that the issuer reaches: all villages and everybody above them."""
MOST_LINES: Final = 50
MOST_NAMES: Final = 200
MOST_DEPTH: Final = 8

_MOST_NAMED: Final = 1_000
_MOST_NAMED_IN: Final = {Level.VILLAGE: 50, Level.DISTRICT: 200}


class TooManyAddressed(Conflict):
    code = "too-many-addressed"
    text = Text(
        "Terlalu banyak kantor yang dituju oleh satu edaran.",
        "One circular cannot reach so many offices.",
    )


class TooManyNamed(Conflict):
    """Names are the one thing that no register bounds, and a link is in many hands."""

    code = "too-many-named"
    text = Text(
        "Terlalu banyak kantor yang disebut namanya dalam penerusan ini.",
        "Too many offices were named in forwarding this.",
    )


class TooDeep(Conflict):
    """A cascade that is passed on without end reaches nobody new."""

    code = "cascade-too-deep"
    text = Text(
        "Edaran ini sudah diteruskan terlalu jauh.", "This was forwarded as far as it can be."
    )


def check_depth(depth: int) -> None:
    if depth > MOST_DEPTH:
        raise TooDeep


def check_addressed(addressed: int) -> None:
    if addressed > MOST_ADDRESSED:
        raise TooManyAddressed


def check_named(region_code: str, named: int) -> None:
    """How many names an office of this region may add, with all those who go back to it: a
    village has few offices, a regency its agencies and schools."""
    if named > _MOST_NAMED_IN.get(level_of(region_code), _MOST_NAMED):
        raise TooManyNamed


def outside(region_codes: Iterable[str], area: str) -> list[int]:
    """Which of these regions lie outside of what an office may address."""
    return [place for place, code in enumerate(region_codes) if not lies_in(code, area)]


def area_below(region_code: str) -> str:
    """What an addressed office forwards to: everything in its own region."""
    return area_of(region_code) if region_code != NATION else ""
