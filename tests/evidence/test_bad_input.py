"""What must not be taken: each is refused with a clear answer, and nothing is lost by it."""

import asyncio
import gzip
import io
import zipfile
from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.evidence.service import reception
from tests.evidence.sending import (
    JPEG,
    OCTETS,
    TUS,
    UPLOADS,
    Sender,
    checksum,
    kept,
    metadata,
    photo,
    reporter,
)
from tests.people import officer

PHOTO = photo(300_000)
GIGABYTE = 2**30


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, bytes(1_000_000))
    return file.getvalue()


async def test_three_gigabytes_are_refused_before_they_are_sent(client: AsyncClient) -> None:
    sender = await reporter(client)

    answer = await sender.begin(b"", length=3 * GIGABYTE)

    assert answer.status_code == 413
    assert answer.json()["code"] == "upload-too-large"


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "in pieces"])
async def test_who_sends_more_than_he_declared_is_stopped(
    client: AsyncClient, app: FastAPI, sessions: Sessions, keys: Keyring, *, announced: bool
) -> None:
    sender, sent = await reporter(client), 0
    place = await sender.begun(PHOTO)

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < GIGABYTE:
            sent += len(PHOTO)
            yield PHOTO

    headers = {"Content-Length": str(3 * GIGABYTE)} if announced else None
    answer = await sender.send(place, endless(), headers=headers)

    assert answer.status_code == 413
    assert answer.json()["code"] == "more-than-declared"
    assert answer.headers["connection"] == "close"
    assert sent <= 2 * len(PHOTO)
    assert await sender.offset(place) == 0
    await sender.send(place, PHOTO)
    assert await kept(app, sessions, keys, sender) == [PHOTO]


async def test_a_checksum_that_lies_about_a_chunk_discards_the_chunk(client: AsyncClient) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)
    await sender.send(place, PHOTO[:1_000])

    answer = await sender.send(place, PHOTO[1_000:], 1_000, checksum(b"rekaan"))

    assert answer.status_code == 460
    assert answer.json()["code"] == "checksum-mismatch"
    assert await sender.offset(place) == 1_000


async def test_a_checksum_that_lies_about_the_file_starts_it_over(
    client: AsyncClient, app: FastAPI, sessions: Sessions, keys: Keyring
) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)
    altered = PHOTO[:-1] + bytes([PHOTO[-1] ^ 1])

    answer = await sender.send(place, altered)

    assert answer.status_code == 460
    assert answer.json()["code"] == "checksum-mismatch"
    assert await sender.offset(place) == 0
    assert await kept(app, sessions, keys, sender) == []
    assert (await sender.send(place, PHOTO)).status_code == 204
    assert await kept(app, sessions, keys, sender) == [PHOTO]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped("a.txt", "b.txt"), "archive-refused"),
        (zipped("AndroidManifest.xml", "classes.dex"), "archive-refused"),
        (gzip.compress(bytes(10_000_000)), "archive-refused"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(100_000), "archive-refused"),
        (b"MZ\x90\x00" + bytes(100_000), "program-refused"),
        (b"\x7fELF\x02\x01\x01" + bytes(100_000), "program-refused"),
        (b"#!/bin/sh\necho rekaan\n" * 1_000, "program-refused"),
        (photo(100_000, head=b"\x00\x9c\xff\x01"), "media-type-refused"),
    ],
    ids=["zip", "apk", "bomb", "rar", "exe", "elf", "script", "noise"],
)
async def test_what_is_no_evidence_is_refused_by_its_first_bytes(
    client: AsyncClient, content: bytes, code: str
) -> None:
    sender = await reporter(client)
    place = await sender.begun(content, said={"filename": "foto.jpg", "filetype": "image/jpeg"})

    answer = await sender.send(place, content[:600])

    assert answer.status_code == 415
    assert answer.json()["code"] == code
    assert (await sender.send(place, content[600:], 600)).status_code == 410


