"""The series: one column for each week, the stages of the election behind them, and the bands of
the forecast; drawn as SVG, so that it prints and grows without getting coarse."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from string import ascii_uppercase
from typing import Final

from app.core.texts import Text
from app.dashboard.files.parts import HATCH, meaning, nothing, section, table, withheld
from app.dashboard.rules.shades import top_of
from app.dashboard.rules.tongue import DASH, Tongue
from app.dashboard.rules.view import Expected, Series, Stage, View, Week

_WIDTH: Final = 720.0
_HEIGHT: Final = 280.0
_LEFT: Final = 52.0
_RIGHT: Final = 8.0
_TOP: Final = 26.0
_BOTTOM: Final = 34.0
_WEEK: Final = timedelta(days=7)
_GAP: Final = 0.16
_MANY_MONTHS: Final = 8
_LEAST: Final = 16
_ZERO: Final = 1.5
"""A week with nothing in it is a line, where a week beyond the table is blank."""
_LETTERS: Final = 20.0
_NAME: Final = 48.0
_PROVINCE: Final = len("73")
_WEEKS: Final = Text("pekan", "weeks")
_NONE: Final = (
    "Deret pekanan terbit begitu ada yang tercatat.",
    "Weeks are published once there is something to tell.",
)
_BELOW: Final = (
    "Deret pekanan hanya terbit untuk Indonesia dan provinsi: di satu kabupaten atau kota, angka"
    " sepekan terlalu kecil untuk melindungi orang.",
    "Weeks are published of Indonesia and its provinces only: in one regency or city the number of"
    " a week is too small to protect persons.",
)


@dataclass(frozen=True)
class Sheet:
    """Where days and numbers lie on the drawing, in its own units."""

    first: date
    last: date
    top: int

    def x(self, on: date) -> float:
        days = (self.last - self.first).days or 1
        inner = _WIDTH - _LEFT - _RIGHT
        return round(_LEFT + inner * min(max((on - self.first).days / days, 0.0), 1.0), 1)

    def y(self, number: float) -> float:
        return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * number / self.top, 1)


def series_of(view: View, tongue: Tongue) -> str:
    series = view.series
    heading = tongue.both("Dari pekan ke pekan", "Week by week")
    if not series.weeks and not series.expected:
        is_below = len(view.pick.region) > _PROVINCE
        body = f'<p class="nothing">{tongue.both(*_BELOW)}</p>' if is_below else ""
        body = body or nothing(tongue, *_NONE)
        return section("series", heading, body + _stages(series, tongue), "wide")
    body = (
        _chart(series, tongue, heading)
        + _stages(series, tongue)
        + _withheld(series, tongue)
        + _told(series, tongue)
        + _table(series, tongue, heading)
        + meaning(series.told, tongue, heading)
    )
    return section("series", heading, body, "wide")


def _chart(series: Series, tongue: Tongue, heading: str) -> str:
    """A single week is no course of anything: it is told, not drawn."""
    if series.expected or len(series.weeks) > 1:
        drawing = _drawing(series, tongue, heading)
        return f'<div class="chart">{drawing}</div>{_legend(series, tongue)}'
    [week] = series.weeks
    amount, on = tongue.in_words(week.amount), tongue.day(week.first)
    said = tongue.both(
        f"Baru satu pekan yang tercatat, mulai {on}: {amount}. Deret digambar mulai dua pekan.",
        f"Only one week has entries, from {on}: {amount}. A series is drawn from two weeks on.",
    )
    return f'<p class="nothing">{said}</p>'


def _hidden(series: Series) -> int:
    return sum(each.amount.exact is None for each in series.weeks)


def _withheld(series: Series, tongue: Tongue) -> str:
    return withheld(_hidden(series), len(series.weeks), _WEEKS, tongue)


def _drawing(series: Series, tongue: Tongue, heading: str) -> str:
    sheet = _sheet(series)
    parts = (
        *_bands(series.stages, sheet),
        *_grid(sheet, tongue),
        *(_column(each, sheet) for each in series.weeks),
        _forecast(series.expected, sheet),
        _voting(series.voting_on, sheet),
    )
    name = heading
    if hidden := _hidden(series):
        name += tongue.both(
            f"; {hidden} dari {len(series.weeks)} pekan dirahasiakan",
            f"; {hidden} of {len(series.weeks)} weeks withheld",
        )
    return (
        f'<svg viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" aria-label="{name}">'
        f"{''.join(parts)}</svg>"
    )


def _sheet(series: Series) -> Sheet:
    days = [each.first for each in series.weeks] + [each.first for each in series.expected]
    numbers = [
        1.0,
        *(float(each.amount.top) for each in series.weeks),
        *(each.most[1] for each in series.expected),
    ]
    return Sheet(min(days), max(days) + _WEEK, top_of(max(numbers)))


def _bands(stages: Sequence[Stage], sheet: Sheet) -> list[str]:
    top, height = _TOP - _LETTERS, _HEIGHT - _BOTTOM - _TOP + _LETTERS
    drawn = []
    for place, stage in enumerate(stages):
        left, right = sheet.x(stage.first), sheet.x(stage.last + timedelta(days=1))
        if right > left:
            drawn.append(
                f'<rect class="stage{place % 2}" x="{left:g}" y="{top:g}"'
                f' width="{right - left:g}" height="{height:g}"/><text class="letter"'
                f' x="{(left + right) / 2:g}" y="{_TOP - 5:g}">{ascii_uppercase[place]}</text>'
            )
    return drawn


def _grid(sheet: Sheet, tongue: Tongue) -> list[str]:
    numbers = [0, sheet.top // 2, sheet.top] if sheet.top % 2 == 0 else [0, sheet.top]
    lines = [
        f'<path class="line" d="M{_LEFT:g} {sheet.y(each):g}H{_WIDTH - _RIGHT:g}"/>'
        f'<text class="axis number" x="{_LEFT - 7:g}" y="{sheet.y(each) + 4:g}">'
        f"{tongue.number(each)}</text>"
        for each in numbers
    ]
    return lines + _months(sheet, tongue)


def _months(sheet: Sheet, tongue: Tongue) -> list[str]:
    """The names of the months below; every other one where there are many, or little room."""
    months = _first_days(sheet)
    step = 2 if len(months) > _MANY_MONTHS else 1
    foot = _HEIGHT - _BOTTOM
    return [
        f'<path class="tick" d="M{sheet.x(month):g} {foot:g}v6"/>'
        f'<text class="axis{" minor" if place % 2 else ""}" x="{sheet.x(month):g}"'
        f' y="{foot + 24:g}">{tongue.month(month)} {month:%Y}</text>'
        for place, month in enumerate(months[::step])
    ]


def _first_days(sheet: Sheet) -> list[date]:
    """The first day of each month whose name has room before the right edge."""
    month, found = sheet.first.replace(day=1), []
    while month < sheet.last:
        if month >= sheet.first and sheet.x(month) < _WIDTH - _NAME:
            found.append(month)
        month = (month + timedelta(days=31)).replace(day=1)
    return found


def _column(week: Week, sheet: Sheet) -> str:
    left, right = sheet.x(week.first), sheet.x(week.first + _WEEK)
    gap = (right - left) * _GAP
    # What is withheld whole is drawn as high as can be seen, which is not the height of a number.
    hidden = sheet.top / _LEAST
    top, foot = sheet.y(week.amount.top or hidden), sheet.y(0)
    look, fill = "column", ""
    if week.amount.exact is None:
        look, fill = "column withheld", HATCH
    elif not week.amount.exact:
        look, top = "column zero", foot - _ZERO
    return (
        f'<rect class="{look}" x="{left + gap / 2:g}" y="{top:g}" width="{right - left - gap:g}"'
        f' height="{foot - top:g}"{fill}/>'
    )


def _forecast(expected: Sequence[Expected], sheet: Sheet) -> str:
    if not expected:
        return ""
    if len(expected) == 1:
        # An area of one point cannot be seen: the band of a single week is as wide as the week.
        expected = [expected[0], replace(expected[0], first=expected[0].first + _WEEK)]
        middles = [sheet.x(each.first) for each in expected]
    else:
        middles = [sheet.x(each.first + _WEEK / 2) for each in expected]
    most = _area(middles, [each.most for each in expected], sheet)
    half = _area(middles, [each.half for each in expected], sheet)
    line = "L".join(
        f"{x:g} {sheet.y(each.middle):g}" for x, each in zip(middles, expected, strict=True)
    )
    return (
        f'<path class="most" d="{most}"/><path class="half" d="{half}"/>'
        f'<path class="middle" d="M{line}"/>'
    )


def _area(across: Sequence[float], bounds: Sequence[tuple[float, float]], sheet: Sheet) -> str:
    """Along the upper bounds, and back along the lower ones."""
    upper = [f"{x:g} {sheet.y(high):g}" for x, (_, high) in zip(across, bounds, strict=True)]
    lower = [f"{x:g} {sheet.y(low):g}" for x, (low, _) in zip(across, bounds, strict=True)]
    return f"M{'L'.join([*upper, *reversed(lower)])}Z"


def _voting(on: date | None, sheet: Sheet) -> str:
    if on is None or not sheet.first <= on <= sheet.last:
        return ""
    top = _TOP - _LETTERS
    return f'<path class="voting" d="M{sheet.x(on):g} {top:g}V{_HEIGHT - _BOTTOM:g}"/>'


def _legend(series: Series, tongue: Tongue) -> str:
    entries = [("column", tongue.both("per pekan", "per week"))] if series.weeks else []
    if any(each.amount.exact is None for each in series.weeks):
        entries.append(
            (
                "withheld",
                tongue.both(
                    "dirahasiakan, tidak berarti nol", "withheld, which does not mean zero"
                ),
            )
        )
    if any(each.amount.exact == 0 for each in series.weeks):
        entries.append(("zero", tongue.both("nol", "zero")))
    if series.expected:
        entries.append(("middle", tongue.both("prakiraan", "forecast")))
        entries.append(("half", tongue.both("rentang 50%", "50% band")))
        entries.append(("most", tongue.both("rentang 90%", "90% band")))
    if series.voting_on is not None:
        voting = tongue.day(series.voting_on)
        entries.append(("voting", f"{tongue.both('pemungutan suara', 'voting')} {voting}"))
    listed = "".join(f'<li><i class="key {look}"></i>{words}</li>' for look, words in entries)
    return f'<ul class="legend">{listed}</ul>'


def _stages(series: Series, tongue: Tongue) -> str:
    """What the letters above the bands stand for."""
    listed = "".join(
        f"<li><b>{letter}</b> {tongue.say(stage.label)}"
        f' <span class="soft">{tongue.brief_day(stage.first)} {DASH} {tongue.day(stage.last)}'
        "</span></li>"
        for letter, stage in zip(ascii_uppercase, series.stages, strict=False)
    )
    return f'<ul class="stages">{listed}</ul>' if listed else ""


def _told(series: Series, tongue: Tongue) -> str:
    if series.expected_told is None:
        return ""
    return f'<p class="small soft">{tongue.say(series.expected_told)}</p>'


def _table(series: Series, tongue: Tongue, heading: str) -> str:
    heads = [tongue.both("Pekan mulai", "Week from"), tongue.both("Jumlah", "Number")]
    rows = {each.first: [tongue.in_words(each.amount)] for each in series.weeks}
    if series.expected:
        heads += [tongue.both("Prakiraan", "Forecast"), "50%", "90%"]
        bands = {each.first: _band(each, tongue) for each in series.expected}
        rows = {
            on: rows.get(on, [DASH]) + bands.get(on, [DASH, DASH, DASH])
            for on in sorted({*rows, *bands})
        }
    return table(tongue, heading, heads, [(tongue.day(on), *row) for on, row in rows.items()])


def _band(each: Expected, tongue: Tongue) -> list[str]:
    return [tongue.number(round(each.middle)), tongue.span(*each.half), tongue.span(*each.most)]
