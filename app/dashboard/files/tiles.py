"""The map: every region as a tile of one size, so that the small ones are seen as well.

Provinces stand where a hand placed them, regencies and cities in the order of their codes.
"""

from collections.abc import Sequence
from typing import Final

from app.core.texts import Text
from app.dashboard.files.parts import meaning, nothing, section, table, withheld
from app.dashboard.rules.pick import Pick
from app.dashboard.rules.shades import bounds_of, shade_of
from app.dashboard.rules.tongue import DASH, HIDDEN, NOTHING, Tongue
from app.dashboard.rules.view import Figure, Tile, TileMap, View

OUTSIDE: Final = "\u00d7"
_REGIONS: Final = Text("wilayah", "regions")


def map_of(view: View, tongue: Tongue) -> str:
    if view.map is None:
        words = (
            "Peta muncul begitu tabel publik pertama terbit.",
            "The map appears with the first published table.",
        )
        return section("map", tongue.both("Peta", "Map"), nothing(tongue, *words), "wide")
    drawn, title = view.map, tongue.say(view.map.title)
    bounds = bounds_of(tile.amount.exact or 0 for tile in drawn.tiles if tile.amount)
    body = (
        _units(view.figures, view.pick, tongue)
        + _grid(drawn, view.pick, bounds, tongue)
        + _legend(drawn, bounds, tongue)
        + _withheld(drawn, tongue)
        + _around(drawn, tongue)
        + _table(drawn, view.pick, tongue)
        + meaning(drawn.told, tongue, title)
    )
    return section("map", title, body, "wide")


def _units(figures: Sequence[Figure], pick: Pick, tongue: Tongue) -> str:
    """Which unit the map shows; the others are a link away."""
    links = "".join(
        f'<li><a href="{_to(pick, unit=each.unit)}#map"{_current(each.unit == pick.unit)}>'
        f"{tongue.say(each.label)}</a></li>"
        for each in figures
        if each.amount is not None
    )
    label = tongue.both("Satuan pada peta", "Unit on the map")
    return f'<nav aria-label="{label}"><ul class="units">{links}</ul></nav>' if links else ""


def _grid(drawn: TileMap, pick: Pick, bounds: Sequence[int], tongue: Tongue) -> str:
    kind = "placed" if all(tile.row for tile in drawn.tiles) else "listed"
    tiles = "".join(_tile(each, drawn, pick, bounds, tongue) for each in drawn.tiles)
    return f'<div class="sheet"><ol class="tiles {kind}">{tiles}</ol></div>'


def _tile(tile: Tile, drawn: TileMap, pick: Pick, bounds: Sequence[int], tongue: Tongue) -> str:
    place = f' class="r{tile.row} c{tile.column}"' if tile.row else ""
    return (
        f'<li{place}><a class="tile {_look(tile, bounds)}" href="{_to(pick, region=tile.code)}"'
        f'{_current(tile.picked)}><span class="short" aria-hidden="true">{tile.short}</span>'
        f'<span class="count" aria-hidden="true">{_brief(tile, tongue)}</span>'
        f'<span class="tip">{_words(tile, drawn, tongue)}</span></a></li>'
    )


def _words(tile: Tile, drawn: TileMap, tongue: Tongue) -> str:
    name = tongue.say(tile.name)
    # What is seen on the tile is part of its name for whoever speaks to the machine (WCAG 2.5.3).
    short = "" if tile.short in tile.name.to(tongue.language) else f" ({tile.short})"
    amount = tile.amount
    told = tongue.counted(amount, drawn.unit, drawn.units) if amount else tongue.say(NOTHING)
    said = f"{name}{short}: {told}"
    if not tile.takes_part:
        said += "; " + tongue.both("tidak ikut pemilihan ini", "not in this election")
    return said


def _is_outside(tile: Tile) -> bool:
    """Whether it has nothing because nobody votes there, which is neither a zero nor silence."""
    return not tile.takes_part and (tile.amount is None or tile.amount.exact == 0)


def _look(tile: Tile, bounds: Sequence[int]) -> str:
    if _is_outside(tile):
        return "outside"
    if tile.amount is None:
        return "none"
    number = tile.amount.exact
    return "withheld" if number is None else f"s{shade_of(number, bounds)}"


def _brief(tile: Tile, tongue: Tongue) -> str:
    if _is_outside(tile):
        return OUTSIDE
    return tongue.amount(tile.amount)


def _legend(drawn: TileMap, bounds: Sequence[int], tongue: Tongue) -> str:
    looks = {_look(tile, bounds) for tile in drawn.tiles}
    entries = [("s0", "0")] if "s0" in looks else []
    if "withheld" in looks:
        kept_back = tongue.both(
            "dirahasiakan, tidak berarti nol", "withheld, which does not mean zero"
        )
        entries.append(("withheld", f"{HIDDEN} {kept_back}"))
    for shade, least in enumerate(bounds, start=1):
        above = bounds[shade] - 1 if shade < len(bounds) else None
        entries.append((f"s{shade}", _range(least, above, tongue)))
    if "none" in looks:
        entries.append(("none", f"{DASH} {tongue.say(NOTHING)}"))
    if "outside" in looks:
        entries.append(
            (
                "outside",
                f"{OUTSIDE} {tongue.both('tidak ikut pemilihan ini', 'not in this election')}",
            )
        )
    listed = "".join(f'<li><i class="tile {look}"></i>{words}</li>' for look, words in entries)
    return f'<ul class="legend">{listed}</ul>'


def _range(least: int, most: int | None, tongue: Tongue) -> str:
    if most is None:
        return f"≥ {tongue.number(least)}"
    if most == least:
        return tongue.number(least)
    return tongue.span(least, most)


def _withheld(drawn: TileMap, tongue: Tongue) -> str:
    hidden = sum(each.amount is not None and each.amount.exact is None for each in drawn.tiles)
    return withheld(hidden, len(drawn.tiles), _REGIONS, tongue)


def _around(drawn: TileMap, tongue: Tongue) -> str:
    around = drawn.around
    if around is None or around.amount is None or around.amount.exact == 0:
        return ""
    return f'<p class="small soft">{_words(around, drawn, tongue)}</p>'


def _table(drawn: TileMap, pick: Pick, tongue: Tongue) -> str:
    # The links are larger here than on the map of a small phone.
    rows = [
        (
            f'<a href="{_to(pick, region=each.code)}">{tongue.say(each.name)}</a>',
            each.code,
            tongue.in_words(each.amount),
        )
        for each in drawn.tiles
    ]
    if drawn.around is not None:
        around = drawn.around
        rows.append((tongue.say(around.name), around.code, tongue.in_words(around.amount)))
    heads = (tongue.both("Wilayah", "Region"), tongue.both("Kode", "Code"), tongue.say(drawn.units))
    return table(tongue, tongue.say(drawn.title), heads, rows)


def _to(pick: Pick, **other: str) -> str:
    return pick.but(**other).replace("&", "&amp;")


def _current(is_it: bool) -> str:
    return ' aria-current="true"' if is_it else ""
