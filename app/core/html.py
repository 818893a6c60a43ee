"""How text in both languages becomes HTML; every word that is not ours is escaped."""

from html import escape
from typing import Protocol


class Bilingual(Protocol):
    """A `Text`, or a `TextOut` as it crosses the wire."""

    @property
    def id(self) -> str: ...

    @property
    def en(self) -> str: ...


def both(text: Bilingual) -> str:
    """Both languages, of which the page shows one; once, where they are the same."""
    if text.id == text.en:
        return escape(text.id)
    return f'<span lang="id">{escape(text.id)}</span> <span lang="en">{escape(text.en)}</span>'


def paragraphs(text: str) -> str:
    """What somebody wrote, one paragraph for each that is set apart by an empty line."""
    return "".join(f"<p>{escape(each.strip())}</p>" for each in text.split("\n\n") if each.strip())
