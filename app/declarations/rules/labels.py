from collections.abc import Mapping
from enum import StrEnum

from app.core.outcomes import ItemOutcome
from app.core.texts import Text
from app.declarations.rules.changes import Change, Rule, WithdrawalReason
from app.declarations.rules.kinds import (
    Check,
    Group,
    Kind,
    Method,
    SignatoryRole,
    SignatureState,
    Status,
)
from app.declarations.rules.rosters import ImportState

LABELS: Mapping[str, Mapping[StrEnum, Text]] = {
    "declaration_kind": {
        Kind.PLEDGE: Text("Ikrar", "Pledge"),
        Kind.INTEGRITY_PACT: Text("Pakta integritas", "Integrity pact"),
        Kind.JOINT_DECLARATION: Text("Deklarasi bersama", "Joint declaration"),
    },
    "declaration_status": {
        Status.PLANNED: Text("Direncanakan", "Planned"),
        Status.OPEN: Text("Dibuka untuk ditandatangani", "Open for signing"),
        Status.HELD: Text("Sudah dilaksanakan", "Held"),
        Status.PARTLY_SIGNED: Text("Ditandatangani sebagian", "Partly signed"),
        Status.COMPLETE: Text("Ditandatangani lengkap", "Signed by all"),
        Status.CLOSED: Text("Ditutup", "Closed"),
        Status.CANCELLED: Text("Dibatalkan", "Cancelled"),
    },
    "roster_import_state": {
        ImportState.WAITING: Text("Menunggu dibaca", "Waits to be read"),
        ImportState.CHECKED: Text("Uji coba berhasil", "Dry run succeeded"),
        ImportState.IMPORTED: Text("Sudah diimpor", "Imported"),
        ImportState.REFUSED: Text("Ditolak: ada baris yang keliru", "Refused: rows are bad"),
        ImportState.FAILED: Text("Gagal berulang kali", "Failed again and again"),
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
        Method.ELECTRONIC: Text(
            "Ditandatangani elektronik, penerbit belum diperiksa",
            "Signed electronically, issuer not checked",
        ),
        Method.CERTIFIED: Text("Tanda tangan elektronik tersertifikasi", "Certified e-signature"),
    },
    "signature_state": {
        SignatureState.VALID: Text("Sah", "Valid"),
        SignatureState.WITHDRAWN: Text("Ditarik kembali", "Withdrawn"),
        SignatureState.INVALIDATED: Text("Dinyatakan tidak sah", "Invalidated"),
    },
    "signature_check": {
        Check.NOT_NEEDED: Text("Tidak perlu diperiksa", "Needs no check"),
        Check.WAITING: Text("Menunggu pemeriksaan penyelenggara", "Waits for the organiser"),
        Check.CONFIRMED: Text("Dibenarkan penyelenggara", "Confirmed by the organiser"),
        Check.REJECTED: Text("Ditolak penyelenggara", "Rejected by the organiser"),
    },
    "batch_outcome": {
        ItemOutcome.RECORDED: Text("Tercatat", "Recorded"),
        ItemOutcome.REPEATED: Text("Sudah tercatat sebelumnya", "Recorded before"),
        ItemOutcome.REFUSED: Text("Ditolak", "Refused"),
    },
    "signature_change": {
        Change.WITHDRAWN: Text("Ditarik kembali", "Withdrawn"),
        Change.INVALIDATED: Text("Dinyatakan tidak sah", "Invalidated"),
        Change.REINSTATED: Text("Dipulihkan", "Reinstated"),
        Change.CONFIRMED: Text("Dibenarkan penyelenggara", "Confirmed by the organiser"),
        Change.REJECTED: Text("Ditolak penyelenggara", "Rejected by the organiser"),
    },
    "withdrawal_reason": {
        WithdrawalReason.MISTAKE: Text("Keliru menandatangani", "Signed by mistake"),
        WithdrawalReason.CHANGED_MIND: Text("Berubah pendirian", "Changed one's mind"),
        WithdrawalReason.PRESSURED: Text("Menandatangani karena ditekan", "Signed under pressure"),
        WithdrawalReason.NOT_ME: Text("Bukan saya yang menandatangani", "It was not me"),
        WithdrawalReason.OTHER: Text("Alasan lain", "Another reason"),
    },
    "invalidation_rule": {
        Rule.SAME_PERSON_ELSEWHERE: Text(
            "Orang yang sama di daerah lain pada deklarasi ini",
            "The same person in another region of the declaration",
        ),
        Rule.OUTSIDE_OPENING: Text(
            "Diberikan di luar waktu deklarasi dibuka", "Given while it was not open"
        ),
        Rule.TARGET_REMOVED: Text("Tidak ada lagi di daftar", "No longer on the roster"),
        Rule.PAPER_AND_ELECTRONIC: Text(
            "Ganda: di kertas dan secara elektronik", "Twice: on paper and electronically"
        ),
        Rule.REJECTED_BY_ORGANISER: Text("Ditolak penyelenggara", "Rejected by the organiser"),
        Rule.TARGET_HAS_COME: Text(
            "Orang di daftar menandatangani sendiri", "The person of the roster has signed"
        ),
    },
}