async def test_a_short_file_that_is_nothing_known_is_refused_at_its_end(
    client: AsyncClient, app: FastAPI, sessions: Sessions, keys: Keyring
) -> None:
    sender = await reporter(client)
    place = await sender.begun(b"\x00\x01\x02")

    answer = await sender.send(place, b"\x00\x01\x02")

    assert answer.status_code == 415
    assert await kept(app, sessions, keys, sender) == []


async def test_a_polyglot_is_sealed_as_what_its_head_says(
    client: AsyncClient, app: FastAPI, sessions: Sessions, keys: Keyring
) -> None:
    sender = await reporter(client)
    both = photo(2_000, head=JPEG) + zipped("program.exe") + b"<script>alert(1)</script>%PDF-1.7"

    place = await sender.sent(both)

    assert (await sender.told(place))["media_type"] == "image/jpeg"
    assert await kept(app, sessions, keys, sender) == [both]


async def test_a_document_is_kept_without_being_opened(client: AsyncClient) -> None:
    sender = await reporter(client)
    bomb = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")

    place = await sender.sent(bomb)

    told = await sender.told(place)
    assert told["media_type"].endswith("wordprocessingml.document")
    assert told["length"] == len(bomb) < 10_000


async def test_the_receipt_of_another_report_finds_nothing(client: AsyncClient) -> None:
    sender, stranger = await reporter(client), await reporter(client)
    place = await sender.begun(PHOTO)
    named = {"complaint_id": sender.complaint["id"]}

    answers = [
        await stranger.send(place, PHOTO),
        await stranger.cancel(place),
        await client.get(place, headers=stranger.headers),
        await client.head(place, headers={**TUS, **stranger.headers}),
        await stranger.begin(PHOTO, said=named),
    ]

    assert [each.status_code for each in answers] == [404] * 5
    assert await sender.offset(place) == 0


async def test_an_officer_of_another_area_finds_nothing(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    sender = await reporter(client)
    headers = await officer(sessions, keys, role="handler", office_code="bawaslu-13.03")
    named = {"complaint_id": sender.complaint["id"]}

    answer = await Sender(client, headers, sender.complaint, named).begin(PHOTO)

    assert answer.status_code == 404


async def test_a_chunk_that_does_not_go_on_is_refused(client: AsyncClient) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)
    await sender.send(place, PHOTO[:1_000])

    answers = [await sender.send(place, PHOTO[:10], offset) for offset in (0, 999, 1_001)]

    assert [each.json()["code"] for each in answers] == ["offset-mismatch"] * 3
    assert {each.status_code for each in answers} == {409}


async def test_a_chunk_of_another_media_type_is_refused(client: AsyncClient) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)

    answer = await sender.send(place, PHOTO, headers={"Content-Type": "image/jpeg"})

    assert answer.status_code == 415
    assert answer.json()["code"] == "offset-octets-wanted"


async def test_another_version_of_tus_is_told_which_one_is_spoken(client: AsyncClient) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)

    answer = await sender.send(place, PHOTO, headers={"Tus-Resumable": "0.2.2"})

    assert answer.status_code == 412
    assert answer.headers["tus-version"] == "1.0.0"
    assert await sender.offset(place) == 0


@pytest.mark.parametrize(
    "written",
    [
        "",
        "sha256",
        "sha256 !!!",
        "sha256 /w==",
        metadata(sha256="rekaan"),
        metadata(filename="a.jpg"),
        metadata(sha256="0" * 64) + "," + metadata(sha256="1" * 64),
        metadata(sha256="0" * 64, filename="a\x00b"),
        metadata(sha256="0" * 64, filename="a" * 300),
        metadata(sha256="0" * 64, captured_at="2024-11-04"),
        metadata(sha256="0" * 64, captured_at="0001-01-01T00:00:00+14:00"),
        metadata(sha256="0" * 64, captured_at="9999-12-31T23:59:59-12:00"),
        metadata(sha256="0" * 64, complaint_id="rekaan"),
    ],
)
async def test_metadata_that_cannot_be_read_is_refused(client: AsyncClient, written: str) -> None:
    sender = await reporter(client)
    headers = {**TUS, **sender.headers, "Upload-Length": "10", "Upload-Metadata": written}

    answer = await client.post(UPLOADS, headers=headers)

    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"].startswith("/header/upload-metadata")


