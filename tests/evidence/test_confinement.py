"""What the cleaner cannot do, whatever a file makes of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import app
from app.evidence.files.cleaner import cleaning
from tests.cli.service import command_of
from tests.evidence import samples
from tests.evidence.test_cleaner import pieces

ROOT = Path(app.__file__).parent.parent
PROC = Path("/proc")


def tried(what: str) -> str:
    """What comes of it in a confined process: the name of the error, or nothing."""
    program = f"""
import socket
from app.evidence.files.cleaning.limits import confine
confine()
try:
    {what}
except BaseException as refused:
    print(type(refused).__name__, end="")
"""
    ended = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False
    )
    return ended.stdout


@pytest.mark.parametrize(
    ("what", "refused"),
    [
        ("open('/etc/hostname')", "OSError"),
        ("open('/tmp/rekaan', 'w')", "OSError"),
        ("socket.socket()", "OSError"),
        ("bytes(2 << 30)", "MemoryError"),
        ("bytes(64 << 20)", ""),
    ],
)
def test_it_opens_nothing_and_takes_no_more_than_its_memory(what: str, refused: str) -> None:
    assert tried(what) == refused


async def test_it_knows_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETRA_MASTER_KEY", "Rahasia")
    large = samples.encoded(samples.picture((800, 600)), "PNG")

    # It waits with the rest of the copy until somebody reads it.
    async with cleaning("image/png", pieces(large)):
        [cleaner] = our_cleaners()
        environment = (PROC / cleaner / "environ").read_bytes()
        opened = os.listdir(PROC / cleaner / "fd")

    assert b"NETRA" not in environment
    assert sorted(opened) == ["0", "1", "2"]
    assert our_cleaners() == []


def our_cleaners() -> list[str]:
    return [
        each.name
        for each in PROC.glob("[0-9]*")
        if b"app.evidence.files.cleaning" in command_of(each.name)
        and f"PPid:\t{os.getpid()}\n" in (each / "status").read_text()
    ]
