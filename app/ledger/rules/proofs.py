"""What a signer keeps to show, without asking anybody, that a leaf is in the log:
c2sp.org/tlog-proof."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.ledger.rules.checkpoints import Checkpoint, NotACheckpoint, open_checkpoint
from app.ledger.rules.cosigning import CosignatureVerifier
from app.ledger.rules.merkle import HASH_BYTES, ProofWrong, leaf_hash, verify_inclusion
from app.ledger.rules.notes import NoteVerifier, NoteWrong, open_note, read64, read_note, write64

_FORMAT: Final = "c2sp.org/tlog-proof@v1"
_INDEX: Final = re.compile(r"index (0|[1-9][0-9]{0,17})", re.ASCII)
_EXTRA: Final = "extra "


@dataclass(frozen=True, slots=True)
class LogProof:
    """Index, hashes from the leaf upwards, and the signed checkpoint as it was published.

    `extra` is for whoever reads the proof; ours holds the leaf, which the hashes then confirm.
    """

    index: int
    hashes: Sequence[bytes]
    checkpoint: str
    extra: bytes = b""

    def write(self) -> str:
        lines = (
            _FORMAT,
            *((f"{_EXTRA}{write64(self.extra)}",) if self.extra else ()),
            f"index {self.index}",
            *(write64(each) for each in self.hashes),
        )
        return "\n".join(lines) + f"\n\n{self.checkpoint}"

    @classmethod
    def read(cls, text: str) -> "LogProof":
        """Read a proof back; only what `write` would write is taken, and nothing is checked."""
        above, parted, checkpoint = text.partition("\n\n")
        lines = above.split("\n")
        if not parted or lines.pop(0) != _FORMAT:
            raise ProofWrong
        extra = lines.pop(0) if lines and lines[0].startswith(_EXTRA) else ""
        found = _INDEX.fullmatch(lines.pop(0) if lines else "")
        if found is None:
            raise ProofWrong
        hashes = tuple(_hash(line) for line in lines)
        return cls(int(found[1]), hashes, checkpoint, _bytes(extra.removeprefix(_EXTRA)))


@dataclass(frozen=True)
class Policy:
    """Whom somebody trusts: the key of the log, some witnesses, and how many of them it takes;
    and the keys that the log had before.

    A cosignature does not name its witness, so one key under two names is refused.
    """

    log: NoteVerifier
    witnesses: Sequence[CosignatureVerifier] = ()
    quorum: int = 0
    older: Sequence[NoteVerifier] = ()

    def __post_init__(self) -> None:
        keys = {each.public_key for each in self.witnesses}
        if len(keys) != len(self.witnesses) or not 0 <= self.quorum <= len(keys):
            raise ProofWrong

    def accept(self, note: str) -> tuple[Checkpoint, Sequence[str]]:
        """The checkpoint in a note and who cosigned it; too few of them are refused."""
        try:
            log = self._signer(note)
            checkpoint = open_checkpoint(note, log, self.witnesses)
            opened = open_note(note, (log, *self.witnesses))
        except (NotACheckpoint, NoteWrong) as wrong:
            raise ProofWrong from wrong
        cosigned = [each.name for each in self.witnesses if opened.is_signed_by(each)]
        if len(cosigned) < self.quorum:
            raise ProofWrong
        return checkpoint, cosigned

    def strangers(self, note: str) -> Sequence[str]:
        """Ids, in hex, of the keys that signed a note in the name of the log, where none of them
        is known here: the log has another key, or somebody poses as the log."""
        try:
            ids = [each.key_id for each in read_note(note)[1] if each.name == self.log.name]
        except NoteWrong:
            return ()
        known = {each.key_id for each in (self.log, *self.older)}
        return () if known.intersection(ids) else [each.hex() for each in ids]

    def _signer(self, note: str) -> NoteVerifier:
        """The key of the log under which a note stands, the one in use before older ones."""
        under = {(each.name, each.key_id) for each in read_note(note)[1]}
        known = (each for each in self.older if (each.name, each.key_id) in under)
        return self.log if (self.log.name, self.log.key_id) in under else next(known, self.log)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a proof showed: the checkpoint it leads to, and the witnesses that cosigned it."""

    checkpoint: Checkpoint
    cosigned: Sequence[str]


def verify_proof(proof: LogProof, leaf: bytes, policy: Policy) -> Shown:
    """Refuse unless the log, and as many witnesses as the policy wants, signed for this leaf."""
    checkpoint, cosigned = policy.accept(proof.checkpoint)
    verify_inclusion(leaf_hash(leaf), proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    return Shown(checkpoint, cosigned)


def _hash(line: str) -> bytes:
    read = _bytes(line)
    if len(read) != HASH_BYTES:
        raise ProofWrong
    return read


def _bytes(written: str) -> bytes:
    try:
        return read64(written)
    except NoteWrong as wrong:
        raise ProofWrong from wrong
