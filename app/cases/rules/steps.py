"""What can be done with a case, by name."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.texts import Text


class StepName(StrEnum):
    """What can be done with a case; the journal writes `case.` and this word."""

    JOIN_REPORT = "join_report"
    SEPARATE_REPORT = "separate_report"
    NAME_PERSON = "name_person"
    CHECK_REQUIREMENTS = "check_requirements"
    REQUEST_COMPLETION = "request_completion"
    RESUME_REVIEW = "resume_review"
    REGISTER = "register"
    REFUSE_REGISTRATION = "refuse_registration"
    CONVERT_TO_INFORMATION = "convert_to_information"
    ADOPT_FINDING = "adopt_finding"
    CLOSE_TRACING = "close_tracing"
    INVITE = "invite"
    HOLD_CLARIFICATION = "hold_clarification"
    WRITE_STUDY = "write_study"
    EXTEND = "extend"
    CLASSIFY = "classify"
    DECIDE = "decide"
    ISSUE_NOTICE = "issue_notice"
    ANNOUNCE = "announce"
    OFFER_TRANSFER = "offer_transfer"
    ACCEPT_TRANSFER = "accept_transfer"
    REJECT_TRANSFER = "reject_transfer"
    RETRACT_TRANSFER = "retract_transfer"
    TAKE_OVER = "take_over"
    FORWARD = "forward"
    RECORD_FOLLOW_UP = "record_follow_up"
    CLOSE = "close"


STEPS: Final[Mapping[StrEnum, Text]] = {
    StepName.JOIN_REPORT: Text("Gabungkan laporan", "Join a report"),
    StepName.SEPARATE_REPORT: Text("Pisahkan laporan", "Separate a report"),
    StepName.NAME_PERSON: Text("Sebutkan terlapor", "Name a reported person"),
    StepName.CHECK_REQUIREMENTS: Text(
        "Periksa syarat formal dan materiel", "Check the formal and material requirements"
    ),
    StepName.REQUEST_COMPLETION: Text("Minta perbaikan laporan", "Ask for completion"),
    StepName.RESUME_REVIEW: Text("Lanjutkan kajian awal", "Resume the initial review"),
    StepName.REGISTER: Text("Registrasi", "Register"),
    StepName.REFUSE_REGISTRATION: Text("Tidak registrasi", "Refuse registration"),
    StepName.CONVERT_TO_INFORMATION: Text(
        "Jadikan informasi awal", "Convert to initial information"
    ),
    StepName.ADOPT_FINDING: Text("Tetapkan sebagai temuan", "Adopt as a finding"),
    StepName.CLOSE_TRACING: Text("Akhiri penelusuran", "Close the tracing"),
    StepName.INVITE: Text("Undang klarifikasi", "Invite to a clarification"),
    StepName.HOLD_CLARIFICATION: Text("Catat klarifikasi", "Record a clarification"),
    StepName.WRITE_STUDY: Text("Tulis kajian", "Write the study"),
    StepName.EXTEND: Text("Perpanjang waktu penanganan", "Extend the handling"),
    StepName.CLASSIFY: Text("Tentukan jenis pelanggaran", "Classify the act"),
    StepName.DECIDE: Text("Putuskan dalam rapat pleno", "Decide in a plenary"),
    StepName.ISSUE_NOTICE: Text("Beritahukan status laporan", "Issue the status notice"),
    StepName.ANNOUNCE: Text("Umumkan status", "Announce the status"),
    StepName.OFFER_TRANSFER: Text("Limpahkan", "Offer for transfer"),
    StepName.ACCEPT_TRANSFER: Text("Terima pelimpahan", "Accept the transfer"),
    StepName.REJECT_TRANSFER: Text("Tolak pelimpahan", "Reject the transfer"),
    StepName.RETRACT_TRANSFER: Text("Tarik kembali pelimpahan", "Take the offer back"),
    StepName.TAKE_OVER: Text("Ambil alih", "Take over"),
    StepName.FORWARD: Text("Teruskan ke instansi berwenang", "Forward to the authority"),
    StepName.RECORD_FOLLOW_UP: Text("Catat tindak lanjut", "Record the follow-up"),
    StepName.CLOSE: Text("Tutup perkara", "Close the case"),
}
