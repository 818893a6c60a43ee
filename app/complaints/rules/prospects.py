"""What comes next in each status, and who acts: the words that a reporter reads."""

from collections.abc import Mapping
from typing import Final

from app.complaints.rules.procedure import Status
from app.core.texts import Text

NEXT_STEPS: Final[Mapping[Status, Text]] = {
    Status.SUBMITTED: Text(
        "Petugas memeriksa kelengkapan laporan Anda dalam kajian awal. Simpan kode tanda terima:"
        " hanya dengan kode itu Anda dapat mengikuti laporan ini.",
        "Officers check in an initial review whether your report is complete. Keep the receipt"
        " code: it is the only way to follow this report.",
    ),
    Status.INITIAL_REVIEW: Text(
        "Kantor pengawas sedang mengkaji laporan Anda dan akan menyatakan apakah laporan diterima.",
        "The office is reviewing your report and will say whether it is registered.",
    ),
    Status.NEEDS_COMPLETION: Text(
        "Masih ada yang kurang. Kantor pengawas memberi tahu lewat pesan apa yang perlu Anda"
        " lengkapi; kirimkan dengan kode tanda terima ini sebelum batas waktunya. Bila tidak"
        " dilengkapi, laporan tidak dapat diregistrasi.",
        "Something is still missing. The office tells you by message what to add; send it with"
        " this receipt code before the time runs out. Without it the report cannot be registered.",
    ),
    Status.NOT_REGISTERED: Text(
        "Kantor pengawas tidak meregistrasi laporan ini, sehingga laporan tidak ditangani lebih"
        " lanjut. Anda dapat menanyakan alasannya kepada kantor lewat pesan.",
        "The office did not register this report, so it is not handled further. You can ask the"
        " office for the reasons by message.",
    ),
    Status.REGISTERED: Text(
        "Perkara ini sudah mendapat nomor. Selanjutnya kantor pengawas meminta keterangan dari"
        " pihak-pihak yang terkait; pelapor pun dapat diundang.",
        "This case has been given a number. Next, the office asks those concerned for their"
        " statements; a reporter may be invited as well.",
    ),
    Status.CLARIFICATION: Text(
        "Kantor pengawas sedang meminta keterangan dari pihak-pihak yang terkait. Sesudah itu"
        " keterangan dan bukti dikaji.",
        "The office is hearing those concerned. After that the statements and the evidence are"
        " studied.",
    ),
    Status.STUDY: Text(
        "Kantor pengawas sedang mengkaji keterangan dan bukti. Sesudah itu para anggotanya"
        " memutuskan dalam rapat pleno apakah ada dugaan pelanggaran.",
        "The office is studying the statements and the evidence. After that its members decide"
        " in a plenary meeting whether there is an alleged violation.",
    ),
    Status.VIOLATION: Text(
        "Rapat pleno menyimpulkan ada dugaan pelanggaran. Kantor pengawas akan meneruskannya"
        " kepada instansi yang berwenang; pengawas sendiri tidak menjatuhkan sanksi.",
        "The plenary meeting found an alleged violation. The office will forward it to the"
        " competent authority; the supervisors themselves impose no sanction.",
    ),
    Status.NOT_VIOLATION: Text(
        "Rapat pleno menyimpulkan bahwa ini bukan pelanggaran. Tidak ada langkah lagi; Anda dapat"
        " menanyakan alasannya kepada kantor lewat pesan.",
        "The plenary meeting found that this is no violation. No further step is taken; you can"
        " ask the office for the reasons by message.",
    ),
    Status.DISCONTINUED: Text(
        "Kantor pengawas menghentikan penanganan perkara ini. Tidak ada langkah lagi; Anda dapat"
        " menanyakan alasannya kepada kantor lewat pesan.",
        "The office has discontinued this case. No further step is taken; you can ask the office"
        " for the reasons by message.",
    ),
    Status.FORWARDED: Text(
        "Sekarang instansi lain yang berwenang memutuskan. Kantor pengawas memantau tindak"
        " lanjutnya dan mencatat hasilnya di sini.",
        "Another authority decides now. The office watches what it does and records the outcome"
        " here.",
    ),
    Status.FOLLOWED_UP: Text(
        "Instansi yang berwenang sudah menindaklanjuti perkara ini. Kantor pengawas memeriksa"
        " hasilnya, lalu menutup perkara.",
        "The competent authority has acted on this case. The office checks the outcome and then"
        " closes the case.",
    ),
    Status.NOT_FOLLOWED_UP: Text(
        "Instansi yang berwenang tidak menindaklanjuti perkara ini. Kantor pengawas menentukan"
        " langkah berikutnya: mengingatkan instansi itu, melapor ke atasannya, atau menutup"
        " perkara.",
        "The competent authority has not acted on this case. The office decides what follows:"
        " to remind it, to turn to the authority above it, or to close the case.",
    ),
    Status.RETURNED: Text(
        "Instansi itu mengembalikan berkas kepada kantor pengawas. Kantor pengawas memeriksa"
        " sebabnya dan menentukan langkah berikutnya.",
        "The authority has sent the file back to the office. The office looks into why and"
        " decides what follows.",
    ),
    Status.CLOSED: Text(
        "Perkara ini sudah selesai; tidak ada langkah lagi. Anda dapat menanyakan hasilnya kepada"
        " kantor lewat pesan.",
        "This case has ended; no further step is taken. You can ask the office about the outcome"
        " by message.",
    ),
    Status.RECEIVED: Text(
        "Karena tanpa identitas pelapor, kiriman Anda dicatat sebagai informasi awal; pengawas"
        " dapat menelusurinya. Simpan kode tanda terima untuk mengikutinya.",
        "Without a reporter's identity this is recorded as initial information, which supervisors"
        " may trace. Keep the receipt code to follow it.",
    ),
    Status.TRACING: Text(
        "Pengawas sedang menelusuri informasi ini; hasilnya dapat menjadi temuan.",
        "Supervisors are tracing this information; it may become a finding.",
    ),
    Status.FINDING: Text(
        "Hal ini menjadi temuan pengawas. Kantor pengawas meregistrasinya, lalu menanganinya"
        " sendiri; tidak ada yang perlu Anda lakukan.",
        "This has become a finding of the supervisors. The office registers it and then handles"
        " it by itself; there is nothing you need to do.",
    ),
    Status.ARCHIVED: Text(
        "Perkara lama ini sudah selesai; tidak ada langkah lagi di Netra.",
        "This older case has ended; no further step is taken in Netra.",
    ),
}
