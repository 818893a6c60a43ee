"""The page on which the holder of an invitation finds what is signed at the event."""

from html import escape
from typing import Final

from app.core.html import both
from app.core.texts import Text
from app.declarations.rules.labels import LABELS
from app.prevention.schemas.one_qr import OwnSigningOut, OwnSigningRow

_HEAD: Final = Text("Deklarasi pada kegiatan ini", "The declaration at this event")
_WHO: Final = Text("Ditandatangani oleh pemangku jabatan", "Signed by the holder of the post")
_SIGN: Final = Text("Baca dan tanda tangani", "Read and sign")
_NONE: Final = Text(
    "Undangan ini belum ada dalam daftar penanda tangan; tanyakan kepada penyelenggara.",
    "This invitation is on no roster yet; ask the organiser.",
)
_WARNING: Final = Text(
    "Siapa pun yang membuka tautan ini menandatangani sebagai pemangku jabatan itu.",
    "Whoever opens this link signs as the holder of that post.",
)


def show(own: OwnSigningOut) -> str:
    rows = "".join(map(_row, own.declarations)) or f"<p>{both(_NONE)}</p>"
    who = f"{escape(own.post)}, {escape(own.office_name)}"
    return (
        f'<h1>{both(_HEAD)}</h1><section class="card"><dl><div><dt>{both(_WHO)}</dt>'
        f"<dd>{who}</dd></div></dl>{rows}</section>"
    )


def _row(row: OwnSigningRow) -> str:
    """No browser sends what stands behind the `#`, so that it is in no log."""
    return (
        f"<h2>{escape(row.title)}</h2><p>{both(LABELS['declaration_status'][row.status])}</p>"
        f'<p><a href="/sign#{escape(row.ticket)}">{both(_SIGN)}</a></p>'
        f'<p class="soft small">{both(_WARNING)}</p>'
    )
