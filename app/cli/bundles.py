"""Checks the bundle of a case file, on any machine and without a database."""

from pathlib import Path
from typing import Final

from app.cli.screen import errors, say
from app.core.texts import Text
from app.referrals.files.checking import MOST_BYTES, Examined, examine

WHOLE: Final = 0
NOT_WHOLE: Final = 1
UNREADABLE: Final = 2


def verify_bundle(file: Path, expected: str | None) -> int:
    """Print what is wrong; return the exit code: 0 whole, 1 not as written, 2 not readable."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as failure:
        reason = f"{file}: {failure.strerror}"
        said = Text(f"Berkas tidak terbaca: {reason}", f"The file cannot be read: {reason}")
        say(said, "bold red", errors)
        return UNREADABLE
    found = examine(data, expected)
    _show(found, compared=expected is not None)
    return NOT_WHOLE if found.faults else WHOLE


def _show(found: Examined, *, compared: bool) -> None:
    for fault in found.faults:
        where = f"{_plain(fault.member)}: " if fault.member else ""
        say(Text(f"{where}{fault.text.id}", f"{where}{fault.text.en}"), "bold red", errors)
    if found.faults:
        return
    whole = Text(
        f"Utuh: {found.members} berkas, semuanya sesuai daftar isi.",
        f"Whole: {found.members} files, all as the manifest says.",
    )
    say(whole, "bold green")
    say(Text(f"Sidik data: {found.data_sha256}", f"Digest of the data: {found.data_sha256}"))
    if not compared:
        say(COMPARE)


COMPARE: Final = Text(
    "Bandingkan sidik ini dengan yang tercetak di halaman terakhir berkas kertas.",
    "Compare this digest with the one on the last page of the paper file.",
)


def _plain(name: str) -> str:
    """A name out of a strange file: nothing in it may command a terminal."""
    return "".join(each if each.isprintable() else "?" for each in name[:100])
