"""The materials and photos of an event, and who may see which of them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.errors import Conflict, Fault, Invalid
from app.core.texts import Text


class MaterialKind(StrEnum):
    """The papers of domain.md, section 5, that an event leaves beside its minutes."""

    TERMS_OF_REFERENCE = "terms_of_reference"
    ASSIGNMENT_LETTER = "assignment_letter"
    INVITATION_LETTER = "invitation_letter"
    PRESENTATION = "presentation"
    PHOTO = "photo"
    ATTENDANCE_LIST = "attendance_list"
    JOINT_COMMITMENT = "joint_commitment"
    PRESS_RELEASE = "press_release"
    OTHER = "other"


class Audience(StrEnum):
    """Each sees what the one before it may see as well."""

    PUBLIC = "public"
    INVITED = "invited"
    ORGANISER = "organiser"


SEEN_BY: Final[Mapping[Audience, frozenset[Audience]]] = {
    Audience.PUBLIC: frozenset({Audience.PUBLIC}),
    Audience.INVITED: frozenset({Audience.PUBLIC, Audience.INVITED}),
    Audience.ORGANISER: frozenset(Audience),
}
"""What is shown to whoever stands so near to the event."""


class MaterialListed(Conflict):
    """A file stands once among the materials; to change what is said of it, withdraw it first."""

    code = "material-listed"
    text = Text(
        "Berkas ini sudah ada di daftar materi; tarik dulu bila akan diganti.",
        "This file is among the materials; withdraw it first to replace it.",
    )


def audience_of(*, is_in_sight: bool, is_organiser: bool) -> Audience:
    """How near a reader stands: the officers of the organiser, other offices that see it, all."""
    if not is_in_sight:
        return Audience.PUBLIC
    return Audience.ORGANISER if is_organiser else Audience.INVITED


def check_audience(kind: MaterialKind, audience: Audience) -> None:
    """A signed attendance list shows names, numbers and signatures (UU 27/2022)."""
    if kind is MaterialKind.ATTENDANCE_LIST and audience is not Audience.ORGANISER:
        raise Invalid(
            Fault(
                "/audience",
                "names-persons",
                Text(
                    "Daftar hadir memuat data pribadi; hanya untuk penyelenggara.",
                    "An attendance list holds personal data; it is for the organiser only.",
                ),
            )
        )


MATERIAL_KINDS: Final[Mapping[StrEnum, Text]] = {
    MaterialKind.TERMS_OF_REFERENCE: Text("Kerangka acuan kerja", "Terms of reference"),
    MaterialKind.ASSIGNMENT_LETTER: Text("Surat perintah tugas", "Assignment letter"),
    MaterialKind.INVITATION_LETTER: Text("Surat undangan", "Invitation letter"),
    MaterialKind.PRESENTATION: Text("Paparan narasumber", "Presentation"),
    MaterialKind.PHOTO: Text("Foto kegiatan", "Photo"),
    MaterialKind.ATTENDANCE_LIST: Text("Daftar hadir bertanda tangan", "Signed attendance list"),
    MaterialKind.JOINT_COMMITMENT: Text("Komitmen bersama", "Joint commitment"),
    MaterialKind.PRESS_RELEASE: Text("Siaran pers", "Press release"),
    MaterialKind.OTHER: Text("Lainnya", "Other"),
}
AUDIENCES: Final[Mapping[StrEnum, Text]] = {
    Audience.PUBLIC: Text("Umum", "Everybody"),
    Audience.INVITED: Text("Yang diundang", "The invited"),
    Audience.ORGANISER: Text("Penyelenggara", "The organiser"),
}
