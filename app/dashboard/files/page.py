"""The dashboard as HTML: what it says, in one language, from plain values."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from app.core.texts import Language, Text
from app.dashboard.files.bars import clocks_of, drives_of, funnel_of
from app.dashboard.files.figures import figures_of
from app.dashboard.files.parts import PATTERNS, nothing, section
from app.dashboard.files.series import series_of
from app.dashboard.files.tiles import map_of
from app.dashboard.rules.pick import Pick, address
from app.dashboard.rules.tongue import Tongue
from app.dashboard.rules.view import Choice, Decision, View

_TITLE: Final = Text(
    "Netralitas ASN dalam pemilihan", "Neutrality of the civil service in elections"
)
_LEAD: Final = Text(
    "Setiap angka menyebut satuan, definisi, keadaan, dan cakupannya. Tidak seorang pun dapat"
    " dikenali.",
    "Every number tells its unit, definition, moment and coverage. Nobody can be recognised.",
)
_LANGUAGES: Final[tuple[tuple[Language, str, str], ...]] = (
    ("id", "ID", "Bahasa Indonesia"),
    ("en", "EN", "English"),
)
# With the country: of pages that hold both languages the style hides one by its plain tag.
_COUNTRY: Final[Mapping[Language, str]] = {"id": "ID", "en": "GB"}
_PARTS: Final = (
    ("figures", Text("Angka", "Figures")),
    ("map", Text("Peta", "Map")),
    ("series", Text("Pekan", "Weeks")),
    ("funnel", Text("Perjalanan", "Funnel")),
    ("clocks", Text("Tenggat", "Deadlines")),
    ("declarations", Text("Deklarasi", "Declarations")),
    ("decisions", Text("Putusan", "Decisions")),
    ("verify", Text("Periksa kode", "Check a code")),
)
_FOOT: Final = Text(
    "Angka dari 1 sampai 4 dirahasiakan demi melindungi orang, dan tabel dibekukan sekali sehari:"
    " siapa pun yang mengutipnya hari ini mengutip angka yang sama.",
    "Counts from 1 to 4 are withheld to protect persons, and the tables are frozen once a day:"
    " whoever quotes them today quotes the same number.",
)


def page_of(view: View) -> dict[str, str]:
    """What goes into the places of the page."""
    tongue = Tongue(view.pick.language)
    content = (
        f'{PATTERNS}<div class="top">{_head(view, tongue)}{_form(view, tongue)}</div>'
        f"{_parts(tongue)}{figures_of(view, tongue)}"
        f'<div class="board">{map_of(view, tongue)}{series_of(view, tongue)}'
        f"{funnel_of(view, tongue)}{clocks_of(view, tongue)}{drives_of(view, tongue)}"
        f"{_decisions(view.decisions, tongue)}{_verify(tongue)}</div>"
    )
    title = f"{view.heading.to(tongue.language)} · {_TITLE.to(tongue.language)}"
    return _around(view.pick, title, content)


def refusal_of(detail: Text, language: Language) -> dict[str, str]:
    """Why there is no such view, and the way back to the whole country."""
    tongue, whole = Tongue(language), Pick(language=language)
    back = tongue.both("Lihat seluruh Indonesia", "See all of Indonesia")
    title = tongue.both("Tidak dapat ditampilkan", "This cannot be shown")
    content = (
        f'<div class="top"><div><h1>{title}</h1><p>{tongue.say(detail)}</p>'
        f'<p><a href="{escape(address(whole))}">{back}</a></p></div></div>'
    )
    return _around(whole, title, content)


def _around(pick: Pick, title: str, content: str) -> dict[str, str]:
    tongue = Tongue(pick.language)
    return {
        "language": pick.language,
        "title": escape(title),
        "skip": tongue.both("Langsung ke isi", "Skip to content"),
        "home": escape(address(Pick(language=pick.language))),
        "languages": _languages(pick, tongue),
        "content": content,
        "foot": tongue.say(_FOOT),
        "links": _links(tongue),
    }


def _languages(pick: Pick, tongue: Tongue) -> str:
    links = "".join(
        f'<a href="{escape(pick.but(language=code))}" hreflang="{code}"'
        f' lang="{code}-{_COUNTRY[code]}"{_current(code == pick.language)}>{short}'
        f'<span class="unseen"> {name}</span></a>'
        for code, short, name in _LANGUAGES
    )
    label = tongue.both("Bahasa", "Language")
    return f'<nav class="language" aria-label="{label}">{links}</nav>'


def _links(tongue: Tongue) -> str:
    links = (
        ("/consultations", tongue.both("Bertanya sebelum bertindak", "Ask before acting")),
        ("/circulars", tongue.both("Surat edaran", "Circulars")),
        ("/verify", tongue.both("Periksa surat", "Check a paper")),
        ("/api/v1/open-data/catalogue", tongue.both("Data terbuka", "Open data")),
        ("/api/v1/open-data/corrections.atom", tongue.both("Koreksi angka", "Corrections")),
        ("/docs", tongue.both("Antarmuka untuk mesin", "Interface for machines")),
    )
    listed = "".join(f'<li><a href="{path}">{words}</a></li>' for path, words in links)
    return f'<ul class="links">{listed}</ul>'


def _head(view: View, tongue: Tongue) -> str:
    trail = "".join(
        f'<li><a href="{escape(view.pick.but(region=each.value))}">{tongue.say(each.name)}</a></li>'
        for each in view.trail
    )
    where = tongue.both("Wilayah di sekitarnya", "Regions around it")
    trail = f'<nav aria-label="{where}"><ol class="trail">{trail}</ol></nav>' if trail else ""
    return (
        f'<div>{trail}<p class="over">{tongue.say(_TITLE)}</p>'
        f"<h1>{tongue.say(view.heading)}</h1>"
        f'<p class="election">{tongue.say(view.election)}</p>'
        f'<p class="soft">{tongue.say(_LEAD)}</p>{_found_at(view, tongue)}</div>'
    )


def _found_at(view: View, tongue: Tongue) -> str:
    """On paper only: where this page is found again, and what the addresses below begin with."""
    here = escape(f"{view.home}{address(view.pick)}")
    said = tongue.both("Alamat halaman ini", "Address of this page")
    begin = tongue.both("alamat di bawah berawal dengan", "those below begin with")
    return f'<p class="paper">{said}: {here}; {begin} {escape(view.home)}</p>'


def _form(view: View, tongue: Tongue) -> str:
    pick = view.pick
    kept = {"unit": pick.unit, "lang": "" if pick.language == "id" else pick.language}
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in kept.items()
        if value
    )
    region = _select("region", tongue.both("Wilayah", "Region"), view.regions, pick.region, tongue)
    election = _select(
        "election", tongue.both("Pemilihan", "Election"), view.elections, pick.election, tongue
    )
    label = tongue.both("Pilih wilayah dan pemilihan", "Pick a region and an election")
    show = tongue.both("Tampilkan", "Show")
    return (
        f'<form class="pick" action="/" method="get" aria-label="{label}">'
        f"{region}{election}{hidden}<button>{show}</button></form>"
    )


def _select(name: str, label: str, choices: Sequence[Choice], picked: str, tongue: Tongue) -> str:
    options = "".join(
        f'<option value="{escape(each.value)}"{" selected" if each.value == picked else ""}>'
        f"{tongue.say(each.name)}</option>"
        for each in choices
    )
    return (
        f'<div><label for="{name}">{label}</label>'
        f'<select id="{name}" name="{name}">{options}</select></div>'
    )


def _parts(tongue: Tongue) -> str:
    links = "".join(f'<li><a href="#{id}">{tongue.say(name)}</a></li>' for id, name in _PARTS)
    label = tongue.both("Bagian halaman", "Parts of the page")
    return f'<nav class="parts" aria-label="{label}"><ul>{links}</ul></nav>'


def _decisions(decisions: Sequence[Decision], tongue: Tongue) -> str:
    heading = tongue.both("Putusan terbaru yang diumumkan", "Latest announced decisions")
    if not decisions:
        words = (
            "Di wilayah ini belum ada putusan yang diumumkan.",
            "No decision has been announced here.",
        )
        return section("decisions", heading, nothing(tongue, *words))
    listed = "".join(
        f'<li><p>{tongue.say(each.said)}</p><p class="small soft">'
        f"{tongue.as_written(each.office)} · {tongue.day(each.on)}</p></li>"
        for each in decisions
    )
    return section("decisions", heading, f'<ol class="decisions">{listed}</ol>')


def _verify(tongue: Tongue) -> str:
    why = tongue.both(
        "Kode pada sertifikat, surat, atau tanda terima deklarasi.",
        "The code on a certificate, a letter or the receipt of a declaration.",
    )
    kept = '<input type="hidden" name="lang" value="en">' if tongue.language == "en" else ""
    body = (
        f'<form action="/verify" method="get"><p class="small soft" id="code-why">{why}</p>'
        f'<label for="code">{tongue.both("Kode", "Code")}</label>'
        '<input id="code" name="code" required maxlength="60" autocomplete="off"'
        ' autocapitalize="characters" spellcheck="false" aria-describedby="code-why"'
        f' placeholder="D00000-000000-000000">{kept}'
        f"<button>{tongue.both('Periksa', 'Check')}</button></form>"
    )
    return section("verify", tongue.both("Periksa sebuah kode", "Check a code"), body)


def _current(is_it: bool) -> str:
    return ' aria-current="true"' if is_it else ""
