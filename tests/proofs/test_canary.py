"""What people entrust to us can be read by nobody who merely holds the database or the logs."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from httpx import AsyncClient

from app.core.cluster import DATABASE, OWNER, PORT
from tests.proofs.canary import Canary
from tests.proofs.live import Live

FEWEST_MARKS = 20


@pytest.fixture(scope="module")
async def canary(live: Live) -> AsyncIterator[Canary]:
    async with live.client() as client:
        canary = Canary(live, client)
        await canary.sing()
        yield canary


@pytest.fixture(scope="module")
def dump(canary: Canary) -> bytes:
    """The whole database in plain SQL, as whoever steals a backup would see it."""
    cluster = canary.live.service.server.cluster
    where = ("-h", str(cluster.socket), "-p", str(PORT), "-U", OWNER)
    done = cluster.command("pg_dump", *where, DATABASE).run()
    assert done.returncode == 0, done.stderr
    return done.stdout.encode()


def files_of(live: Live) -> Iterator[Path]:
    """Everything on the disk: tables, indexes, write-ahead log, logs, output, figures."""
    places = {live.service.home.resolve(), live.service.server.cluster.files.resolve()}
    return (file for place in places for file in place.rglob("*") if file.is_file())


def test_the_offices_can_read_what_is_theirs(canary: Canary) -> None:
    assert all(each.is_success for each in canary.read_back)
    assert all(canary.marks.found_in(each.content) for each in canary.read_back)
    assert len(set(canary.marks.given)) > FEWEST_MARKS


def test_the_desk_does_not_read_who_reports(canary: Canary) -> None:
    read = canary.read_back[0].text

    assert canary.marks.word("reported") in read
    assert canary.marks.word("reporter") not in read


def test_no_mark_is_in_a_dump_of_the_database(canary: Canary, dump: bytes) -> None:
    assert canary.marks.found_in(dump) == []


def test_no_plain_digest_of_a_mark_is_in_a_dump_of_the_database(
    canary: Canary, dump: bytes
) -> None:
    assert canary.marks.digests_in(dump) == []


def test_no_mark_lies_in_any_file_of_the_service(canary: Canary, live: Live) -> None:
    found = {str(file): canary.marks.found_in(file.read_bytes()) for file in files_of(live)}

    assert {file: hits for file, hits in found.items() if hits} == {}


async def test_no_mark_is_in_the_figures(canary: Canary, phone: AsyncClient, live: Live) -> None:
    answer = await phone.get(f"{live.service.url}/metrics")

    assert b"netra_requests" in answer.content
    assert canary.marks.found_in(answer.content) == []


def test_no_mark_is_repeated_to_the_sender(canary: Canary) -> None:
    for answer in canary.told:
        told = repr(answer.headers.raw).encode() + answer.content

        assert answer.status_code < 500, told
        assert canary.marks.found_in(told) == []
    assert sum(answer.is_client_error for answer in canary.told) > FEWEST_MARKS


def test_what_is_public_is_found_by_the_same_search(
    canary: Canary, dump: bytes, live: Live
) -> None:
    title = canary.public_title.encode()
    trace = canary.told[0].headers["trace-id"].encode()

    assert title in dump
    assert any(title in file.read_bytes() for file in files_of(live) if "pg_wal" in file.parts)
    assert any(trace in file.read_bytes() for file in files_of(live) if file == live.service.said)
