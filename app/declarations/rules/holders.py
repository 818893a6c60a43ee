"""Posts of a roster whose holder is not named: who signs for one says who it is."""

from app.core.errors import Fault, Invalid
from app.core.texts import Text


class NameNeeded(Invalid):
    """The roster knows the post alone."""

    code = "name-needed"
    text = Text(
        "Tautan ini untuk sebuah jabatan: sebutkan nama Anda untuk menandatangani.",
        "This link is for a post: tell your name to sign.",
    )

    def __init__(self) -> None:
        super().__init__(Fault("/name", "missing", Text("Wajib diisi.", "This is required.")))


class NameKnown(Invalid):
    """Nobody signs in the name of another."""

    code = "name-known"
    text = Text(
        "Daftar deklarasi sudah memuat nama ini; jangan kirimkan nama.",
        "The roster has the name already; send none.",
    )

    def __init__(self) -> None:
        super().__init__(Fault("/name", "name-known", self.text))


def accept_name(name: str | None, *, needs_name: bool) -> None:
    """Refuse a post without a name, and a name beside that of the roster."""
    if needs_name and name is None:
        raise NameNeeded
    if name is not None and not needs_name:
        raise NameKnown
