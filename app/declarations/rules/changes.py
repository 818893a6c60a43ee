"""What becomes of a signature after it was given: withdrawn, checked, invalidated, reinstated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.errors import Conflict
from app.core.texts import Text
from app.declarations.rules.certified import IN_A_DOCUMENT
from app.declarations.rules.kinds import Check, Method, SignatureState
from app.declarations.rules.tickets import SignatureInvalidated, SignatureWithdrawn


class Change(StrEnum):
    """What was done to a signature; the first three have a leaf of their own in the log."""

    WITHDRAWN = "withdrawn"
    INVALIDATED = "invalidated"
    REINSTATED = "reinstated"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class WithdrawalReason(StrEnum):
    """What a signer says of it, who need not say anything."""

    MISTAKE = "mistake"
    CHANGED_MIND = "changed_mind"
    PRESSURED = "pressured"
    NOT_ME = "not_me"
    OTHER = "other"


class Rule(StrEnum):
    """Why a signature does not count."""

    SAME_PERSON_ELSEWHERE = "same_person_elsewhere"
    OUTSIDE_OPENING = "outside_opening"
    TARGET_REMOVED = "target_removed"
    PAPER_AND_ELECTRONIC = "paper_and_electronic"
    REJECTED_BY_ORGANISER = "rejected_by_organiser"
    TARGET_HAS_COME = "target_has_come"


SOUGHT: Final = frozenset(Rule) - {Rule.REJECTED_BY_ORGANISER, Rule.TARGET_HAS_COME}
"""The rules by which signatures are sought; the others are about one of them."""

SOURCES: Final[Mapping[Rule, Text]] = {
    Rule.SAME_PERSON_ELSEWHERE: Text(
        "Satu orang dihitung satu kali dalam satu deklarasi; yang tercatat paling awal tetap sah,"
        " tetapi yang belum diperiksa didahului oleh yang lain. Saksi dan wakil boleh hadir di"
        " beberapa daerah.",
        "One person counts once in a declaration; the earliest in the log stays valid, but one that"
        " waits for its check comes after the others. Witnesses and representatives may stand in"
        " several regions.",
    ),
    Rule.OUTSIDE_OPENING: Text(
        "Tanda tangan diberikan selama deklarasi dibuka; jam perangkat yang menyebut waktu lain"
        " diragukan.",
        "A signature is given while the declaration is open; the clock of a device that says"
        " otherwise is in doubt.",
    ),
    Rule.TARGET_REMOVED: Text(
        "Tanda tangan melalui tautan pribadi hanya sah bagi orang yang ada di daftar.",
        "A signature by a personal link stands only for who is on the roster.",
    ),
    Rule.PAPER_AND_ELECTRONIC: Text(
        "Orang yang menandatangani di kertas dan secara elektronik dihitung satu kali; yang"
        " tercatat paling awal tetap sah.",
        "Who signed on paper and electronically counts once; the earliest in the log stays valid.",
    ),
    Rule.REJECTED_BY_ORGANISER: Text(
        "Penyelenggara memeriksa siapa yang menandatangani.",
        "The organiser checks who it was that signed.",
    ),
    Rule.TARGET_HAS_COME: Text(
        "Orang di daftar menandatangani sendiri; nama yang sama yang belum diperiksa tidak"
        " menghalanginya.",
        "Who is on the roster signs in person; the same name, which nobody has checked, does not"
        " stand in the way.",
    ),
}


class OnlyByTicket(Conflict):
    code = "open-link-closed"
    text = Text(
        "Deklarasi ini hanya ditandatangani melalui tautan pribadi atau di tempat.",
        "This declaration is signed by personal links or on the spot only.",
    )


class NothingToCheck(Conflict):
    code = "check-not-needed"
    text = Text(
        "Tanda tangan ini tidak menunggu pemeriksaan penyelenggara.",
        "This signature does not wait for the organiser.",
    )


class TargetHasSigned(Conflict):
    code = "target-stands-already"
    text = Text(
        "Orang di daftar ini sudah menandatangani dengan cara lain.",
        "This person of the roster has signed in another way already.",
    )


class NotInvalidated(Conflict):
    code = "signature-not-invalidated"
    text = Text(
        "Tanda tangan ini tidak sedang dinyatakan tidak sah.",
        "This signature is not invalidated.",
    )


class NotSigned(Conflict):
    code = "not-signed-yet"
    text = Text(
        "Pemegang tautan ini belum menandatangani.", "The holder of this link has not signed yet."
    )


class SetChanged(Conflict):
    code = "invalidation-set-changed"
    text = Text(
        "Tanda tangan yang ditemukan sudah berubah sejak pratinjau; buat pratinjau baru.",
        "What is found has changed since the preview; make a new one.",
    )


class KeysInRotation(Conflict):
    code = "index-keys-in-rotation"
    text = Text(
        "Kunci indeks sedang diganti, sehingga orang yang sama belum tentu dikenali; ulangi setelah"
        " penggantian selesai.",
        "The index key is being replaced, and the same person may not be recognised; repeat this"
        " after the rotation.",
    )


class AlreadyApplied(Conflict):
    code = "invalidation-applied"
    text = Text("Pratinjau ini sudah diterapkan.", "This preview was applied already.")


class NotApplied(Conflict):
    code = "invalidation-not-applied"
    text = Text("Pratinjau ini belum diterapkan.", "This preview was not applied.")


class AlreadyReversed(Conflict):
    code = "invalidation-reversed"
    text = Text("Pembatalan ini sudah dipulihkan.", "This invalidation was reversed already.")


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why something was done to signatures; `reason` is free text, sealed before it is kept."""

    rule: Rule | None = None
    why: WithdrawalReason | None = None
    reason: str | None = None
    invalidation_id: UUID | None = None


