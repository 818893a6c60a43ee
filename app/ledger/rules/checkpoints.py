"""The head of a log, as it is signed: c2sp.org/tlog-checkpoint."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.ledger.rules.merkle import HASH_BYTES
from app.ledger.rules.notes import NoteWrong, Verifier, open_note, read64, write64

_LINES: Final = 3
_LARGEST: Final = 2**63


class NotACheckpoint(ValueError):
    """This text is no checkpoint, or not one of this log."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How large a log is, and the root of its tree; `origin` is the name of the log."""

    origin: str
    size: int
    root: bytes
    extensions: Sequence[str] = ()

    def write(self) -> str:
        """The text that is signed: origin, size in decimal, root in base64, a line each."""
        lines = (self.origin, str(self.size), write64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        """Read a text back; only what `write` would write is taken."""
        origin, size, root, *extensions = _lines(text)
        checkpoint = cls(origin, _number(size), _root(root), tuple(extensions))
        if checkpoint.write() != text:
            raise NotACheckpoint
        return checkpoint


def open_checkpoint(note: str, log: Verifier, others: Iterable[Verifier] = ()) -> Checkpoint:
    """The checkpoint in a note that the log itself has signed, under its own name."""
    try:
        opened = open_note(note, (log, *others))
    except NoteWrong as wrong:
        raise NotACheckpoint from wrong
    checkpoint = Checkpoint.read(opened.text)
    if not opened.is_signed_by(log) or checkpoint.origin != log.name:
        raise NotACheckpoint
    return checkpoint


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    if lines.pop() or len(lines) < _LINES or not all(lines):
        raise NotACheckpoint
    return lines


def _number(written: str) -> int:
    if not (written.isascii() and written.isdecimal() and len(written) < len(str(_LARGEST))):
        raise NotACheckpoint
    return int(written)


def _root(written: str) -> bytes:
    try:
        root = read64(written)
    except NoteWrong as wrong:
        raise NotACheckpoint from wrong
    if len(root) != HASH_BYTES:
        raise NotACheckpoint
    return root
