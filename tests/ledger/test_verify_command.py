"""`netra verify`: our own rules, from a folder, an address or files."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from app.cli import netra
from app.declarations.rules.kinds import Method
from app.declarations.rules.openings import Opening, OpeningWrong, read_opening
from app.ledger.rules.acts import Act, ActLeaf, write_act
from app.ledger.rules.notes import NoteSigner, read_note, write_note
from tests.ledger.made import LOG, PARTNERS, checkpoint, later, many, mirror, proof, signed
from tests.ledger.serving import serving
from tests.ledger.tampering import TAMPERINGS

LEAVES: Final = many(600)
WITNESSES: Final = [word for each in PARTNERS for word in ("--witness", each.verifier.verifier_key)]


def verify(*arguments: str | Path) -> Result:
    command = ["verify", *map(str, arguments), "--key", LOG.verifier_key]
    return CliRunner().invoke(netra, command)


def test_it_prints_what_the_stand_alone_verifier_prints(tmp_path: Path) -> None:
    mirror(LEAVES, tmp_path)
    command = [sys.executable, "app/ledger/data/netra_verify.py", "log", str(tmp_path)]

    ours = verify("log", tmp_path)
    alone = subprocess.run(  # noqa: S603  our own program
        [*command, "--key", LOG.verifier_key], capture_output=True, text=True, check=False
    )

    assert ours.exit_code == 0
    assert ours.stdout == alone.stdout


def test_a_log_is_counted_from_its_address_with_its_witnesses(tmp_path: Path) -> None:
    with serving(mirror(LEAVES, tmp_path, partners=2)) as served:
        enough = verify("log", served.address, *WITNESSES, "--quorum", "2")
        too_few = verify("log", served.address, *WITNESSES, "--quorum", "3")
        missing = verify("log", f"{served.address}/missing")

    assert (enough.exit_code, too_few.exit_code, missing.exit_code) == (0, 1, 2)
    assert "600 leaves, 2 witnesses" in enough.stderr


def test_one_declaration_is_counted_alone(tmp_path: Path) -> None:
    mirror([write_act(signed(number)) for number in range(5)], tmp_path)

    result = verify("log", tmp_path, "--declaration", str(UUID(int=1)))

    assert [line.split("\t")[4] for line in result.stdout.splitlines()[1:]] == ["2"]


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_a_log_that_was_tampered_with_and_signed_anew_is_caught(
    tmp_path: Path, tamper: Callable[[list[bytes]], None]
) -> None:
    leaves = [write_act(signed(number, region=number % 3)) for number in range(300)]
    saved = tmp_path / "saved"
    saved.write_text(checkpoint(leaves), "utf-8")
    honest = verify("log", mirror(leaves, tmp_path / "before"), "--saved", saved)

    tamper(leaves)
    more = [write_act(signed(2000 + number)) for number in range(60)]
    caught = verify("log", mirror([*leaves, *more], tmp_path / "after"), "--saved", saved)

    assert (honest.exit_code, caught.exit_code) == (0, 1)
    assert "not what was signed" in caught.stderr


def test_a_log_that_has_become_smaller_is_caught(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.write_text(checkpoint(LEAVES), "utf-8")

    result = verify("log", mirror(LEAVES[:500], tmp_path), "--saved", saved)

    assert result.exit_code == 1
    assert "smaller" in result.stderr


def test_a_log_is_verified_across_a_change_of_its_key(tmp_path: Path) -> None:
    """By every key that it had, in both programs; by none that only names itself like it."""
    former = NoteSigner(LOG.name, bytes(range(32, 64)))
    text, _ = read_note(checkpoint(LEAVES[:300]))
    old = tmp_path / "old"
    old.write_text(write_note(text, [former.sign(text)]), "utf-8")
    new = tmp_path / "new"
    new.write_text(checkpoint(LEAVES), "utf-8")
    mirror(LEAVES, tmp_path)
    both = ("--key", former.verifier_key)

    answers = [verify("log", tmp_path, "--saved", old, *more).exit_code for more in (both, ())] + [
        verify("consistency", tmp_path, new, old, *more).exit_code for more in (both, ())
    ]

    program = [sys.executable, "app/ledger/data/netra_verify.py", "log", str(tmp_path), str(old)]
    alone = [
        subprocess.run(  # noqa: S603  our own program
            [*program, "--key", LOG.verifier_key, *more], capture_output=True, check=False
        ).returncode
        for more in (both, ())
    ]
    assert (answers, alone) == ([0, 1, 0, 1], [0, 1])


def test_both_programs_name_the_key_that_is_missing(tmp_path: Path) -> None:
    kept = tmp_path / "kept.tlog-proof"
    kept.write_text(proof(LEAVES[:21], 13).write(), "utf-8")
    other = NoteSigner(LOG.name, bytes(range(32, 64))).verifier_key
    alone = [sys.executable, "app/ledger/data/netra_verify.py", "proof", str(kept), "--key", other]

    refused = CliRunner().invoke(netra, ["verify", "proof", str(kept), "--key", other])
    done = subprocess.run(alone, capture_output=True, text=True, check=False)  # noqa: S603  our own

    assert (refused.exit_code, done.returncode) == (1, 1)
    for said in (refused.stderr, done.stderr):
        assert LOG.verifier.key_id.hex() in said
        assert "/keys" in said


def test_a_wrong_leaf_or_bundle_is_named(tmp_path: Path) -> None:
    leaves = [write_act(signed(0)), write_act(later(Act.WITHDRAWN, signed(1), 0))]
    wrong = verify("log", mirror(leaves, tmp_path / "wrong"))
    cut = mirror(LEAVES, tmp_path / "cut") / "tile/entries/001"
    cut.write_bytes(cut.read_bytes()[:-1])

    assert "Leaf 1 is wrong" in wrong.stderr
    assert verify("log", tmp_path / "cut").exit_code == 1
    assert verify("log", mirror([b"a", b"b"], tmp_path / "other"), "--plain").exit_code == 0


def test_a_proof_is_checked_offline(tmp_path: Path) -> None:
    kept = tmp_path / "kept.tlog-proof"
    kept.write_text(proof(LEAVES[:21], 13, partners=2).write(), "utf-8")

    shown = verify("proof", kept, *WITNESSES, "--quorum", "2")
    kept.write_text(kept.read_text("utf-8").replace("index 13", "index 12"), "utf-8")
    wrong = verify("proof", kept)

    assert (shown.exit_code, wrong.exit_code) == (0, 1)
    assert LEAVES[13].decode() in shown.stdout
    assert "leaf 13 of 21, 2 witnesses" in shown.stderr
    assert verify("proof", kept, "--quorum", "1").exit_code == 1


OPENING: Final = Opening(
    signature=UUID(int=7),
    salt=bytes(16),
    person={"name": "Rekaan Contoh", "employee_number": None},
    method=Method.CLICK,
    captured_at=datetime(2024, 9, 30, 3, 15, tzinfo=UTC),
    recorded_at=datetime(2024, 9, 30, 3, 16, tzinfo=UTC),
)


def test_the_opening_tells_whose_leaf_it_is(tmp_path: Path) -> None:
    plain = signed(0)
    leaf = ActLeaf(
        Act.SIGNED,
        plain.declaration,
        plain.text,
        plain.region,
        plain.group,
        plain.role,
        OPENING.commitment(),
    )
    kept, mine, other = (tmp_path / name for name in ("kept", "mine", "other"))
    kept.write_text(proof([write_act(leaf)], 0).write(), "utf-8")
    mine.write_text(json.dumps(OPENING.write()), "utf-8")
    other.write_text(json.dumps({**OPENING.write(), "salt": "00"}), "utf-8")
    alone = [sys.executable, "app/ledger/data/netra_verify.py", "proof", str(kept), str(mine)]

    assert verify("proof", kept, "--opening", mine).exit_code == 0
    assert verify("proof", kept, "--opening", other).exit_code == 1
    assert verify("proof", kept, "--opening", tmp_path / "none").exit_code == 2
    assert subprocess.run([*alone, "--key", LOG.verifier_key], check=False).returncode == 0  # noqa: S603  our own


def test_an_opening_comes_back_and_nothing_else_is_one() -> None:
    written = json.dumps(OPENING.write())

    assert read_opening(written) == OPENING
    for wrong in (
        "",
        "[]",
        "{}",
        "3",
        written.replace("click", "clack"),
        written.replace("0", "x"),
    ):
        with pytest.raises(OpeningWrong):
            read_opening(wrong)


def test_consistency_is_seen_from_the_tiles(tmp_path: Path) -> None:
    mirror(LEAVES, tmp_path / "log")
    for name, part in {"old": LEAVES[:257], "new": LEAVES, "fork": LEAVES[1:257]}.items():
        (tmp_path / name).write_text(checkpoint(part), "utf-8")
    log, new, old, fork = (tmp_path / name for name in ("log", "new", "old", "fork"))

    assert verify("consistency", log, new, old).exit_code == 0
    assert verify("consistency", log, new, fork).exit_code == 1
    assert verify("consistency", log, old, new).exit_code == 1
    assert verify("consistency", log, new, tmp_path / "none").exit_code == 2


def test_a_key_that_is_none_is_refused(tmp_path: Path) -> None:
    command = ["verify", "log", str(mirror(LEAVES[:2], tmp_path)), "--key", "x+y"]

    assert CliRunner().invoke(netra, command).exit_code == 1
