"""The feed is Atom as RFC 4287 says, in both languages, and its entries keep their names."""

from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from app.core.texts import Text
from app.open_data.files.addresses import Addresses
from app.open_data.files.feed import ATOM, write_feed
from app.open_data.rules.corrections import (
    MOST_TOLD,
    Change,
    Correction,
    CorrectionKind,
    figure_words,
)

AT = Addresses("https://netra.example")
FALLEN = Change(Text("Sinjai (73.07)", "Sinjai (73.07)"), None, 12, 7)
NAMES = {"a": ATOM}


TOLD = figure_words([FALLEN])


def correction(words: Text = TOLD) -> Correction:
    return Correction(
        name="complaint",
        election="pilkada-2024",
        day=date(2024, 11, 6),
        kind=CorrectionKind.FIGURE,
        made_at=datetime(2024, 11, 5, 17, 12, tzinfo=UTC),
        title=Text("Angka dikoreksi", "Figures corrected"),
        words=words,
    )


def text(node: Element, path: str) -> str:
    [found] = node.findall(path, NAMES)
    assert found.text
    return found.text


def check(feed: Element) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: what a feed and an entry must have, and have once."""
    assert feed.tag == f"{{{ATOM}}}feed"
    assert len(feed.findall("a:link[@rel='self']", NAMES)) == 1
    assert feed.find("a:author/a:name", NAMES) is not None
    for node in (feed, *feed.findall("a:entry", NAMES)):
        assert urlsplit(text(node, "a:id")).scheme == "tag"
        assert text(node, "a:title")
        assert datetime.fromisoformat(text(node, "a:updated")).tzinfo is not None
    for entry in feed.findall("a:entry", NAMES):
        assert len(entry.findall("a:link[@rel='alternate']", NAMES)) == 1
        assert len(entry.findall("a:content", NAMES)) == 1


def test_an_entry_says_what_changed_in_both_languages() -> None:
    feed = fromstring(write_feed([correction()], AT, AT.corrections))

    check(feed)
    [entry] = feed.findall("a:entry", NAMES)
    assert text(entry, "a:id") == (
        "tag:bawaslu.go.id,2026:netra/corrections/complaint/pilkada-2024/2024-11-06/figure"
    )
    assert text(entry, "a:updated") == text(feed, "a:updated") == "2024-11-05T17:12:00Z"
    content = text(entry, "a:content")
    assert "Sinjai (73.07): 12 → 7" in content
    assert content.index('lang="id"') < content.index('lang="en"')


def test_a_feed_without_corrections_is_valid_and_keeps_its_moment() -> None:
    check(fromstring(write_feed([], AT, AT.corrections)))
    assert write_feed([], AT, AT.corrections) == write_feed([], AT, AT.corrections)


def test_the_next_page_is_a_link() -> None:
    feed = fromstring(
        write_feed([correction()], AT, AT.corrections, AT.corrections_behind("abc=", 50))
    )

    [link] = feed.findall("a:link[@rel='next']", NAMES)
    assert link.get("href") == f"{AT.corrections}?limit=50&cursor=abc%3D"


def test_words_are_never_taken_for_markup() -> None:
    feed = fromstring(write_feed([correction(Text("<b>&", "<b>&"))], AT, AT.corrections))

    [entry] = feed.findall("a:entry", NAMES)
    assert "&lt;b&gt;&amp;" in text(entry, "a:content")


def test_many_changes_are_counted_and_the_largest_told_first() -> None:
    small = [Change(Text(f"Contoh {n}", f"Example {n}"), None, 9, 8) for n in range(MOST_TOLD)]

    words = figure_words([*small, FALLEN])

    assert words.id.index("Sinjai") < words.id.index("Contoh")
    assert words.id.endswith("; dan 1 lainnya.")
    assert words.en.endswith("; and 1 more.")
