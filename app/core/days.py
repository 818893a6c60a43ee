"""Days and moments as people in Indonesia write them, with English beside it."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.core.texts import Text

_MONTHS: Final = (
    Text("Januari", "January"),
    Text("Februari", "February"),
    Text("Maret", "March"),
    Text("April", "April"),
    Text("Mei", "May"),
    Text("Juni", "June"),
    Text("Juli", "July"),
    Text("Agustus", "August"),
    Text("September", "September"),
    Text("Oktober", "October"),
    Text("November", "November"),
    Text("Desember", "December"),
)


def moment(at: datetime, zone: str) -> Text:
    """A moment on the clock of the office, with the name of its zone (WIB, WITA, WIT)."""
    local = at.astimezone(ZoneInfo(zone))
    on = day(local.date())
    return Text(f"{on.id} pukul {local:%H.%M} {local:%Z}", f"{on.en}, {local:%H:%M} {local:%Z}")


def day(on: date) -> Text:
    month = _MONTHS[on.month - 1]
    return Text(f"{on.day} {month.id} {on.year}", f"{on.day} {month.en} {on.year}")
