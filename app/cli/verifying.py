"""Counts a log again and checks proofs, on any machine and without a database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

import typer

from app.cli.log_source import Source, Unreadable, as_text, read_file
from app.cli.screen import errors, say
from app.core.texts import Text
from app.declarations.rules.openings import OpeningWrong, read_opening
from app.ledger.rules.acts import NotALeaf, read_act
from app.ledger.rules.checkpoints import Checkpoint, NotACheckpoint
from app.ledger.rules.cosigning import CosignatureVerifier
from app.ledger.rules.merkle import (
    EMPTY_ROOT,
    Frontier,
    ProofWrong,
    consistency_proof,
    leaf_hash,
    verify_consistency,
)
from app.ledger.rules.notes import NoteVerifier, NoteWrong
from app.ledger.rules.proofs import LogProof, Policy, verify_proof
from app.ledger.rules.recounting import LeafWrong, Recount, tally_of
from app.ledger.rules.tiles import NotATile, node_reader

WELL: Final = 0
WRONG: Final = 1
UNREADABLE: Final = 2

HEADER: Final = ("declaration", "text", "regency", "group", "signatures", "witnesses")


class Faulty(Exception):
    """What was checked is not as it should be."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


@dataclass(frozen=True)
class Trust:
    """Whom the reader trusts, as the command line names them; of the keys the newest first."""

    keys: Sequence[str]
    witnesses: Sequence[str]
    quorum: int

    def policy(self) -> Policy:
        try:
            witnesses = [CosignatureVerifier.parse(each) for each in self.witnesses]
            log, *older = [NoteVerifier.parse(each) for each in self.keys]
            return Policy(log, witnesses, self.quorum, older)
        except (NoteWrong, ProofWrong, ValueError) as wrong:
            raise Faulty(KEYS_WRONG) from wrong


@dataclass(frozen=True)
class Counting:
    """What is to be counted: one declaration or all; nothing where the leaves are others."""

    declaration: UUID | None
    plain: bool


def answer(check: Callable[[], None]) -> int:
    """Run a check; return the exit code: 0 well, 1 not as it should be, 2 not readable."""
    try:
        check()
    except Unreadable as failure:
        reason = str(failure)
        said = Text(f"Tidak terbaca: {reason}", f"This cannot be read: {reason}")
        say(said, "bold red", errors)
        return UNREADABLE
    except Faulty as fault:
        say(fault.text, "bold red", errors)
        return WRONG
    return WELL


def check_log(source: Source, trust: Trust, saved: Sequence[Path], counting: Counting) -> None:
    """Hash all leaves, hold them against the checkpoint and those saved before, and count."""
    policy = trust.policy()
    head, cosigned = accept(policy, source.checkpoint())
    log_alone = replace(policy, witnesses=(), quorum=0)
    heads = [head, *(accept(log_alone, as_text(read_file(file)))[0] for file in saved)]
    if max(each.size for each in heads) > head.size:
        raise Faulty(SMALLER)
    counted = _recount(source, heads, plain=counting.plain)
    _show(counted, counting)
    say(
        Text(
            f"Sesuai: {head.size} daun, {len(cosigned)} saksi.",
            f"As signed: {head.size} leaves, {len(cosigned)} witnesses.",
        ),
        "bold green",
        errors,
    )


def check_proof(file: Path, trust: Trust, opening: Path | None) -> None:
    """Check a kept proof and, where it is opened, that it is about this very signature."""
    try:
        proof, policy = LogProof.read(as_text(read_file(file))), trust.policy()
        accept(policy, proof.checkpoint)
        shown = verify_proof(proof, proof.extra, policy)
    except ProofWrong as wrong:
        raise Faulty(PROOF_WRONG) from wrong
    if opening is not None:
        _open(proof.extra, opening)
    typer.echo(proof.extra.decode("ascii", "replace"))
    at, size, number = proof.index, shown.checkpoint.size, len(shown.cosigned)
    say(
        Text(
            f"Terbukti: daun {at} dari {size}, {number} saksi.",
            f"Proven: leaf {at} of {size}, {number} witnesses.",
        ),
        "bold green",
        errors,
    )


def check_consistency(source: Source, trust: Trust, new: Path, old: Path) -> None:
    """See from the tiles of a log that the newer checkpoint only adds to the older one."""
    policy = trust.policy()
    before, after = (accept(policy, as_text(read_file(file)))[0] for file in (old, new))
    see_growth(source, before, after)
    said = Text(
        f"Konsisten: {before.size} daun pertama dari {after.size} tidak berubah.",
        f"Consistent: the first {before.size} of {after.size} leaves are as they were.",
    )
    say(said, "bold green", errors)


