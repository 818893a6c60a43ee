"""The corrections as an Atom feed (RFC 4287), Indonesian first and English beside it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from app.core.texts import Text
from app.open_data.files.addresses import Addresses
from app.open_data.files.vocabulary import BAWASLU
from app.open_data.rules.corrections import Correction
from app.open_data.rules.datasets import LICENCE_ADDRESSES, Licence

ATOM: Final = "http://www.w3.org/2005/Atom"
_BEGAN: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""What a feed without corrections was updated at: it has to name a moment (RFC 4287, 4.2.15)."""
_NAME: Final = "tag:bawaslu.go.id,2026:netra/corrections"
_TITLE: Final = Text("Koreksi atas angka yang sudah terbit", "Corrections of published figures")


def write_feed(
    corrections: Sequence[Correction], at: Addresses, here: str, older: str | None = None
) -> bytes:
    """Write one page of the feed, which stands `here`, and where it goes on (RFC 5005, 3)."""
    register_namespace("", ATOM)
    feed = Element(f"{{{ATOM}}}feed", {"xml:lang": "id"})
    _add(feed, "id", _NAME)
    _add(feed, "title", f"{_TITLE.id} / {_TITLE.en}")
    _add(feed, "updated", _moment(max([_BEGAN, *(each.made_at for each in corrections)])))
    _add(_add(feed, "author"), "name", BAWASLU.id)
    _add(feed, "rights", LICENCE_ADDRESSES[Licence.CC_BY])
    _link(feed, "self", here, "application/atom+xml")
    _link(feed, "first", at.corrections, "application/atom+xml")
    _link(feed, "alternate", at.home, "text/html")
    if older:
        _link(feed, "next", older, "application/atom+xml")
    for each in corrections:
        _entry(feed, each, at)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: Element, told: Correction, at: Addresses) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", told.tag)
    _add(entry, "title", f"{told.title.id} / {told.title.en}")
    _add(entry, "published", _moment(told.made_at))
    _add(entry, "updated", _moment(told.made_at))
    SubElement(entry, f"{{{ATOM}}}category", {"term": told.kind})
    _link(entry, "alternate", at.snapshot(told.name, told.day, told.election), "application/json")
    _link(entry, "related", at.dataset(told.name), "application/json")
    content = _add(entry, "content", _in_both(told.words))
    content.set("type", "html")


def _in_both(words: Text) -> str:
    return "".join(
        f'<p lang="{language}">{escape(text)}</p>' for language, text in words._asdict().items()
    )


def _add(parent: Element, name: str, text: str | None = None) -> Element:
    child = SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = text
    return child


def _link(parent: Element, relation: str, address: str, kind: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", {"rel": relation, "href": address, "type": kind})


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
