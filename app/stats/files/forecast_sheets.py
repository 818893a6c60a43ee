"""How a forecast is written: as JSON, and for a spreadsheet."""

from typing import Final

from app.stats.files.sheets import Format, write_sheet
from app.stats.schemas.forecast import BandOut, ForecastOut, ForecastRowOut

_COLUMNS: Final = (
    "key",
    "label_id",
    "label_en",
    "since",
    "until",
    "phase",
    "recorded",
    "expected",
    "low_50",
    "high_50",
    "low_90",
    "high_90",
    "scenario",
    "as_of",
    "election_code",
    "region_code",
    "unit",
    "definition_version",
    "definition",
)


def write_forecast(forecast: ForecastOut, form: Format) -> bytes:
    """In a sheet, one row for each week or region and no total among them."""
    if form is Format.JSON:
        return forecast.model_dump_json().encode()
    about = {**dict(forecast), "definition": forecast.definition.id}
    return write_sheet(_COLUMNS, [about | _flat(row) for row in forecast.rows])


def _flat(row: ForecastRowOut) -> dict[str, object]:
    flat = {**dict(row), "label_id": row.label.id, "label_en": row.label.en}
    for band in row.bands:
        flat |= _ends(band)
    return flat


def _ends(band: BandOut) -> dict[str, int]:
    share = round(100 * band.share)
    return {f"low_{share}": band.low, f"high_{share}": band.high}
