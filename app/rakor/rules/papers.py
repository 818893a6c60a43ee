"""The words that stand on the papers of an event."""

from datetime import date
from typing import Final

from app.core.days import day
from app.core.texts import Text

ATTENDANCE: Final = Text("Sertifikat kehadiran", "Certificate of attendance")
GIVEN_TO: Final = Text("Diberikan kepada", "This is awarded to")
REPRESENTS: Final = Text("mewakili", "on behalf of")
AS: Final = Text("atas kehadirannya sebagai", "for attending as")
AT: Final = Text("pada kegiatan", "at the event")
ISSUED: Final = Text("Diterbitkan secara elektronik oleh", "Issued electronically by")
CHECK: Final = Text("Periksa keasliannya di", "Check it at")
REVOKED: Final = Text("Dicabut", "Revoked")
REPLACED: Final = Text("Diganti", "Replaced")


def days(first: date, last: date) -> Text:
    """The days of an event, as people write them."""
    one, other = day(first), day(last)
    return one if first == last else Text(f"{one.id} s.d. {other.id}", f"{one.en} to {other.en}")
