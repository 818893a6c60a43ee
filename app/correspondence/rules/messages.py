"""The law of messages: two sides, how long a message may be, and how many a day."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from app.core.errors import TooMany
from app.core.texts import Text

LONGEST: Final = 4_000
MOST_A_DAY: Final = 20
"""Of one reporter; what is longer or more belongs into a supplement."""
DAY: Final = timedelta(days=1)


class Side(StrEnum):
    """Who wrote a message: the holder of the receipt, or an officer in the name of an office."""

    REPORTER = "reporter"
    OFFICE = "office"


LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "message_side": {
        Side.REPORTER: Text("Pelapor", "Reporter"),
        Side.OFFICE: Text("Kantor pengawas", "Supervisory office"),
    }
}


class TooManyMessages(TooMany):
    """The day's share is used up; what was sent before can still be repeated."""

    code = "too-many-messages"
    text = Text(
        f"Paling banyak {MOST_A_DAY} pesan dalam 24 jam. Pesan ini belum terkirim; kirim lagi"
        " nanti. Keterangan panjang tentang laporan dapat dikirim sebagai kelengkapannya.",
        f"At most {MOST_A_DAY} messages in 24 hours. This one was not sent; send it again later."
        " A long account of a complaint can be sent as its supplement.",
    )


def check_share(sent_within_a_day: Sequence[datetime], now: datetime) -> None:
    """Refuse a message too many; it goes on when the oldest of the day is a day old."""
    if len(sent_within_a_day) >= MOST_A_DAY:
        wait = sorted(sent_within_a_day)[-MOST_A_DAY] + DAY - now
        raise TooManyMessages(retry_after=max(1, ceil(wait.total_seconds())))