@pytest.mark.parametrize("length", ["", "0", "-1", "1.5", "x", "9" * 5_000])
async def test_a_length_that_is_none_is_refused(client: AsyncClient, length: str) -> None:
    sender = await reporter(client)
    said = metadata(sha256="0" * 64)
    headers = {**TUS, **sender.headers, "Upload-Length": length, "Upload-Metadata": said}

    answer = await client.post(UPLOADS, headers=headers)

    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize("written", ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha256", "sha1 AAAA", "x !"])
async def test_a_checksum_that_is_not_spoken_here_is_refused(
    client: AsyncClient, written: str
) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)

    answer = await sender.send(place, PHOTO, headers={"Upload-Checksum": written})

    assert answer.status_code == 400
    assert answer.json()["code"] == "checksum-unknown"


async def test_a_body_that_falls_silent_ends_and_what_came_is_kept(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "SILENCE", 0.05)
    sender = await reporter(client)
    place = await sender.begun(PHOTO)

    answer = await sender.send(place, stalling(PHOTO[:1_000], asyncio.Event()))

    assert answer.status_code == 408
    assert answer.json()["code"] == "body-silent"
    assert await sender.offset(place) == 1_000


async def stalling(first: bytes, go_on: asyncio.Event) -> AsyncIterator[bytes]:
    yield first
    await go_on.wait()


async def test_two_connections_do_not_write_one_upload(client: AsyncClient) -> None:
    sender, go_on = await reporter(client), asyncio.Event()
    place = await sender.begun(PHOTO)
    first = asyncio.create_task(sender.send(place, stalling(PHOTO[:1_000], go_on)))
    await asyncio.sleep(0.2)

    second = await sender.send(place, PHOTO)
    go_on.set()

    assert second.status_code == 423
    assert int(second.headers["retry-after"]) > 0
    assert (await first).headers["upload-offset"] == "1000"


async def test_a_connection_that_stalled_makes_way_for_a_newer_one(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "STALLED", 0.05)
    sender = await reporter(client)
    place = await sender.begun(PHOTO)
    stalled = asyncio.create_task(sender.send(place, stalling(PHOTO[:1_000], asyncio.Event())))
    await asyncio.sleep(0.2)

    offset = await sender.offset(place)
    newer = await sender.send(place, PHOTO[offset:], offset)

    assert offset == 1_000
    assert newer.headers["upload-offset"] == str(len(PHOTO))
    assert (await stalled).status_code == 408


async def test_what_came_before_the_caller_hung_up_is_kept(
    client: AsyncClient, app: FastAPI
) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)

    await hang_up(app, place, sender, PHOTO[:1_000])

    assert await sender.offset(place) == 1_000


async def hang_up(app: FastAPI, place: str, sender: Sender, first: bytes) -> None:
    """Send the beginning of a chunk, and be gone."""
    fields = {**OCTETS, **sender.headers, "Upload-Offset": "0", "Content-Length": "300000"}
    heard: Iterator[dict[str, object]] = iter(
        [
            {"type": "http.request", "body": first, "more_body": True},
            {"type": "http.disconnect"},
        ]
    )

    async def receive() -> dict[str, object]:
        return next(heard)

    async def send(_: object) -> None:
        return None

    scope = {
        "type": "http",
        "method": "PATCH",
        "path": f"/api/v1{place}",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in fields.items()],
    }
    await app(scope, receive, send)
