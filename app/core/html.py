"""How text in both languages becomes HTML; every word that is not ours is escaped."""

from collections.abc import Iterable, Mapping, Sequence
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


def banner(kind: str, head: Bilingual, why: Bilingual, role: str = "alert") -> str:
    """How it stands, above everything else; `kind` is valid, waiting or invalidated."""
    return (
        f'<section class="state {kind}" role="{role}"><div><h1>{both(head)}</h1>'
        f"<p>{both(why)}</p></div></section>"
    )


def facts(told: Iterable[tuple[Bilingual, str]]) -> str:
    """A list of what is said about what; the second is HTML already, and empty says nothing."""
    rows = (f"<div><dt>{both(about)}</dt><dd>{said}</dd></div>" for about, said in told if said)
    return f"<dl>{''.join(rows)}</dl>"


def code_form(opens: Text, code: Text, why: Text) -> str:
    """Where a code is typed in, or put by the script from behind the `#` of a link."""
    return (
        f'<h1>{both(opens)}</h1><form class="card" method="post" id="open">'
        f'<label for="code">{both(code)}</label>'
        f'<p class="soft small" id="code-why">{both(why)}</p>'
        '<input id="code" name="code" maxlength="64" required autocomplete="off"'
        ' autocapitalize="none" spellcheck="false" aria-describedby="code-why">'
        f"<button>{both(opens)}</button></form>"
    )


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
