"""Older cases that the operator brings in beside a running service."""

import subprocess
from pathlib import Path
from typing import TypeAlias

import pytest

from app.complaints.rules.importing import MOST_BYTES
from tests.cli.service import NETRA, Service
from tests.complaints.tables import numbered, row, table
from tests.servers import ask

Ran: TypeAlias = "subprocess.CompletedProcess[str]"


def command(
    service: Service, file: Path, *options: str, office: str = "bawaslu-73.04"
) -> list[str]:
    arguments = ("complaints", "import", file, "--office", office, *options)
    return [str(each) for each in (NETRA, *arguments, "--data", service.home)]


def run(service: Service, file: Path, *options: str, office: str = "bawaslu-73.04") -> Ran:
    return subprocess.run(  # noqa: S603  our own program
        command(service, file, *options, office=office),
        capture_output=True,
        text=True,
        check=False,
    )


def archived(service: Service) -> int:
    return int(ask(service.server, "SELECT count(*) FROM complaint WHERE status = 'archived'"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lama.csv"


def test_a_dry_run_and_then_the_import(lasting: Service, file: Path) -> None:
    file.write_bytes(table(*(row(legacy_number=f"{n}/Uji/2020") for n in range(3))))
    before = archived(lasting)

    rehearsed = run(lasting, file, "--dry-run")
    kept = archived(lasting) - before
    done = run(lasting, file)
    again = run(lasting, file)

    assert (rehearsed.returncode, done.returncode, again.returncode) == (0, 0, 0)
    assert "Dry run" in rehearsed.stdout
    assert "3 imported" in rehearsed.stdout
    assert "3 imported" in done.stdout
    assert "lama.csv" in done.stdout
    assert "3 already there" in again.stdout
    assert (kept, archived(lasting) - before) == (0, 3)


def test_bad_rows_are_listed_and_nothing_is_kept(lasting: Service, file: Path) -> None:
    file.write_bytes(table(row(legacy_number="20/Uji/2020"), row(region_code="13.03")))
    before = archived(lasting)

    refused = run(lasting, file)

    assert refused.returncode == 1
    assert "outside-area" in refused.stderr
    assert "region_code" in refused.stderr
    assert "1 bad rows" in refused.stdout
    assert "Traceback" not in refused.stderr
    assert archived(lasting) == before


def test_two_imports_at_once_take_each_case_over_once(lasting: Service, file: Path) -> None:
    file.write_bytes(table(*numbered(400)))
    before = archived(lasting)

    both = [
        subprocess.Popen(  # noqa: S603  our own program
            command(lasting, file), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [each.communicate()[0] for each in both]

    assert [each.returncode for each in both] == [0, 0]
    assert archived(lasting) - before == 400
    assert sorted("400 already there" in each for each in said) == [False, True]
    assert sorted("400 imported" in each for each in said) == [False, True]


@pytest.mark.parametrize(
    ("content", "office", "reason"),
    [
        (None, "bawaslu-73.04", "The file cannot be read"),
        (b" " * (MOST_BYTES + 1), "bawaslu-73.04", "larger than 20 MiB"),
        (table(row()), "bawaslu-99", "There is no such office"),
    ],
    ids=["no file", "too large", "no office"],
)
def test_what_cannot_begin_is_said_in_words(
    lasting: Service, file: Path, content: bytes | None, office: str, reason: str
) -> None:
    if content is not None:
        file.write_bytes(content)

    refused = run(lasting, file, office=office)

    assert refused.returncode == 1
    assert reason in refused.stderr
    assert "Traceback" not in refused.stderr
