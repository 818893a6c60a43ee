"""`make bench`: filing beside a no-op, the desk over a million complaints, the work list over a
million cases, a late decree, the doors of a national meeting, the national hour, the rules over a
million signatures, a circular to every village, what the offices of the largest province did to
prevent and still owe, every figure over a nation, and whether the forecast's bands hold.

One web process; the load comes from this process on the same machine, so absolute figures are
aims and the ratios are what counts. Every pair is measured in turns, A B A B.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from tests.bench import (
    cascade,
    cases,
    clocks,
    desk,
    doors,
    figures,
    filing,
    forecast,
    matrix,
    rules,
    rush,
    signing,
)

PARTS: Final = (
    "filing",
    "desk",
    "cases",
    "clocks",
    "doors",
    "signing",
    "rush",
    "rules",
    "cascade",
    "matrix",
    "figures",
    "forecast",
)


def main() -> None:
    asked = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("part", nargs="?", choices=PARTS, help="only this one")
    asked.add_argument("--complaints", type=int, default=1_000_000, help="for the desk")
    asked.add_argument("--cases", type=int, default=1_000_000, help="for the work list")
    asked.add_argument("--clocks", type=int, default=100_000, help="open ones, for a late decree")
    asked.add_argument("--targets", type=int, default=600_000, help="on the roster, for signing")
    asked.add_argument("--seconds", type=float, default=60, help="for signing, in all")
    asked.add_argument("--connections", type=int, default=384, help="of phones, for signing")
    asked.add_argument("--rush", type=int, default=200_000, help="who sign amid kills")
    asked.add_argument("--rows", type=int, default=1_000_000, help="signatures, for the rules")
    asked.add_argument("--histories", type=int, default=1_000, help="seasons, for the forecast")
    asked.add_argument("--country", action="store_true", help="everybody signs, in the lane only")
    asked.add_argument("--size", default="national", help="for the figures, as of netra demo")
    asked.add_argument("--filled", type=Path, help="for the figures: what netra demo has filled")
    wanted = asked.parse_args()
    for name in [wanted.part] if wanted.part else PARTS:
        _bench(name, wanted)


def _bench(name: str, wanted: Namespace) -> None:
    sized: dict[str, tuple[Callable[[int], None], int]] = {
        "desk": (desk.bench, wanted.complaints),
        "cases": (cases.bench, wanted.cases),
        "clocks": (clocks.bench, wanted.clocks),
        "rush": (rush.bench, wanted.rush),
        "rules": (rules.bench, wanted.rows),
        "forecast": (forecast.bench, wanted.histories),
    }
    unsized: dict[str, Callable[[], None]] = {
        "filing": filing.bench,
        "doors": doors.bench,
        "cascade": cascade.bench,
        "matrix": matrix.bench,
        "figures": partial(figures.bench, wanted.size, wanted.filled),
    }
    if name in sized:
        bench, number = sized[name]
        bench(number)
    elif name in unsized:
        unsized[name]()
    else:
        _sign(wanted)


def _sign(wanted: Namespace) -> None:
    if wanted.country:
        signing.bench_country(wanted.connections)
    else:
        signing.bench(wanted.targets, wanted.seconds, wanted.connections)


if __name__ == "__main__":
    main()
