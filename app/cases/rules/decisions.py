"""What a plenary can decide, who sits in it, and to whom each category goes."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.cases.rules.states import State
from app.core.texts import Text
from app.regions.rules import Level


class Result(StrEnum):
    VIOLATION = "violation"
    NOT_VIOLATION = "not_violation"
    DISCONTINUED = "discontinued"


class Category(StrEnum):
    """What kind of violation it is, by which the addressee is found (domain.md 1.6)."""

    ADMINISTRATIVE = "administrative"
    ADMINISTRATIVE_TSM = "administrative_tsm"
    CRIMINAL = "criminal"
    ORGANISER_ETHICS = "organiser_ethics"
    OTHER_LAW = "other_law"


class SubjectGroup(StrEnum):
    """Which law binds the reported person."""

    PNS = "pns"
    PPPK = "pppk"
    PPPK_PART_TIME = "pppk_part_time"
    NON_ASN = "non_asn"
    TNI = "tni"
    POLRI = "polri"
    VILLAGE_HEAD = "village_head"
    VILLAGE_OFFICIAL = "village_official"
    VILLAGE_COUNCIL = "village_council"
    STATE_OFFICIAL = "state_official"
    REGIONAL_OFFICIAL = "regional_official"
    STATE_COMPANY = "state_company"
    ELECTION_ORGANISER = "election_organiser"
    OTHER = "other"


class PositionGroup(StrEnum):
    """Which post the reported person holds; of two that fit, the narrower (domain.md 7)."""

    HIGH_LEADERSHIP = "high_leadership"
    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"
    SUBDISTRICT_HEAD = "subdistrict_head"
    URBAN_VILLAGE_HEAD = "urban_village_head"
    SCHOOL_HEAD = "school_head"
    TEACHER = "teacher"
    FUNCTIONAL = "functional"
    EXECUTOR = "executor"
    OTHER = "other"


STATE_OF: Final[Mapping[Result, State]] = {
    Result.VIOLATION: State.VIOLATION,
    Result.NOT_VIOLATION: State.NOT_VIOLATION,
    Result.DISCONTINUED: State.DISCONTINUED,
}

# Members of a plenary: RI 5, provinces 5 to 7, regencies and cities 3 to 5, districts 3
# (domain.md, 7). More than half of those the office has must be present (our policy: the
# regulation's article is not verified), so at least a majority of the smallest size.
MEMBERS: Final[Mapping[Level, tuple[int, int]]] = {
    Level.NATION: (5, 5),
    Level.PROVINCE: (5, 7),
    Level.REGENCY: (3, 5),
    Level.CITY: (3, 5),
    Level.DISTRICT: (3, 3),
}


def has_quorum(members: int, present: int) -> bool:
    """Whether more than half of the members of the office are present."""
    return members > 0 and present * 2 > members


RESULTS: Final[Mapping[StrEnum, Text]] = {
    Result.VIOLATION: Text("Pelanggaran", "Violation"),
    Result.NOT_VIOLATION: Text("Bukan pelanggaran", "No violation"),
    Result.DISCONTINUED: Text("Dihentikan", "Discontinued"),
}
CATEGORIES: Final[Mapping[StrEnum, Text]] = {
    Category.ADMINISTRATIVE: Text(
        "Pelanggaran administrasi pemilihan", "Administrative violation of the election"
    ),
    Category.ADMINISTRATIVE_TSM: Text(
        "Pelanggaran administrasi terstruktur, sistematis, dan masif",
        "Structured, systematic and massive administrative violation",
    ),
    Category.CRIMINAL: Text("Tindak pidana pemilihan", "Election crime"),
    Category.ORGANISER_ETHICS: Text(
        "Pelanggaran kode etik penyelenggara", "Breach of the organisers' code of ethics"
    ),
    Category.OTHER_LAW: Text(
        "Pelanggaran peraturan perundang-undangan lainnya", "Violation of another law"
    ),
}
SUBJECT_GROUPS: Final[Mapping[StrEnum, Text]] = {
    SubjectGroup.PNS: Text("PNS", "Civil servant (PNS)"),
    SubjectGroup.PPPK: Text("PPPK", "Contract civil servant (PPPK)"),
    SubjectGroup.PPPK_PART_TIME: Text("PPPK paruh waktu", "Part-time PPPK"),
    SubjectGroup.NON_ASN: Text("Pegawai non-ASN", "Staff outside the civil service"),
    SubjectGroup.TNI: Text("Anggota TNI", "Member of the armed forces"),
    SubjectGroup.POLRI: Text("Anggota Polri", "Member of the police"),
    SubjectGroup.VILLAGE_HEAD: Text("Kepala desa", "Village head"),
    SubjectGroup.VILLAGE_OFFICIAL: Text("Perangkat desa", "Village official"),
    SubjectGroup.VILLAGE_COUNCIL: Text("Anggota BPD", "Member of a village council"),
    SubjectGroup.STATE_OFFICIAL: Text("Pejabat negara", "State official"),
    SubjectGroup.REGIONAL_OFFICIAL: Text("Pejabat daerah", "Regional official"),
    SubjectGroup.STATE_COMPANY: Text("Pejabat BUMN/BUMD", "Official of a state company"),
    SubjectGroup.ELECTION_ORGANISER: Text("Penyelenggara pemilihan", "Election organiser"),
    SubjectGroup.OTHER: Text("Lainnya", "Other"),
}
POSITION_GROUPS: Final[Mapping[StrEnum, Text]] = {
    PositionGroup.HIGH_LEADERSHIP: Text("Pimpinan tinggi (JPT)", "High leadership (JPT)"),
    PositionGroup.ADMINISTRATOR: Text("Administrator", "Administrator"),
    PositionGroup.SUPERVISOR: Text("Pengawas", "Supervisor"),
    PositionGroup.SUBDISTRICT_HEAD: Text("Camat", "Head of a subdistrict (camat)"),
    PositionGroup.URBAN_VILLAGE_HEAD: Text("Lurah", "Head of an urban village (lurah)"),
    PositionGroup.SCHOOL_HEAD: Text("Kepala sekolah", "Head of a school"),
    PositionGroup.TEACHER: Text("Guru", "Teacher"),
    PositionGroup.FUNCTIONAL: Text("Fungsional lainnya", "Other functional post"),
    PositionGroup.EXECUTOR: Text("Pelaksana", "Executor"),
    PositionGroup.OTHER: Text("Lainnya", "Other"),
}
