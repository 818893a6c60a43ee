"""The Form Pencegahan of Bawaslu ("Form Cegah"; domain.md, section 5): what it takes."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from app.core.errors import Conflict, Fault, Invalid
from app.core.texts import Text

MOST_BYTES: Final = 3 * 1024 * 1024
"""Of one file of the form: 3 MB."""

MEDIA_TYPES: Final = frozenset(
    {
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/pdf",
        "image/jpeg",
        "image/png",
    }
)
"""doc, docx, pdf, jpg and png, told by their content."""

DIVISION: Final = r"^[A-Z0-9][A-Z0-9.&-]{0,19}$"


class PreventionFormStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"


class FormFileFault(StrEnum):
    """Why the form does not take a file; it stays with the event all the same."""

    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"


class FormSubmitted(Conflict):
    """It is submitted once, and stands as it was."""

    code = "prevention-form-submitted"
    text = Text(
        "Form Pencegahan kegiatan ini sudah diajukan.", "The form of this event was submitted."
    )


def fault_of(media_type: str, size: int) -> FormFileFault | None:
    """Why the form does not take this file, or None where it does."""
    if media_type not in MEDIA_TYPES:
        return FormFileFault.WRONG_TYPE
    return FormFileFault.TOO_LARGE if size > MOST_BYTES else None


def check_complete(missing: Collection[str]) -> None:
    """Whatever the form asks for is there; a fault for each field that is empty."""
    faults = [
        Fault(f"/{name}", "missing", _MISSING.get(name, _REQUIRED)) for name in sorted(missing)
    ]
    if faults:
        raise Invalid(*faults)


def number_of(sequence: int, division: str, office_code: str, year: int) -> str:
    """As it is printed; only its parts are known to us, so their order is ours."""
    return f"{sequence:03}/{division}/{office_code}/{year}"


_REQUIRED: Final = Text("Form Pencegahan memerlukannya.", "The form needs it.")
_MISSING: Final = {
    "evidence": Text(
        "Perlu paling sedikit satu berkas doc, docx, pdf, jpg, atau png sampai 3 MB di antara"
        " materi kegiatan.",
        "It takes at least one doc, docx, pdf, jpg or png of up to 3 MB among the materials.",
    ),
    "implementers": Text(
        "Sebutkan pelaksana di laporan kegiatan.", "Name the implementers in the activity report."
    ),
}

FORM_STATUSES: Final[Mapping[StrEnum, Text]] = {
    PreventionFormStatus.DRAFT: Text("Rancangan", "Draft"),
    PreventionFormStatus.SUBMITTED: Text("Diajukan", "Submitted"),
}
FORM_FILE_FAULTS: Final[Mapping[StrEnum, Text]] = {
    FormFileFault.TOO_LARGE: Text("Lebih dari 3 MB", "More than 3 MB"),
    FormFileFault.WRONG_TYPE: Text(
        "Bukan doc, docx, pdf, jpg, atau png", "Not a doc, docx, pdf, jpg or png"
    ),
}
