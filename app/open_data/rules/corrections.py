"""What is told when a published figure, or what it means, was corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.core.texts import Text

MOST_TOLD: Final = 50
"""How many cells one entry names; the two tables, which it leads to, have them all."""


class CorrectionKind(StrEnum):
    FIGURE = "figure"
    DEFINITION = "definition"


@dataclass(frozen=True)
class Change:
    """A cell of two published tables: both counts were shown to everybody."""

    region: Text
    value: Text | None
    before: int
    now: int


@dataclass(frozen=True)
class Correction:
    """The table `name` of `day`, frozen at `made_at`, says otherwise than the one before it."""

    name: str
    election: str
    day: date
    kind: CorrectionKind
    made_at: datetime
    title: Text
    words: Text

    @property
    def tag(self) -> str:
        """What it is known by for ever, wherever the feed is served (RFC 4151)."""
        of = f"{self.name}/{self.election or 'all'}/{self.day}/{self.kind}"
        return f"tag:bawaslu.go.id,2026:netra/corrections/{of}"


def figure_title(table: Text, election: Text, day: date) -> Text:
    return Text(
        f"Angka dikoreksi: {table.id}, {election.id}, tabel {day}",
        f"Figures corrected: {table.en}, {election.en}, table of {day}",
    )


def figure_words(changes: Sequence[Change]) -> Text:
    """Say what changed, the largest changes first."""
    told = sorted(changes, key=lambda each: -abs(each.now - each.before))[:MOST_TOLD]
    rest = len(changes) - len(told)
    more = Text(f"; dan {rest} lainnya", f"; and {rest} more") if rest else Text("", "")
    return Text(
        "Angka hari-hari yang sudah lewat berubah: "
        + "; ".join(_told(each.region.id, each.value and each.value.id, each) for each in told)
        + f"{more.id}.",
        "Figures of days that were over have changed: "
        + "; ".join(_told(each.region.en, each.value and each.value.en, each) for each in told)
        + f"{more.en}.",
    )


def definition_title(table: Text, day: date) -> Text:
    return Text(
        f"Definisi berubah: {table.id}, sejak tabel {day}",
        f"Definition changed: {table.en}, from the table of {day} on",
    )


def definition_words(before: int, now: int, definition: Text) -> Text:
    return Text(
        f"Versi definisi {before} menjadi {now}; angka sebelum dan sesudahnya tidak dapat"
        f" dibandingkan begitu saja. Definisi sekarang: {definition.id}",
        f"Version {before} of the definition became {now}; figures before and after are not to be"
        f" compared without care. The definition now: {definition.en}",
    )


def _told(region: str, value: str | None, change: Change) -> str:
    named = f"{region}, {value}" if value else region
    return f"{named}: {change.before} → {change.now}"
