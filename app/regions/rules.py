"""How the official region codes are built (Kemendagri), and how their names are compared."""

import re
from collections.abc import Mapping
from enum import StrEnum

from app.core.places import NATION
from app.core.texts import Text

FIRST_CITY = 71
"""The second part of a code is below 70 for a regency, and from 71 on for a city."""

_ABBREVIATED = re.compile(r"^\s*kab\b")
_NOT_COMPARED = re.compile(r"[\W_]+")


class Level(StrEnum):
    NATION = "nation"
    PROVINCE = "province"
    REGENCY = "regency"
    CITY = "city"
    DISTRICT = "district"
    VILLAGE = "village"


LABELS: Mapping[str, Mapping[StrEnum, Text]] = {
    "region_level": {
        Level.NATION: Text("Nasional", "Nation"),
        Level.PROVINCE: Text("Provinsi", "Province"),
        Level.REGENCY: Text("Kabupaten", "Regency"),
        Level.CITY: Text("Kota", "City"),
        Level.DISTRICT: Text("Kecamatan", "District"),
        Level.VILLAGE: Text("Desa/Kelurahan", "Village"),
    }
}

_BELOW_THE_NATION = (Level.PROVINCE, Level.REGENCY, Level.DISTRICT, Level.VILLAGE)


def level_of(code: str) -> Level:
    if code == NATION:
        return Level.NATION
    parts = code.split(".")
    level = _BELOW_THE_NATION[len(parts) - 1]
    is_city = level is Level.REGENCY and int(parts[1]) >= FIRST_CITY
    return Level.CITY if is_city else level


def parent_of(code: str) -> str | None:
    """Return the code directly above: the nation for a province, nothing for the nation."""
    if code == NATION:
        return None
    above, _, _ = code.rpartition(".")
    return above or NATION


def ancestors(code: str) -> list[str]:
    """Return the codes above this one, the province first; the nation is above them all."""
    parts = code.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts))]


def placement_code(code: str) -> str:
    """Return the code of the regency, city, province or nation that gives a place its surrogate."""
    return ".".join(code.split(".")[:2])


def comparable(name: str) -> str:
    """Reduce a name to what is compared: without case, spaces, hyphens and other signs.

    The decree writes "Palangkaraya", the city itself writes "Palangka Raya"; and where a regency
    and a city have the same name, people tell them apart by "Kab." and "Kota".
    """
    return _NOT_COMPARED.sub("", _ABBREVIATED.sub("kabupaten", name.casefold()))
