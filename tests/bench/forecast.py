"""Whether the bands of the forecast hold what they promise, in worlds as assumed and in others."""

from random import Random
from time import perf_counter
from typing import Final

from app.stats.rules.negbin import SHARES
from tests.stats.histories import Tallies, World, draw, foreseen, try_bands
from tests.stats.publics import PROVINCES, WITHHELD, try_public
from tests.stats.reality import verdicts

SEED: Final = 20241127
ALLOWED: Final = 0.05
PUBLIC: Final = 5
"""Of a world with a given day and rate, so many times fewer histories tell the bias."""

ASSUMED: Final = {"cases": World(), "persons, in bundles of two": World(bundle=2.0)}
OTHERS: Final = {
    "the future deviates twice as far": World(drift=0.6),
    "delays double within the season": World(slowing=2.0),
    "acts heed no profile": World(flat=True),
}
DRAWN: Final = "drawn"
PUBLIC_WORLDS: Final = {
    DRAWN: World(),
    "1 April, 0.4": World(rate=0.4, day=98),
    "1 April, 0.8": World(rate=0.8, day=98),
    "1 June, 0.8": World(rate=0.8, day=159),
    "1 August, 0.4": World(rate=0.4, day=220),
}


def bench(histories: int) -> None:
    """Print a table for each world; only in those as assumed must the bands hold."""
    worst = 0.0
    for name, world in ASSUMED.items():
        worst = max(worst, _show(name, try_bands(world, histories, SEED)))
    print(f"worst deviation as assumed: {worst:.3f} (allowed {ALLOWED})")  # noqa: T201
    for name, world in OTHERS.items():
        _show(name, try_bands(world, histories, SEED))
    worst = max(worst, _show_public(histories))
    _show_reality()
    _time()
    assert worst <= ALLOWED


def _show(name: str, tallies: Tallies) -> float:
    """Of each kind of forecast: how many, the two bands fairly told, and as plain hits."""
    worst = 0.0
    print(f"\n{name}")  # noqa: T201
    print("| what | forecasts | 50 % | 90 % | 50 % plain | 90 % plain |")  # noqa: T201
    for what, tally in tallies.items():
        half, most, *plain = tally.shares()
        worst = max(worst, abs(half - SHARES[0]), abs(most - SHARES[1]))
        cells = " | ".join(f"{100 * each:.1f}" for each in (half, most, *plain))
        print(f"| {what} | {tally.number} | {cells} |")  # noqa: T201
    return worst


def _show_public(histories: int) -> float:
    """The nation, foreseen from published totals; where all is drawn the bands must hold."""
    worst = 0.0
    print("\n| day, rate | learnt from | came | expected | 50 % | 90 % |")  # noqa: T201
    for name, world in PUBLIC_WORLDS.items():
        number = histories if name == DRAWN else histories // PUBLIC
        for way, tally in try_public(world, number, SEED).items():
            half, most, *_ = tally.shares()
            sums = f"{tally.came / tally.number:.0f} | {tally.expected / tally.number:.0f}"
            print(f"| {name} | {way} | {sums} | {100 * half:.1f} | {100 * most:.1f} |")  # noqa: T201
            if name == DRAWN and way in (WITHHELD, PROVINCES):
                worst = max(worst, abs(half - SHARES[0]), abs(most - SHARES[1]))
    return worst


def _show_reality() -> None:
    """From one published snapshot to the next."""
    print("\n| from | known | expected | 50 % | 90 % | came | held by |")  # noqa: T201
    for each in verdicts():
        half, most = (f"{band.low} to {band.high}" for band in each.bands)
        print(  # noqa: T201
            f"| {each.question.name} | {each.known} | {each.expected:.0f} | {half} | {most} |"
            f" {each.came} | {each.held} |"
        )


def _time() -> None:
    """One country: learning, and all its weeks."""
    history = draw(World(), Random(SEED))  # noqa: S311
    begun = perf_counter()
    prospect = foreseen(history, World())
    learnt = perf_counter()
    for code in prospect.seasons:
        for week in range(prospect.season.weeks):
            prospect.week([code], week).more.bands()
    done = perf_counter()
    print(  # noqa: T201
        f"\nlearning from 532 regions: {learnt - begun:.3f} s;"
        f" all their weeks with bands: {done - learnt:.3f} s"
    )
