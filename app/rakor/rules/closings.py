"""What holds for a closed attendance list: how its chair signs it."""

from app.core.errors import Conflict
from app.core.texts import Text


class ListApproved(Conflict):
    """It is signed once; what came later stands in the next list."""

    code = "attendance-approved"
    text = Text("Daftar hadir ini sudah disahkan.", "This attendance list was approved before.")


class ListDiffers(Conflict):
    """The chair signs the list that he has read, which its hash names."""

    code = "attendance-differs"
    text = Text(
        "Hash ini bukan milik daftar hadir ini; baca daftarnya lagi, lalu sahkan.",
        "This is not the hash of this list; read the list again, then approve.",
    )


def check_approval(named: str, kept: str, *, is_approved: bool) -> None:
    """Return where this very list was named and nobody has approved it."""
    if named != kept:
        raise ListDiffers
    if is_approved:
        raise ListApproved
