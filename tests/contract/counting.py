"""What is asked of the live figures, where only some of the drawn words go together."""

from collections.abc import Mapping
from typing import Final

from tests.contract.crew import Crew, Prepare, Values


async def crossed(_: Crew) -> Values:
    """Not every unit knows every dimension, and nothing is crossed with itself."""
    return {"unit": "case", "by": "region", "across": "status"}


LASTING: Final[Mapping[str, Prepare]] = {"read_cross_table": crossed}
