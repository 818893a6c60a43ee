"""The members of the bundle of a case: which part of the contents is which file."""

from collections.abc import Mapping
from typing import Any, Final

from app.referrals.files.bundle import PRINTED, bundle_of, canonical
from app.referrals.files.case_paper import print_case_file
from app.referrals.schemas.case_file import CaseContents

PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "case.json": ("case", "holder", "time_zone", "persons", "requirements"),
    "reports.json": ("reports",),
    "handling.json": ("clarifications", "documents"),
    "decisions.json": ("decisions",),
    "custody.json": ("custody",),
    "referrals.json": ("referrals",),
    "evidence.json": ("evidence",),
    "chronology.json": ("chronology",),
}
# What moves without any deed in the case: the same case gives the same bytes.
_MOVING: Final[Mapping[str, Any]] = {
    "reports": {"__all__": {"report": {"unread_messages", "notice_undeliverable", "version"}}}
}


def members_of(contents: CaseContents) -> dict[str, bytes]:
    """Every JSON file, without the paper."""
    said = contents.model_dump(mode="json", exclude=dict(_MOVING))
    return {name: canonical({part: said[part] for part in parts}) for name, parts in PARTS.items()}


def paper_of(contents: CaseContents) -> bytes:
    return print_case_file(contents, members_of(contents))


def bundled(contents: CaseContents) -> bytes:
    members = members_of(contents)
    return bundle_of({**members, PRINTED: print_case_file(contents, members)})
