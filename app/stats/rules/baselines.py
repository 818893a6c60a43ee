"""Figures that others published or said: each with its unit, cut-off, source and standing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.core.texts import Text
from app.elections.rules import Regime


class BaselineUnit(StrEnum):
    """What such a figure counts; the same month gives three figures by three units."""

    CASE = "case"
    PERSON = "person"
    REPORT = "report"
    FINDING = "finding"
    REPORT_OR_FINDING = "report_or_finding"
    RECOMMENDATION = "recommendation"
    PERCENT_OF_PERSONS = "percent_of_persons"


class BaselineStatus(StrEnum):
    """How the figure came to us."""

    PUBLISHED = "published"
    QUOTED = "quoted"
    ANNOUNCED = "announced"
    MIRRORED = "mirrored"


class Relation(StrEnum):
    EQUAL = "equal"
    MORE_THAN = "more_than"


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """One figure of one cut-off; `cut_off` is empty where only the year is known.

    `reconciles` is False where it contradicts another figure, or its own parts do not add up;
    `basis` marks the figure of a whole election that forecasts of the next one start from.
    """

    code: str
    election_code: str
    year: int
    regime: Regime
    cut_off: date | None
    unit: BaselineUnit
    part: str
    figure: float
    at_most: float | None
    relation: Relation
    region_code: str | None
    status: BaselineStatus
    reconciles: bool
    voting_regions: int | None
    basis: bool
    words_id: str
    words_en: str
    source_id: str
    source: str


ANNOUNCED: Final = "2024-09-17-announcement"
"""The expectation of 17 September 2024, shown as a scenario beside the model's own."""

_UNITS: Final[Mapping[str, tuple[BaselineUnit, ...]]] = {
    "case": (BaselineUnit.CASE, BaselineUnit.REPORT_OR_FINDING),
    "person": (BaselineUnit.PERSON,),
}

LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "baseline_unit": {
        BaselineUnit.CASE: Text("Perkara", "Case"),
        BaselineUnit.PERSON: Text("Orang", "Person"),
        BaselineUnit.REPORT: Text("Laporan", "Report"),
        BaselineUnit.FINDING: Text("Temuan", "Finding"),
        BaselineUnit.REPORT_OR_FINDING: Text("Laporan dan temuan", "Reports and findings"),
        BaselineUnit.RECOMMENDATION: Text("Rekomendasi", "Recommendation"),
        BaselineUnit.PERCENT_OF_PERSONS: Text("Persen dari orang", "Percent of persons"),
    },
    "baseline_status": {
        BaselineStatus.PUBLISHED: Text("Diterbitkan", "Published"),
        BaselineStatus.QUOTED: Text("Dikutip", "Quoted"),
        BaselineStatus.ANNOUNCED: Text("Diumumkan sebagai perkiraan", "Announced as expected"),
        BaselineStatus.MIRRORED: Text("Dari salinan berita", "From a copy of the news"),
    },
    "baseline_relation": {
        Relation.EQUAL: Text("Sama dengan", "Equal to"),
        Relation.MORE_THAN: Text("Lebih dari", "More than"),
    },
}


def basis_for(
    baselines: Iterable[Baseline], unit: str, regime: Regime, year: int
) -> Baseline | None:
    """The figure of the last election before this year that a forecast can start from."""
    fitting = (
        each
        for each in baselines
        if each.basis
        and each.unit in _UNITS[unit]
        and each.regime is regime
        and each.year < year
        and each.voting_regions
    )
    return max(fitting, key=lambda each: each.year, default=None)


def per_region(baseline: Baseline) -> float:
    """How many of it fell to one voting region."""
    return baseline.figure / (baseline.voting_regions or 1)


def scaled(baseline: Baseline, voting_regions: int) -> float:
    """How many there would be if each region that votes now had as many."""
    return per_region(baseline) * voting_regions
