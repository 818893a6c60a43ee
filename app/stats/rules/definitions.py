"""What a reader has to know before quoting a figure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.texts import Text


class Note(StrEnum):
    """What a reader has to know before quoting a figure."""

    LIVE = "live"
    PARTS_EXCEED_TOTAL = "parts_exceed_total"
    NOT_BROKEN_DOWN = "not_broken_down"
    SMALL_WITHHELD = "small_withheld"
    RENEWED_IN_STEPS = "renewed_in_steps"
    OWN_ROW = "own_row"


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
        "Angka 1 sampai 4 tidak ditampilkan demi melindungi orang; beberapa angka di sekitarnya"
        " pun tidak, agar tidak dapat dihitung.",
        "Figures from 1 to 4 are withheld to protect persons, and some beside them, so that they"
        " cannot be computed.",
    ),
    Note.RENEWED_IN_STEPS: Text(
        "Angka diperbarui bila berubah sedikitnya 5 sejak terakhir ditampilkan; `shown_since`"
        " menyebut tabel hari mana yang pertama memuatnya. Karena itu jumlah dan bagiannya dapat"
        " berselisih sedikit.",
        "A figure is renewed when it has changed by at least 5 since it was last shown;"
        " `shown_since` says the table of which day showed it first. So totals and their parts can"
        " differ a little.",
    ),
    Note.OWN_ROW: Text(
        "Baris `NN.00` memuat hal yang menyangkut provinsi itu secara keseluruhan, `00.00` hal"
        " yang menyangkut seluruh negeri. Sel yang tidak tercantum adalah nol.",
        "Row `NN.00` holds what concerns that province as a whole, `00.00` what concerns the whole"
        " country. A cell that is not listed is zero.",
    ),
}

PUBLIC_NOTES: Final = (Note.SMALL_WITHHELD, Note.RENEWED_IN_STEPS, Note.NOT_BROKEN_DOWN)
TREE_NOTES: Final = (Note.SMALL_WITHHELD, Note.RENEWED_IN_STEPS, Note.OWN_ROW)
