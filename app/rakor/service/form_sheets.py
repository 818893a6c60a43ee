"""Forms Pencegahan as a sheet (RFC 4180): a column for each field, and no formula in a cell."""

import csv
from collections.abc import Iterable, Sequence
from enum import StrEnum
from io import StringIO
from typing import Final

from app.core.sheets import formula_safe
from app.rakor.rules.labels import LABELS
from app.rakor.schemas.prevention_forms import FormPlaceOut, PreventionFormOut

MEDIA_TYPE: Final = "text/csv; charset=utf-8; header=present"
PARTED: Final = " | "
"""Between the parts of a cell that holds several."""

_COLUMNS: Final = (
    "event_id",
    "number",
    "division",
    "office_code",
    "year",
    "office_name",
    "title",
    "implementer_names",
    "implementer_positions",
    "assignment_letter",
    "stage",
    "other_stage",
    "form",
    "form_id",
    "kinds",
    "kinds_id",
    "other_kind",
    "purpose",
    "target_groups",
    "target_groups_id",
    "starts_on",
    "ends_on",
    "province",
    "regency",
    "district",
    "village",
    "venue",
    "description",
    "follow_ups",
    "evidence_files",
    "signed_at",
    "signature_sha256",
    "repository_link",
    "electoral_territory",
    "status",
)


def header() -> bytes:
    return _written([_COLUMNS])


def rows(forms: Iterable[PreventionFormOut]) -> bytes:
    return _written([*_filed(each), *_described(each), *_closed(each)] for each in forms)


def _written(lines: Iterable[Sequence[str]]) -> bytes:
    paper = StringIO()
    writer = csv.writer(paper)
    writer.writerows([formula_safe(value) for value in line] for line in lines)
    return paper.getvalue().encode()


def _filed(form: PreventionFormOut) -> Sequence[str]:
    """Up to what kind of act it was."""
    return (
        str(form.event_id),
        form.number or "",
        form.division or "",
        form.office_code or "",
        str(form.year or ""),
        form.office_name,
        form.title,
        PARTED.join(each.name for each in form.implementers),
        PARTED.join(each.position for each in form.implementers),
        form.assignment_letter or "",
        "tahapan" if form.is_stage else "non-tahapan",
        form.other_stage or "",
        form.form or "",
        _labels("prevention_form", [form.form] if form.form else []),
        PARTED.join(form.kinds),
        _labels("event_kind", form.kinds),
        form.other_kind or "",
    )


def _described(form: PreventionFormOut) -> Sequence[str]:
    return (
        form.purpose,
        PARTED.join(form.target_groups),
        _labels("target_group", form.target_groups),
        form.starts_on.isoformat(),
        form.ends_on.isoformat(),
        *(_place(each) for each in (form.province, form.regency, form.district, form.village)),
        form.venue or "",
        form.description or "",
        PARTED.join(form.follow_ups),
    )


def _closed(form: PreventionFormOut) -> Sequence[str]:
    signature = form.signature
    taken = [each for each in form.files if each.fault is None]
    return (
        PARTED.join(f"{each.title} ({each.media_type}, {each.evidence_id})" for each in taken),
        signature.signed_at.isoformat() if signature else "",
        signature.sha256 if signature else "",
        form.repository_link or "",
        form.electoral_territory or "",
        form.status,
    )


def _place(place: FormPlaceOut | None) -> str:
    return f"{place.code} {place.name}" if place else ""


def _labels(kind: str, codes: Sequence[StrEnum]) -> str:
    return PARTED.join(LABELS[kind][each].id for each in codes)
