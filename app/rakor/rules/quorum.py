"""When enough of those invited are there for what is decided to count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from app.core.errors import RuleBroken
from app.core.texts import Text
from app.rakor.rules.attendance import Presence

C = TypeVar("C", bound=StrEnum)

COUNTED: Final = frozenset({Presence.PRESENT, Presence.REPRESENTED})
"""A deputy makes up the quorum as the head does."""
_WHOLE: Final = 100


class QuorumUnit(StrEnum):
    PERCENT = "percent"
    NUMBER = "number"


@dataclass(frozen=True)
class QuorumRule(Generic[C]):
    """So many of a category, or so many hundredths of those of it who were invited."""

    category: C
    at_least: int
    unit: QuorumUnit


@dataclass(frozen=True)
class Standing(Generic[C]):
    """How one rule stands."""

    rule: QuorumRule[C]
    invited: int
    came: int
    needed: int

    @property
    def is_reached(self) -> bool:
        return self.came >= self.needed


def needed(at_least: int, unit: QuorumUnit, invited: int) -> int:
    """How many it takes: a share is rounded up, and nobody at all is never enough."""
    if unit is QuorumUnit.NUMBER:
        return at_least
    return max(1, -(-at_least * invited // _WHOLE))


def stand(
    rules: Iterable[QuorumRule[C]], presences: Mapping[C, Sequence[Presence]]
) -> list[Standing[C]]:
    """Hold each rule against those of its category who were invited."""
    return [_standing(each, presences.get(each.category, ())) for each in rules]


def check_rules(rules: Sequence[tuple[str, int, QuorumUnit]]) -> None:
    """Each category has one rule, and there are no more than all."""
    categories = [category for category, _, _ in rules]
    too_much = any(unit is QuorumUnit.PERCENT and many > _WHOLE for _, many, unit in rules)
    if too_much or len(set(categories)) != len(categories):
        raise RuleBroken(
            "quorum-rules",
            Text(
                "Satu aturan untuk tiap kategori, paling banyak 100 persen.",
                "One rule for each category, of at most 100 percent.",
            ),
        )


def _standing(rule: QuorumRule[C], presences: Sequence[Presence]) -> Standing[C]:
    came = sum(each in COUNTED for each in presences)
    enough = needed(rule.at_least, rule.unit, len(presences))
    return Standing(rule, len(presences), came, enough)
