"""What every part of the page is made of; whatever comes in as HTML is escaped already."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from app.core.texts import Text
from app.dashboard.rules.tongue import Tongue
from app.dashboard.rules.view import Told

_MEANING: Final = Text("Apa artinya?", "What does it mean?")
_TABLE: Final = Text("Tampilkan sebagai tabel", "Show as a table")


HATCH: Final = ' fill="url(#hatch)"'
PATTERNS: Final = (
    '<svg class="unseen" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6"'
    ' patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="stripe" d="M0 0V6"/></pattern></defs></svg>'
)
"""What is withheld is hatched, in every drawing of a page alike."""


def section(id: str, heading: str, body: str, kind: str = "") -> str:
    """A part of the page with its heading, which names it."""
    return (
        f'<section id="{id}" class="panel {kind}" aria-labelledby="{id}-h">'
        f'<h2 id="{id}-h">{heading}</h2>{body}</section>'
    )


def meaning(told: Told | None, tongue: Tongue, about: str) -> str:
    """The definition of a number, a click away; `about` tells one click from another."""
    if told is None:
        return ""
    facts = [
        (tongue.both("Satuan", "Unit"), tongue.say(told.unit)),
        (tongue.both("Definisi", "Definition"), _definition(told, tongue)),
        (tongue.both("Keadaan sampai", "As of"), tongue.moment(told.as_of)),
        (tongue.both("Cakupan", "Coverage"), tongue.say(told.coverage)),
    ]
    listed = "".join(f"<div><dt>{name}</dt><dd>{said}</dd></div>" for name, said in facts)
    notes = "".join(f"<li>{tongue.say(each)}</li>" for each in told.notes)
    notes = f"<ul>{notes}</ul>" if notes else ""
    return (
        f'<details class="meaning"><summary>{tongue.say(_MEANING)}'
        f'<span class="unseen"> {about}</span></summary>'
        f"<dl>{listed}</dl>{notes}{_data(told, tongue)}</details>"
    )


def _definition(told: Told, tongue: Tongue) -> str:
    version = tongue.both(f"versi {told.version}", f"version {told.version}")
    return f'{tongue.say(told.definition)} <span class="soft">({version})</span>'


def _data(told: Told, tongue: Tongue) -> str:
    links = (
        (told.frozen, tongue.both("Untuk dikutip: tabel hari itu", "To quote: this day's table")),
        (told.data, tongue.both("Tabel terbaru untuk mesin (JSON)", "Newest table for machines")),
    )
    return "".join(
        f'<p><a class="source" href="{escape(to)}">{words}</a></p>' for to, words in links if to
    )


def withheld(count: int, of: int, things: Text, tongue: Tongue) -> str:
    """What is withheld is not read as zero, and what is shown does not add up to the whole."""
    if not count:
        return ""
    number, whole, named = tongue.number(count), tongue.number(of), tongue.say(things)
    said = tongue.both(
        f"{number} dari {whole} {named} dirahasiakan; itu tidak berarti nol: angkanya kecil, atau"
        " ditutup agar yang kecil tidak dapat dihitung. Jumlah yang tampak dapat kurang dari"
        " keseluruhan.",
        f"{number} of {whole} {named} withheld, which does not mean zero: they are small, or kept"
        " back so that small ones cannot be computed. What is shown may add up to less than the"
        " whole.",
    )
    return f'<p class="small soft">{said}</p>'


def table(tongue: Tongue, caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The same numbers for whoever does not see the drawing; the first column names the row."""
    head = "".join(f'<th scope="col">{each}</th>' for each in heads)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{each}</td>" for each in others)}</tr>'
        for first, *others in rows
    )
    return (
        f'<details class="table"><summary>{tongue.say(_TABLE)}'
        f'<span class="unseen">: {caption}</span></summary>'
        f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}">'
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div></details>"
    )


def nothing(tongue: Tongue, id: str, en: str) -> str:
    """Where there are no data the page says so, and why."""
    none = tongue.both("Belum ada data.", "No data yet.")
    return f'<p class="nothing"><strong>{none}</strong> {tongue.both(id, en)}</p>'