def accept(policy: Policy, note: str) -> tuple[Checkpoint, Sequence[str]]:
    """A checkpoint that those whom the reader trusts have signed, and its witnesses."""
    try:
        return policy.accept(note)
    except (ProofWrong, NotACheckpoint) as wrong:
        raise Faulty(_why(policy, note)) from wrong


def _why(policy: Policy, note: str) -> Text:
    """Somebody who names an older key only, or the newest only, is told so."""
    strangers = policy.strangers(note)
    return _key_unknown(strangers) if strangers else NOT_SIGNED


def _key_unknown(strangers: Sequence[str]) -> Text:
    ids = ", ".join(strangers)
    return Text(
        f"Titik periksa ditandatangani atas nama log ini dengan kunci {ids}, yang tidak Anda sebut."
        " Bila kuncinya diganti: cocokkan dengan pengumuman dan …/keys, lalu tulis --key BARU"
        " --key LAMA. Bila tidak: simpan titik periksa ini dan laporkan.",
        f"The checkpoint is signed in the name of this log by a key {ids}, which you do not name."
        " If the key was rotated: compare it with the announcement and …/keys, then pass --key NEW"
        " --key OLD. If not: keep this checkpoint, and raise the alarm.",
    )


def see_growth(source: Source, before: Checkpoint, after: Checkpoint) -> None:
    """Refuse a log that is smaller than it was, or does not begin with what it was."""
    if after.size < before.size:
        raise Faulty(SMALLER)
    read = node_reader(after.size, cache(source.tile))
    try:
        proof = consistency_proof(before.size, after.size, read)
        verify_consistency(before.size, before.root, after.size, after.root, proof)
    except (ProofWrong, NotATile) as wrong:
        raise Faulty(CHANGED) from wrong


def _recount(source: Source, heads: Sequence[Checkpoint], *, plain: bool) -> Recount:
    frontier, recount, roots = Frontier(), Recount(), {0: EMPTY_ROOT}
    sizes = {head.size for head in heads}
    try:
        for data in source.leaves(heads[0].size):
            frontier.add(leaf_hash(data))
            if frontier.size in sizes:
                roots[frontier.size] = frontier.root()
            if not plain:
                recount.add(data)
        recount.finish()
    except (LeafWrong, NotATile) as wrong:
        raise Faulty(_leaf_wrong(frontier.size - 1, wrong)) from wrong
    if any(roots[head.size] != head.root for head in heads):
        raise Faulty(CHANGED)
    return recount


def _show(counted: Recount, counting: Counting) -> None:
    if counting.plain:
        return
    numbers = +counted.numbers
    typer.echo("\t".join(HEADER))
    for of in sorted({cell.declaration for cell in numbers}, key=str):
        if counting.declaration in (None, of):
            for line in tally_of(numbers, of):
                both = str(line.signatures), str(line.witnesses)
                typer.echo("\t".join((str(of), line.text.hex(), line.region, line.group, *both)))


def _open(leaf: bytes, opening: Path) -> None:
    try:
        is_mine = (
            read_act(leaf).commitment == read_opening(as_text(read_file(opening))).commitment()
        )
    except (NotALeaf, OpeningWrong, UnicodeEncodeError) as wrong:
        raise Faulty(OPENING_WRONG) from wrong
    if not is_mine:
        raise Faulty(OPENING_WRONG)


def _leaf_wrong(index: int, wrong: Exception) -> Text:
    at = wrong.index if isinstance(wrong, LeafWrong) else index + 1
    return Text(
        f"Daun {at} tidak sah: bukan daun, berulang, atau merujuk yang tidak ada.",
        f"Leaf {at} is wrong: no leaf, a repeat, or it refers to what is not there.",
    )


KEYS_WRONG: Final = Text(
    "Kunci log, kunci saksi atau jumlah saksi tidak benar.",
    "The key of the log, a key of a witness, or the number of witnesses is not right.",
)
NOT_SIGNED: Final = Text(
    "Titik periksa tidak ditandatangani oleh log ini dan cukup banyak saksi.",
    "The checkpoint is not signed by this log and by enough witnesses.",
)
SMALLER: Final = Text(
    "Log menjadi lebih kecil daripada yang pernah ditandatangani.",
    "The log has become smaller than what was signed before.",
)
CHANGED: Final = Text(
    "Isi log bukan yang ditandatangani: ada yang diubah, dihapus atau disisipkan.",
    "The log is not what was signed: something was changed, deleted or inserted.",
)
PROOF_WRONG: Final = Text("Bukti ini tidak benar.", "This proof is wrong.")
OPENING_WRONG: Final = Text(
    "Pembuka ini bukan milik daun pada bukti.", "The opening is not that of the proof's leaf."
)
