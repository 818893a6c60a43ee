"""How busy the public intake of this process is, and how much work it asks for then."""

from collections import OrderedDict
from time import monotonic
from typing import Final

_WINDOW: Final = 60.0

_COSTS: Final = ((8.0, 8_000), (4.0, 4_000), (2.0, 2_000))
_FIRST_COST: Final = 1_000
"""Measured: 256 tries, as many as it takes on average, are 0.06 s on a server core and about a
quarter of a second on a phone; each step doubles it."""

_MOST_USES: Final = 20
"""Requests that one proof opens: enough for a phone that repeats itself on a bad line."""
_ROOM: Final = 10_000


def cost_at(load: float) -> int:
    """Rounds of PBKDF2 in each try, by a load of which 1 is what the intake is meant for."""
    return next((cost for least, cost in _COSTS if load >= least), _FIRST_COST)


class Intake:
    """Counts what was let in during the minute behind, and how often each proof was shown."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._window = 0
        self._before = 0
        self._let_in = 0
        self._uses: OrderedDict[str, int] = OrderedDict()

    def count(self) -> None:
        self._turn(monotonic())
        self._let_in += 1

    def load(self) -> float:
        """The filings of the last minute, of the rate; of the minute before, the part that counts
        falls evenly, so that two numbers do for all of them."""
        now = monotonic()
        self._turn(now)
        passed = now % _WINDOW / _WINDOW
        return (self._before * (1 - passed) + self._let_in) / self._rate

    def accepts(self, proof: str) -> bool:
        """Count one use of a proof; what is not shown again is forgotten first."""
        uses = self._uses.pop(proof, 0) + 1
        self._uses[proof] = uses
        while len(self._uses) > _ROOM:
            self._uses.popitem(last=False)
        return uses <= _MOST_USES

    def _turn(self, now: float) -> None:
        window = int(now // _WINDOW)
        if window != self._window:
            self._before = self._let_in if window == self._window + 1 else 0
            self._window, self._let_in = window, 0
