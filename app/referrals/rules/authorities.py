"""Who is competent for what was found, on which day (domain.md 1.6 and 2.1)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.cases.rules.decisions import Category, SubjectGroup
from app.clocks.rules.norms import Confidence
from app.core.errors import Fault, Invalid
from app.core.texts import Text
from app.offices.rules import OfficeKind

AUTHORITY_CODE: Final = r"^[a-z]+(-[a-z]+)*$"


class Flow(StrEnum):
    """Which procedure follows where a matter was forwarded to.

    `asn_oversight` verifies and relays to the staffing authority; `staffing_authority` decides
    itself; `enforcement` goes by the stages of Sentra Gakkumdu; all others say how it ended.
    """

    ASN_OVERSIGHT = "asn_oversight"
    STAFFING_AUTHORITY = "staffing_authority"
    ENFORCEMENT = "enforcement"
    OTHER = "other"


class Instrument(StrEnum):
    """What a matter is forwarded by; for administrative violations MK 104/PUU-XXIII/2025 made a
    binding decision of the recommendation."""

    FORWARDING = "forwarding"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"


@dataclass(frozen=True, kw_only=True)
class Authority:
    """One version of an authority; `groups` are the persons whom it is competent for, none means
    all, and `valid_to` is its last day."""

    code: str
    version: int
    name_id: str
    name_en: str
    flow: Flow
    instrument: Instrument
    categories: tuple[Category, ...]
    groups: tuple[SubjectGroup, ...]
    office_kind: OfficeKind
    source: str
    confidence: Confidence
    valid_from: date
    valid_to: date | None

    def is_in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def is_competent(self, category: Category, groups: Collection[SubjectGroup]) -> bool:
        """For this category, and for every one of these groups."""
        return category in self.categories and (not self.groups or set(groups) <= {*self.groups})


def competent(
    authorities: Iterable[Authority],
    category: Category,
    on: date,
    groups: Collection[SubjectGroup] = (),
) -> list[Authority]:
    """Who is competent on a day for a category and the groups of persons, in order of code."""
    found = (each for each in authorities if each.is_in_force(on))
    mine = [each for each in found if each.is_competent(category, groups)]
    return sorted(mine, key=lambda each: each.code)


def chosen(
    authorities: Sequence[Authority],
    code: str,
    category: Category,
    on: date,
    groups: Collection[SubjectGroup],
) -> Authority:
    """The authority with this code where it is competent; a refusal says who is."""
    found = competent(authorities, category, on, groups)
    for each in found:
        if each.code == code:
            return each
    raise Invalid(Fault("/authority", "not-competent", _who_is(found)))


def _who_is(found: Sequence[Authority]) -> Text:
    if not found:
        return Text(
            "Tidak ada satu instansi yang berwenang atas kategori dan semua orang ini pada hari"
            " itu; teruskan per kelompok.",
            "No single authority is competent for this category and all these persons on that"
            " day; forward them group by group.",
        )
    codes = ", ".join(each.code for each in found)
    return Text(
        f"Instansi ini tidak berwenang pada hari itu. Yang berwenang: {codes}.",
        f"This authority is not competent on that day. Competent are: {codes}.",
    )


FLOWS: Final[Mapping[StrEnum, Text]] = {
    Flow.ASN_OVERSIGHT: Text(
        "Pengawas ASN meneruskan ke PPK", "ASN oversight relays to the staffing authority"
    ),
    Flow.STAFFING_AUTHORITY: Text("PPK memutuskan", "The staffing authority decides"),
    Flow.ENFORCEMENT: Text("Tahapan Sentra Gakkumdu", "Stages of Sentra Gakkumdu"),
    Flow.OTHER: Text("Instansi melaporkan hasilnya", "The authority reports the result"),
}
INSTRUMENTS: Final[Mapping[StrEnum, Text]] = {
    Instrument.FORWARDING: Text("Penerusan", "Forwarding"),
    Instrument.RECOMMENDATION: Text("Rekomendasi", "Recommendation"),
    Instrument.DECISION: Text("Putusan yang mengikat", "Binding decision"),
}
