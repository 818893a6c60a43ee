"""What is told by bars: the way from report to sanction, the clocks, and who has signed."""

from collections.abc import Sequence
from html import escape
from typing import Final

from app.core.texts import Text
from app.dashboard.files.parts import HATCH, meaning, nothing, section, table, withheld
from app.dashboard.rules.tongue import Tongue
from app.dashboard.rules.view import Amount, Clock, Drive, Step, View

_WHOLE: Final = 100.0
_OPEN: Final = 1.25
"""Where nobody is told how far it goes, a bar has room beyond what is certain."""
_SIGNATURES: Final = Text("tanda tangan", "signature"), Text("tanda tangan", "signatures")
_STEPS: Final = Text("langkah", "steps")
_NUMBERS: Final = Text("angka tenggat", "numbers of deadlines")


def funnel_of(view: View, tongue: Tongue) -> str:
    heading = tongue.both("Dari laporan ke sanksi", "From report to sanction")
    steps = view.funnel.steps
    if not steps:
        words = (
            "Perjalanan perkara dari laporan sampai sanksi belum terbit.",
            "The way of cases from report to sanction is not published yet.",
        )
        return section("funnel", heading, nothing(tongue, *words))
    amounts = [each.amount for each in steps]
    reach, before = _reach(amounts), [None, *amounts]
    rows = "".join(
        _step(step, reach, last, tongue) for step, last in zip(steps, before, strict=False)
    )
    heads = (tongue.both("Langkah", "Step"), tongue.both("Jumlah", "Number"))
    listed = [(tongue.say(each.label), tongue.in_words(each.amount)) for each in steps]
    body = (
        f'<ol class="bars">{rows}</ol>{_withheld(amounts, _STEPS, tongue)}'
        f"{table(tongue, heading, heads, listed)}"
        f"{meaning(view.funnel.told, tongue, heading)}"
    )
    return section("funnel", heading, body)


def _step(step: Step, reach: float, before: Amount | None, tongue: Tongue) -> str:
    share = _share(step.amount, before, tongue)
    return (
        f'<li><span class="row"><span>{tongue.say(step.label)}</span>'
        f"<b>{tongue.in_words(step.amount)}</b></span>{_bar(_parts(step.amount, reach))}"
        f'<span class="small soft">{tongue.say(step.meaning)}{share}</span></li>'
    )


def _share(amount: Amount | None, before: Amount | None, tongue: Tongue) -> str:
    """Only of two numbers that are known: a share of bounds would be a third thing to explain."""
    if amount is None or before is None or amount.exact is None or not before.exact:
        return ""
    share = tongue.share(amount.exact, before.exact)
    return f" · {tongue.both(f'{share} dari langkah sebelumnya', f'{share} of the step before')}"


def _is_open(amount: Amount | None) -> bool:
    return amount is not None and amount.at_most is None


def _reach(amounts: Sequence[Amount | None]) -> float:
    """The number that a whole bar stands for: that of the first step, where it is the most."""
    most = max((each.top for each in amounts if each), default=0)
    open_ones = [each.at_least for each in amounts if each and _is_open(each)]
    first = amounts[0].exact if amounts[0] else None
    has_room = not open_ones or (first == most and max(open_ones) < most)
    return max(most, 1) * (1.0 if has_room else _OPEN)


def _parts(amount: Amount | None, reach: float) -> tuple[float, float]:
    """What is certain, and what may be beside it, in percent; what is open goes to the end."""
    if amount is None:
        return 0.0, 0.0
    sure = _WHOLE * amount.at_least / reach
    return sure, (_WHOLE if _is_open(amount) else _WHOLE * amount.top / reach) - sure


def _bar(parts: tuple[float, float], other: float = 0.0) -> str:
    """What is sure, what is withheld, and what is of another kind, from left to right."""
    sure, maybe = parts
    return (
        '<svg class="gauge" aria-hidden="true"><rect class="rest" width="100%" height="100%"/>'
        + _piece("sure", 0.0, sure)
        + _piece("maybe", sure, maybe, HATCH)
        + _piece("broken", sure + maybe, other)
        + "</svg>"
    )


def _piece(look: str, at: float, wide: float, fill: str = "") -> str:
    if wide <= 0:
        return ""
    return f'<rect class="{look}" x="{at:.2f}%" width="{wide:.2f}%" height="100%"{fill}/>'


