"""The public lists and logs that are open data besides the frozen tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.core.texts import Text
from app.ledger.rules.logs import LogName
from app.open_data.rules.datasets import (
    Column,
    Dataset,
    Distribution,
    Frequency,
    Licence,
    Meaning,
)

JSON: Final = "application/json"
CALENDAR: Final = "text/calendar"
OCTETS: Final = "application/octet-stream"
PLAIN: Final = "text/plain"

_C2SP: Final = "https://c2sp.org/tlog-tiles"
_ROWS: Final = Text("Cacah baris", "Count of rows")
_NEUTRALITY: Final = Text("netralitas ASN", "neutrality of civil servants")


@dataclass(frozen=True)
class _Listed:
    """A list as it is told of below; `row` says what one row is."""

    code: str
    title: Text
    description: Text
    row: Text
    keyword: Text
    paths: Mapping[str, str]
    frequency: Frequency = Frequency.CONTINUOUS
    licence: Licence = Licence.CC_BY
    conforms_to: str | None = None


def _ledger(log: LogName, title: Text, description: Text) -> _Listed:
    return _Listed(
        code=f"ledger-{log}",
        title=title,
        description=description,
        row=Text("satu daun log", "one leaf of the log"),
        keyword=Text("log transparansi", "transparency log"),
        paths={
            f"/ledger/{log}/checkpoint": PLAIN,
            f"/ledger/{log}/tile/0/000": OCTETS,
            f"/ledger/{log}/keys": JSON,
        },
        licence=Licence.CC0,
        conforms_to=_C2SP,
    )


_LISTED: Final = (
    _Listed(
        "announcements",
        Text("Pengumuman status perkara", "Announcements of cases"),
        Text(
            "Status perkara yang diumumkan kantor, tanpa nama orang.",
            "What offices announced of cases, without the names of persons.",
        ),
        Text("satu pengumuman", "one announcement"),
        Text("putusan", "decisions"),
        {"/announcements": JSON},
    ),
    _Listed(
        "declarations",
        Text("Deklarasi netralitas", "Declarations of neutrality"),
        Text(
            "Deklarasi yang dicatat kantor. Hitungan tanda tangan tiap deklarasi tersedia di"
            " `/declarations/{declaration_id}/tally` dan dapat dihitung ulang dari dataset"
            " `ledger-declarations`.",
            "Declarations that offices recorded. How often each was signed is told at"
            " `/declarations/{declaration_id}/tally`, and anybody can count it again from the"
            " dataset `ledger-declarations`.",
        ),
        Text("satu deklarasi", "one declaration"),
        Text("ikrar", "pledge"),
        {"/declarations": JSON},
    ),
    _Listed(
        "events",
        Text("Kegiatan yang diumumkan", "Announced events"),
        Text(
            "Rakor, sosialisasi, deklarasi dan kegiatan lain yang diumumkan; juga sebagai kalender"
            " yang dapat dilanggan.",
            "Coordination meetings, outreach, declarations and other events that were announced;"
            " also as a calendar to subscribe to.",
        ),
        Text("satu kegiatan", "one event"),
        Text("rapat koordinasi", "coordination meetings"),
        {"/events": JSON, "/events.ics": CALENDAR},
    ),
    _Listed(
        "circulars",
        Text("Surat edaran dan imbauan", "Circulars and appeals"),
        Text(
            "Surat edaran dan imbauan yang diterbitkan, juga yang telah berakhir.",
            "Circulars and appeals that were issued, also those that ended since.",
        ),
        Text("satu surat", "one letter"),
        Text("surat edaran", "circulars"),
        {"/circulars": JSON},
    ),
    _Listed(
        "published-answers",
        Text("Jawaban konsultasi yang diterbitkan", "Published answers"),
        Text(
            "Pertanyaan yang ditulis ulang tanpa data pribadi, beserta jawaban dan pasalnya.",
            "Questions, written anew without personal data, with their answers and articles.",
        ),
        Text("satu jawaban", "one answer"),
        Text("konsultasi", "consultations"),
        {"/consultations/published": JSON},
        Frequency.IRREGULAR,
    ),
    _Listed(
        "baselines",
        Text("Angka pembanding dari sumber lain", "Figures that others published"),
        Text(
            "Angka yang pernah diterbitkan, dikutip, atau diumumkan pihak lain, masing-masing"
            " dengan satuan, batas waktu, dan sumbernya. Netra tidak menjamin kebenarannya.",
            "Figures that others published, quoted or announced, each with its unit, cut-off and"
            " source. Netra does not vouch for them.",
        ),
        Text("satu angka", "one figure"),
        Text("angka dasar", "baseline"),
        {"/stats/baselines": JSON},
        Frequency.IRREGULAR,
    ),
    _ledger(
        LogName.DECLARATIONS,
        Text("Log tanda tangan deklarasi", "Log of signed declarations"),
        Text(
            "Log yang hanya bertambah: satu daun untuk tiap tanda tangan, tanpa data pribadi."
            " Siapa pun dapat menghitung ulang dengan program di `/ledger/verifier`.",
            "An append-only log: a leaf for each signature, without personal data. Anybody can"
            " count it again with the program at `/ledger/verifier`.",
        ),
    ),
    _ledger(
        LogName.CIRCULARS,
        Text("Log surat edaran", "Log of circulars"),
        Text(
            "Log yang hanya bertambah: satu daun untuk tiap penerbitan atau pengakhiran surat.",
            "An append-only log: a leaf for each time that a letter was issued or ended.",
        ),
    ),
    _ledger(
        LogName.JOURNAL,
        Text("Log jurnal", "Log of the journal"),
        Text(
            "Log yang hanya bertambah dengan sidik jurnal Netra: membuktikan bahwa catatan lama"
            " tidak diubah, tanpa membuka isinya.",
            "An append-only log of fingerprints of Netra's journal: it proves that old entries"
            " were not changed, without telling what they say.",
        ),
    ),
    _Listed(
        "pledge-texts",
        Text("Naskah ikrar", "Texts of pledges"),
        Text("Naskah yang ditandatangani.", "The texts that are signed."),
        Text("satu versi naskah", "one version of a text"),
        Text("ikrar", "pledge"),
        {"/pledge-texts": JSON},
        Frequency.IRREGULAR,
    ),
    _Listed(
        "law-articles",
        Text("Pasal netralitas ASN", "Articles on neutrality"),
        Text("Pasal yang menjadi dasar jawaban.", "The articles on which answers rest."),
        Text("satu pasal", "one article"),
        Text("dasar hukum", "legal basis"),
        {"/consultations/articles": JSON},
        Frequency.IRREGULAR,
    ),
    _Listed(
        "log-witnesses",
        Text("Saksi log", "Witnesses of the logs"),
        Text("Lembaga yang mengawasi log.", "The organisations that watch over the logs."),
        Text("satu saksi log", "one witness"),
        Text("log transparansi", "transparency log"),
        {"/ledger/witnesses": JSON},
        Frequency.IRREGULAR,
    ),
    _Listed(
        "regions",
        Text("Kode wilayah administrasi", "Codes of administrative regions"),
        Text(
            "Provinsi sampai desa menurut Keputusan Menteri Dalam Negeri 300.2.2-2138 Tahun 2025.",
            "Provinces down to villages, by decree 300.2.2-2138 of 2025 of the Minister of Home"
            " Affairs.",
        ),
        Text("satu wilayah", "one region"),
        Text("kode wilayah", "region codes"),
        {"/regions": JSON},
        Frequency.IRREGULAR,
        Licence.ODBL,
    ),
    _Listed(
        "elections",
        Text("Pemilihan", "Elections"),
        Text(
            "Pemilihan yang dikenal Netra, dengan hari pemungutan suaranya.",
            "The elections that Netra knows, with their voting days.",
        ),
        Text("satu pemilihan", "one election"),
        Text("pemilihan", "elections"),
        {"/elections": JSON},
        Frequency.IRREGULAR,
    ),
)

LISTED: Final = tuple(each.code for each in _LISTED)


def list_datasets(columns: Mapping[str, Sequence[Column]]) -> Iterable[Dataset]:
    """Make the entry of each public list, given its columns by its code."""
    return [_dataset(each, columns[each.code]) for each in _LISTED]


def _dataset(listed: _Listed, columns: Sequence[Column]) -> Dataset:
    return Dataset(
        code=listed.code,
        title=listed.title,
        description=listed.description,
        keywords=(_NEUTRALITY, listed.keyword),
        frequency=listed.frequency,
        licence=listed.licence,
        meaning=Meaning(listed.title, listed.description, _ROWS, listed.row, version=1),
        distributions=tuple(
            Distribution(path, kind, listed.conforms_to, is_file=listed.conforms_to is None)
            for path, kind in listed.paths.items()
        ),
        columns=tuple(columns),
    )
