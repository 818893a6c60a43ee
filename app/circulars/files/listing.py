"""The list of circulars that were in force on a day, as HTML in both languages."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Final
from urllib.parse import urlencode

from app.circulars.schemas.circulars import CircularFilter
from app.circulars.schemas.shown import CircularOut
from app.core.days import day
from app.core.html import both
from app.core.paging import Found
from app.core.texts import Language, Text

_NONE: Final = Text(
    "Tidak ada edaran yang berlaku pada hari itu di wilayah itu.",
    "No circular was in force there on that day.",
)
_WHY: Final = Text(
    "Naskah yang berlaku pada suatu hari, seperti diterbitkan.",
    "The texts that were in force on a day, as they were issued.",
)
_MORE: Final = Text("Lihat yang lebih lama", "Show older ones")


def list_of(found: Found[CircularOut], wanted: CircularFilter, language: Language) -> str:
    """Where a day and a region are asked for, what was in force there then, and what follows."""
    on, region = wanted.in_force_on or date.min, wanted.region or ""
    more = ""
    if found.next_cursor is not None:
        asked = {"in_force_on": on.isoformat(), "region": region, "lang": language}
        more = _more(asked | {"cursor": found.next_cursor})
    return _question(on, region) + _found(found.items, on) + more


def _question(on: date, region: str) -> str:
    shown = day(on)
    title = Text(f"Edaran yang berlaku {shown.id}", f"Circulars in force on {shown.en}")
    return (
        f"<h1>{both(title)}</h1>"
        f'<form class="card" action="/circulars" method="get">'
        f'<p class="soft small">{both(_WHY)}</p>'
        f'<label for="day">{both(Text("Hari", "Day"))}</label>'
        f'<input id="day" name="in_force_on" type="date" required value="{on.isoformat()}">'
        f'<label for="region">{both(Text("Kode wilayah", "Region code"))}</label>'
        f'<input id="region" name="region" maxlength="13" value="{escape(region)}"'
        ' placeholder="73.07" autocomplete="off">'
        f"<button>{both(Text('Tampilkan', 'Show'))}</button></form>"
    )


def _found(circulars: Sequence[CircularOut], on: date) -> str:
    items = "".join(_item(each, on) for each in circulars)
    said = f"<ol>{items}</ol>" if items else f"<p>{both(_NONE)}</p>"
    return f'<section class="card">{said}</section>'


def _item(circular: CircularOut, on: date) -> str:
    path = f"/circulars/{circular.id}?in_force_on={on.isoformat()}"
    return (
        f'<li><a href="{path}">{escape(circular.subject)}</a><br>'
        f'<span class="small soft">{escape(circular.issuer)} · {escape(circular.number)} ·'
        f" {both(day(circular.dated_on))}</span></li>"
    )


def _more(asked: Mapping[str, str]) -> str:
    query = escape(urlencode(asked))
    return f'<a class="button other" rel="next" href="/circulars?{query}">{both(_MORE)}</a>'