STATE_AFTER: Final[Mapping[Change, SignatureState]] = {
    Change.WITHDRAWN: SignatureState.WITHDRAWN,
    Change.INVALIDATED: SignatureState.INVALIDATED,
    Change.REINSTATED: SignatureState.VALID,
}


def accept_approval(
    applied_at: datetime | None, reinstated: int, reversed_at: datetime | None
) -> None:
    """Refuse what was applied wholly, or is being taken back."""
    if reinstated or reversed_at is not None:
        raise AlreadyReversed
    if applied_at is not None:
        raise AlreadyApplied


def accept_reversal(
    applied_at: datetime | None, invalidated: int, reversed_at: datetime | None
) -> None:
    """Refuse what was not applied, not even in part, or was taken back wholly."""
    if applied_at is None and not invalidated:
        raise NotApplied
    if reversed_at is not None:
        raise AlreadyReversed


def accept_withdrawal(state: SignatureState) -> None:
    """Refuse for who does not count anyway; a withdrawal is repeated without harm."""
    if state is SignatureState.INVALIDATED:
        raise SignatureInvalidated


def accept_valid(state: SignatureState) -> None:
    """Refuse to confirm what does not count."""
    if state is SignatureState.WITHDRAWN:
        raise SignatureWithdrawn
    if state is SignatureState.INVALIDATED:
        raise SignatureInvalidated


def accept_reinstatement(state: SignatureState) -> None:
    if state is not SignatureState.INVALIDATED:
        raise NotInvalidated


def check_again(method: Method, stands_for: UUID | None) -> Check:
    """How a rejected signature is reinstated: it waits, unless a check has said for whom it stands;
    of a document whoever brought it said so."""
    was_checked = stands_for is not None and method not in IN_A_DOCUMENT
    return Check.CONFIRMED if was_checked else Check.WAITING


def accept_confirmation(check: Check, wanted: UUID | None) -> None:
    """Refuse what was rejected and has to be reinstated first, and what needs no check, unless it
    is said for whom it stands."""
    if check is Check.REJECTED or (check is Check.NOT_NEEDED and wanted is None):
        raise NothingToCheck


def accept_beside(method: Method, others: Iterable[Method]) -> None:
    """Refuse a target who has signed, unless a sheet is one of both: that pair a rule finds."""
    methods = set(others)
    if methods and Method.WET not in methods | {method}:
        raise TargetHasSigned


def accept_stand_in(now: UUID | None, wanted: UUID | None) -> None:
    """Refuse to let a signature stand for somebody else than before: it is rejected instead."""
    if now not in (None, wanted):
        raise NothingToCheck
