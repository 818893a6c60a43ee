"""A witness in a partner office: what it cosigns, what it refuses, and what it remembers."""

import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner, Result

from app.cli import netra
from app.ledger.rules.checkpoints import open_checkpoint
from app.ledger.rules.cosigning import CosignatureVerifier, cosigned_at
from app.ledger.rules.notes import NoteSigner, open_note, read_note, write_note
from tests.ledger.made import LOG, checkpoint, many, mirror
from tests.ledger.serving import Served, serving

NAME: Final = "kpk.example/saksi"
LEAVES: Final = many(600)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "none") as served:
        yield served


def publish(served: Served, leaves: list[bytes], folder: Path) -> None:
    """Let the service serve another log from now on."""
    served.folder = mirror(leaves, folder / f"log-{len(list(folder.iterdir()))}")


def cosign(served: Served, folder: Path, *keys: str) -> Result:
    named = [word for key in keys or (LOG.verifier_key,) for word in ("--key", key)]
    options = [*named, "--name", NAME, "--state", str(folder / "state")]
    return CliRunner().invoke(netra, ["witness", "cosign", served.address, *options])


def witness_of(folder: Path) -> CosignatureVerifier:
    options = ["--name", NAME, "--state", str(folder / "state")]
    result = CliRunner().invoke(netra, ["witness", "key", *options])
    assert result.exit_code == 0
    return CosignatureVerifier.parse(result.stdout.strip())


def test_a_log_that_grows_is_cosigned_each_time(served: Served, tmp_path: Path) -> None:
    sizes = (0, 1, 255, 256, 256, 257, 600)
    for size in sizes:
        publish(served, LEAVES[:size], tmp_path)
        assert cosign(served, tmp_path).exit_code == 0

    witness = witness_of(tmp_path)
    for size, note in zip(sizes, served.cosigned, strict=True):
        opened = open_note(note, [witness])
        text = checkpoint(LEAVES[:size]).partition("\n\n")[0] + "\n"
        assert opened.text == text
        assert abs(cosigned_at(opened.signatures[0].signature) - time.time()) < 60


@pytest.mark.parametrize(
    ("then", "why"),
    [
        (LEAVES[:299], "smaller"),
        ([*LEAVES[:299], LEAVES[300]], "not what was signed"),
        ([*LEAVES[1:400]], "not what was signed"),
        ([*LEAVES[:10], LEAVES[500], *LEAVES[10:400]], "not what was signed"),
    ],
)
def test_a_log_that_was_tampered_with_is_refused_and_kept_as_evidence(
    served: Served, tmp_path: Path, then: list[bytes], why: str
) -> None:
    publish(served, LEAVES[:300], tmp_path)
    cosign(served, tmp_path)
    publish(served, then, tmp_path)

    refused = cosign(served, tmp_path)
    again = cosign(served, tmp_path)

    assert (refused.exit_code, again.exit_code, len(served.cosigned)) == (1, 1, 1)
    assert why in refused.stderr
    [evidence] = (tmp_path / "state").glob("refused-*")
    assert open_checkpoint(evidence.read_text("utf-8"), LOG.verifier).size == len(then)


def test_after_a_refusal_the_honest_log_is_cosigned_again(served: Served, tmp_path: Path) -> None:
    for leaves in (LEAVES[:300], LEAVES[:200], LEAVES[:301]):
        publish(served, leaves, tmp_path)
        last = cosign(served, tmp_path)

    assert (last.exit_code, len(served.cosigned)) == (0, 2)


def test_a_checkpoint_that_the_log_did_not_sign_is_refused(served: Served, tmp_path: Path) -> None:
    publish(served, LEAVES[:3], tmp_path)
    stranger = NoteSigner(LOG.name, bytes(32))

    assert cosign(served, tmp_path, stranger.verifier_key).exit_code == 1
    assert served.cosigned == []

    text = checkpoint(LEAVES[:3]).partition("\n\n")[0] + "\n"
    (served.folder / "checkpoint").write_text(write_note(text, [stranger.sign(text)]), "utf-8")
    assert cosign(served, tmp_path).exit_code == 1
    assert served.cosigned == []


NEW: Final = NoteSigner(LOG.name, bytes(range(32, 64)))


