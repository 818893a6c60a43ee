"""The activity report as it is printed: which words stand in it, in which order."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from app.certificates.files.typesetting import typeset_apart
from app.certificates.service.press import Press
from app.core.days import day, moment
from app.core.texts import Text
from app.posts.rules.categories import LABELS as POSTS
from app.rakor.rules import papers
from app.rakor.rules.attendance import Presence
from app.rakor.rules.events import Stage
from app.rakor.rules.labels import LABELS
from app.rakor.schemas.reports import (
    ActivityReportOut,
    CategoryPresenceOut,
    ReportFileOut,
    ReportListOut,
)

TEMPLATE: Final = Path(__file__).parent.parent / "data" / "report.typ"
PRESS: Final = Press(at_once=1, most_waiting=15)
_NAMED_ALONE: Final = Text("Lainnya", "Others")
_MEGABYTE: Final = 1024 * 1024


async def print_report(report: ActivityReportOut) -> bytes:
    """The report as PDF, when its turn comes at the press; in a process of its own."""
    words = {"report": json.dumps(report_words(report))}
    return await PRESS.print(partial(typeset_apart, TEMPLATE, words))


def report_words(report: ActivityReportOut) -> dict[str, object]:
    """All words of the report, in Indonesian; the heads have English beside them."""
    return {
        "organiser": report.office_name,
        "title": report.title,
        "is_draft": _is_draft(report),
        "kinds": _joined("event_kind", report),
        "assignment_letter": report.assignment_letter,
        "background": report.background,
        "legal_basis": report.legal_basis,
        "purpose": report.purpose,
        "when": papers.days(report.starts_on, report.ends_on).id,
        "mode": LABELS["event_mode"][report.mode].id,
        "venue": report.venue,
        **_participants(report),
        **_held(report),
        **_agreed(report),
        "closing": report.closing,
        "implementers": [dict(each) for each in report.implementers],
        "files": [_file(each) for each in report.files],
        "lists": [_list(each, report.time_zone) for each in report.attendance_lists],
    }


def _is_draft(report: ActivityReportOut) -> bool:
    """Before the event is reported, and again while a later revision of its minutes waits."""
    is_approved = report.minutes is not None and report.minutes.approved_at is not None
    return report.stage is not Stage.REPORTED or not is_approved


def _participants(report: ActivityReportOut) -> dict[str, object]:
    participants = report.participants
    return {
        "presences": [LABELS["presence"][each].id for each in Presence],
        "categories": [_category(each) for each in participants.categories],
        "totals": _row("Jumlah", participants.invited, participants.totals),
        "walk_ins": participants.walk_ins,
    }


def _held(report: ActivityReportOut) -> dict[str, object]:
    zone = report.time_zone
    return {
        "sessions": [
            {
                "when": _times(each.starts_at, each.ends_at, zone),
                "title": each.title,
                "by": [
                    f"{LABELS['participant_role'][one.role].id}: {one.post}, {one.office_name}"
                    for one in each.contributors
                ],
            }
            for each in report.sessions
        ],
        "course": report.course,
    }


def _agreed(report: ActivityReportOut) -> dict[str, object]:
    minutes = report.minutes
    approved = minutes.approved_at if minutes else None
    return {
        "approved": moment(approved, report.time_zone).id if approved else None,
        "is_minuted": minutes is not None,
        "decisions": [{"number": each.number, "text": each.text} for each in report.decisions],
        "recommendations": [
            {"number": each.number, "text": each.text, "to": each.office_name}
            for each in report.recommendations
        ],
        "follow_ups": [
            {
                "number": str(each.number),
                "action": each.action,
                "office": each.office_name,
                "due": day(each.due_on).id,
                "state": LABELS["event_follow_up_state"][each.state].id,
            }
            for each in report.follow_ups
        ],
    }


def _category(each: CategoryPresenceOut) -> list[str]:
    name = POSTS["post_category"][each.category] if each.category else _NAMED_ALONE
    return _row(name.id, each.invited, each.totals)


def _row(name: str, invited: int, totals: Mapping[Presence, int]) -> list[str]:
    return [name, str(invited), *(str(totals[each]) for each in Presence)]


def _file(file: ReportFileOut) -> str:
    kind = LABELS["material_kind"][file.kind].id
    size = f"{max(file.size / _MEGABYTE, 0.1):.1f}".replace(".", ",")
    return f"{kind}: {file.title} ({size} MB)"


def _list(closed: ReportListOut, zone: str) -> dict[str, str | None]:
    approved = closed.approved_at
    return {
        "number": str(closed.number),
        "sha256": closed.sha256,
        "approved": moment(approved, zone).id if approved else None,
    }


def _times(since: datetime, until: datetime, zone: str) -> str:
    """From when to when; the day is said once, unless a session passes midnight."""
    begin, end = (each.astimezone(ZoneInfo(zone)) for each in (since, until))
    last = "" if begin.date() == end.date() else f"{day(end.date()).id}, "
    return f"{day(begin.date()).id}, {begin:%H.%M} s.d. {last}{end:%H.%M} {end:%Z}"


def _joined(kind: str, report: ActivityReportOut) -> str:
    return ", ".join(LABELS[kind][each].id for each in report.kinds)
