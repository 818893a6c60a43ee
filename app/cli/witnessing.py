"""Watches a log for a partner office: cosigns only what has grown from what was seen before."""

import base64
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path
from typing import Final

import typer

from app.cli.log_source import Source, Unreadable, as_text, read_file
from app.cli.screen import errors, say
from app.cli.verifying import Faulty, Trust, accept, answer, see_growth
from app.core.texts import Text
from app.ledger.rules.checkpoints import Checkpoint
from app.ledger.rules.cosigning import CosignatureSigner
from app.ledger.rules.notes import (
    KEY_BYTES,
    NoteWrong,
    is_name,
    read64,
    read_note,
    write64,
    write_note,
)
from app.ledger.rules.proofs import Policy

_KEY_FILE: Final = "witness.key"
_OURS_ALONE: Final = 0o600


@dataclass(frozen=True)
class Memory:
    """The folder in which a witness keeps its key and what it saw last of each log."""

    folder: Path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait until no other run uses the folder, which is made where it is missing."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (self.folder / "lock").open("w") as lock:
                flock(lock, LOCK_EX)
                yield
        except OSError as failure:
            raise Unreadable(f"{failure.filename}: {failure.strerror}") from failure

    def key(self) -> bytes:
        """The private key, made at the first run; whoever reads it can sign as this office."""
        file = self.folder / _KEY_FILE
        if not file.exists():
            self._keep(_KEY_FILE, write64(secrets.token_bytes(KEY_BYTES)))
        try:
            key = read64(as_text(read_file(file)).strip())
        except NoteWrong as wrong:
            raise Faulty(KEY_FILE_WRONG) from wrong
        if len(key) != KEY_BYTES:
            raise Faulty(KEY_FILE_WRONG)
        return key

    def last(self, origin: str) -> str | None:
        """The checkpoint that was cosigned last, as it was published."""
        file = self.folder / _name_of(origin)
        return as_text(read_file(file)) if file.exists() else None

    def remember(self, origin: str, note: str) -> None:
        self._keep(_name_of(origin), note)

    def keep_evidence(self, note: str) -> Path:
        """Keep what was refused: with the one seen last it shows what the log did."""
        name = f"refused-{sha256(note.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}"
        self._keep(f"{name}.checkpoint", note)
        return self.folder / f"{name}.checkpoint"

    def _keep(self, name: str, content: str) -> None:
        # A run that is killed leaves the old file or the new one, never half of one.
        fresh = self.folder / f"{name}.new"
        with suppress(FileNotFoundError):
            fresh.unlink()
        with os.fdopen(
            os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OURS_ALONE), "wb"
        ) as file:
            file.write(content.encode("utf-8", "surrogateescape"))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / name)


@dataclass(frozen=True)
class Round:
    """One run of a witness."""

    source: Source
    policy: Policy
    signer: CosignatureSigner
    memory: Memory

    def cosign(self) -> Checkpoint:
        """Look at the log, refuse it or cosign it; what was seen is kept before it is signed."""
        note = self.source.checkpoint()
        checkpoint, _ = accept(self.policy, note)
        before = self._before(checkpoint.origin)
        try:
            if before is not None:
                see_growth(self.source, before, checkpoint)
        except Faulty:
            kept = self.memory.keep_evidence(note)
            say(_evidence(kept), "bold red", errors)
            raise
        self.memory.remember(checkpoint.origin, note)
        text, _ = read_note(note)
        line = self.signer.sign(text, int(time.time()))
        self.source.send_cosignature(write_note(text, [line]))
        return checkpoint

    def _before(self, origin: str) -> Checkpoint | None:
        """What was seen last; under a key that is not named any more this proves nothing."""
        last = self.memory.last(origin)
        return None if last is None else accept(self.policy, last)[0]


def witness(address: str, trust: Trust, name: str, folder: Path) -> int:
    """Make one round; return 0 cosigned, 1 refused, 2 not readable: nothing was cosigned."""
    return answer(lambda: _watch(Source(address), trust, name, Memory(folder)))


def show_key(name: str, folder: Path) -> int:
    """Print the key by which cosignatures are verified, made where there is none."""
    return answer(lambda: _show_key(name, Memory(folder)))


def _watch(source: Source, trust: Trust, name: str, memory: Memory) -> None:
    if not source.is_remote:
        raise Faulty(NOT_REMOTE)
    policy = trust.policy()
    with memory.held():
        seen = Round(source, policy, _signer(name, memory), memory).cosign()
    size, root = seen.size, base64.b64encode(seen.root).decode()
    said = Text(
        f"Ditandatangani bersama: {size} daun, akar {root}.",
        f"Cosigned: {size} leaves, root {root}.",
    )
    say(said, "bold green")


def _show_key(name: str, memory: Memory) -> None:
    with memory.held():
        signer = _signer(name, memory)
    say(Text("Daftarkan kunci ini pada Bawaslu:", "Register this key with Bawaslu:"), to=errors)
    typer.echo(signer.verifier_key)


def _signer(name: str, memory: Memory) -> CosignatureSigner:
    if not is_name(name) or not name.isprintable():
        raise Faulty(NAME_WRONG)
    return CosignatureSigner(name, memory.key())


def _name_of(origin: str) -> str:
    return f"{sha256(origin.encode()).hexdigest()[:16]}.checkpoint"


def _evidence(kept: Path) -> Text:
    return Text(
        f"Ditolak; simpan {kept} dan titik periksa terakhir sebagai bukti.",
        f"Refused; keep {kept} and the last checkpoint as evidence.",
    )


KEY_FILE_WRONG: Final = Text(
    f"{_KEY_FILE} rusak: pulihkan dari cadangan.",
    f"{_KEY_FILE} is damaged: restore it from a backup.",
)
NAME_WRONG: Final = Text(
    "Nama saksi tidak boleh memuat spasi atau tanda tambah.",
    "The name of a witness has no spaces and no plus sign.",
)
NOT_REMOTE: Final = Text("Saksi memerlukan alamat http(s).", "A witness needs an http(s) address.")
