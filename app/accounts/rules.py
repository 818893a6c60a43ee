"""Who may hold which role in which office, and what a machine client can be given."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.core.actors import SCOPES, Permission, Role
from app.core.texts import Text
from app.offices.rules import OfficeKind

OLD_SECRET_LIVES: Final = timedelta(hours=24)
"""After a rotation, so that the other system can change over without a gap."""

LONGEST_CLIENT: Final = timedelta(days=366)

_OF_BAWASLU: Final = frozenset(
    {
        Role.DUTY_OFFICER,
        Role.HANDLER,
        Role.MEMBER,
        Role.CUSTODIAN,
        Role.SECRETARIAT,
        Role.PREVENTION_STAFF,
        Role.AUDITOR,
        Role.ADMIN,
    }
)

ROLES: Final[dict[OfficeKind, frozenset[Role]]] = {
    OfficeKind.BAWASLU: _OF_BAWASLU,
    OfficeKind.BKN: frozenset({Role.BKN_AUDITOR}),
    OfficeKind.GAKKUMDU: frozenset({Role.GAKKUMDU_POLICE, Role.GAKKUMDU_PROSECUTOR}),
    OfficeKind.KEMENDAGRI: frozenset({Role.KEMENDAGRI}),
    OfficeKind.PERSONNEL_AGENCY: frozenset({Role.PPK_OFFICER}),
    # The law gives these no part in the procedure yet (domain.md, 7): they come as clients only.
    OfficeKind.KPU: frozenset(),
    OfficeKind.OTHER: frozenset(),
}

LABELS: Final[dict[StrEnum, Text]] = {
    Role.DUTY_OFFICER: Text("Petugas penerima laporan", "Duty officer"),
    Role.HANDLER: Text("Staf penanganan pelanggaran", "Handler of violations"),
    Role.MEMBER: Text("Anggota (peserta pleno)", "Member of the plenary"),
    Role.CUSTODIAN: Text("Penjaga identitas pelapor", "Custodian of reporters' identities"),
    Role.SECRETARIAT: Text("Sekretariat", "Secretariat"),
    Role.PREVENTION_STAFF: Text("Staf pencegahan", "Prevention staff"),
    Role.GAKKUMDU_POLICE: Text("Penyidik Gakkumdu", "Police officer of Gakkumdu"),
    Role.GAKKUMDU_PROSECUTOR: Text("Jaksa Gakkumdu", "Prosecutor of Gakkumdu"),
    Role.BKN_AUDITOR: Text("Auditor manajemen ASN BKN", "Auditor of BKN"),
    Role.PPK_OFFICER: Text("Petugas BKD/BKPSDM", "Officer of a personnel agency"),
    Role.KEMENDAGRI: Text("Petugas Kemendagri", "Officer of the ministry of home affairs"),
    Role.AUDITOR: Text("Auditor", "Auditor"),
    Role.ADMIN: Text("Admin", "Administrator"),
}


def may_hold(role: Role, kind: OfficeKind) -> bool:
    return role in ROLES[kind]


def may_be_given(scopes: Iterable[Permission]) -> bool:
    return SCOPES.issuperset(scopes)


def may_last_until(expires_at: datetime, now: datetime) -> bool:
    return now < expires_at <= now + LONGEST_CLIENT
