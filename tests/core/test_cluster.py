"""Where the embedded server puts its files, and what it refuses to touch."""

import os
import shutil
from pathlib import Path

import pytest

from app.core.binaries import find_binaries
from app.core.postgres import EmbeddedServer
from app.core.processes import CannotStart
from tests.core.conftest import Open
from tests.servers import ask


def test_a_data_folder_behind_a_closed_door_is_served(tmp_path: Path, opened: Open) -> None:
    door = tmp_path / "door"
    door.mkdir(mode=0o700)

    server = opened(door / "data")

    assert ask(server, "SELECT 1") == 1
    assert door.stat().st_mode & 0o777 == 0o700
    assert (door / "data" / "cluster").resolve() == server.cluster.files
    server.stop()
    shutil.rmtree(server.cluster.place)


def test_programs_behind_a_closed_door_are_copied(home: Path, tmp_path: Path, opened: Open) -> None:
    """As root only; everyone else runs them where they are."""
    package = find_binaries().parents[1]
    shutil.copytree(package, tmp_path / "room" / package.name)
    shutil.copytree(
        package.with_name(f"{package.name}.libs"), tmp_path / "room" / f"{package.name}.libs"
    )
    (tmp_path / "room").chmod(0o700)

    server = opened(home, tmp_path / "room" / package.name / "pginstall" / "bin")

    assert ask(server, "SELECT similarity('sinjai', 'sinjay') > 0")
    assert (tmp_path / "room").stat().st_mode & 0o777 == 0o700
    if os.geteuid() == 0:
        shutil.rmtree(server.cluster.binaries.parents[2])


def test_a_link_to_data_that_is_gone_is_not_begun_afresh(home: Path) -> None:
    (home / "cluster").symlink_to(home / "gone" / "cluster")

    with pytest.raises(CannotStart, match="The data is gone"):
        EmbeddedServer(home).start()


def test_a_path_too_long_for_a_socket_is_served(home: Path, opened: Open) -> None:
    deep = home / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)

    server = opened(deep)

    assert ask(server, "SELECT 1") == 1
    assert server.cluster.socket.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(server.cluster.socket)


def test_a_socket_folder_laid_out_by_another_is_refused(home: Path) -> None:
    deep = home / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    server = EmbeddedServer(deep)
    server.cluster.socket.symlink_to(home)

    with pytest.raises(CannotStart, match="belongs to someone else"):
        server.start()

    server.cluster.socket.unlink()
    server.stop()


def test_no_link_bends_what_is_written(home: Path, opened: Open) -> None:
    (home / "target").write_text("untouched")
    for name in ("postgresql.conf.new", "pg_hba.conf", "start.log"):
        (home / name).symlink_to(home / "target")

    opened(home)

    assert (home / "target").read_text() == "untouched"


def test_a_set_up_that_was_cut_short_is_begun_again(home: Path, opened: Open) -> None:
    (home / "cluster.new").mkdir()
    (home / "cluster.new" / "PG_VERSION").write_text("18")

    server = opened(home)

    assert ask(server, "SELECT 1") == 1


def test_data_of_another_version_is_refused(home: Path, opened: Open) -> None:
    server = opened(home)
    server.stop()
    (server.cluster.files / "PG_VERSION").write_text("14\n")

    with pytest.raises(CannotStart, match="made by PostgreSQL 14"):
        server.start()

    server.stop()
