"""A list of complaints as a sheet (RFC 4180): nothing of any person, and no formula in a cell."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Final
from uuid import UUID

from app.complaints.models.complaints import Complaint
from app.complaints.rules.labels import CHANNELS, KINDS, STATUSES
from app.core.sheets import formula_safe

MEDIA_TYPE: Final = "text/csv; charset=utf-8; header=present"

_COLUMNS: Final = (
    "id",
    "region_code",
    "kind",
    "kind_id",
    "channel",
    "channel_id",
    "status",
    "status_id",
    "office_name",
    "election_code",
    "occurred_on",
    "known_on",
    "submitted_at",
    "officially_received_at",
    "next_due_on",
    "filed_late",
    "reported_count",
    "summary",
)


def header() -> bytes:
    return _written([_COLUMNS])


def rows(complaints: Iterable[Complaint], office_names: Mapping[UUID, str]) -> bytes:
    return _written(_row(each, office_names[each.office_id]) for each in complaints)


def _written(lines: Iterable[Iterable[str | int]]) -> bytes:
    paper = StringIO()
    writer = csv.writer(paper)
    writer.writerows([formula_safe(value) for value in line] for line in lines)
    return paper.getvalue().encode()


def _row(complaint: Complaint, office_name: str) -> tuple[str | int, ...]:
    return (
        str(complaint.id),
        complaint.region_code,
        complaint.kind,
        KINDS[complaint.kind].id,
        complaint.channel,
        CHANNELS[complaint.channel].id,
        complaint.status,
        STATUSES[complaint.status].id,
        office_name,
        complaint.election_code or "",
        complaint.occurred_on.isoformat(),
        complaint.known_on.isoformat(),
        complaint.submitted_at.isoformat(),
        complaint.officially_received_at.isoformat(),
        complaint.next_due_on.isoformat() if complaint.next_due_on else "",
        str(complaint.filed_late).lower(),
        complaint.reported_count,
        complaint.summary or "",
    )
