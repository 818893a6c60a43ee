"""What each figure means; whoever changes a meaning raises its version."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    Unit.CASE: Definition(
        Text(
            "Perkara yang dibuka kantor atas laporan, temuan, atau informasi awal; yang digabungkan"
            " ke perkara lain tidak dihitung. Satu perkara dapat memuat banyak laporan dan banyak"
            " terlapor. Wilayah adalah tempat kejadian; hari adalah hari pembukaan (WIB).",
            "Cases opened by offices on reports, findings or initial information; one merged into"
            " another does not count. A case can hold many reports and many persons. Region is the"
            " place of the act; day is the day of opening (WIB).",
        ),
        1,
        WIB,
    ),
    Unit.PERSON: Definition(
        Text(
            "Terlapor dalam perkara; orang yang sama dalam satu perkara dihitung satu kali. Jenis"
            " perbuatan dapat lebih dari satu. Tindak lanjut menurut keterangan terakhir instansi."
            " Wilayah adalah tempat kejadian; hari adalah hari penyebutan (WIB).",
            "Reported persons in cases; the same person counts once in a case, and can have done"
            " several kinds of acts. The follow-up is what the authority said last. Region is the"
            " place of the act; day is the day on which the person was named (WIB).",
        ),
        1,
        WIB,
    ),
    Unit.REFERRAL: Definition(
        Text(
            "Penerusan perkara kepada instansi berwenang; yang dikembalikan lalu diteruskan lagi"
            " dihitung satu kali. Hari adalah hari penerusan (WIB).",
            "Cases forwarded to an authority; one returned and forwarded again counts once. Day is"
            " the day of forwarding (WIB).",
        ),
        1,
        WIB,
    ),
    Unit.SANCTION: Definition(
        Text(
            "Sanksi dalam keputusan terakhir atas terlapor; satu keputusan dapat memuat beberapa"
            " sanksi. Hari adalah tanggal keputusan menurut instansi.",
            "Sanctions in the last decree on a reported person; a decree can hold several. Day is"
            " the date of the decree, as the authority wrote it.",
        ),
        1,
        None,
    ),
    Unit.DEADLINE: Definition(
        Text(
            "Tenggat hukum yang mulai berjalan: ditepati, terlewat, dibatalkan, atau masih"
            " berjalan. Hari adalah hari mulainya (WIB).",
            "Legal deadlines that began to run: kept, missed, cancelled, or running still. Day is"
            " the day on which they began (WIB).",
        ),
        1,
        WIB,
    ),
    Unit.STEP: Definition(
        Text(
            "Langkah yang telah ditempuh perkara atau penerusan, beserta hari kalender sejak"
            " langkah sebelumnya. Hari adalah hari langkah itu (WIB).",
            "Steps that a case or referral has taken, with the calendar days since the one before."
            " Day is the day of the step (WIB).",
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
    Unit.CIRCULAR: Definition(
        Text(
            "Surat edaran dan imbauan yang diterbitkan melalui Netra, juga yang kemudian berakhir."
            " Hari adalah tanggal surat.",
            "Circulars and appeals issued with Netra, also those that ended since. Day is the date"
            " of the letter.",
        ),
        1,
        None,
    ),
    Unit.CONSULTATION: Definition(
        Text(
            "Pertanyaan yang diajukan melalui Netra sebelum bertindak. Hari adalah hari pengajuan"
            " (WIB).",
            "Questions asked with Netra before acting. Day is the day of asking (WIB).",
        ),
        1,
        WIB,
    ),
}
