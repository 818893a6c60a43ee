"""What a forecast starts from and stands beside, as it crosses the wire."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.core.forms import TextOut
from app.elections.models import Election
from app.stats.rules import forecasting, periods
from app.stats.rules.baselines import Baseline, per_region, scaled
from app.stats.rules.forecasting import ForecastUnit, arithmetic_of
from app.stats.rules.negbin import Band
from app.stats.rules.scenarios import scenario_of
from app.stats.schemas.forecast import BandOut, BasisOut, ForecastHeadOut, ScenarioOut
from app.stats.service.baselines import describe

DIGITS: Final = 3
"""Digits after the point: a small region expects a few hundredths of a case in a week."""


def head_out(
    election: Election, unit: ForecastUnit, as_of: date, region_code: str
) -> ForecastHeadOut:
    return ForecastHeadOut(
        election_code=election.code,
        region_code=region_code,
        unit=unit,
        definition=TextOut.model_validate(forecasting.DEFINITIONS[unit]),
        definition_version=forecasting.VERSION,
        time_zone=periods.WIB,
        as_of=as_of,
        voting_on=election.voting_on,
    )


def bands_out(bands: Sequence[Band]) -> list[BandOut]:
    return [
        BandOut(share=each.share, low=each.low, high=each.high, holds=round(each.holds, DIGITS))
        for each in bands
    ]


def basis_out(basis: Baseline, voting: int) -> BasisOut:
    return BasisOut(
        baseline=describe(basis),
        per_region=round(per_region(basis), DIGITS),
        voting_regions=voting,
        scaled=round(scaled(basis, voting), DIGITS),
    )


def scenario_out(announced: Baseline | None, basis: Baseline, voting: int) -> ScenarioOut | None:
    if announced is None:
        return None
    found = scenario_of(announced, basis, voting)
    return ScenarioOut(
        label=TextOut(
            id="Pengumuman 17 September 2024, bukan hasil model",
            en="Announcement of 17 September 2024, not of the model",
        ),
        announced=found.announced,
        regions_announced=found.regions_announced,
        per_region=round(found.per_region, DIGITS),
        expected=round(found.expected, DIGITS),
        baseline_per_region=round(found.baseline_per_region, DIGITS),
        unchanged=round(found.unchanged, DIGITS),
        ratio=round(found.ratio, DIGITS),
        arithmetic=TextOut.model_validate(arithmetic_of(found)),
        source=announced.source,
    )
