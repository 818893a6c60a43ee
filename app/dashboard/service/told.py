"""What the public tables say of one region, as the parts of the page."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from app.core.places import NATION
from app.core.texts import Text
from app.dashboard.files.places import PLACES
from app.dashboard.rules.units import MANY
from app.dashboard.rules.view import (
    Amount,
    Clock,
    Clocks,
    Figure,
    Funnel,
    Step,
    Tile,
    TileMap,
    Week,
)
from app.dashboard.service.places import Place, Vote
from app.dashboard.service.published import Published, week_of
from app.stats.rules.steps import PROGRESS, DeadlineOutcome, Progress
from app.stats.rules.units import UNITS, Unit

_BY_PROVINCE: Final = Text("{} menurut provinsi", "{} by province")
_BY_REGENCY: Final = Text("{} menurut kabupaten dan kota", "{} by regency and city")
_IN_NONE: Final = Text("Di luar wilayah-wilayah itu", "In none of these areas")
_A_YEAR: Final = timedelta(weeks=52)
_AFTER: Final = timedelta(weeks=8)
_WEEK: Final = timedelta(days=7)
_PASSED: Final = Text("sampai langkah ini atau lebih jauh", "came this far or further")
_DEADLINES: Final = Text("Tenggat undang-undang", "Deadlines of the law")
_IN_ALL: Final = Text("Seluruh Indonesia", "All of Indonesia")


def figure_of(unit: Unit, table: Published | None, region: str) -> Figure:
    """The number of a region; nothing where none is published."""
    if table is None:
        return Figure(unit.value, MANY[unit])
    return Figure(unit.value, MANY[unit], table.amount(region), table.told)


def map_of(table: Published | None, unit: Unit, place: Place, vote: Vote) -> TileMap:
    title = _BY_PROVINCE if place.code == NATION else _BY_REGENCY
    label = MANY[unit]
    return TileMap(
        title=Text(title.id.format(label.id), title.en.format(label.en)),
        unit=UNITS[unit],
        units=label,
        tiles=[_tile(each.value, each.name, table, place, vote) for each in place.below],
        around=_around(table, place),
        told=table.told if table else None,
    )


def _around(table: Published | None, place: Place) -> Tile | None:
    """What concerns the nation or a province as a whole, and none of its parts."""
    if table is None:
        return None
    area = place.code[: len(NATION)]
    return Tile(area, "", _IN_NONE, table.amount(f"{area}.00"))


def _tile(code: str, name: Text, table: Published | None, place: Place, vote: Vote) -> Tile:
    placed = PLACES.get(code)
    return Tile(
        code=code,
        short=placed.short if placed else _short(name.id),
        name=name,
        amount=table.amount(code) if table else None,
        takes_part=vote.includes(code),
        picked=code == place.code,
        row=placed.row if placed else None,
        column=placed.column if placed else None,
    )


def _short(name: str) -> str:
    """A regency is called by its name alone; a city keeps the word that tells it apart."""
    return name.removeprefix("Kabupaten ").replace("Kota Administrasi ", "Kota ")


def weeks_of(table: Published | None, region: str, voting_on: date | None) -> list[Week]:
    """From the first to the last week with an entry, those without one included; of an election
    only the year before it and what follows."""
    if table is None:
        return []
    found = sorted(week_of(value) for place, value in table.cells if place == region and value)
    if voting_on is not None:
        found = [each for each in found if voting_on - _A_YEAR < each < voting_on + _AFTER]
    if not found:
        return []
    first, last = found[0], found[-1]
    first = max(first, last - _A_YEAR)
    days = [first + _WEEK * each for each in range((last - first) // _WEEK + 1)]
    return [Week(each, table.amount(region, f"{each:%G-W%V}")) for each in days]


def funnel_of(table: Published | None, region: str) -> Funnel:
    """How many came to each step or further: all of them, and then the sums from there on."""
    if table is None:
        return Funnel()
    order = list(Progress)
    furthest = [table.amount(region, step.value) for step in order]
    passed = [table.amount(region), *(_sum(furthest[place:]) for place in range(1, len(order)))]
    steps = [
        Step(PROGRESS[step], _PASSED, amount) for step, amount in zip(order, passed, strict=True)
    ]
    return Funnel(steps, table.told)


def clocks_of(table: Published | None, region: str) -> Clocks:
    if table is None:
        return Clocks()
    here = _clock(_DEADLINES, table, region)
    # A bar of which nothing is told says something beside that of the nation.
    is_told = here.kept.exact is not None and here.broken.exact is not None
    around = [] if is_told or region == NATION else [_clock(_IN_ALL, table, NATION)]
    return Clocks([here, *around], table.told)


def _clock(label: Text, table: Published, region: str) -> Clock:
    kept, broken = DeadlineOutcome.MET, DeadlineOutcome.MISSED
    return Clock(label, table.amount(region, kept.value), table.amount(region, broken.value))


def _sum(parts: Sequence[Amount]) -> Amount:
    """At least what is shown; without an upper bound where one of them is withheld."""
    least = sum(each.at_least for each in parts)
    return Amount(least, least if all(each.exact is not None for each in parts) else None)
