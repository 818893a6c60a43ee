"""What can be wrong with a table of older cases, in words that never repeat what was in it."""

from typing import Final

from app.core.objections import Objection
from app.core.texts import Text

KIND_AGAINST_NUMBER: Final = Objection(
    "kind-against-number",
    Text(
        "Jenis tidak sesuai dengan nomornya: TM adalah nomor temuan, LP bukan.",
        "The kind does not agree with the number: TM is that of a finding, LP is not.",
    ),
)
FINDING_WITH_REPORTER: Final = Objection(
    "finding-with-reporter",
    Text(
        "Temuan tidak memiliki pelapor; kosongkan sel ini.",
        "A finding has no reporter; leave this empty.",
    ),
)
WRONG_KIND: Final = Objection(
    "unknown-kind",
    Text(
        "Tulis: laporan, temuan, atau informasi awal.",
        "Write: report, finding or initial_information.",
    ),
)
WRONG_CHANNEL: Final = Objection(
    "unknown-channel",
    Text(
        "Tulis salah satu: datang langsung, surat, telepon, media, pengawasan, aplikasi, situs"
        " web.",
        "Write one of: walk_in, letter, telephone, media, oversight, app, web.",
    ),
)
WRONG_DAY: Final = Objection(
    "not-a-day",
    Text("Tulis tanggal sebagai 2020-11-30 atau 30/11/2020.", "Write days like 2020-11-30."),
)
WRONG_MOMENT: Final = Objection(
    "not-a-moment",
    Text(
        "Tulis sebagai 2020-11-30, 30/11/2020 atau 30/11/2020 09.30.",
        "Write 2020-11-30, 2020-11-30 09:30 or an RFC 3339 time.",
    ),
)
LONG_AGO: Final = Objection(
    "too-long-ago", Text("Tahun ini terlalu lampau.", "This year is too long ago.")
)
WRONG_NUMBER: Final = Objection(
    "not-a-number",
    Text("Nomor lama memuat sedikitnya satu angka.", "An older number has at least one digit."),
)
KNOWN_BEFORE: Final = Objection(
    "known-before-it-happened",
    Text(
        "Hari diketahui tidak mungkin sebelum hari kejadian.",
        "It cannot be known before it happened.",
    ),
)
SUBMITTED_BEFORE: Final = Objection(
    "submitted-before-known",
    Text(
        "Tidak mungkin disampaikan sebelum hari diketahui.",
        "It cannot be submitted before it was known.",
    ),
)
FUTURE: Final = Objection("future-moment", Text("Waktu ini belum tiba.", "This is still to come."))
MANY_PERSONS: Final = Objection(
    "too-many-persons",
    Text("Paling banyak 50 orang, dipisahkan dengan |.", "At most 50 persons, parted by |."),
)
WRONG_PERSON: Final = Objection(
    "not-a-person",
    Text(
        "Tulis tiap orang: nama; jabatan; kantor. Nama wajib diisi.",
        "Write each person as: name; position; office. The name is required.",
    ),
)
WRONG_REPORTER: Final = Objection(
    "not-a-reporter",
    Text("Tulis pelapor: nama; alamat. Nama wajib diisi.", "Write the reporter as: name; address."),
)
UNKNOWN_OFFICE: Final = Objection(
    "unknown-office",
    Text(
        "Tidak ada kantor Bawaslu dengan kode ini di wilayah Anda.",
        "There is no office of Bawaslu with this code in your area.",
    ),
)
UNKNOWN_ELECTION: Final = Objection(
    "unknown-election",
    Text("Pemilihan dengan kode ini tidak ada.", "There is no election with this code."),
)
TWICE: Final = Objection(
    "number-twice",
    Text(
        "Nomor ini sudah ada di baris lain berkas ini.",
        "This number is in another row of this file.",
    ),
)
