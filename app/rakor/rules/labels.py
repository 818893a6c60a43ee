"""How the codes of this domain are called."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.texts import Text
from app.rakor.rules.attendance import (
    Answer,
    AttendanceMode,
    AttendanceProof,
    Direction,
    InvitationSeat,
    Presence,
)
from app.rakor.rules.events import EventKind, Level, Mode, ParticipantRole, Stage, TargetGroup
from app.rakor.rules.faults import ScanFault
from app.rakor.rules.followups import FOLLOW_UP_STATES
from app.rakor.rules.mails import MAIL_KINDS, MAIL_STATES
from app.rakor.rules.materials import AUDIENCES, MATERIAL_KINDS
from app.rakor.rules.plans import PreventionForm
from app.rakor.rules.prevention_forms import FORM_FILE_FAULTS, FORM_STATUSES
from app.rakor.rules.quorum import QuorumUnit

LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "event_kind": {
        EventKind.RAKORNAS: Text("Rapat koordinasi nasional", "National coordination meeting"),
        EventKind.RAKOR: Text("Rapat koordinasi", "Coordination meeting"),
        EventKind.OUTREACH: Text("Sosialisasi", "Outreach"),
        EventKind.DECLARATION: Text("Deklarasi", "Declaration"),
        EventKind.TECHNICAL_TRAINING: Text("Bimbingan teknis", "Technical training"),
        EventKind.ROLL_CALL: Text("Apel siaga", "Roll call"),
        EventKind.FOCUS_GROUP: Text("Diskusi kelompok terpumpun", "Focus group discussion"),
        EventKind.CITIZENS_FORUM: Text("Forum warga", "Citizens' forum"),
        EventKind.AUDIENCE: Text("Audiensi", "Audience"),
        EventKind.PATROL: Text("Patroli pengawasan", "Supervision patrol"),
        EventKind.OTHER: Text("Lainnya", "Other"),
    },
    "event_level": {
        Level.NATIONAL: Text("Nasional", "National"),
        Level.PROVINCE: Text("Provinsi", "Province"),
        Level.REGENCY: Text("Kabupaten/kota", "Regency or city"),
        Level.DISTRICT: Text("Kecamatan", "District"),
    },
    "event_mode": {
        Mode.ON_SITE: Text("Tatap muka", "On site"),
        Mode.ONLINE: Text("Daring", "Online"),
        Mode.BOTH: Text("Tatap muka dan daring", "On site and online"),
    },
    "event_stage": {
        Stage.DRAFT: Text("Rancangan", "Draft"),
        Stage.PUBLISHED: Text("Diumumkan", "Published"),
        Stage.HELD: Text("Terlaksana", "Held"),
        Stage.REPORTED: Text("Dilaporkan", "Reported"),
        Stage.CANCELLED: Text("Dibatalkan", "Cancelled"),
    },
    "prevention_form": {
        PreventionForm.VULNERABILITY_IDENTIFICATION: Text(
            "Identifikasi kerawanan", "Identification of vulnerability"
        ),
        PreventionForm.EDUCATION: Text("Pendidikan", "Education"),
        PreventionForm.PUBLIC_PARTICIPATION: Text("Partisipasi masyarakat", "Public participation"),
        PreventionForm.COOPERATION: Text("Kerja sama", "Cooperation"),
        PreventionForm.OFFICIAL_LETTER: Text("Naskah dinas", "Official letter"),
        PreventionForm.PUBLICATION: Text("Publikasi", "Publication"),
        PreventionForm.OTHER: Text("Kegiatan langsung lainnya", "Other direct act"),
    },
    "target_group": {
        TargetGroup.CIVIL_SERVANTS: Text("ASN (PNS dan PPPK)", "Civil servants"),
        TargetGroup.NON_ASN_STAFF: Text("Pegawai non-ASN", "Staff who are not civil servants"),
        TargetGroup.MILITARY: Text("TNI", "Military"),
        TargetGroup.POLICE: Text("Polri", "Police"),
        TargetGroup.REGIONAL_HEADS: Text("Kepala daerah", "Regional heads"),
        TargetGroup.REGIONAL_AGENCIES: Text("Pimpinan OPD", "Heads of regional agencies"),
        TargetGroup.SUBDISTRICT_HEADS: Text("Camat", "Subdistrict heads"),
        TargetGroup.URBAN_VILLAGE_HEADS: Text("Lurah", "Urban village heads"),
        TargetGroup.VILLAGE_HEADS: Text("Kepala desa, wali nagari", "Village and nagari heads"),
        TargetGroup.SUPERVISORS: Text("Jajaran pengawas pemilu", "Election supervisors"),
        TargetGroup.POLITICAL_PARTIES: Text("Partai politik", "Political parties"),
        TargetGroup.PRESS: Text("Pers", "Press"),
        TargetGroup.COMMUNITY: Text("Masyarakat", "Community"),
    },
    "participant_role": {
        ParticipantRole.ORGANISER: Text("Penyelenggara", "Organiser"),
        ParticipantRole.OPENER: Text("Pembuka", "Opener"),
        ParticipantRole.SPEAKER: Text("Narasumber", "Speaker"),
        ParticipantRole.MODERATOR: Text("Moderator", "Moderator"),
        ParticipantRole.PARTICIPANT: Text("Peserta", "Participant"),
        ParticipantRole.GUEST: Text("Tamu", "Guest"),
        ParticipantRole.MINUTE_TAKER: Text("Notulis", "Minute taker"),
        ParticipantRole.MEDIA: Text("Media", "Media"),
    },
    "invitation_answer": {
        Answer.COMING: Text("Hadir", "Coming"),
        Answer.SENDS_DEPUTY: Text("Mewakilkan", "Sends a deputy"),
        Answer.DECLINED: Text("Tidak hadir", "Declined"),
    },
    "invitation_seat": {
        InvitationSeat.HELD: Text("Mendapat tempat", "Has a seat"),
        InvitationSeat.WAITING: Text("Daftar tunggu", "On the waiting list"),
    },
    "attendance_mode": {
        AttendanceMode.ON_SITE: Text("Di tempat", "On site"),
        AttendanceMode.ONLINE: Text("Daring", "Online"),
        AttendanceMode.REPRESENTED: Text("Mewakili", "As a deputy"),
    },
    "attendance_proof": {
        AttendanceProof.TICKET: Text("Tiket dipindai", "Ticket scanned"),
        AttendanceProof.DOOR: Text("Dicatat di pintu dari daftar", "Found on the list at the door"),
        AttendanceProof.OFFICER: Text("Dicatat petugas", "Written down by an officer"),
    },
    "check_in_direction": {
        Direction.IN: Text("Masuk", "In"),
        Direction.OUT: Text("Keluar", "Out"),
    },
    "scan_fault": {
        ScanFault.UNKNOWN_TICKET: Text("Bukan tiket kami", "Unknown ticket"),
        ScanFault.REVOKED_TICKET: Text("Tiket dicabut", "Revoked ticket"),
        ScanFault.OTHER_EVENT: Text("Tiket kegiatan lain", "Ticket of another event"),
        ScanFault.WRONG_DAY: Text("Di luar hari kegiatan", "Not on a day of the event"),
        ScanFault.UNKNOWN_SESSION: Text("Sesi tidak dikenal", "Unknown session"),
        ScanFault.UNKNOWN_INVITATION: Text("Undangan tidak dikenal", "Unknown invitation"),
        ScanFault.OTHER_MODE: Text("Cara hadir tidak sesuai", "Not held that way"),
        ScanFault.UNINVITED_DEPUTY: Text("Wakil tanpa undangan", "Deputy of nobody invited"),
        ScanFault.WRONG_NONCE: Text("Nonce tidak cocok", "Wrong nonce"),
        ScanFault.USED_NONCE: Text("Nomor urut sudah dipakai", "Number used before"),
    },
    "quorum_unit": {
        QuorumUnit.PERCENT: Text("Persen undangan", "Percent of those invited"),
        QuorumUnit.NUMBER: Text("Jumlah", "Number"),
    },
    "presence": {
        Presence.PRESENT: Text("Hadir", "Present"),
        Presence.REPRESENTED: Text("Diwakili", "Represented"),
        Presence.EXCUSED: Text("Berhalangan", "Excused"),
        Presence.ABSENT: Text("Tidak hadir tanpa kabar", "Absent"),
    },
    "invitation_mail_kind": MAIL_KINDS,
    "invitation_mail_state": MAIL_STATES,
    "event_follow_up_state": FOLLOW_UP_STATES,
    "material_kind": MATERIAL_KINDS,
    "material_audience": AUDIENCES,
    "prevention_form_status": FORM_STATUSES,
    "form_file_fault": FORM_FILE_FAULTS,
}
