"""The law of what a reporter does after filing: adding to a complaint, and taking it back."""

from datetime import datetime
from typing import Final

from app.complaints.rules.procedure import Kind
from app.core.errors import Conflict, RuleBroken
from app.core.texts import Text

MOST_SUPPLEMENTS: Final = 30
LONGEST_REASON: Final = 4_000

WITHDRAWN: Final = Text("Ditarik oleh pelapor", "Withdrawn by the reporter")
AFTER_WITHDRAWAL: Final = Text(
    "Anda telah menarik laporan ini. Penarikan tidak selalu menghentikan penanganan: pengawas dapat"
    " melanjutkannya sebagai temuan. Kode tanda terima tetap berlaku, dan Anda masih dapat membaca"
    " perkembangan serta menulis kepada kantor pengawas.",
    "You have withdrawn this report. That does not always end its handling: supervisors may go on"
    " with it as a finding. The receipt code stays valid, and you can still read what happens and"
    " write to the office.",
)


class AlreadyWithdrawn(Conflict):
    """What was taken back cannot be taken back again."""

    code = "already-withdrawn"
    text = Text("Laporan ini sudah Anda tarik.", "You have withdrawn this report already.")


class NotWithdrawable(Conflict):
    """A finding is the office's own: nobody can take it back for the office."""

    code = "not-withdrawable"
    text = Text(
        "Temuan pengawas tidak dapat ditarik dengan tanda terima.",
        "A finding of the supervisors cannot be withdrawn by its receipt.",
    )


class TooManySupplements(Conflict):
    """A complaint grows only so far; what was sent before can still be repeated."""

    code = "too-many-supplements"
    text = Text(
        f"Sudah ada {MOST_SUPPLEMENTS} kelengkapan pada laporan ini; tulislah pesan kepada kantor"
        " pengawas.",
        f"This report has {MOST_SUPPLEMENTS} supplements already; write a message to the office.",
    )


def withdraw(withdrawn_at: datetime | None, now: datetime) -> datetime:
    """Return the moment of the withdrawal, or refuse a second one.

    The status stays as it is: a withdrawn report need not stop the case, the office can go on with
    it as a finding (domain.md, 1.5), and whether it does is a step of its own, taken by officers.
    """
    if withdrawn_at is not None:
        raise AlreadyWithdrawn
    return now


def check_withdrawable(kind: Kind) -> None:
    if kind is Kind.FINDING:
        raise NotWithdrawable


def check_room(supplements: int) -> None:
    if supplements >= MOST_SUPPLEMENTS:
        raise TooManySupplements


def check_content(*, has_any: bool) -> None:
    if not has_any:
        raise RuleBroken(
            "empty-supplement",
            Text(
                "Isi sedikitnya satu: uraian, terlapor, saksi, atau keterangan bukti.",
                "Give at least one: an account, reported persons, witnesses, or evidence notes.",
            ),
        )
