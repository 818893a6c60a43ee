"""Who acts, and what a role may do."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Permission(StrEnum):
    """What a door can ask for; machine clients name them as OAuth2 scopes."""

    READ_COMPLAINTS = "complaints:read"
    HANDLE_COMPLAINTS = "complaints:handle"
    ENTER_COMPLAINTS = "complaints:enter"
    FOLLOW_COMPLAINT = "receipt:follow"
    FOLLOW_CONSULTATION = "receipt:consult"
    UPLOAD_EVIDENCE = "evidence:upload"
    OPEN_EVIDENCE = "evidence:open"
    HOLD_EVIDENCE = "evidence:hold"
    REQUEST_IDENTITY = "identity:request"
    DECIDE_IDENTITY = "identity:decide"
    READ_CASES = "cases:read"
    HANDLE_CASES = "cases:handle"
    DECIDE_CASES = "cases:decide"
    FORWARD_CASES = "cases:forward"
    READ_REFERRALS = "referrals:read"
    ANSWER_REFERRALS = "referrals:answer"
    READ_DECLARATIONS = "declarations:read"
    MANAGE_DECLARATIONS = "declarations:manage"
    COLLECT_SIGNATURES = "signatures:collect"
    READ_EVENTS = "events:read"
    MANAGE_EVENTS = "events:manage"
    APPROVE_MINUTES = "minutes:approve"
    REPORT_FOLLOW_UPS = "follow-ups:report"
    RECORD_CHECK_INS = "check-ins:record"
    READ_CIRCULARS = "circulars:read"
    MANAGE_CIRCULARS = "circulars:manage"
    READ_CONSULTATIONS = "consultations:read"
    ANSWER_CONSULTATIONS = "consultations:answer"
    READ_PREVENTION = "prevention:read"
    READ_STATISTICS = "stats:read"
    READ_CLOCKS = "clocks:read"
    READ_REMINDERS = "reminders:read"
    MANAGE_CLOCKS = "clocks:manage"
    READ_OFFICES = "offices:read"
    MANAGE_OFFICES = "offices:manage"
    MANAGE_OFFICERS = "officers:manage"
    MANAGE_CLIENTS = "clients:manage"
    READ_JOURNAL = "journal:read"
    USE_ACCOUNT = "account:use"


class Role(StrEnum):
    """The roles of domain.md, section 7, that hold an account, and the custodian of identities."""

    DUTY_OFFICER = "duty_officer"
    HANDLER = "handler"
    MEMBER = "member"
    CUSTODIAN = "custodian"
    SECRETARIAT = "secretariat"
    PREVENTION_STAFF = "prevention_staff"
    GAKKUMDU_POLICE = "gakkumdu_police"
    GAKKUMDU_PROSECUTOR = "gakkumdu_prosecutor"
    BKN_AUDITOR = "bkn_auditor"
    PPK_OFFICER = "ppk_officer"
    KEMENDAGRI = "kemendagri"
    AUDITOR = "auditor"
    ADMIN = "admin"


_ANY_OFFICER = frozenset({Permission.USE_ACCOUNT, Permission.READ_OFFICES, Permission.READ_CLOCKS})
_FIGURES = frozenset({Permission.READ_STATISTICS})
_DESK = frozenset(
    {
        Permission.READ_COMPLAINTS,
        Permission.HANDLE_COMPLAINTS,
        Permission.ENTER_COMPLAINTS,
        Permission.UPLOAD_EVIDENCE,
    }
)
_INQUIRY = frozenset({Permission.OPEN_EVIDENCE, Permission.REQUEST_IDENTITY})
_CASES_READ = frozenset(
    {Permission.READ_CASES, Permission.READ_REFERRALS, Permission.READ_REMINDERS}
)
_CASES = _CASES_READ | {Permission.HANDLE_CASES}
# Offices of Bawaslu are addressees too, and record what other authorities answer on paper.
_PLENARY = frozenset(
    {Permission.DECIDE_CASES, Permission.FORWARD_CASES, Permission.ANSWER_REFERRALS}
)
_REFERRED = frozenset(
    {Permission.READ_REFERRALS, Permission.ANSWER_REFERRALS, Permission.READ_REMINDERS}
)
_PREVENTION_READ = frozenset(
    {
        Permission.READ_DECLARATIONS,
        Permission.READ_EVENTS,
        Permission.READ_CIRCULARS,
        Permission.READ_PREVENTION,
    }
)
_PREVENTION = _PREVENTION_READ | {
    Permission.MANAGE_DECLARATIONS,
    Permission.COLLECT_SIGNATURES,
    # Only to declarations, events and circulars: the kind of the thing decides what.
    Permission.UPLOAD_EVIDENCE,
    Permission.MANAGE_EVENTS,
    Permission.REPORT_FOLLOW_UPS,
    Permission.RECORD_CHECK_INS,
    Permission.MANAGE_CIRCULARS,
    Permission.READ_CONSULTATIONS,
    Permission.ANSWER_CONSULTATIONS,
}
_ACCOUNTS = frozenset(
    {Permission.MANAGE_OFFICES, Permission.MANAGE_OFFICERS, Permission.MANAGE_CLIENTS}
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.DUTY_OFFICER: _ANY_OFFICER | _DESK | _CASES_READ,
    Role.HANDLER: _ANY_OFFICER | _DESK | _INQUIRY | _CASES | _FIGURES,
    Role.MEMBER: _ANY_OFFICER
    | _DESK
    | _INQUIRY
    | _CASES
    | _PLENARY
    | _FIGURES
    | _PREVENTION_READ
    | {Permission.HOLD_EVIDENCE, Permission.APPROVE_MINUTES},
    Role.CUSTODIAN: _ANY_OFFICER | {Permission.DECIDE_IDENTITY},
    Role.SECRETARIAT: _ANY_OFFICER | _FIGURES | _PREVENTION,
    Role.PREVENTION_STAFF: _ANY_OFFICER | _FIGURES | _PREVENTION,
    Role.GAKKUMDU_POLICE: _ANY_OFFICER | _REFERRED,
    Role.GAKKUMDU_PROSECUTOR: _ANY_OFFICER | _REFERRED,
    Role.BKN_AUDITOR: _ANY_OFFICER | _REFERRED,
    # Of uploads only proofs of what its own office did: the kind of the thing decides what.
    Role.PPK_OFFICER: _ANY_OFFICER
    | _PREVENTION_READ
    | _REFERRED
    | {Permission.REPORT_FOLLOW_UPS, Permission.UPLOAD_EVIDENCE},
    Role.KEMENDAGRI: _ANY_OFFICER | _REFERRED,
    Role.AUDITOR: _ANY_OFFICER | _FIGURES | {Permission.READ_JOURNAL},
    Role.ADMIN: _ANY_OFFICER | _ACCOUNTS | {Permission.MANAGE_CLOCKS},
}

SCOPES = frozenset(
    {
        Permission.READ_COMPLAINTS,
        Permission.READ_REFERRALS,
        Permission.ANSWER_REFERRALS,
        Permission.READ_DECLARATIONS,
        Permission.READ_EVENTS,
        Permission.READ_CIRCULARS,
        Permission.READ_PREVENTION,
        Permission.READ_STATISTICS,
        Permission.READ_CLOCKS,
        Permission.READ_OFFICES,
        Permission.READ_JOURNAL,
        Permission.USE_ACCOUNT,
    }
)
"""What a machine client can be given: to read, and to answer what was forwarded to its agency."""


class ActorKind(StrEnum):
    PUBLIC = "public"
    RECEIPT = "receipt"
    OFFICER = "officer"
    CLIENT = "client"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """The person or system behind a request.

    `area` is the prefix of the region codes it oversees ("" is the whole country, None nothing),
    `subject_id` the one thing that a receipt opens.
    """

    kind: ActorKind
    id: UUID | None = None
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    area: str | None = None
    office_id: UUID | None = None
    subject_id: UUID | None = None
    must_change_password: bool = False

    def may(self, permission: Permission) -> bool:
        if self.must_change_password:
            return permission is Permission.USE_ACCOUNT
        return permission in self.permissions

    @property
    def subject(self) -> UUID:
        """The one thing a receipt opens; only a receipt has it."""
        if self.subject_id is None:
            raise ValueError("This actor holds no receipt.")
        return self.subject_id

    def named(self) -> str:
        """The caller as one word, for fingerprints and rate limits."""
        return f"{self.kind}:{self.id or ''}"


PUBLIC = Actor(ActorKind.PUBLIC)
SYSTEM = Actor(ActorKind.SYSTEM, permissions=frozenset(Permission), area="")
