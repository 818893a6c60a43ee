"""What a reader picked, which stands in the address, so that a link shares a view."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from app.core.places import NATION
from app.core.texts import Language

PATH: Final = "/"
_YEAR: Final = re.compile(r"[0-9]{4}")
_REGIONAL: Final = "pilkada"
ALL: Final = "all"
"""Of every election, and of none."""


@dataclass(frozen=True)
class Pick:
    """A region, an election, a unit for the map, and a language."""

    region: str = NATION
    election: str = ""
    unit: str = ""
    language: Language = "id"

    def but(self, **other: str) -> str:
        """The address of this view with something else picked."""
        return address(replace(self, **other))  # type: ignore[arg-type]


def address(pick: Pick) -> str:
    """The address of a view; what is so by default does not stand in it."""
    said = {
        "region": "" if pick.region == NATION else pick.region,
        "election": pick.election,
        "unit": pick.unit,
        "lang": "" if pick.language == "id" else pick.language,
    }
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{PATH}?{query}" if query else PATH


def election_meant(asked: str, codes: Iterable[str]) -> str | None:
    """The election of this code, or the one of this year, the regional one before others; None
    where there is none. Nothing asked is the first, which is the latest."""
    known = list(codes)
    if not asked:
        return known[0] if known else None
    if asked in (ALL, *known):
        return asked
    if not _YEAR.fullmatch(asked):
        return None
    of_year = [each for each in known if each.endswith(f"-{asked}")]
    of_year.sort(key=lambda code: not code.startswith(_REGIONAL))
    return of_year[0] if of_year else None
