"""What can be wrong with a table that people fill in, in words that never repeat what was in it."""

from typing import Final, NamedTuple

from app.core.texts import Text


class Objection(NamedTuple):
    """What is wrong, in words: the value itself is never repeated."""

    code: str
    text: Text


class BadCell(ValueError):
    """A cell that cannot be taken over."""

    def __init__(self, objection: Objection) -> None:
        self.objection = objection
        super().__init__(objection.code)


NOT_UTF8: Final = Objection(
    "not-utf-8",
    Text(
        "Simpan berkas sebagai CSV UTF-8; pengodean lain merusak nama orang.",
        "Save the file as CSV UTF-8; other encodings spoil names.",
    ),
)
NUL: Final = Objection(
    "nul", Text("Ada karakter NUL: ini bukan berkas teks.", "There is a NUL: this is no text file.")
)
LONG_LINE: Final = Objection(
    "line-too-long", Text("Baris ini terlalu panjang untuk tabel.", "This line is too long.")
)
BROKEN: Final = Objection(
    "broken-csv",
    Text(
        "Tanda kutip di baris ini tidak berpasangan; simpan ulang dari lembar kerja.",
        "The quotes in this row do not match; save it again from the spreadsheet.",
    ),
)
EMPTY: Final = Objection("no-rows", Text("Berkas ini tidak berisi data.", "There are no rows."))
UNKNOWN_COLUMN: Final = Objection(
    "unknown-column",
    Text(
        "Ada kolom yang tidak dikenal; pakai judul kolom dari templat.",
        "There is an unknown column; use the header of the template.",
    ),
)
MISSING_COLUMN: Final = Objection(
    "missing-column", Text("Kolom wajib ini tidak ada.", "This column is required.")
)
TWICE_COLUMN: Final = Objection(
    "column-twice", Text("Kolom ini muncul dua kali.", "This column is there twice.")
)
MANY_CELLS: Final = Objection(
    "too-many-cells",
    Text(
        "Baris ini punya lebih banyak sel daripada judul kolom.",
        "This row has more cells than the header.",
    ),
)
MISSING: Final = Objection("missing", Text("Wajib diisi.", "This is required."))
TOO_LONG: Final = Objection("too-long", Text("Terlalu panjang.", "This is too long."))
CONTROL: Final = Objection(
    "control-character",
    Text("Ada karakter kendali di sel ini.", "There is a control character in this cell."),
)
WRONG_SHAPE: Final = Objection(
    "wrong-shape", Text("Bentuk kode ini tidak sesuai.", "This code does not have the right form.")
)
UNKNOWN_REGION: Final = Objection(
    "unknown-region",
    Text("Kode wilayah ini tidak ada.", "There is no region with this code."),
)
OUTSIDE_AREA: Final = Objection(
    "outside-area",
    Text(
        "Wilayah ini di luar wilayah kantor Anda.",
        "This region lies outside the area of your office.",
    ),
)
FORMULA: Final = Objection(
    "formula",
    Text(
        "Sel ini berawal seperti rumus; tulis isinya sebagai teks biasa.",
        "This cell begins like a formula; write plain text.",
    ),
)
NOT_TEXT: Final = Objection(
    "not-text",
    Text(
        "Format sel ini sebagai Teks: sebagai angka, kode dan NIP kehilangan angkanya.",
        "Format this cell as text: as numbers, codes and long numbers lose digits.",
    ),
)
NO_WORKBOOK: Final = Objection(
    "not-a-workbook",
    Text("Berkas ini bukan XLSX yang utuh.", "This is no intact XLSX workbook."),
)
LARGE_WORKBOOK: Final = Objection(
    "workbook-too-large",
    Text(
        "Isi berkas XLSX ini terlalu besar setelah dibuka; kirim sebagai CSV.",
        "This XLSX is too large once unpacked; send it as CSV.",
    ),
)


def many_rows(most: int) -> Objection:
    """More rows than an import takes at once."""
    written = f"{most:,}"
    return Objection(
        "too-many-rows",
        Text(
            f"Paling banyak {written.replace(',', '.')} baris sekali impor.",
            f"At most {written} rows in one import.",
        ),
    )
