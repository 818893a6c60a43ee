"""Makes the cluster of the embedded server, and writes its configuration before every start."""

import os
import shutil
from contextlib import suppress
from locale import LC_CTYPE, Error, setlocale
from pathlib import Path

from app.core.binaries import major, version_of
from app.core.cluster import APPLICATION, DATABASE, OWNER, PORT, Cluster
from app.core.processes import Account, CannotStart
from app.core.texts import Text

BUILTIN_COLLATION = 17
FILES = ("postgresql.conf", "pg_hba.conf", "pg_ident.conf")
CONTAINER_MEMORY = Path("/sys/fs/cgroup/memory.max")
ROLES = f"""\
CREATE ROLE {OWNER} LOGIN
CREATE ROLE {APPLICATION} LOGIN
CREATE DATABASE {DATABASE} OWNER {OWNER}
REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC
GRANT CONNECT ON DATABASE {DATABASE} TO {APPLICATION}
"""
EXTENSIONS = """\
CREATE EXTENSION pg_trgm
CREATE EXTENSION btree_gist
CREATE EXTENSION unaccent
"""
# Errors go to the client that caused them and not to the log, because their messages quote values;
# what remains (starts, crashes, checkpoints) comes without details, contexts and statements.
SETTINGS = """\
listen_addresses = ''
unix_socket_directories = {socket}
unix_socket_permissions = 0700
port = {port}
cluster_name = 'netra'
max_connections = 120
shared_buffers = {buffers}MB
fsync = on
synchronous_commit = on
full_page_writes = on
# Bounds how long recovery takes after a crash. With 512MB a checkpoint began every two seconds of a
# national hour, and after each the pages are logged whole: 3.4 of 8 kB for a signature.
max_wal_size = 4GB
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_file_mode = 0600
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_statement = none
log_connections = off
log_disconnections = off
"""


def set_up(cluster: Cluster) -> None:
    """Make the cluster beside its place and rename it when complete: all of it, or nothing."""
    fresh = cluster.place / "cluster.new"
    shutil.rmtree(fresh, ignore_errors=True)
    cluster.make_private(fresh)
    _run(cluster, "initdb", "-D", str(fresh), *_character(cluster))
    # Alone with the files, without any socket on which somebody could be faster than we.
    alone = ("--single", "-D", str(fresh), "-c", "exit_on_error=true")
    _run(cluster, "postgres", *alone, "postgres", text=ROLES)
    _run(cluster, "postgres", *alone, DATABASE, text=EXTENSIONS)
    for name in FILES:
        (fresh / name).unlink()  # one truth: ours lie beside the cluster
    fresh.rename(cluster.files)
    _write_out(cluster)


def configure(cluster: Cluster) -> None:
    """Write our configuration, which knows this version of Netra and the user of today."""
    settings, access, names = FILES
    cluster.write(settings, _settings(cluster))
    cluster.write(access, f"local {DATABASE} {OWNER},{APPLICATION} peer map=netra\n")
    users = sorted({Account.of(os.geteuid()).name, cluster.account.name})
    doors = [f'netra "{user}" {role}\n' for user in users for role in (OWNER, APPLICATION)]
    cluster.write(names, "".join(doors))


def arguments(cluster: Cluster) -> tuple[str, ...]:
    """What the server is started with."""
    kinds = ("config_file", "hba_file", "ident_file")
    pairs = [
        part
        for kind, name in zip(kinds, FILES, strict=True)
        for part in ("-c", f"{kind}={cluster.place / name}")
    ]
    return ("-D", str(cluster.files), *pairs)


def _settings(cluster: Cluster) -> str:
    # A list of folders in a string: quoted once for the list, once for the string.
    socket = str(cluster.socket).replace('"', '""').replace("'", "''")
    buffers = min(max(_memory() // 2**20 // 8, 128), 1024)
    return SETTINGS.format(socket=f"'\"{socket}\"'", port=PORT, buffers=buffers)


def _memory() -> int:
    """The memory we may use: that of the machine, or of the container around us."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    with suppress(OSError, ValueError):
        return min(machine, int(CONTAINER_MEMORY.read_text()))
    return machine


def _character(cluster: Cluster) -> tuple[str, ...]:
    """Text is UTF-8, sorts by code point, and knows the case of every letter."""
    builtin = major(version_of(cluster.binaries)) >= BUILTIN_COLLATION
    return (
        "--username=postgres",
        "--auth=peer",
        "--encoding=UTF8",
        f"--locale={_locale()}",
        *(("--locale-provider=builtin", "--builtin-locale=C.UTF-8") if builtin else ()),
        "--data-checksums",
        "--no-instructions",
    )


def _locale() -> str:
    before = setlocale(LC_CTYPE)
    try:
        setlocale(LC_CTYPE, "C.UTF-8")
    except Error:  # an old C library without it
        return "C"
    setlocale(LC_CTYPE, before)
    return "C.UTF-8"


def _run(cluster: Cluster, program: str, *arguments: str, text: str = "") -> None:
    done = cluster.command(program, *arguments).run(text)
    if done.returncode != 0:
        said = done.stderr.strip()[-500:]
        raise CannotStart(Text(f"{program} gagal: {said}", f"{program} failed: {said}"))


def _write_out(cluster: Cluster) -> None:
    """Make the new name durable: a cluster that came back as `cluster.new` would be discarded."""
    folder = os.open(cluster.place, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