@pytest.fixture
def rotated(served: Served, tmp_path: Path) -> Served:
    """A log that a witness saw under its first key, and that has grown under another."""
    publish(served, LEAVES[:300], tmp_path)
    assert cosign(served, tmp_path).exit_code == 0
    publish(served, LEAVES[:400], tmp_path)
    text, _ = read_note(checkpoint(LEAVES[:400]))
    (served.folder / "checkpoint").write_text(write_note(text, [NEW.sign(text)]), "utf-8")
    return served


def test_a_log_is_watched_across_a_change_of_its_key(rotated: Served, tmp_path: Path) -> None:
    both = NEW.verifier_key, LOG.verifier_key

    for _ in range(2):
        assert cosign(rotated, tmp_path, *both).exit_code == 0

    assert len(rotated.cosigned) == 3
    assert cosign(rotated, tmp_path, NEW.verifier_key).exit_code == 0


@pytest.mark.parametrize(("named", "missing"), [(LOG, NEW), (NEW, LOG)])
def test_a_witness_that_names_one_key_alone_is_told_which_other_it_needs(
    rotated: Served, tmp_path: Path, named: NoteSigner, missing: NoteSigner
) -> None:
    """The new one to read the log, the old one to read what it saw itself before."""
    refused = cosign(rotated, tmp_path, named.verifier_key)

    assert (refused.exit_code, len(rotated.cosigned)) == (1, 1)
    assert missing.verifier.key_id.hex() in refused.stderr
    assert "--key NEW --key OLD" in refused.stderr
    assert "/keys" in refused.stderr
    assert not list((tmp_path / "state").glob("refused-*"))
    assert cosign(rotated, tmp_path, NEW.verifier_key, LOG.verifier_key).exit_code == 0


def test_a_bad_signature_of_a_known_key_is_no_change_of_the_key(
    served: Served, tmp_path: Path
) -> None:
    publish(served, LEAVES[:3], tmp_path)
    other = checkpoint(LEAVES[:2]).partition("\n\n")[2]
    text, _ = read_note(checkpoint(LEAVES[:3]))
    (served.folder / "checkpoint").write_text(f"{text}\n{other}", "utf-8")

    refused = cosign(served, tmp_path)

    assert refused.exit_code == 1
    assert "not signed by this log" in refused.stderr


def test_what_is_out_of_reach_is_not_cosigned_and_told_apart(
    served: Served, tmp_path: Path
) -> None:
    missing = cosign(served, tmp_path)
    publish(served, LEAVES[:3], tmp_path)
    served.refuses = True
    refused = cosign(served, tmp_path)
    served.refuses = False

    assert (missing.exit_code, refused.exit_code) == (2, 2)
    assert "cannot be read" in missing.stderr
    assert cosign(served, tmp_path).exit_code == 0


def test_tiles_that_are_missing_are_no_reason_to_cosign(served: Served, tmp_path: Path) -> None:
    publish(served, LEAVES[:300], tmp_path)
    cosign(served, tmp_path)
    publish(served, LEAVES[:600], tmp_path)
    (served.folder / "tile/0/001").unlink()

    assert cosign(served, tmp_path).exit_code == 2
    assert len(served.cosigned) == 1


def test_the_key_is_made_once_and_is_nobody_elses_to_read(tmp_path: Path) -> None:
    first, second = witness_of(tmp_path), witness_of(tmp_path)

    file = tmp_path / "state" / "witness.key"
    assert first.verifier_key == second.verifier_key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_damaged_key_or_memory_is_refused(served: Served, tmp_path: Path) -> None:
    publish(served, LEAVES[:3], tmp_path)
    cosign(served, tmp_path)
    [last] = (tmp_path / "state").glob("*.checkpoint")
    last.write_text("nothing\n", "utf-8")
    forgotten = cosign(served, tmp_path)
    (tmp_path / "state" / "witness.key").write_text("AAAA", "utf-8")
    damaged = cosign(served, tmp_path)

    assert (forgotten.exit_code, damaged.exit_code) == (1, 1)
    assert len(served.cosigned) == 1


def test_a_folder_or_a_name_that_cannot_be_is_refused(served: Served, tmp_path: Path) -> None:
    publish(served, LEAVES[:3], tmp_path)
    state = ["--state", str(tmp_path / "state")]
    to_folder = ["witness", "cosign", str(served.folder), "--key", LOG.verifier_key, *state]

    assert CliRunner().invoke(netra, [*to_folder, "--name", NAME]).exit_code == 1
    assert CliRunner().invoke(netra, ["witness", "key", "--name", "a b", *state]).exit_code == 1
