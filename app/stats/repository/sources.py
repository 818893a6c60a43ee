"""Where the things of each unit lie in the tables of the domains below."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Date, SQLColumnExpression, and_, cast, func, select, true
from sqlalchemy import literal_column as verbatim
from sqlalchemy.dialects.postgresql import distinct_on

from app.complaints.models.complaints import Complaint
from app.complaints.rules.procedure import Kind
from app.declarations.models.declarations import Declaration, Signature
from app.declarations.rules.kinds import SignatoryRole, SignatureState
from app.rakor.models.events import Event
from app.rakor.models.presence import CheckIn
from app.rakor.rules.attendance import Direction
from app.stats.rules.periods import WIB, Period, midnight
from app.stats.rules.units import (
    BROUGHT,
    COUNTED_COMPLAINTS,
    COUNTED_DECLARATIONS,
    COUNTED_EVENTS,
    Dimension,
    Unit,
)

During = Callable[[Period], ColumnElement[bool]]


@dataclass(frozen=True)
class Source:
    """Where the things of one unit lie: each row is one thing."""

    region_code: SQLColumnExpression[str]
    day: SQLColumnExpression[date]
    during: During
    counted: ColumnElement[bool] = field(default_factory=true)
    codes: Mapping[Dimension, SQLColumnExpression[str]] = field(default_factory=dict)


def _local_day(moment: SQLColumnExpression[datetime]) -> SQLColumnExpression[date]:
    return cast(moment.op("AT TIME ZONE")(verbatim(f"'{WIB}'")), Date)


def _by_moment(moment: SQLColumnExpression[datetime]) -> During:
    """Compare moments, not days: an index on them can be used."""

    def during(period: Period) -> ColumnElement[bool]:
        conditions: list[ColumnElement[bool]] = [true()]
        if period.since is not None:
            conditions.append(moment >= midnight(period.since))
        if period.until is not None:
            conditions.append(moment < midnight(period.until + timedelta(days=1)))
        return and_(*conditions)

    return during


def _by_day(day: SQLColumnExpression[date]) -> During:
    def during(period: Period) -> ColumnElement[bool]:
        return day.between(period.since or date.min, period.until or date.max)

    return during


def _complaints(*kinds: Kind) -> Source:
    return Source(
        region_code=Complaint.region_code,
        day=_local_day(Complaint.submitted_at),
        during=_by_moment(Complaint.submitted_at),
        counted=and_(
            Complaint.status.in_(COUNTED_COMPLAINTS),
            Complaint.kind.in_(kinds),
        ),
        codes={
            Dimension.STATUS: Complaint.status,
            Dimension.KIND: Complaint.kind,
            Dimension.CHANNEL: Complaint.channel,
        },
    )


def _attendance() -> Source:
    """The first check-in of each invitation, or uninvited office and post, at each event."""
    visitor = (CheckIn.invitation_id, CheckIn.office_name, CheckIn.post)
    place = (CheckIn.region_id, CheckIn.region_code, CheckIn.event_id)
    first = (
        select(CheckIn.region_code, CheckIn.mode, CheckIn.captured_at)
        .where(CheckIn.direction == Direction.IN)
        .ext(distinct_on(*place, *visitor))
        .order_by(*place, *visitor, CheckIn.captured_at, CheckIn.id)
        .subquery()
    )
    return Source(
        region_code=first.c.region_code,
        day=_local_day(first.c.captured_at),
        during=_by_moment(first.c.captured_at),
        codes={Dimension.CHANNEL: first.c.mode},
    )


SOURCES: Final[Mapping[Unit, Source]] = {
    Unit.COMPLAINT: _complaints(*BROUGHT),
    Unit.REPORT: _complaints(Kind.REPORT),
    Unit.INITIAL_INFORMATION: _complaints(Kind.INITIAL_INFORMATION),
    Unit.FINDING: _complaints(Kind.FINDING),
    Unit.DECLARATION: Source(
        region_code=Declaration.region_code,
        day=Declaration.held_on,
        during=_by_day(Declaration.held_on),
        counted=Declaration.status.in_(COUNTED_DECLARATIONS),
        codes={Dimension.STATUS: Declaration.status, Dimension.KIND: Declaration.kind},
    ),
    Unit.SIGNATURE: Source(
        region_code=Signature.region_code,
        day=_local_day(Signature.recorded_at),
        during=_by_moment(Signature.recorded_at),
        counted=and_(
            Signature.role != SignatoryRole.WITNESS, Signature.state == SignatureState.VALID
        ),
        codes={Dimension.KIND: Signature.group, Dimension.CHANNEL: Signature.method},
    ),
    Unit.EVENT: Source(
        region_code=Event.region_code,
        day=Event.starts_on,
        during=_by_day(Event.starts_on),
        counted=Event.stage.in_(COUNTED_EVENTS),
        codes={
            Dimension.STATUS: Event.stage,
            Dimension.KIND: func.jsonb_array_elements_text(Event.kinds),
            Dimension.CHANNEL: Event.mode,
        },
    ),
    Unit.ATTENDANCE: _attendance(),
}
