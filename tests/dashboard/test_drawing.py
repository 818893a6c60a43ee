"""What the page draws from plain values: every number, its meaning, and what is not known."""

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from app.core.texts import Text
from app.dashboard.files.page import page_of, refusal_of
from app.dashboard.files.places import PLACES
from app.dashboard.router import PAGE
from app.dashboard.rules.view import View
from tests.dashboard import views

VOID = {"meta", "link", "input", "path", "rect"}
SOURCE = Path("app/dashboard/data/dashboard.css").read_text("utf-8")


def page(view: View) -> str:
    return bytes(PAGE.show(200, **page_of(view)).body).decode()


def english(view: View) -> View:
    return replace(view, pick=replace(view.pick, language="en"))


class Outline(HTMLParser):
    """Every element with its attributes, and whether all that was opened was closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID and tag != "circle":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


ALL = [views.nation(), views.province(), views.EMPTY, english(views.nation())]


@pytest.mark.parametrize("view", ALL)
def test_every_element_is_closed_and_every_id_is_one_of_its_kind(view: View) -> None:
    found = Outline(page(view)).found

    ids = Counter(each["id"] for _, each in found if "id" in each)
    assert not [id for id, times in ids.items() if times > 1]
    named = [each["aria-labelledby"] for _, each in found if "aria-labelledby" in each]
    assert named
    assert all(each in ids for each in named)
    assert [tag for tag, _ in found].count("h1") == 1
    # The policy lets no style and no script through that stands in an attribute.
    assert not any(name == "style" or name.startswith("on") for _, each in found for name in each)


@pytest.mark.parametrize("view", ALL)
def test_every_class_is_known_to_the_style_sheet(view: View) -> None:
    sheet = SOURCE + Path("app/web/data/page.css").read_text("utf-8")
    known = set(re.findall(r"\.([a-z][\w-]*)", sheet))

    used = {
        each
        for _, attributes in Outline(page(view)).found
        for each in (attributes.get("class") or "").split()
    }

    assert used - known <= {"bars", "meaning", "tiles"}


def test_all_provinces_have_a_place_of_their_own() -> None:
    assert len(PLACES) == len({(each.row, each.column) for each in PLACES.values()}) == 38
    assert len({each.short for each in PLACES.values()}) == 38
    drawn = page(views.nation())
    for place in PLACES.values():
        assert f'<li class="r{place.row} c{place.column}">' in drawn
        assert f".r{place.row}{{" in SOURCE
        assert f".c{place.column}{{" in SOURCE


def test_each_number_has_its_meaning_a_click_away() -> None:
    drawn = page(views.nation())

    numbers = re.findall(r'<article class="number">(.*?)</article>', drawn)
    assert len(numbers) == 6
    for number in numbers[:-1]:
        for told in ("<details", "Definisi rekaan.", "versi 2", "31 dari 38", "00.00 WIB"):
            assert told in number
    assert "belum ada data" in numbers[-1]
    assert "<details" not in numbers[-1]


def test_withheld_and_missing_are_drawn_as_such() -> None:
    drawn = page(views.nation())

    assert re.search(r'<a class="tile withheld"[^>]*>.*?aduan 1.4, dirahasiakan', drawn)
    assert re.search(r'<a class="tile outside"[^>]*>.*?belum ada data; tidak ikut pemilihan', drawn)
    assert '<rect class="column withheld"' in drawn
    assert "18\u201321, dirahasiakan" in drawn


def test_where_there_are_no_data_the_page_says_so() -> None:
    drawn = page(views.EMPTY)

    for part in ("map", "series", "funnel", "clocks", "declarations", "decisions"):
        found = re.search(rf'<section id="{part}".*?</section>', drawn, re.S)
        assert found, part
        assert "Belum ada" in found[0], part
        assert "<svg" not in found[0], part


def test_every_drawing_has_a_table_beside_it() -> None:
    drawn = page(views.nation())

    for part in ("map", "series", "funnel", "clocks"):
        found = re.search(rf'<section id="{part}".*?</section>', drawn, re.S)
        assert found
        assert "<table><caption>" in found[0], part


def test_a_link_keeps_what_was_picked_before() -> None:
    drawn = page(english(views.nation()))

    kept = "election=pilkada-2024&amp;unit=complaint&amp;lang=en"
    assert f'href="/?region=73&amp;{kept}"' in drawn
    assert 'href="/?election=pilkada-2024&amp;unit=event&amp;lang=en#map"' in drawn
    assert 'name="lang" value="en"' in drawn
    assert 'href="/?election=pilkada-2024&amp;unit=complaint" hreflang="id"' in drawn
    assert '<html lang="en"' in drawn


def test_nothing_that_somebody_wrote_becomes_markup() -> None:
    evil = '"><script>alert(1)</script>'
    view = views.nation()
    drive = replace(views.DRIVE, title=evil, where=evil)
    decision = replace(views.DECISION, office=evil, said=Text(evil, evil))

    drawn = page(replace(view, drives=[drive], decisions=[decision], heading=Text(evil, evil)))

    assert "<script>alert" not in drawn
    Outline(drawn)
    Outline(bytes(PAGE.show(404, **refusal_of(Text(evil, evil), "id")).body).decode())
