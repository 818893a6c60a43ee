"""How many came so far: whoever came further has passed all steps before."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.stats.rules.quantiles import share
from app.stats.rules.steps import Progress


@dataclass(frozen=True)
class Passed:
    step: Progress
    count: int
    of_step_before: float | None
    of_all: float | None


def passed(furthest: Mapping[str, int]) -> list[Passed]:
    """Add up from the last step to the first what stands furthest at each."""
    steps = list(Progress)
    counts = [sum(furthest.get(each, 0) for each in steps[at:]) for at in range(len(steps))]
    return [
        Passed(step, count, share(count, before) if at else None, share(count, counts[0]))
        for at, (step, count, before) in enumerate(
            zip(steps, counts, [counts[0], *counts], strict=False)
        )
    ]
