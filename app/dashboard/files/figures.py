"""The main figures: one large number for each unit, and its definition a click away."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from app.dashboard.files.parts import meaning, section
from app.dashboard.rules.pick import Pick
from app.dashboard.rules.tongue import DASH, HIDDEN, Tongue
from app.dashboard.rules.view import Figure, View


def figures_of(view: View, tongue: Tongue) -> str:
    heading = tongue.both("Angka utama", "Main figures")
    return section("figures", heading, _numbers(view.figures, view.pick, tongue), "plain")


def _numbers(figures: Sequence[Figure], pick: Pick, tongue: Tongue) -> str:
    return f'<div class="numbers">{"".join(_number(each, pick, tongue) for each in figures)}</div>'


def _number(figure: Figure, pick: Pick, tongue: Tongue) -> str:
    label = tongue.say(figure.label)
    return (
        f'<article class="number"><h3>{label}</h3>{_amount(figure, tongue)}'
        f"{_until(figure, tongue)}{meaning(figure.told, tongue, label)}</article>"
    )


_WHY: Final = '<p class="what">{}</p>'


def _amount(figure: Figure, tongue: Tongue) -> str:
    if figure.amount is None:
        none = tongue.both("belum ada data", "no data yet")
        return f'<p class="big none" aria-hidden="true">{DASH}</p><p class="what">{none}</p>'
    written = tongue.amount(figure.amount)
    if figure.amount.exact is not None:
        return f'<p class="big">{written}</p>'
    if written == HIDDEN:
        why = tongue.both(
            "tidak berarti nol: kecil, atau ditutup agar yang kecil tidak dapat dihitung",
            "does not mean zero: small, or kept back so that a small one cannot be computed",
        )
        return (
            f'<p class="big told withheld">{tongue.in_words(figure.amount)}</p>{_WHY.format(why)}'
        )
    why = tongue.both(
        "antara dua batas: sebagian dirahasiakan", "between two bounds: partly withheld"
    )
    if figure.amount.at_most is None:
        why = tongue.both("sekurang-kurangnya: sebagian dirahasiakan", "at least: partly withheld")
    return f'<p class="big withheld">{written}</p>{_WHY.format(why)}'


def _until(figure: Figure, tongue: Tongue) -> str:
    if figure.told is None:
        return ""
    # A table of midnight tells of the days before.
    until = tongue.brief_date(figure.told.as_of - timedelta(seconds=1))
    return f'<p class="what">{tongue.both("sampai", "until")} {until}</p>'
