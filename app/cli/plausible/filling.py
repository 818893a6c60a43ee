"""What is filled in, piece by piece, each drawn from a seed of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from app.cli.plausible.chance import Chance
from app.cli.plausible.declaring import (
    DeclaringWriter,
    Signed,
    declaring,
    signatures_of,
)
from app.cli.plausible.forwarding import ForwardingWriter
from app.cli.plausible.ground import Ground, weigh
from app.cli.plausible.handling import Dues, HandlingWriter, Timekeeper
from app.cli.plausible.matters import MatterWriter
from app.cli.plausible.preventing import PreventionWriter
from app.cli.plausible.shares import COURSES
from app.cli.plausible.sheets import Sheets
from app.cli.plausible.sizes import Size
from app.cli.plausible.stories import Teller
from app.core.crypto import Keyring

BATCH: Final = 2_000
_ROSTER: Final = 10_000
# A prime: one after the other each area has its turn, and neighbours follow far apart.
_STRIDE: Final = 211
_EVENTS_OF_A_CIRCULAR: Final = 4


class Work(NamedTuple):
    """One kind of thing of one election, from this number to that one, of so many in all."""

    what: str
    course: int
    first: int
    last: int
    of: int


@dataclass(frozen=True)
class Plan:
    """How much is filled in, from which seed."""

    size: Size
    seed: int

    def works(self) -> Iterator[Work]:
        """All pieces, in the order in which things happened."""
        for number in range(len(COURSES)):
            amounts = {
                "matters": (self.size.matters[number], BATCH),
                "signing": (self.size.declarations[number], self._declarations_at_once()),
                "preventing": (self.size.events[number], BATCH),
            }
            for what, (whole, step) in amounts.items():
                for first in range(0, whole, step):
                    yield Work(what, number, first, min(first + step, whole), whole)

    def _declarations_at_once(self) -> int:
        return max(1, _ROSTER // self.size.targets)

    @property
    def signatures(self) -> int:
        return sum(self.size.declarations) * signatures_of(self.size.targets)


class Filler:
    """Makes the rows of pieces; the same seed makes the same ones, whoever makes them."""

    def __init__(self, plan: Plan, ground: Ground, keys: Keyring) -> None:
        self.plan = plan
        self.ground = ground
        self.keys = keys
        self.dues = Dues(ground.law)
        self.weights = {code: weigh(homes, plan.seed) for code, homes in ground.homes.items()}

    def make(self, work: Work) -> Sheets:
        sheets = Sheets()
        chance = Chance(f"{self.plan.seed}/{work.what}/{work.course}/{work.first}")
        make = {"matters": self._tell, "signing": self._sign, "preventing": self._prevent}
        make[work.what](work, sheets, chance)
        return sheets

    def _tell(self, work: Work, sheets: Sheets, chance: Chance) -> None:
        course = COURSES[work.course]
        time = Timekeeper(sheets, chance, self.dues)
        matters = MatterWriter(sheets, chance, self.keys)
        handling = HandlingWriter(sheets, chance, self.keys, time)
        forwarding = ForwardingWriter(sheets, chance, self.keys, time)
        teller = Teller(course, self.weights[course.code], chance)
        for story in teller.tell(work.first, work.last, work.of):
            matters.write(story, handling.write(story))
            forwarding.write(story, self.ground.authorities)

    def _sign(self, work: Work, sheets: Sheets, chance: Chance) -> None:
        course, size = COURSES[work.course], self.plan.size
        homes = declaring(self.ground.homes[course.code])
        before = sum(size.declarations[: work.course])
        writer = DeclaringWriter(sheets, chance, self.keys, self.ground.text)
        for number in range(work.first, work.last):
            wanted = Signed(
                election_code=course.code,
                voting_on=self.ground.voting_on[course.code],
                number=number,
                of=work.of,
                targets=size.targets,
                first_leaf=(before + number) * signatures_of(size.targets),
            )
            writer.write(homes[number * _STRIDE % len(homes)], wanted)

    def _prevent(self, work: Work, sheets: Sheets, chance: Chance) -> None:
        course = COURSES[work.course]
        homes, voting_on = self.ground.homes[course.code], self.ground.voting_on[course.code]
        writer = PreventionWriter(sheets, chance, self.keys)
        for number in range(work.first, work.last):
            home = homes[number * _STRIDE % len(homes)]
            writer.meet(home, course.code, voting_on)
            writer.ask(home, voting_on)
            if number % _EVENTS_OF_A_CIRCULAR == 0:
                writer.circulate(home, number, voting_on)
