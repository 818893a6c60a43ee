"""What an office may enter on behalf of a reporter, and when it counts as received."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.clocks.rules import midnight
from app.complaints.rules.importing import EARLIEST
from app.core.actors import Actor
from app.core.errors import Fault, Invalid
from app.core.places import lies_in
from app.core.texts import Text

LONGEST_LETTER_NUMBER: Final = 100

FUTURE_MOMENT: Final = Fault(
    "/received_at",
    "future-moment",
    Text("Waktu ini belum tiba.", "This moment has not come yet."),
)
BEFORE_KNOWN: Final = Fault(
    "/received_at",
    "received-before-known",
    Text(
        "Kantor tidak mungkin menerimanya sebelum hari diketahui.",
        "The office cannot have received it before the day on which it was known.",
    ),
)
OUTSIDE_AREA: Final = Fault(
    "/event/region_code",
    "outside-area",
    Text(
        "Wilayah ini di luar wilayah kantor Anda; sampaikan ke kantor di atasnya.",
        "This region lies outside the area of your office; pass it to the office above.",
    ),
)


def oversees(actor: Actor, region_code: str) -> bool:
    """Whether the office that receives it can see the place of the act."""
    return actor.area is not None and lies_in(region_code, actor.area)


def check_received(received_at: datetime, known_on: date, now: datetime, zone: ZoneInfo) -> None:
    """Refuse a time of receipt to come, or one before the reporter knew of the act."""
    if received_at > now:
        raise Invalid(FUTURE_MOMENT)
    if received_at < midnight(max(known_on, EARLIEST), zone):
        raise Invalid(BEFORE_KNOWN)