def _withheld(amounts: Sequence[Amount | None], things: Text, tongue: Tongue) -> str:
    hidden = sum(each is not None and each.exact is None for each in amounts)
    return withheld(hidden, len(amounts), things, tongue)


def clocks_of(view: View, tongue: Tongue) -> str:
    heading = tongue.both("Tenggat yang ditepati", "Deadlines kept")
    rows = view.clocks.rows
    if not rows:
        words = (
            "Berapa tenggat undang-undang yang ditepati dan yang terlewat belum terbit.",
            "How many deadlines of the law were kept, and how many not, is not published yet.",
        )
        return section("clocks", heading, nothing(tongue, *words))
    drawn = "".join(_clock(each, tongue) for each in rows)
    kept, broken = tongue.both("Ditepati", "Kept"), tongue.both("Terlewat", "Missed")
    listed = [
        (tongue.say(each.label), tongue.in_words(each.kept), tongue.in_words(each.broken))
        for each in rows
    ]
    heads = (tongue.both("Tenggat", "Deadline"), kept, broken)
    body = (
        f'<ul class="legend"><li><i class="key sure"></i>{kept}</li>'
        f'<li><i class="key broken"></i>{broken}</li></ul><ul class="bars">{drawn}</ul>'
        f"{_withheld([n for each in rows for n in (each.kept, each.broken)], _NUMBERS, tongue)}"
        f"{table(tongue, heading, heads, listed)}{meaning(view.clocks.told, tongue, heading)}"
    )
    return section("clocks", heading, body)


def _clock(clock: Clock, tongue: Tongue) -> str:
    """Kept from the left and missed to the right; between them what is told of neither."""
    sides = clock.kept, clock.broken
    is_known = all(each.exact is not None for each in sides)
    reach = max(sum(each.top for each in sides), 1) * (_OPEN if any(map(_is_open, sides)) else 1.0)
    sure, missed = (_WHOLE * each.at_least / reach for each in sides)
    between = 0.0 if is_known else _WHOLE - sure - missed
    kept, broken = tongue.in_words(clock.kept), tongue.in_words(clock.broken)
    said = tongue.both(f"Ditepati: {kept} · Terlewat: {broken}", f"Kept: {kept} · Missed: {broken}")
    return (
        f'<li><span class="row"><span>{tongue.say(clock.label)}</span></span>'
        f"{_bar((sure, between), missed)}"
        f'<span class="small">{said}</span></li>'
    )


def drives_of(view: View, tongue: Tongue) -> str:
    heading = tongue.both("Deklarasi netralitas", "Declarations of neutrality")
    if not view.drives:
        words = (
            "Di wilayah ini belum ada deklarasi yang dibuka untuk pemilihan ini.",
            "No declaration has been opened here for this election.",
        )
        return section("declarations", heading, nothing(tongue, *words))
    rows = "".join(_drive(each, tongue) for each in view.drives)
    why = tongue.both(
        "Setiap tanda tangan adalah daun buku besar terbuka: siapa pun dapat menghitungnya ulang.",
        "Every signature is a leaf of an open ledger: anybody can count them again.",
    )
    body = f'<p class="small soft">{why}</p><ul class="bars">{rows}</ul>'
    return section("declarations", heading, body)


def _drive(drive: Drive, tongue: Tongue) -> str:
    said = tongue.counted(Amount(drive.signed, drive.signed), *_SIGNATURES)
    bar = ""
    if drive.roster is not None:
        targets, signed = drive.roster
        share = tongue.share(signed, targets)
        of = tongue.both("dari daftar", "of the roster")
        said += f" · {tongue.number(signed)} / {tongue.number(targets)} {of} ({share})"
        full = _WHOLE * signed / targets if targets else 0.0
        bar = _bar((full, 0.0))
    return (
        f'<li><span class="row">{tongue.as_written(drive.title)}</span>'
        f'{bar}<span class="small">{said}</span>'
        f'<span class="small soft">{tongue.as_written(drive.where)} · {tongue.day(drive.on)} ·'
        f' <a href="{escape(drive.data)}">{tongue.both("hitungan", "tally")}'
        f'<span class="unseen"> {tongue.as_written(drive.title)}</span></a></span></li>'
    )
