"""The words for the codes of the catalogue of violations."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.cases.rules.violations import Act, Family, Severity, StageOfAct
from app.core.texts import Text

LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "act": {
        Act.BANNER: Text("Memasang alat peraga", "Putting up banners or other props"),
        Act.ONLINE_PROMOTION: Text("Mempromosikan secara daring", "Promoting online"),
        Act.ATTENDANCE: Text(
            "Menghadiri deklarasi atau kampanye dan mendukung",
            "Attending a declaration or campaign and supporting it",
        ),
        Act.SOCIAL_ENGAGEMENT: Text(
            "Mengunggah, mengomentari, membagikan, menyukai, atau mengikuti",
            "Posting, commenting, sharing, liking or following",
        ),
        Act.PHOTO: Text("Mengunggah foto bersama", "Publishing a photo with the side supported"),
        Act.JOIN_INTRODUCTION: Text(
            "Ikut kegiatan pengenalan bakal calon", "Joining the introduction of a would-be one"
        ),
        Act.SPOUSE_CAMPAIGN: Text(
            "Mengikuti kampanye pasangan hidup tanpa CLTN",
            "Attending the spouse's campaign without unpaid leave",
        ),
        Act.APPROACH_PARTY: Text("Mendekati partai politik", "Approaching a party"),
        Act.PARTY_MEMBERSHIP: Text(
            "Menjadi anggota atau pengurus partai", "Being member or officer of a party"
        ),
        Act.PARTISAN_ACTIVITY: Text("Kegiatan yang memihak", "Partisan activity"),
        Act.WINNING_TEAM: Text("Menjadi tim ahli atau pemenangan", "Joining a winning team"),
        Act.ID_SUPPORT: Text(
            "Memberi dukungan calon perseorangan", "Supporting an independent candidate by papers"
        ),
        Act.FAVOURING_DECISION: Text(
            "Keputusan atau tindakan yang menguntungkan atau merugikan",
            "A decision or action that favours or harms",
        ),
        Act.REASSIGNMENT: Text("Mengganti pejabat", "Replacing officials"),
        Act.USE_OF_AUTHORITY: Text(
            "Menggunakan wewenang, program, atau kegiatan",
            "Using authority, programmes or activities",
        ),
        Act.INVOLVING_OFFICIALS: Text(
            "Melibatkan pejabat atau pegawai dalam kampanye",
            "Involving officials or staff in a campaign",
        ),
    },
    "violation_family": {
        Family.ETHICS: Text("Kode etik ASN", "Code of ethics of civil servants"),
        Family.DISCIPLINE: Text("Disiplin ASN", "Discipline of civil servants"),
        Family.CRIMINAL: Text("Tindak pidana pemilihan", "Election crime"),
        Family.VILLAGE: Text("Peraturan desa", "Law of villages"),
        Family.MILITARY: Text("Disiplin militer", "Military discipline"),
        Family.POLICE: Text("Disiplin dan kode etik Polri", "Discipline and ethics of the police"),
    },
    "stage_of_act": {
        StageOfAct.BEFORE: Text("Sebelum penetapan calon", "Before determination"),
        StageOfAct.AFTER: Text("Setelah penetapan calon", "After determination"),
        StageOfAct.ANY: Text("Kapan saja", "At any time"),
    },
    "severity": {
        Severity.MORAL: Text("Sanksi moral", "Moral sanction"),
        Severity.LIGHT: Text("Hukuman disiplin ringan", "Light disciplinary punishment"),
        Severity.MODERATE: Text("Hukuman disiplin sedang", "Moderate disciplinary punishment"),
        Severity.SEVERE: Text("Hukuman disiplin berat", "Severe disciplinary punishment"),
        Severity.DISHONOURABLE_DISMISSAL: Text(
            "Pemberhentian tidak dengan hormat", "Dishonourable dismissal"
        ),
        Severity.CRIMINAL: Text("Pidana", "Punishment by a court"),
    },
}
