"""Where everything stands: the public address of this service, and what lies behind it."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode


@dataclass(frozen=True)
class Addresses:
    """`home` is the public address; all that is built on it stays the same for ever."""

    home: str

    @property
    def service(self) -> str:
        return f"{self.home}/api/v1"

    @property
    def contract(self) -> str:
        return f"{self.home}/openapi.json"

    @property
    def catalogue(self) -> str:
        return self.of("/open-data/catalogue")

    @property
    def contact(self) -> str:
        return f"{self.catalogue}#contact"

    @property
    def notice(self) -> str:
        return f"{self.catalogue}#regions"

    @property
    def dictionary(self) -> str:
        return self.of("/open-data/dictionary")

    @property
    def corrections(self) -> str:
        return self.of("/open-data/corrections.atom")

    def corrections_behind(self, cursor: str | None, limit: int) -> str:
        """A page of the corrections; without a cursor the first."""
        asked = urlencode({"limit": limit, "cursor": cursor})
        return f"{self.corrections}?{asked}" if cursor else self.corrections

    def dataset(self, code: str) -> str:
        return self.of(f"/open-data/datasets/{code}")

    def snapshot(self, table: str, day: date, election: str, unit: str = "") -> str:
        asked = {"election": election} | ({"unit": unit} if unit else {})
        return self.of(f"/stats/public/{table}/{day}?{urlencode(asked)}")

    def as_file(self, where: str, named: str | None) -> str:
        """Where it is had in this form, whatever the caller says that he accepts."""
        return f"{where}{'&' if '?' in where else '?'}format={named}" if named else where

    def region(self, code: str) -> str:
        return self.of(f"/regions/{code}")

    def of(self, path: str) -> str:
        """The address of a path of the contract, as it stands behind its version."""
        return f"{self.service}{path}"
