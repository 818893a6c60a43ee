"""Where the files of the embedded server lie, and under which user it runs."""

import hashlib
import os
import pwd
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.core.binaries import ENVIRONMENT, find_binaries, reachable_copy
from app.core.processes import Account, CannotStart, Command
from app.core.texts import Text

OWNER = "netra_owner"
APPLICATION = "netra_app"
DATABASE = "netra"
PORT = 5432
SERVICE_USER = "netra-db"
SHELTER = Path("/var/lib/netra")
LONGEST_SOCKET_PATH = 107


@dataclass(frozen=True)
class Cluster:
    """The folder `place` holds the cluster, its socket and its lock; `account` runs the server."""

    place: Path
    account: Account
    binaries: Path

    @property
    def files(self) -> Path:
        return self.place / "cluster"

    @property
    def socket(self) -> Path:
        """A folder whose socket still fits into the address of a socket."""
        near = self.place / "socket"
        if len(os.fsencode(near / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
            return near
        digest = hashlib.sha256(os.fsencode(self.place)).hexdigest()[:16]
        # Not TMPDIR: every process of this machine has to find the same folder.
        return Path(f"/tmp/netra-{self.account.uid}-{digest}")  # noqa: S108  see make_private

    def command(self, program: str, *arguments: str) -> Command:
        path = str(self.binaries / program)
        another = self.account if self.account.uid != os.geteuid() else None
        return Command((path, *arguments), ENVIRONMENT, another)

    def write(self, name: str, text: str) -> None:
        """Write a file beside the cluster: whole, or not at all.

        Not inside it: whatever root writes into a folder of the server's user can be bent by a
        link, and the server has no business changing its own configuration.
        """
        file = self.place / f"{name}.new"
        file.unlink(missing_ok=True)
        with file.open("x") as fresh:
            fresh.write(text)
        file.chmod(0o644)
        file.rename(self.place / name)

    def make_private(self, folder: Path) -> None:
        """Make a folder for the server's user alone, and refuse one that somebody else laid out."""
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        found = folder.lstat()
        if stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() != self.account.uid:
            os.chown(folder, self.account.uid, self.account.gid, follow_symlinks=False)
            found = folder.lstat()
        if stat.S_IMODE(found.st_mode) != stat.S_IRWXU or found.st_uid != self.account.uid:
            raise CannotStart(
                Text(
                    f"{folder} milik pengguna lain; hapus, atau pilih --data yang lebih pendek.",
                    f"{folder} belongs to someone else; remove it, or choose a shorter --data.",
                )
            )


def locate(home: Path, binaries: Path | None) -> Cluster:
    """Find where the cluster of this data folder lies, or decide it for one to come."""
    home = _make(home.resolve())
    programs = binaries or find_binaries()
    files = home / "cluster"
    owner = _owner(files)
    if os.geteuid() == 0:
        return _locate_as_root(home, owner, programs)
    if owner is not None and owner.uid != os.geteuid():
        raise CannotStart(
            Text(
                f"{files} milik {owner.name}; jalankan sebagai pengguna itu, atau pilih --data.",
                f"{files} belongs to {owner.name}; run as that user, or choose another --data.",
            )
        )
    return Cluster(files.resolve().parent, Account.of(os.geteuid()), programs)


def _make(home: Path) -> Path:
    if not home.exists():
        home.mkdir(parents=True)
        # As root: the server's user may pass through, no more. Keys in it have their own mode.
        home.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return home


def _owner(files: Path) -> Account | None:
    if files.exists():
        return Account.of(files.stat().st_uid)
    if files.is_symlink():
        raise CannotStart(
            Text(
                f"Data sudah tidak ada: {files} menunjuk ke {files.readlink()}. Pulihkan folder"
                " itu, atau hapus penunjuknya untuk mulai dari awal.",
                f"The data is gone: {files} points to {files.readlink()}. Bring that folder back,"
                " or remove the link to begin afresh.",
            )
        )
    return None


def _locate_as_root(home: Path, owner: Account | None, programs: Path) -> Cluster:
    """PostgreSQL refuses to run as root: run it as the owner of the cluster, or a user of ours."""
    account = owner or _service_account()
    place = (home / "cluster").resolve().parent
    if not _may_enter(account, place):
        if owner is not None:
            raise CannotStart(
                Text(
                    f"Pengguna {account.name} tidak dapat masuk ke {place}; pulihkan izinnya.",
                    f"The user {account.name} cannot enter {place}; restore its permissions.",
                )
            )
        place = _shelter(home)
    return Cluster(place, account, reachable_copy(programs, account, SHELTER))


def _shelter(home: Path) -> Path:
    """We never widen a folder that is not ours: the cluster goes where it can be reached."""
    place = SHELTER / hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    for folder in (SHELTER, place):
        if not folder.exists():
            folder.mkdir()
            folder.chmod(0o711)
        if folder.lstat().st_uid != os.geteuid():
            raise CannotStart(
                Text(
                    f"{folder} bukan milik root; pindahkan, atau pilih --data yang dapat dimasuki.",
                    f"{folder} is not root's; move it, or choose a --data that can be entered.",
                )
            )
    return place


def _may_enter(account: Account, folder: Path) -> bool:
    """Try it: modes alone do not tell, there are access lists and network drives."""
    return Command(("ls", "-d", f"{folder}/."), ENVIRONMENT, account).run().returncode == 0


def _service_account() -> Account:
    with suppress(KeyError):
        return Account.of(pwd.getpwnam(SERVICE_USER).pw_uid)
    nologin = shutil.which("nologin") or "/bin/false"
    for command in (
        ("useradd", "--system", "--user-group", "--no-create-home", "--shell", nologin),
        ("adduser", "-S", "-D", "-H", "-s", nologin),
    ):
        if shutil.which(command[0]):
            Command((*command, SERVICE_USER), dict(os.environ)).run()
            break
    try:
        return Account.of(pwd.getpwnam(SERVICE_USER).pw_uid)
    except KeyError:
        raise CannotStart(
            Text(
                f"Buat dulu pengguna sistem {SERVICE_USER}: PostgreSQL tidak mau berjalan"
                " sebagai root.",
                f"Create the system user {SERVICE_USER} first: PostgreSQL does not run as root.",
            )
        ) from None
