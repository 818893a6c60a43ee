"""Between the rows of the database and what the rules count."""

from typing import Any

from app.stats.models.figures import FigureFact
from app.stats.repository.sources.shape import LISTS
from app.stats.rules.facts import Told
from app.stats.rules.stages import Stages
from app.stats.rules.units import Unit


def told(unit: Unit, row: Any, stages: Stages) -> Told:
    """What a row of a source is told apart by."""
    stage = stages.on(row.election_code, row.region_code, row.day)
    return _made({**row._mapping, "unit": unit, "stage": stage})


def signatures_told(row: Any) -> Told:
    """What a number of signatures is told apart by."""
    empty: dict[str, Any] = dict.fromkeys(Told._fields, "") | dict.fromkeys(LISTS, ())
    codes = {"unit": Unit.SIGNATURE, "kind": (str(row.kind),), "channel": str(row.channel)}
    return _made({**empty, **row._mapping, **codes})


def kept(fact: FigureFact) -> Told:
    """What a fact was told apart by."""
    return _made({name: getattr(fact, name) for name in Told._fields})


def columns_of(told: Told) -> dict[str, Any]:
    return told._asdict() | {name: list(getattr(told, name)) for name in LISTS}


def _made(values: dict[str, Any]) -> Told:
    lists = {name: tuple(values[name]) for name in LISTS}
    return Told._make((values | lists)[name] for name in Told._fields)
