"""What is told by bars: the way from report to sanction, the clocks, and who has signed."""

from html import escape
from typing import Final

from app.dashboard.files.parts import meaning, nothing, section, table
from app.dashboard.rules.tongue import Tongue
from app.dashboard.rules.view import Amount, Clock, Drive, Step, View

_WHOLE: Final = 100.0


def funnel_of(view: View, tongue: Tongue) -> str:
    heading = tongue.both("Dari laporan ke sanksi", "From report to sanction")
    steps = view.funnel.steps
    if not steps:
        words = (
            "Perjalanan perkara dari laporan sampai sanksi belum terbit.",
            "The way of cases from report to sanction is not published yet.",
        )
        return section("funnel", heading, nothing(tongue, *words))
    first, before = steps[0].amount, [None, *(each.amount for each in steps)]
    rows = "".join(
        _step(step, first, last, tongue) for step, last in zip(steps, before, strict=False)
    )
    heads = (tongue.both("Langkah", "Step"), tongue.both("Jumlah", "Number"))
    listed = [(tongue.say(each.label), tongue.in_words(each.amount)) for each in steps]
    body = (
        f'<ol class="bars">{rows}</ol>{table(tongue, heading, heads, listed)}'
        f"{meaning(view.funnel.told, tongue, heading)}"
    )
    return section("funnel", heading, body)


def _step(step: Step, first: Amount | None, before: Amount | None, tongue: Tongue) -> str:
    share = _share(step.amount, before, tongue)
    return (
        f'<li><span class="row"><span>{tongue.say(step.label)}</span>'
        f"<b>{tongue.in_words(step.amount)}</b></span>{_bar(_part(step.amount, first))}"
        f'<span class="small soft">{tongue.say(step.meaning)}{share}</span></li>'
    )


def _share(amount: Amount | None, before: Amount | None, tongue: Tongue) -> str:
    """Only of two numbers that are known: a share of bounds would be a third thing to explain."""
    if amount is None or before is None or amount.exact is None or not before.exact:
        return ""
    share = tongue.share(amount.exact, before.exact)
    return f" · {tongue.both(f'{share} dari langkah sebelumnya', f'{share} of the step before')}"


def _part(amount: Amount | None, whole: Amount | None) -> tuple[float, float]:
    if amount is None or whole is None or whole.top == 0:
        return 0.0, 0.0
    scale = _WHOLE / whole.top
    return min(scale * amount.at_least, _WHOLE), min(scale * amount.top, _WHOLE)


def _bar(part: tuple[float, float], other: float = 0.0) -> str:
    """What is sure, what may be more, and what is of another kind, from left to right."""
    sure, most = part
    return (
        '<svg class="gauge" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="rest" width="100" height="10"/><rect class="sure" width="{sure:.2f}"'
        f' height="10"/><rect class="maybe" x="{sure:.2f}" width="{most - sure:.2f}" height="10"/>'
        f'<rect class="broken" x="{most:.2f}" width="{other:.2f}" height="10"/></svg>'
    )


def clocks_of(view: View, tongue: Tongue) -> str:
    heading = tongue.both("Tenggat yang ditepati", "Deadlines kept")
    rows = view.clocks.rows
    if not rows:
        words = (
            "Berapa tenggat undang-undang yang ditepati dan yang lewat belum terbit.",
            "How many deadlines of the law were kept, and how many not, is not published yet.",
        )
        return section("clocks", heading, nothing(tongue, *words))
    drawn = "".join(_clock(each, tongue) for each in rows)
    kept, broken = tongue.both("Ditepati", "Kept"), tongue.both("Lewat", "Broken")
    listed = [
        (tongue.say(each.label), tongue.in_words(each.kept), tongue.in_words(each.broken))
        for each in rows
    ]
    heads = (tongue.both("Tenggat", "Deadline"), kept, broken)
    body = (
        f'<ul class="legend"><li><i class="key sure"></i>{kept}</li>'
        f'<li><i class="key broken"></i>{broken}</li></ul><ul class="bars">{drawn}</ul>'
        f"{table(tongue, heading, heads, listed)}{meaning(view.clocks.told, tongue, heading)}"
    )
    return section("clocks", heading, body)


def _clock(clock: Clock, tongue: Tongue) -> str:
    whole = clock.kept.top + clock.broken.top
    kept, broken = tongue.in_words(clock.kept), tongue.in_words(clock.broken)
    said = tongue.both(f"{kept} ditepati, {broken} lewat", f"{kept} kept, {broken} broken")
    scale = _WHOLE / whole if whole else 0.0
    part = clock.kept.at_least * scale, clock.kept.top * scale
    bar = _bar(part, clock.broken.top * scale)
    return (
        f'<li><span class="row"><span>{tongue.say(clock.label)}</span></span>{bar}'
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
    signatures = tongue.both("tanda tangan", "signatures")
    said = f"{tongue.number(drive.signed)} {signatures}"
    bar = ""
    if drive.roster is not None:
        targets, signed = drive.roster
        share = tongue.share(signed, targets)
        of = tongue.both("dari daftar", "of the roster")
        said += f" · {tongue.number(signed)} / {tongue.number(targets)} {of} ({share})"
        full = _WHOLE * signed / targets if targets else 0.0
        bar = _bar((full, full))
    return (
        f'<li><span class="row">{escape(drive.title)}</span>'
        f'{bar}<span class="small">{said}</span>'
        f'<span class="small soft">{escape(drive.where)} · {tongue.day(drive.on)} ·'
        f' <a href="{escape(drive.data)}">{tongue.both("hitungan", "tally")}'
        f'<span class="unseen"> {escape(drive.title)}</span></a></span></li>'
    )
