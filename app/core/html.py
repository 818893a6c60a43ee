"""How text in both languages becomes HTML; every word that is not ours is escaped."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final, Protocol

from app.core.texts import Text

_KEPT: Final = Text(
    "Yang Anda ketik masih ada di sini. Tunggu sebentar, lalu kirim lagi.",
    "What you typed is still here. Wait a moment, then send it again.",
)
_AGAIN: Final = Text("Kirim lagi", "Send again")


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


def parted(text: str) -> list[str]:
    """The paragraphs of what somebody wrote; empty lines part them."""
    return [each.strip() for each in text.split("\n\n") if each.strip()]


def paragraphs(text: str) -> str:
    """What somebody wrote, as paragraphs."""
    return "".join(f"<p>{escape(each)}</p>" for each in parted(text))


def sent_again(fields: Mapping[str, Sequence[str]]) -> str:
    """A form that sends these fields once more to where they were sent."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, values in fields.items()
        for value in values
    )
    return (
        f'<form class="card" method="post" id="again"><p>{both(_KEPT)}</p>{hidden}'
        f"<button>{both(_AGAIN)}</button></form>"
    )
