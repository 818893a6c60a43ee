"""How the words, days and moments of older cases are read, as offices wrote them."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final, TypeVar

from app.complaints.rules.importing import EARLIEST, LATEST
from app.complaints.rules.objections import (
    FUTURE,
    LONG_AGO,
    WRONG_CHANNEL,
    WRONG_DAY,
    WRONG_KIND,
    WRONG_MOMENT,
)
from app.complaints.rules.procedure import Channel, Kind
from app.core.objections import BadCell, Objection

_KINDS: Final[Mapping[str, Kind]] = {
    "report": Kind.REPORT,
    "laporan": Kind.REPORT,
    "lp": Kind.REPORT,
    "initial_information": Kind.INITIAL_INFORMATION,
    "initial information": Kind.INITIAL_INFORMATION,
    "informasi awal": Kind.INITIAL_INFORMATION,
    "finding": Kind.FINDING,
    "temuan": Kind.FINDING,
    "tm": Kind.FINDING,
}
_CHANNELS: Final[Mapping[str, Channel]] = {
    **{channel.value: channel for channel in Channel},
    "datang langsung": Channel.WALK_IN,
    "surat": Channel.LETTER,
    "telepon": Channel.TELEPHONE,
    "media sosial": Channel.MEDIA,
    "berita": Channel.MEDIA,
    "pengawasan": Channel.OVERSIGHT,
    "pengawasan langsung": Channel.OVERSIGHT,
    "aplikasi": Channel.APP,
    "situs web": Channel.WEB,
}

_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# As a spreadsheet set to Indonesian writes it: the day first.
_LOCAL_DAY: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_TIME: Final = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})([:.]([0-9]{2}))?")
_ZONED: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ].*(Z|z|[+-][0-9]{2}:[0-9]{2})")

NOON: Final = time(12)
"""Stands for an hour that nobody wrote down: it is the same day in all zones of Indonesia."""


T = TypeVar("T")


def read_kind(text: str) -> Kind:
    return _found(_KINDS, text, WRONG_KIND)


def read_channel(text: str) -> Channel:
    return _found(_CHANNELS, text, WRONG_CHANNEL)


def read_day(text: str) -> date:
    day = _day(text)
    if day is None:
        raise BadCell(WRONG_DAY)
    if day < EARLIEST:
        raise BadCell(LONG_AGO)
    return day


def read_moment(text: str) -> datetime:
    """A moment with its zone, or without one: then it is on the clock of the office."""
    moment = _zoned(text) if _ZONED.fullmatch(text) else _local(text)
    if moment is None:
        raise BadCell(WRONG_MOMENT)
    if moment.date() < EARLIEST:
        raise BadCell(LONG_AGO)
    if moment.date() > LATEST:
        raise BadCell(FUTURE)
    return moment


def _found(words: Mapping[str, T], text: str, otherwise: Objection) -> T:
    word = words.get(_folded(text))
    if word is None:
        raise BadCell(otherwise)
    return word


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _day(text: str) -> date | None:
    if found := _DAY.fullmatch(text):
        year, month, day = found.groups()
    elif found := _LOCAL_DAY.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _zoned(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None


def _local(text: str) -> datetime | None:
    written, _, clock = text.replace("T", " ").partition(" ")
    day = _day(written)
    hour = _time(clock.strip()) if clock else NOON
    return datetime.combine(day, hour) if day and hour else None


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    try:
        return time(int(found[1]), int(found[2]), int(found[4] or 0)) if found else None
    except ValueError:
        return None
