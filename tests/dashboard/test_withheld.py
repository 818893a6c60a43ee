"""A number, a zero, what is withheld and what is silent are told apart, by words and by shape."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.texts import Text
from app.dashboard.files.bars import clocks_of, funnel_of
from app.dashboard.files.figures import figures_of
from app.dashboard.files.series import series_of
from app.dashboard.files.tiles import map_of
from app.dashboard.rules.tongue import Tongue
from app.dashboard.rules.view import (
    WITHHELD,
    Amount,
    Clock,
    Clocks,
    Figure,
    Funnel,
    Series,
    Step,
    TileMap,
    View,
    Week,
)
from app.dashboard.service.published import Published
from app.dashboard.service.told import clocks_of as clocks_told
from tests.dashboard import views
from tests.dashboard.views import EMPTY, TOLD, exactly

BAHASA, ENGLISH = Tongue("id"), Tongue("en")
AMOUNTS = st.one_of(
    st.just(WITHHELD),
    st.integers(0, 5000).map(exactly),
    st.integers(1, 5000).map(lambda least: Amount(least, None)),
)
WEEK = timedelta(weeks=1)
SOME = Text("rekaan", "invented")


def funnel(*amounts: Amount | None) -> str:
    steps = [Step(SOME, SOME, each) for each in amounts]
    return funnel_of(replace(EMPTY, funnel=Funnel(steps, TOLD)), BAHASA)


def clocks(kept: Amount, broken: Amount) -> str:
    return clocks_of(replace(EMPTY, clocks=Clocks([Clock(SOME, kept, broken)])), BAHASA)


def series(*amounts: Amount, region: str = "00") -> str:
    weeks = [Week(date(2024, 9, 2) + WEEK * at, each) for at, each in enumerate(amounts)]
    pick = replace(EMPTY.pick, region=region)
    return series_of(replace(EMPTY, pick=pick, series=Series(weeks)), BAHASA)


@given(st.lists(AMOUNTS, min_size=1, max_size=6))
def test_a_bar_is_hatched_where_a_number_is_withheld_and_only_there(amounts: list[Amount]) -> None:
    gauges = re.findall(r'<svg class="gauge".*?</svg>', funnel(*amounts))

    for amount, gauge in zip(amounts, gauges, strict=True):
        wide = sum(float(each) for each in re.findall(r'width="([\d.]+)%"', gauge)) - 100
        assert ("url(#hatch)" in gauge) is (amount.exact is None)
        assert wide <= 100.01
        assert (wide == 0) is (amount.exact == 0)


def test_a_way_whose_beginning_is_told_begins_with_a_whole_bar() -> None:
    first, second = re.findall(r'<svg class="gauge".*?</svg>', funnel(exactly(92), WITHHELD))

    assert 'class="sure" x="0.00%" width="100.00%"' in first
    assert 'class="maybe" x="0.00%" width="100.00%"' in second


@given(AMOUNTS, AMOUNTS)
def test_a_clock_bar_is_full_unless_both_are_zero(kept: Amount, broken: Amount) -> None:
    drawn = clocks(kept, broken)
    pieces = [float(each) for each in re.findall(r'width="([\d.]+)%" height="100%"', drawn)][1:]

    nothing = kept.exact == broken.exact == 0
    assert sum(pieces) == pytest.approx(0 if nothing else 100, abs=0.05)
    assert ("url(#hatch)" in drawn) is (None in (kept.exact, broken.exact))


def test_a_figure_that_is_withheld_says_so_in_words() -> None:
    figures = [Figure("case", SOME, WITHHELD, TOLD), Figure("case", SOME, Amount(18, None), TOLD)]
    hidden, least = figures_of(replace(EMPTY, figures=figures), BAHASA).split("</article>")[:2]

    assert "dirahasiakan</p>" in hidden
    assert "tidak berarti nol" in hidden
    assert "•••" not in hidden
    assert "dua batas" not in hidden
    assert "sekurang-kurangnya: sebagian dirahasiakan" in least


def test_a_zero_week_a_withheld_one_and_a_number_look_different() -> None:
    drawn = series(exactly(9), exactly(0), WITHHELD)

    looks = re.findall(r'<rect class="(column[^"]*)"', drawn)
    assert looks == ["column", "column zero", "column withheld"]
    assert "1 dari 3 pekan dirahasiakan" in re.search(r'aria-label="([^"]*)"><', drawn)[1]  # type: ignore[index]
    assert "1 dari 3 pekan dirahasiakan; itu tidak berarti nol" in drawn


def test_a_single_week_is_told_and_not_drawn() -> None:
    drawn = series(exactly(9))

    assert "<svg" not in drawn
    assert "Baru satu pekan" in drawn
    assert "<td>9</td>" in drawn


def test_a_regency_says_why_it_has_no_weeks() -> None:
    assert "hanya terbit untuk Indonesia dan provinsi" in series(region="73.04")
    assert "hanya terbit" not in series(region="73")


def test_the_band_of_a_single_week_can_be_seen() -> None:
    expected = views.series().expected[:1]
    drawn = series_of(replace(EMPTY, series=Series(expected=expected)), BAHASA)

    band = re.search(r'<path class="most" d="M([^"]*)Z"', drawn)
    assert band
    assert len({point.split()[0] for point in band[1].split("L")}) == 2


def test_a_tile_tells_zero_withheld_silent_and_outside_apart() -> None:
    some = views.provinces()
    told = [exactly(0), WITHHELD, None, exactly(0), exactly(1)]
    tiles = [
        replace(tile, amount=amount, takes_part=place != 3)
        for place, (tile, amount) in enumerate(zip(some.tiles, told, strict=False))
    ]
    drawn = map_of(replace(EMPTY, map=replace(some, tiles=tiles)), ENGLISH)

    looks = re.findall(r'<a class="tile (\w+)"', drawn)
    assert looks == ["s0", "withheld", "none", "outside", "s1"]
    names = re.findall(r'<span class="tip">[^:]*: (.*?)</span>', drawn)
    assert names[:3] == ["0 complaints", "complaints withheld", "no data yet"]
    assert names[4] == "1 complaint"
    assert "1 of 5 regions withheld" in drawn
    for words in ("withheld, which does not mean zero", "no data yet", "not in this election"):
        assert words in drawn.partition('<ul class="legend">')[2].partition("</ul>")[0]


def test_what_stands_on_a_tile_is_part_of_its_name() -> None:
    tile = replace(
        views.regencies().tiles[0], short="Kota X", name=Text("Kota Administrasi X", "X")
    )
    drawn: TileMap = replace(views.regencies(), tiles=[tile])

    assert "Kota Administrasi X (Kota X): " in map_of(replace(EMPTY, map=drawn), BAHASA)


def test_withheld_deadlines_stand_beside_those_of_the_nation() -> None:
    cells = {("73", "met"): None, ("73", "missed"): 6, ("00", "met"): 40, ("00", "missed"): 9}
    table = Published(SOME, TOLD, {}, cells)

    assert [each.kept.exact for each in clocks_told(table, "73").rows] == [None, 40]
    assert len(clocks_told(table, "00").rows) == len(clocks_told(table, "13").rows) == 1
    view: View = replace(EMPTY, clocks=clocks_told(table, "73"))
    assert "Ditepati: dirahasiakan · Terlewat: 6" in clocks_of(view, BAHASA)
    assert "1 dari 4 angka tenggat dirahasiakan" in clocks_of(view, BAHASA)


CSS = Path("app/dashboard/data/dashboard.css").read_text("utf-8")
HOUSE = Path("app/web/data/page.css").read_text("utf-8")


def colours(place: int) -> dict[str, str]:
    """The colours of the light scheme (0) or the dark one (1)."""
    found: dict[str, str] = {}
    for sheet in (HOUSE, CSS):
        found |= re.findall(r"--([\w-]+):(#\w+)", re.findall(r":root{([^}]*)}", sheet)[place])
    return found


def light_of(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize(
    ("part", "beside"),
    [
        ("edge", "card"),
        ("edge", "s0"),
        ("s5", "card"),
        ("s5", "half"),
        ("s5", "most"),
        ("s5", "band1"),
        ("s4", "card"),
        ("s4", "band0"),
        ("s4", "band1"),
        ("broken", "card"),
        ("edge", "band1"),
    ],
)
def test_what_has_to_be_seen_stands_out(scheme: int, part: str, beside: str) -> None:
    named = colours(scheme)
    dark, light = sorted((light_of(named[part]), light_of(named[beside])))

    assert (light + 0.05) / (dark + 0.05) >= 3


def test_the_parts_that_have_to_be_seen_are_drawn_with_those_colours() -> None:
    for rule in (
        ".stripe{stroke:var(--edge)",
        ".most{fill:var(--most);stroke:var(--s5)",
        ".half{fill:var(--half);stroke:var(--s5)",
        ".sure,.maybe,.broken{stroke:var(--card)",
        "repeating-linear-gradient(135deg,var(--edge)",
        "scroll-padding-top:3rem",
    ):
        assert rule in CSS
