"""Pieces of the pages of circulars, in both languages; every word that is not ours is escaped."""

from collections.abc import Sequence

from app.core.html import both
from app.core.texts import Text


def banner(kind: str, head: Text, why: Text) -> str:
    """How it stands, above everything else."""
    return (
        f'<section class="state {kind}" role="status"><div><h1>{both(head)}</h1>'
        f"<p>{both(why)}</p></div></section>"
    )


def facts(told: Sequence[tuple[Text, str]]) -> str:
    """A list of what is said about what; the second is HTML already, and empty says nothing."""
    rows = (f"<div><dt>{both(about)}</dt><dd>{said}</dd></div>" for about, said in told if said)
    return f"<dl>{''.join(rows)}</dl>"


def listed(title: Text, items: Sequence[str]) -> str:
    """A card with numbered points, which are HTML already; nothing where there are none."""
    if not items:
        return ""
    points = "".join(f"<li>{each}</li>" for each in items)
    return f'<section class="card"><h2>{both(title)}</h2><ol>{points}</ol></section>'
