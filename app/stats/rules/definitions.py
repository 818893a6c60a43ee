"""What each figure means; whoever changes a meaning raises its version."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.core.texts import Text
from app.stats.rules.periods import WIB
from app.stats.rules.units import Unit


@dataclass(frozen=True)
class Definition:
    """`time_zone` is the zone in which moments become days; None where an office wrote the day."""

    text: Text
    version: int
    time_zone: str | None


class Note(StrEnum):
    """What a reader has to know before quoting a figure."""

    LIVE = "live"
    PARTS_EXCEED_TOTAL = "parts_exceed_total"
    NOT_BROKEN_DOWN = "not_broken_down"
    SMALL_WITHHELD = "small_withheld"
    RENEWED_IN_STEPS = "renewed_in_steps"


NOTES: Final[Mapping[Note, Text]] = {
    Note.LIVE: Text(
        "Angka berjalan: dihitung saat diminta, dan dapat dikoreksi kemudian.",
        "A live figure: counted when it was asked for, and open to later correction.",
    ),
    Note.PARTS_EXCEED_TOTAL: Text(
        "Satu hal dapat masuk beberapa baris, sehingga jumlah baris dapat melebihi total.",
        "One thing can be counted in several rows, so the rows can add up to more than the total.",
    ),
    Note.NOT_BROKEN_DOWN: Text(
        "Baris wilayah di atas tingkat tabel hanya memuat hal yang menyangkut wilayah itu secara"
        " keseluruhan; baris itu bukan jumlah dari bagian-bagiannya.",
        "A row of a region above the level of the table holds only what concerns that region as a"
        " whole; it is not the sum of its parts.",
    ),
    Note.SMALL_WITHHELD: Text(
        "Angka 1 sampai 4 tidak ditampilkan demi melindungi orang. Bila ada baris yang tidak"
        " ditampilkan, total diganti batas bawah dan batas atas.",
        "Figures from 1 to 4 are withheld to protect persons. Where a row is withheld, a lower"
        " and an upper bound take the place of the total.",
    ),
    Note.RENEWED_IN_STEPS: Text(
        "Angka baris diperbarui bila berubah sedikitnya 5 sejak terakhir ditampilkan;"
        " `shown_since` menyebut tabel hari mana yang pertama memuatnya. Total adalah jumlah"
        " baris yang ditampilkan.",
        "A row is renewed when it has changed by at least 5 since it was last shown;"
        " `shown_since` says the table of which day showed it first. The total is the sum of the"
        " rows shown.",
    ),
}

PUBLIC_NOTES: Final = (Note.SMALL_WITHHELD, Note.RENEWED_IN_STEPS, Note.NOT_BROKEN_DOWN)

DEFINITIONS: Final[Mapping[Unit, Definition]] = {
    Unit.COMPLAINT: Definition(
        Text(
            "Aduan yang diterima Netra: laporan beserta informasi awal, satu kiriman satu aduan."
            " Temuan pengawas dihitung tersendiri. Perkara lama yang diimpor tidak dihitung."
            " Wilayah adalah tempat kejadian; hari adalah hari penyampaian atau, untuk yang dicatat"
            " petugas, hari pencatatan (WIB).",
            "Complaints filed with Netra: reports and initial information together, one"
            " submission is one complaint. Findings of supervisors are counted by themselves. Older"
            " cases that were imported do not count. Region is the place of the act; day is the day"
            " of filing, or of recording where an officer entered it (WIB).",
        ),
        2,
        WIB,
    ),
    Unit.REPORT: Definition(
        Text(
            "Aduan yang menyebut pelapor. Satu laporan dapat menyebut banyak terlapor, dan satu"
            " perbuatan dapat dilaporkan berkali-kali: angka ini bukan jumlah perkara atau orang."
            " Perkara lama yang diimpor tidak dihitung. Wilayah adalah tempat kejadian; hari adalah"
            " hari penyampaian atau, untuk yang dicatat petugas, hari pencatatan (WIB).",
            "Complaints that name a reporter. One report can name many persons, and one act can be"
            " reported many times: this counts neither cases nor persons. Older cases that were"
            " imported do not count. Region is the place of the act; day is the day of filing, or"
            " of recording where an officer entered it (WIB).",
        ),
        2,
        WIB,
    ),
    Unit.INITIAL_INFORMATION: Definition(
        Text(
            "Aduan tanpa pelapor. Perkara lama yang diimpor tidak dihitung. Wilayah adalah tempat"
            " kejadian; hari adalah hari penyampaian atau, untuk yang dicatat petugas, hari"
            " pencatatan (WIB).",
            "Complaints without a reporter. Older cases that were imported do not count. Region is"
            " the place of the act; day is the day of filing, or of recording where an officer"
            " entered it (WIB).",
        ),
        2,
        WIB,
    ),
    Unit.FINDING: Definition(
        Text(
            "Temuan yang dicatat pengawas atas hasil pengawasannya sendiri. Informasi awal yang"
            " menjadi temuan tetap dihitung sebagai informasi awal. Perkara lama yang diimpor tidak"
            " dihitung. Wilayah adalah tempat kejadian; hari adalah hari pencatatan (WIB).",
            "What supervisors recorded as found on their own watch. Initial information that became"
            " a finding still counts as initial information. Older cases that were imported do not"
            " count. Region is the place of the act; day is the day of recording (WIB).",
        ),
        1,
        WIB,
    ),
    Unit.DECLARATION: Definition(
        Text(
            "Deklarasi yang dicatat kantor, kecuali yang dibatalkan. Wilayah adalah wilayah"
            " deklarasi; hari adalah hari deklarasi menurut kantor itu.",
            "Declarations recorded by offices, except cancelled ones. Region is that of the"
            " declaration; day is the day on which it is held, as the office wrote it.",
        ),
        1,
        None,
    ),
    Unit.SIGNATURE: Definition(
        Text(
            "Tanda tangan pada deklarasi, kecuali tanda tangan saksi; satu orang dihitung satu"
            " kali untuk tiap deklarasi dan wilayah. Wilayah adalah wilayah kantor penanda tangan;"
            " hari adalah hari pencatatan (WIB).",
            "Signatures on declarations, except those of witnesses; a person counts once for each"
            " declaration and region. Region is that of the signer's office; day is the day of"
            " recording (WIB).",
        ),
        1,
        WIB,
    ),
    Unit.EVENT: Definition(
        Text(
            "Kegiatan yang diumumkan atau sudah terlaksana; rancangan dan yang dibatalkan tidak"
            " dihitung. Wilayah adalah wilayah sasaran kegiatan; hari adalah hari pertamanya di"
            " tempat kegiatan.",
            "Events that were published or held; drafts and cancelled ones do not count. Region is"
            " the area that the event is for; day is its first day at the venue.",
        ),
        1,
        None,
    ),
    Unit.ATTENDANCE: Definition(
        Text(
            "Undangan, atau kantor dan jabatan yang datang tanpa undangan, yang tercatat masuk;"
            " masing-masing dihitung satu kali untuk tiap kegiatan. Wilayah adalah wilayah"
            " kegiatan; hari dan cara hadir menurut presensi pertama (WIB).",
            "Invitations, or offices and posts that came without one, that checked in; each counts"
            " once for each event. Region is that of the event; day and manner are those of the"
            " first check-in (WIB).",
        ),
        1,
        WIB,
    ),
}
