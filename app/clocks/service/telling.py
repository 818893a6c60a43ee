"""A clock in the words of the contract."""

from app.clocks.models import DeadlineClock
from app.clocks.rules.running import Counted, Explained
from app.clocks.schemas.deadlines import CountedOut, DeadlineOut, TraceOut


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
    return CountedOut(
        at=counted.at,
        cause=counted.cause,
        due_at=counted.due.due_at,
        due_on=counted.due.due_on,
        trace=TraceOut.model_validate(counted.due.trace),
    )
