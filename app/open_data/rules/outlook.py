"""The entry of the forecast for everybody, which is frozen every day as the tables are."""

from collections.abc import Sequence
from typing import Final

from app.core.texts import Text
from app.open_data.rules.datasets import (
    Column,
    Dataset,
    Distribution,
    Frequency,
    Licence,
    Meaning,
    Snapshots,
)

FORECAST: Final = "forecast"
"""As it is called in its addresses and in the file of columns."""

_TITLE: Final = Text("Prakiraan untuk umum", "The forecast for everybody")
_DESCRIPTION: Final = Text(
    "Yang masih akan tercatat sampai akhir pemilihan, menurut model, untuk Indonesia dan tiap"
    " provinsi yang memilih; dihitung dari tabel publik hari itu, dibekukan sekali sehari dan tidak"
    " pernah diubah.",
    "What is still to be recorded until the end of an election, by the model, of the nation and of"
    " each province that votes; reckoned from the public tables of that day, frozen once a day and"
    " never changed.",
)
_MEASURE: Final = Text(
    "Nilai harapan dan rentang peluang", "Expected value and bands of probability"
)
_UNIT: Final = Text("Perkara atau terlapor, lihat `unit`", "Cases or reported persons, see `unit`")
_KEYWORDS: Final = (
    Text("netralitas ASN", "neutrality of civil servants"),
    Text("prakiraan", "forecast"),
)


def forecast_dataset(columns: Sequence[Column], snapshots: Sequence[Snapshots]) -> Dataset:
    """Make the entry, given its columns and of which elections and units it was frozen."""
    return Dataset(
        code=FORECAST,
        title=_TITLE,
        description=_DESCRIPTION,
        keywords=_KEYWORDS,
        frequency=Frequency.DAILY,
        licence=Licence.CC_BY,
        meaning=Meaning(_TITLE, _DESCRIPTION, _MEASURE, _UNIT, version=1),
        distributions=(Distribution(f"/stats/public/{FORECAST}", "application/json"),),
        columns=tuple(columns),
        snapshots=tuple(snapshots),
    )
