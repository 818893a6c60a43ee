"""The law of declarations: what is signed, by whom, when, and how it is counted."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from app.core.errors import Conflict
from app.core.texts import Text


class Kind(StrEnum):
    PLEDGE = "pledge"
    INTEGRITY_PACT = "integrity_pact"
    JOINT_DECLARATION = "joint_declaration"


class Status(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Group(StrEnum):
    """Who is bound to neutrality, each group by laws and a sanctioning authority of its own.

    An urban village head (lurah) is a civil servant; only village heads are elected.
    """

    ASN_PNS = "asn_pns"
    ASN_PPPK = "asn_pppk"
    ASN_PPPK_PART_TIME = "asn_pppk_part_time"
    NON_ASN = "non_asn"
    TNI = "tni"
    POLRI = "polri"
    VILLAGE_HEAD = "village_head"
    VILLAGE_OFFICIAL = "village_official"
    BPD = "bpd"
    STATE_OFFICIAL = "state_official"
    REGIONAL_OFFICIAL = "regional_official"
    STATE_ENTERPRISE = "state_enterprise"
    ELECTION_ORGANISER = "election_organiser"
    OTHER = "other"


class SignatoryRole(StrEnum):
    SIGNATORY = "signatory"
    REPRESENTATIVE = "representative"
    WITNESS = "witness"


class Method(StrEnum):
    """How the signature was given; only the first two can be given on a phone."""

    CLICK = "click"
    DRAWN = "drawn"
    WET = "wet"
    CERTIFIED = "certified"


# Nine digits were valid before 2007; of an NI PPPK the 13th and 14th digit are no month.
EMPLOYEE_NUMBER = r"^([0-9]{14}[12][0-9]{3}|[0-9]{9})$"

GIVEN_ON_A_PHONE = frozenset({Method.CLICK, Method.DRAWN})

NEXT: Mapping[Status, frozenset[Status]] = {
    Status.PLANNED: frozenset({Status.OPEN, Status.CANCELLED}),
    Status.OPEN: frozenset({Status.CLOSED, Status.CANCELLED}),
    Status.CLOSED: frozenset(),
    Status.CANCELLED: frozenset(),
}

LABELS: Mapping[str, Mapping[StrEnum, Text]] = {
    "declaration_kind": {
        Kind.PLEDGE: Text("Ikrar", "Pledge"),
        Kind.INTEGRITY_PACT: Text("Pakta integritas", "Integrity pact"),
        Kind.JOINT_DECLARATION: Text("Deklarasi bersama", "Joint declaration"),
    },
    "declaration_status": {
        Status.PLANNED: Text("Direncanakan", "Planned"),
        Status.OPEN: Text("Dibuka untuk ditandatangani", "Open for signing"),
        Status.CLOSED: Text("Ditutup", "Closed"),
        Status.CANCELLED: Text("Dibatalkan", "Cancelled"),
    },
    "signer_group": {
        Group.ASN_PNS: Text("PNS", "Permanent civil servant"),
        Group.ASN_PPPK: Text("PPPK", "Contract civil servant"),
        Group.ASN_PPPK_PART_TIME: Text("PPPK paruh waktu", "Part-time contract civil servant"),
        Group.NON_ASN: Text("Pegawai non-ASN", "Staff who are not ASN"),
        Group.TNI: Text("TNI", "Armed forces"),
        Group.POLRI: Text("Polri", "Police"),
        Group.VILLAGE_HEAD: Text("Kepala desa (wali nagari, keuchik, …)", "Village head"),
        Group.VILLAGE_OFFICIAL: Text("Perangkat desa", "Village official"),
        Group.BPD: Text("Anggota BPD", "Member of a village council"),
        Group.STATE_OFFICIAL: Text("Pejabat negara", "State official"),
        Group.REGIONAL_OFFICIAL: Text("Pejabat daerah", "Regional official"),
        Group.STATE_ENTERPRISE: Text("Pejabat BUMN/BUMD", "Official of a state enterprise"),
        Group.ELECTION_ORGANISER: Text("Penyelenggara pemilihan", "Election organiser"),
        Group.OTHER: Text("Lainnya", "Other"),
    },
    "signatory_role": {
        SignatoryRole.SIGNATORY: Text("Penanda tangan", "Signatory"),
        SignatoryRole.REPRESENTATIVE: Text("Wakil penanda tangan", "Representative"),
        SignatoryRole.WITNESS: Text("Saksi", "Witness"),
    },
    "signature_method": {
        Method.CLICK: Text("Persetujuan di layar", "Consent on a screen"),
        Method.DRAWN: Text("Digambar di layar", "Drawn on a screen"),
        Method.WET: Text("Tanda tangan basah", "Wet signature on paper"),
        Method.CERTIFIED: Text("Tanda tangan elektronik tersertifikasi", "Certified e-signature"),
    },
}


class StepRefused(Conflict):
    code = "declaration-step-refused"
    text = Text(
        "Langkah ini tidak mungkin pada status deklarasi sekarang.",
        "The status of the declaration does not allow this step.",
    )


class Fixed(Conflict):
    """What people sign does not change under their hands."""

    code = "declaration-fixed"
    text = Text(
        "Isi deklarasi hanya dapat diubah sebelum dibuka untuk ditandatangani.",
        "The content of a declaration changes only before it opens for signing.",
    )


class NotOpen(Conflict):
    code = "declaration-not-open"
    text = Text(
        "Deklarasi ini tidak sedang dibuka untuk ditandatangani.",
        "This declaration is not open for signing.",
    )


class AlreadySigned(Conflict):
    code = "already-signed"
    text = Text(
        "Orang ini sudah menandatangani deklarasi ini; tanda tangannya dihitung satu kali.",
        "This person has signed this declaration already; the signature counts once.",
    )


def step(now: Status, wanted: Status) -> Status:
    """Return the new status, or refuse the step."""
    if wanted not in NEXT[now]:
        raise StepRefused
    return wanted


def accept_change(now: Status) -> None:
    """Refuse to change what is already being signed, or no longer is."""
    if now is not Status.PLANNED:
        raise Fixed


def accept_signature(now: Status) -> None:
    """Refuse a signature that comes before the opening or after the end."""
    if now is not Status.OPEN:
        raise NotOpen


def is_in_force(valid_from: date, valid_to: date | None, on: date) -> bool:
    return valid_from <= on <= (valid_to or date.max)


def content_hash(content: Mapping[str, object]) -> str:
    """The SHA-256 of a pledge text as canonical JSON: sorted names, no spaces, UTF-8."""
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def person_of(name: str, position: str, office: str, employee_number: str | None) -> str:
    """What tells one signer from another: the NIP, else name, position and office together."""
    # JSON keeps the parts apart: "A B" of C is not "A" of B C.
    parts = [employee_number] if employee_number else [name, position, office]
    return json.dumps(parts, ensure_ascii=False)


@dataclass(frozen=True)
class Counted:
    """How many of one group signed in one role in one regency, and when the last of them did."""

    region_code: str
    region_name: str
    group: Group
    role: SignatoryRole
    number: int
    last_at: datetime


@dataclass(frozen=True)
class RegionTally:
    region_code: str
    region_name: str
    signatures: int
    groups: Mapping[Group, int]


@dataclass(frozen=True)
class Tally:
    """The count of one declaration; witnesses attest to it and are counted apart."""

    signatures: int
    witnesses: int
    as_of: datetime | None
    groups: Mapping[Group, int]
    regions: Sequence[RegionTally]


def tally(rows: Iterable[Counted]) -> Tally:
    """Add up what was counted, by group and by region."""
    everything = sorted(rows, key=_region_of)
    signed = [row for row in everything if row.role is not SignatoryRole.WITNESS]
    return Tally(
        signatures=_sum(signed),
        witnesses=_sum(everything) - _sum(signed),
        as_of=max((row.last_at for row in everything), default=None),
        groups=_by_group(signed),
        regions=[_region(list(here)) for _, here in groupby(signed, key=_region_of)],
    )


def _region_of(row: Counted) -> str:
    return row.region_code


def _region(here: Sequence[Counted]) -> RegionTally:
    return RegionTally(here[0].region_code, here[0].region_name, _sum(here), _by_group(here))


def _by_group(rows: Sequence[Counted]) -> dict[Group, int]:
    numbers: Counter[Group] = Counter()
    for row in rows:
        numbers[row.group] += row.number
    return {group: numbers[group] for group in Group if numbers[group]}


def _sum(rows: Sequence[Counted]) -> int:
    return sum(row.number for row in rows)
