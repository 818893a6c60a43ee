"""The stand-alone verifier: another's program, run as another would run it."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.declarations.rules.kinds import Method
from app.declarations.rules.persons import commitment, person_hash
from app.ledger.rules.acts import ActLeaf, read_act, write_act
from app.ledger.rules.notes import write_note
from app.ledger.rules.recounting import LeafWrong, recount, tally_of
from tests.ledger.made import LOG, PARTNERS, checkpoint, later, logs, many, mirror, proof, signed
from tests.ledger.tampering import FIRST, TAMPERINGS, WRONG_ACTS, WRONG_SECONDS

VERIFIER: Final = Path("app/ledger/data/netra_verify.py").absolute()
WITNESSES: Final = [word for each in PARTNERS for word in ("--witness", each.verifier.verifier_key)]


def run(*arguments: str | Path, key: str = LOG.verifier_key) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-I", VERIFIER, *arguments, "--key", key],
        capture_output=True,
        text=True,
        check=False,
    )


def lines_of(leaves: Sequence[bytes]) -> list[list[str]]:
    """The tally as our own rules have it, in the words of the verifier."""
    numbers = recount(leaves)
    return sorted(
        [
            str(of),
            line.text.hex(),
            line.region,
            line.group,
            f"{line.signatures}",
            f"{line.witnesses}",
        ]
        for of in {cell.declaration for cell in numbers}
        for line in tally_of(numbers, of)
    )


def test_it_is_small_enough_to_be_read() -> None:
    source = VERIFIER.read_text("utf-8")

    assert len(source.splitlines()) <= 200
    assert "import app" not in source
    assert "from app" not in source


@settings(max_examples=10, deadline=None)
@given(logs)
def test_it_counts_what_our_own_rules_count(leaves: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        answer = run("log", mirror(leaves, Path(folder)))

    assert (answer.returncode, answer.stderr.split()[0]) == (0, str(len(leaves)))
    assert [line.split("\t") for line in answer.stdout.splitlines()[1:]] == lines_of(leaves)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_it_refuses_what_our_own_rules_refuse(data: st.DataObject) -> None:
    leaves = many(12)
    words = leaves[data.draw(st.integers(0, 11), "leaf")].split(b" ")
    words[data.draw(st.integers(0, len(words) - 1), "word")] = data.draw(
        st.sampled_from([b"", b"withdrawn", b"0", b"1", b"999", b"\xff", leaves[0].split(b" ")[7]])
    )
    leaves.insert(data.draw(st.integers(0, 12), "place"), b" ".join(words))

    with TemporaryDirectory() as folder:
        answer = run("log", mirror(leaves, Path(folder)))

    wrong, expected = told(leaves)
    assert answer.returncode == (0 if wrong is None else 1)
    assert [line.split("\t") for line in answer.stdout.splitlines()[1:]] == expected
    assert wrong is None or f"leaf {wrong} " in answer.stderr or "twice" in answer.stderr


def told(leaves: list[bytes]) -> tuple[int | None, list[list[str]]]:
    """Which leaf our own rules refuse, or else what they count."""
    try:
        return None, lines_of(leaves)
    except LeafWrong as wrong:
        return wrong.index, []


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_a_log_that_was_tampered_with_and_signed_anew_is_caught_by_a_saved_checkpoint(
    tmp_path: Path, tamper: Callable[[list[bytes]], None]
) -> None:
    leaves = [write_act(signed(number, region=number % 3)) for number in range(300)]
    saved = tmp_path / "saved"
    saved.write_text(checkpoint(leaves), "utf-8")
    mirror(leaves, tmp_path / "before")
    honest = run("log", tmp_path / "before", saved)

    tamper(leaves)
    mirror([*leaves, *(write_act(signed(2000 + n)) for n in range(60))], tmp_path / "after")
    caught = run("log", tmp_path / "after", saved)

    assert honest.returncode == 0
    assert caught.returncode == 1
    assert "not those of a checkpoint" in caught.stderr


WRONG_LOGS: Final = [
    *([FIRST, each] for each in WRONG_SECONDS),
    *([FIRST, *(later(act, FIRST, 0) for act in acts)] for acts in WRONG_ACTS),
]


@pytest.mark.parametrize("leaves", WRONG_LOGS)
def test_a_leaf_that_cannot_come_here_is_an_error(tmp_path: Path, leaves: list[ActLeaf]) -> None:
    answer = run("log", mirror([write_act(leaf) for leaf in leaves], tmp_path))

    assert (answer.returncode, answer.stdout) == (1, "")
    assert f"leaf {len(leaves) - 1} " in answer.stderr or "twice" in answer.stderr


@pytest.mark.parametrize("more", [b"\0", b"\0\0", b"\0\1a"])
def test_a_bundle_with_something_behind_it_is_refused(tmp_path: Path, more: bytes) -> None:
    bundle = mirror(many(3), tmp_path) / "tile/entries/000.p/3"
    bundle.write_bytes(bundle.read_bytes() + more)

    assert "not whole" in run("log", tmp_path).stderr


def test_a_log_that_has_become_smaller_is_caught(tmp_path: Path) -> None:
    (tmp_path / "saved").write_text(checkpoint(many(300)), "utf-8")

    answer = run("log", mirror(many(200), tmp_path / "log"), tmp_path / "saved")

    assert answer.returncode == 1
    assert "smaller" in answer.stderr


def test_what_the_log_signs_in_anothers_name_is_refused(tmp_path: Path) -> None:
    mirror(many(3), tmp_path)
    text = checkpoint(many(3)).partition("\n\n")[0].replace("bawaslu", "kpu") + "\n"
    (tmp_path / "checkpoint").write_text(write_note(text, [LOG.sign(text)]), "utf-8")

    answer = run("log", tmp_path)

    assert answer.returncode == 1
    assert "another log" in answer.stderr


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_entries_that_are_not_those_of_the_checkpoint_are_caught(
    tmp_path: Path, tamper: Callable[[list[bytes]], None]
) -> None:
    leaves = [write_act(signed(number, region=number % 3)) for number in range(300)]
    signed_for = checkpoint(leaves)
    tamper(leaves)
    mirror((leaves + [write_act(signed(3000 + n)) for n in range(60)])[:300], tmp_path)
    (tmp_path / "checkpoint").write_text(signed_for, "utf-8")

    assert run("log", tmp_path).returncode == 1


def test_a_log_that_grew_is_consistent_and_one_that_forked_is_not(tmp_path: Path) -> None:
    leaves = many(600)
    mirror(leaves, tmp_path / "log")
    for name, part in {"old": leaves[:257], "new": leaves, "fork": many(256)[::-1]}.items():
        (tmp_path / name).write_text(checkpoint(part), "utf-8")

    grew = run("consistency", tmp_path / "log", tmp_path / "new", tmp_path / "old")
    forked = run("consistency", tmp_path / "log", tmp_path / "new", tmp_path / "fork")
    shrank = run("consistency", tmp_path / "log", tmp_path / "old", tmp_path / "new")

    assert (grew.returncode, forked.returncode, shrank.returncode) == (0, 1, 1)


def test_a_log_of_other_leaves_is_checked_without_counting(tmp_path: Path) -> None:
    mirror([b"entry %d" % number for number in range(5)], tmp_path)

    assert run("log", tmp_path, "--plain").returncode == 0
    assert run("log", tmp_path).returncode == 1


def test_an_empty_log_is_well(tmp_path: Path) -> None:
    assert run("log", mirror([], tmp_path)).returncode == 0


def test_a_proof_is_checked_offline_with_the_witnesses_that_are_wanted(tmp_path: Path) -> None:
    leaves = many(21)
    kept = tmp_path / "kept.tlog-proof"
    kept.write_text(proof(leaves, 13, partners=2).write(), "utf-8")

    assert leaves[13].decode() in run("proof", kept, *WITNESSES, "--quorum", "2").stdout
    assert run("proof", kept, *WITNESSES, "--quorum", "3").returncode == 1
    assert run("proof", kept, *WITNESSES[:2] * 2, "--quorum", "2").returncode == 1
    assert run("proof", kept, key=PARTNERS[0].verifier_key).returncode == 1
    assert run("proof", tmp_path / "missing").returncode == 1


@pytest.mark.parametrize("place", range(7))
def test_a_proof_that_was_altered_is_refused(tmp_path: Path, place: int) -> None:
    leaves = many(21)
    lines = proof(leaves, 13).write().split("\n")
    lines[place + 1] = lines[place + 1][:8] + ("B" if lines[place + 1][8:9] == "A" else "A")
    kept = tmp_path / "kept.tlog-proof"
    kept.write_text("\n".join(lines), "utf-8")

    assert run("proof", kept).returncode == 1


def test_the_opening_tells_whose_leaf_it_is(tmp_path: Path) -> None:
    moment = datetime(2024, 9, 30, 3, 15, tzinfo=UTC)
    person: dict[str, str | None] = {"name": "Rekaan Contoh", "office": "Kec. Rekaan é"}
    hashed = person_hash(bytes(16), person)
    hidden = commitment(UUID(int=7), hashed, Method.CLICK, None, moment)
    act = read_act(many(1)[0])
    leaf = write_act(
        type(act)(act.act, act.declaration, act.text, act.region, act.group, act.role, hidden)
    )
    (tmp_path / "kept").write_text(proof([leaf], 0).write(), "utf-8")
    said = {
        "signature": str(UUID(int=7)),
        "salt": bytes(16).hex(),
        "person": person,
        "method": "click",
        "captured_at": None,
        "recorded_at": "2024-09-30T03:15:00.000000+00:00",
    }
    (tmp_path / "mine").write_text(json.dumps(said), "utf-8")
    (tmp_path / "other").write_text(json.dumps(said | {"method": "wet"}), "utf-8")

    assert run("proof", tmp_path / "kept", tmp_path / "mine").returncode == 0
    assert run("proof", tmp_path / "kept", tmp_path / "other").returncode == 1
