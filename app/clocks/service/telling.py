"""A clock in the words of the contract."""

from app.clocks.models import DeadlineClock
from app.clocks.rules.running import Counted, Explained
from app.clocks.schemas.counting import DueOut
from app.clocks.schemas.deadlines import CountedOut, DeadlineOut


def told(clock: DeadlineClock, explained: Explained) -> DeadlineOut:
    return DeadlineOut(
        id=clock.id,
        step=clock.step,
        office_id=clock.office_id,
        started_at=clock.started_at,
        stopped_at=clock.stopped_at,
        extended_at=clock.extended_at,
        ended_at=clock.ended_at,
        outcome=clock.outcome,
        present=_count(explained.present),
        earlier=[_count(each) for each in explained.older],
    )


def _count(counted: Counted) -> CountedOut:
    due = DueOut.model_validate(counted.due)
    return CountedOut(at=counted.at, cause=counted.cause, **dict(due))
