"""What a forecast is about, what it is called, and what it assumes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.core.texts import Text
from app.stats.rules.baselines import Baseline, per_region
from app.stats.rules.delays import PRIOR_COUNTS, USUAL_DAYS
from app.stats.rules.prospects import Prospect
from app.stats.rules.scenarios import Scenario
from app.stats.rules.seasons import Intensities
from app.stats.rules.spreads import Prior


class ForecastUnit(StrEnum):
    """What is expected."""

    CASE = "case"
    PERSON = "person"


class ForecastBy(StrEnum):
    """What the rows of a forecast are."""

    WEEK = "week"
    REGION = "region"


VERSION: Final = 1

DEFINITIONS: Final[Mapping[ForecastUnit, Text]] = {
    ForecastUnit.CASE: Text(
        "Perkara menurut pekan perbuatan: yang sudah tercatat ditambah yang diperkirakan masih akan"
        " tercatat. Perkara yang digabungkan ke perkara lain tidak dihitung. Wilayah adalah tempat"
        " kejadian.",
        "Cases by the week of the act: what is recorded, and what is expected to be recorded yet."
        " A case merged into another does not count. Region is the place of the act.",
    ),
    ForecastUnit.PERSON: Text(
        "Terlapor dalam perkara menurut pekan perbuatan: yang sudah tercatat ditambah yang"
        " diperkirakan masih akan tercatat; orang yang sama dalam satu perkara dihitung satu kali."
        " Wilayah adalah tempat kejadian.",
        "Reported persons in cases by the week of the act: those recorded, and those expected to be"
        " recorded yet; the same person counts once in a case. Region is the place of the act.",
    ),
}

LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "forecast_unit": {
        ForecastUnit.CASE: Text("Perkara", "Case"),
        ForecastUnit.PERSON: Text("Orang", "Person"),
    },
    "forecast_by": {
        ForecastBy.WEEK: Text("Per pekan", "By week"),
        ForecastBy.REGION: Text("Per wilayah", "By region"),
    },
}

_DISPERSIONS: Final = {ForecastUnit.CASE: 1.0, ForecastUnit.PERSON: 2.0}
"""One report names one to fifty persons, so persons come in bundles; cases do not."""


def prior_of(unit: ForecastUnit, baseline: Baseline) -> Prior:
    """What is assumed of a place before anything is counted: the rate of the baseline."""
    return Prior(per_region(baseline), dispersion=_DISPERSIONS[unit])


@dataclass(frozen=True)
class Assumption:
    """A number that the forecast rests on: learnt from what was counted, or assumed."""

    code: str
    value: float
    learnt: bool
    text: Text


_FIRST: Final = Prior(1.0)

_TEXTS: Final[Mapping[str, Text]] = {
    "delay_days": Text(
        f"Rata-rata hari dari perbuatan sampai tercatat; dianggap {USUAL_DAYS:.0f} hari selama"
        f" belum jauh lebih dari {PRIOR_COUNTS:.0f} catatan.",
        f"Mean days from the act to the record; taken as {USUAL_DAYS:.0f} days until there are well"
        f" over {PRIOR_COUNTS:.0f} records.",
    ),
    "dispersion": Text(
        "Ragam hitungan pekanan dibanding Poisson; lebih dari 1 bila datang bergerombol.",
        "Variance of weekly counts compared with Poisson; above 1 where they come in bundles.",
    ),
    "province_spread": Text(
        f"Kuadrat simpangan relatif laju antarprovinsi; awalnya {_FIRST.province_spread}.",
        f"Squared relative deviation of the rates of provinces; at first {_FIRST.province_spread}.",
    ),
    "place_spread": Text(
        f"Hal yang sama antardaerah dalam satu provinsi; awalnya {_FIRST.place_spread}.",
        f"The same of the places of one province; at first {_FIRST.place_spread}.",
    ),
    "rate_spread": Text(
        "Hal yang sama dari satu pemilihan ke pemilihan berikutnya; 2015 sampai 2020 mencatat 29,"
        " 52, 491, dan 793 perkara.",
        "The same from one election to the next; 2015 to 2020 had 29, 52, 491 and 793 cases.",
    ),
    "drift": Text(
        "Kuadrat simpangan relatif masa depan seluruh negeri dari pola tahapan 2020 (30 persen);"
        " belum dapat diukur dari satu pemilihan.",
        "Squared relative deviation of the future of the whole country from the pattern of stages"
        " of 2020 (30 percent); one election cannot tell it.",
    ),
}


def assumptions_of(prospect: Prospect, intensities: Intensities) -> list[Assumption]:
    """Everything that the forecast rests on, in numbers."""
    learnt = prospect.fit.learnt
    values = (
        ("delay_days", prospect.delays.mean_days, True),
        ("dispersion", learnt.dispersion, True),
        ("province_spread", learnt.province_spread, True),
        ("place_spread", learnt.place_spread, True),
        ("rate_spread", learnt.rate_spread, False),
        ("drift", learnt.drift, False),
    )
    profile = [
        Assumption(f"intensity_{phase}", each.weight, False, each.source)
        for phase, each in intensities.items()
    ]
    return profile + [Assumption(code, value, own, _TEXTS[code]) for code, value, own in values]


def arithmetic_of(scenario: Scenario) -> Text:
    """The announcement, worked out so that everybody can do the sum again."""
    sums = (
        scenario.announced,
        scenario.regions_announced,
        scenario.per_region,
        scenario.baseline_per_region,
        scenario.voting_regions,
        scenario.unchanged,
        scenario.ratio,
    )
    announced, regions, each, before, voting, unchanged, ratio = sums
    return Text(
        f"Lebih dari {announced:.0f} untuk {regions} daerah: {_id(each)} per daerah, dibanding"
        f" {_id(before)} pada angka dasar; {_id(ratio)} kalinya. Pada laju angka dasar, {voting}"
        f" daerah di wilayah ini akan mencatat {unchanged:.0f}.",
        f"More than {announced:.0f} for {regions} regions: {each:.2f} for each, against"
        f" {before:.2f} of the baseline; {ratio:.2f} times it. At the rate of the baseline, the"
        f" {voting} regions of this area would have {unchanged:.0f}.",
    )


def _id(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")
