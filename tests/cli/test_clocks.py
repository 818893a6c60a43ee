"""The operator looks at the rules, and at what a change of the law would move."""

import json
import subprocess
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.cli.service import NETRA, Service
from tests.clocks.proposing import PROPOSAL

Ran: TypeAlias = "subprocess.CompletedProcess[str]"


def run(service: Service, *arguments: str | Path) -> Ran:
    return subprocess.run(  # noqa: S603  our own program
        [NETRA, "clocks", *arguments, "--data", service.home],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "usulan.json"
    file.write_text(json.dumps(PROPOSAL), encoding="utf-8")
    return file


def test_a_preview_prints_the_moves_and_changes_nothing(lasting: Service, file: Path) -> None:
    ran = run(lasting, "preview", file)

    assert ran.returncode == 0, ran.stderr
    assert "0 clocks would move." in ran.stdout
    assert "Nothing was changed." in ran.stdout


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("no json", "This file is no proposal"),
        ('{"holidays": []}', "holidays"),
        ("{}", "This proposal changes nothing."),
    ],
)
def test_a_bad_proposal_is_said_in_words(
    lasting: Service, tmp_path: Path, written: str, said: str
) -> None:
    file = tmp_path / "usulan.json"
    file.write_text(written, encoding="utf-8")

    ran = run(lasting, "preview", file)

    assert ran.returncode == 1
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_file_that_is_not_there_is_said_in_words(lasting: Service, tmp_path: Path) -> None:
    ran = run(lasting, "preview", tmp_path / "tiada.json")

    assert ran.returncode == 1
    assert "cannot be read" in ran.stderr


def test_the_rules_are_printed_with_their_confidence(lasting: Service) -> None:
    ran = run(lasting, "rules")

    assert ran.returncode == 0, ran.stderr
    assert "regional-handling" in ran.stdout
    assert "3 Hari kalender, 5 Hari kalender" in ran.stdout
    assert "unverified" in ran.stdout
