"""What the codes of the clocks mean, for readers."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.clocks.rules.calendars import HolidayKind
from app.clocks.rules.counting import Mark
from app.clocks.rules.norms import (
    Breach,
    Confidence,
    OnTransfer,
    RollOver,
    StartEvent,
    Step,
    StopReason,
    Unit,
)
from app.clocks.rules.reminding import ReminderKind
from app.clocks.rules.running import Cause, Outcome
from app.core.texts import Text

LABELS: Final[dict[str, Mapping[StrEnum, Text]]] = {
    "deadline_step": {
        Step.FILE_REPORT: Text("Penyampaian laporan", "Filing of the report"),
        Step.ISSUE_RECEIPT: Text("Tanda bukti penyampaian laporan", "Receipt of the report"),
        Step.INITIAL_REVIEW: Text("Kajian awal", "Initial review"),
        Step.COMPLETION: Text("Perbaikan laporan", "Completion of the report"),
        Step.REGISTRATION: Text("Registrasi", "Registration"),
        Step.HANDLING: Text("Penanganan: klarifikasi dan kajian", "Clarification and study"),
        Step.TRACING: Text("Penelusuran informasi awal", "Tracing of initial information"),
        Step.TRANSFER_ANSWER: Text("Jawaban atas pelimpahan", "Answer to an offered case"),
        Step.STATUS_NOTICE: Text("Pemberitahuan status laporan", "Status notice"),
        Step.ANNOUNCEMENT: Text("Pengumuman status laporan", "Public announcement"),
        Step.FORWARDING: Text("Penerusan", "Forwarding"),
        Step.FIRST_DISCUSSION: Text("Pembahasan pertama Gakkumdu", "First discussion"),
        Step.SECOND_DISCUSSION: Text("Pembahasan kedua Gakkumdu", "Second discussion"),
        Step.INVESTIGATION: Text("Penyidikan", "Investigation by the police"),
        Step.PROSECUTOR_RETURN: Text(
            "Pengembalian berkas oleh jaksa", "Return of the file by the prosecutor"
        ),
        Step.POLICE_RESUBMISSION: Text(
            "Penyerahan kembali berkas oleh penyidik", "Resubmission of the file by the police"
        ),
        Step.SUBMISSION_TO_COURT: Text(
            "Pelimpahan ke pengadilan negeri", "Submission to the district court"
        ),
        Step.VERDICT: Text("Putusan pengadilan negeri", "Verdict of the district court"),
        Step.APPEAL: Text("Permohonan banding", "Appeal"),
        Step.APPEAL_VERDICT: Text("Putusan pengadilan tinggi", "Verdict of the high court"),
        Step.JOINT_VERIFICATION: Text("Verifikasi bersama Satgas", "Joint verification"),
        Step.BAWASLU_VALIDATION: Text(
            "Kajian, verifikasi, dan validasi Bawaslu", "Validation by Bawaslu"
        ),
        Step.STAFFING_AUTHORITY_RESPONSE: Text(
            "Tindak lanjut Pejabat Pembina Kepegawaian", "Response of the staffing authority"
        ),
    },
    "deadline_start": {
        StartEvent.KNOWN: Text("Sejak diketahui atau ditemukan", "Known or found"),
        StartEvent.RECEIVED: Text("Sejak diterima secara resmi", "Officially received"),
        StartEvent.COMPLETENESS_NOTIFIED: Text(
            "Sejak pemberitahuan kelengkapan laporan", "Told what is missing"
        ),
        StartEvent.COMPLETED: Text("Sejak laporan lengkap", "Report complete"),
        StartEvent.REGISTERED: Text("Sejak diregistrasi", "Registered"),
        StartEvent.TRANSFERRED: Text("Sejak dilimpahkan", "Offered to another office"),
        StartEvent.DECIDED: Text("Sejak diputuskan rapat pleno", "Decided in plenary"),
        StartEvent.FORWARDED: Text("Sejak diteruskan", "Forwarded"),
        StartEvent.ACKNOWLEDGED: Text("Sejak tanda terima", "Acknowledged"),
        StartEvent.ENTERED_IN_SBT: Text("Sejak masuk SBT", "Entered in SBT"),
        StartEvent.VERIFIED: Text("Sejak verifikasi bersama", "Verified jointly"),
        StartEvent.INVESTIGATION_ORDERED: Text(
            "Sejak diteruskan ke penyidikan", "Sent on to investigation"
        ),
        StartEvent.FILE_SUBMITTED: Text("Sejak berkas diserahkan", "File submitted"),
        StartEvent.FILE_RETURNED: Text("Sejak berkas dikembalikan", "File returned"),
        StartEvent.FILE_COMPLETE: Text("Sejak berkas lengkap", "File complete"),
        StartEvent.SUBMITTED_TO_COURT: Text("Sejak dilimpahkan ke pengadilan", "Sent to court"),
        StartEvent.VERDICT_GIVEN: Text("Sejak putusan dibacakan", "Verdict given"),
        StartEvent.APPEALED: Text("Sejak permohonan banding diterima", "Appeal received"),
    },
    "deadline_unit": {
        Unit.HOUR: Text("Jam", "Hour"),
        Unit.CALENDAR_DAY: Text("Hari kalender", "Calendar day"),
        Unit.WORKING_DAY: Text("Hari kerja", "Working day"),
    },
    "deadline_roll_over": {
        RollOver.NONE: Text("Tidak bergeser", "Does not move"),
        RollOver.NEXT_WORKING_DAY: Text("Ke hari kerja berikutnya", "To the next working day"),
    },
    "deadline_stop": {
        StopReason.WAITING_FOR_REPORTER: Text("Menunggu pelapor", "Waiting for the reporter"),
    },
    "deadline_on_transfer": {
        OnTransfer.CONTINUE: Text("Berlanjut", "Continues"),
        OnTransfer.RESTART: Text("Dimulai lagi", "Starts again"),
    },
    "deadline_breach": {
        Breach.NOT_REGISTERED: Text("Laporan tidak diregistrasi", "The report is not registered"),
        Breach.RIGHT_LAPSES: Text("Hak menjadi gugur", "The right lapses"),
        Breach.OFFER_LAPSES: Text("Tawaran berakhir", "The offer lapses"),
        Breach.CONTROL_ACTION: Text(
            "Tindakan pengendalian BKN: teguran atau blokir data",
            "Control action of BKN: reprimand or block of data",
        ),
        Breach.ESCALATION: Text("Masuk daftar eskalasi", "Goes on the escalation list"),
        Breach.UNSETTLED: Text("Akibat belum ditetapkan", "No effect that we know of"),
    },
    "confidence": {
        Confidence.PRIMARY: Text("Dari naskah peraturan", "Read in the law itself"),
        Confidence.SECONDARY: Text("Dari sumber kedua", "From a second source"),
        Confidence.KNOWN: Text("Dari praktik, tanpa sumber", "Known practice, no source at hand"),
        Confidence.UNVERIFIED: Text("Belum diverifikasi", "Not verified"),
    },
    "holiday_kind": {
        HolidayKind.NATIONAL_HOLIDAY: Text("Hari libur nasional", "National holiday"),
        HolidayKind.JOINT_LEAVE: Text("Cuti bersama", "Joint leave"),
    },
    "deadline_mark": {
        Mark.COUNTED: Text("Dihitung", "Counted"),
        Mark.START_DAY: Text("Hari mulai", "Starting day"),
        Mark.WEEKEND: Text("Akhir pekan", "Weekend"),
        Mark.NATIONAL_HOLIDAY: Text("Hari libur nasional", "National holiday"),
        Mark.JOINT_LEAVE: Text("Cuti bersama", "Joint leave"),
        Mark.STOPPED: Text("Berhenti", "Stopped"),
        Mark.ROLLED_OVER: Text("Bergeser", "Moved on"),
    },
    "clock_outcome": {
        Outcome.MET: Text("Tepat waktu", "In time"),
        Outcome.MISSED: Text("Terlambat", "Missed"),
        Outcome.CANCELLED: Text("Tidak diperlukan lagi", "No longer needed"),
    },
    "clock_cause": {
        Cause.STARTED: Text("Dimulai", "Started"),
        Cause.RESUMED: Text("Dilanjutkan", "Resumed"),
        Cause.EXTENDED: Text("Diperpanjang", "Extended"),
        Cause.MOVED: Text("Pindah kantor", "Handed over"),
        Cause.RECOUNTED: Text("Dihitung ulang", "Counted again"),
    },
    "reminder_kind": {
        ReminderKind.BEFORE: Text("Sebelum tenggat", "Before it is due"),
        ReminderKind.AT: Text("Saat tenggat", "When it is due"),
        ReminderKind.AFTER: Text("Setelah tenggat", "When it is late"),
    },
}
