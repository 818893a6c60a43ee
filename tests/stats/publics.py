"""The public forecast of seasons that never were, from totals as they would be published."""

from collections import defaultdict
from datetime import timedelta
from random import Random
from typing import Final

from app.core.places import NATION
from app.stats.rules.disclosure import TOTAL
from app.stats.rules.public_outlook import PublicOutlook, Published, of_provinces, public_outlook
from app.stats.rules.publishing import Asked, disclose
from tests.stats.histories import SEASON, History, Tallies, Tally, World, draw

DAILY: Final = "public, max-age=3600, stale-while-revalidate=86400"
"""What caches are told of what is made once a day."""

OPEN: Final = "nothing withheld"
WITHHELD: Final = "as published"
UNKNOWN: Final = "withheld as unknown"
PROVINCES: Final = "provinces, as published"


def published(history: History) -> Published:
    """Everything there is on that day under disclosure control, shown for the first time."""
    counts = {(code, TOTAL): sum(weeks) for code, weeks in history.recorded.items()}
    parents = {code: code[:2] for code in history.recorded}
    parents |= dict.fromkeys(sorted(set(parents.values())), NATION)
    _, totals = disclose({}, Asked(counts, {}), parents, SEASON.first)
    return {region: each.count for (region, _), each in totals.items()}


def ways(history: History) -> dict[str, Published]:
    """What the public forecast learns from: now, if all were shown, and if it knew nothing."""
    voting = list(history.recorded)
    told = of_provinces(published(history), voting)
    full = {
        code: sum(sum(weeks) for place, weeks in history.recorded.items() if place[:2] == code)
        for code in told
        if code != NATION
    }
    known = {code: each for code, each in told.items() if each is not None and code != NATION}
    return {OPEN: full, WITHHELD: told, UNKNOWN: known}


def foreseen(history: History, told: Published, world: World) -> PublicOutlook:
    as_of = SEASON.first + timedelta(days=history.day)
    return public_outlook(told, history.recorded, SEASON, world.prior, as_of)


def try_public(world: World, histories: int, seed: int) -> Tallies:
    """Foresee so many seasons from published totals alone, and compare with how they went on."""
    chance = Random(seed)  # noqa: S311  chance, not secrets
    tallies: Tallies = defaultdict(Tally)
    for _ in range(histories):
        history = draw(world, chance)
        came = history.coming(history.recorded)
        for way, told in ways(history).items():
            outlook = foreseen(history, told, world)
            tallies[way].note(outlook.rest(NATION), came, chance)
            if way == WITHHELD:
                _note_provinces(outlook, history, tallies, chance)
    return dict(tallies)


def _note_provinces(
    outlook: PublicOutlook, history: History, tallies: Tallies, chance: Random
) -> None:
    for code in sorted(outlook.sizes.keys() - outlook.withheld):
        inside = [each for each in history.recorded if each[:2] == code]
        tallies[PROVINCES].note(outlook.rest(code), history.coming(inside), chance)
