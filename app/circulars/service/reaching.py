"""How the rates of a cascade are shown on the wire."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from app.circulars.models import Circular
from app.circulars.repository.reach import Counted
from app.circulars.rules.cascade import Figures, added_up, rate
from app.circulars.rules.circulars import day_of
from app.circulars.schemas.cascade import (
    ReachCategoryOut,
    ReachFiguresOut,
    ReachLevelOut,
    ReachOut,
)


def show_reach(circular: Circular, counted: Sequence[Counted], now: datetime) -> ReachOut:
    """Level by level, and all of them together."""
    levels = groupby(counted, key=lambda each: each.depth)
    return ReachOut(
        circular_id=circular.id,
        as_of=now,
        today=day_of(now, circular.time_zone),
        total=_shown(added_up(each.figures for each in counted)),
        levels=[_level(depth, list(rows)) for depth, rows in levels],
    )


def _level(depth: int, counted: Sequence[Counted]) -> ReachLevelOut:
    categories = [
        ReachCategoryOut(category=each.category, **dict(_shown(each.figures))) for each in counted
    ]
    figures = _shown(added_up(each.figures for each in counted))
    return ReachLevelOut(depth=depth, categories=categories, **dict(figures))


def _shown(figures: Figures) -> ReachFiguresOut:
    return ReachFiguresOut(
        addressed=figures.addressed,
        acknowledged=figures.acknowledged,
        acknowledged_rate=rate(figures.acknowledged, figures.addressed),
        forwarded=figures.forwarded,
        forwarded_rate=rate(figures.forwarded, figures.addressed),
        obligations=figures.obligations,
        done=figures.done,
        done_rate=rate(figures.done, figures.obligations),
        overdue=figures.overdue,
        overdue_rate=rate(figures.overdue, figures.addressed),
    )
