"""What the public tables, as they are frozen, say to the page."""

from collections.abc import Mapping
from typing import Final

from app.core.forms import TextOut
from app.core.places import NATION
from app.core.texts import Text
from app.dashboard.files.places import PLACES
from app.dashboard.rules.view import Amount, Figure, Tile, TileMap, Told
from app.dashboard.service.places import Place, Vote
from app.stats.rules.units import UNITS, Unit
from app.stats.schemas.figures import CellOut, TableOut

_LARGEST_WITHHELD: Final = 4
_BY_PROVINCE: Final = Text("{} menurut provinsi", "{} by province")
_BY_REGENCY: Final = Text("{} menurut kabupaten dan kota", "{} by regency and city")


def label_of(unit: Unit) -> Text:
    return UNITS[unit]


def figure_of(table: TableOut, place: Place) -> Figure:
    """The total of the country, or the cell of the region; nothing where none is published."""
    amount = _of(table, place.code)
    told = told_of(table) if amount is not None else None
    return Figure(table.unit.value, label_of(table.unit), amount, told)


def map_of(table: TableOut, place: Place, vote: Vote) -> TileMap:
    cells = {cell.key: cell for cell in table.cells}
    label = label_of(table.unit)
    title = _BY_PROVINCE if place.code == NATION else _BY_REGENCY
    return TileMap(
        title=Text(title.id.format(label.id), title.en.format(label.en)),
        unit=label,
        tiles=[_tile(each.value, each.name, cells, place, vote) for each in place.below],
        around=_around(cells) if place.code == NATION else None,
        told=told_of(table),
    )


def told_of(table: TableOut) -> Told:
    coverage = table.coverage
    return Told(
        unit=label_of(table.unit),
        definition=_text(table.definition),
        version=table.definition_version,
        as_of=table.as_of,
        coverage=Text(
            f"{coverage.with_entries} dari {coverage.regions} wilayah mempunyai catatan",
            f"{coverage.with_entries} of {coverage.regions} regions have entries",
        ),
        notes=[Text(each.id, each.en) for each in table.notes],
        data=f"/api/v1/stats/public/provinces?unit={table.unit}",
    )


def _of(table: TableOut, code: str) -> Amount | None:
    if code == NATION:
        return Amount(table.total.at_least, table.total.at_most)
    return next((_amount(cell) for cell in table.cells if cell.key == code), None)


def _amount(cell: CellOut) -> Amount:
    if cell.count is None:
        return Amount(1, _LARGEST_WITHHELD)
    return Amount(cell.count, cell.count)


def _tile(code: str, name: Text, cells: Mapping[str, CellOut], place: Place, vote: Vote) -> Tile:
    placed = PLACES.get(code)
    return Tile(
        code=code,
        short=placed.short if placed else _short(name.id),
        name=name,
        amount=_amount(cells[code]) if code in cells else None,
        takes_part=vote.includes(code),
        picked=code == place.code,
        row=placed.row if placed else None,
        column=placed.column if placed else None,
    )


def _around(cells: Mapping[str, CellOut]) -> Tile | None:
    cell = cells.get(NATION)
    return Tile(NATION, "", _text(cell.label), _amount(cell)) if cell else None


def _short(name: str) -> str:
    """A regency is called by its name alone; a city keeps the word that tells it apart."""
    return name.removeprefix("Kabupaten ").replace("Kota Administrasi ", "Kota ")


def _text(out: TextOut) -> Text:
    return Text(out.id, out.en)
