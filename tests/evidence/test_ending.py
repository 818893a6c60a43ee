"""How uploads end that nobody finishes, and what closes them for a while."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.evidence.files.staging import held, staged_ids
from app.evidence.jobs.uploads import end_uploads
from app.evidence.models import Upload
from app.evidence.rules.uploads import KEPT, REMEMBERED, Limits
from app.web.clock import present
from tests.complaints.filing import complaint, put
from tests.evidence.sending import at, kept, photo, reporter

PHOTO = photo(20_000)
FULL = 2**62
"""More than any disk has free."""


@pytest.fixture
def folder(app: FastAPI) -> Path:
    folder: Path = app.state.settings.staging_folder
    return folder


@pytest.fixture
def limits(app: FastAPI) -> Iterator[Limits]:
    """The limits of the depot, to be replaced."""
    limits: Limits = app.state.depot.limits
    yield limits
    app.state.depot.limits = limits


async def test_an_upload_that_waited_a_week_is_over(
    client: AsyncClient, sessions: Sessions, folder: Path
) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)
    await sender.send(place, PHOTO[:100])

    await end_uploads(sessions, folder, present() + KEPT)

    afresh = await sender.begin(PHOTO)
    assert (await sender.send(place, PHOTO[100:], 100)).status_code == 410
    assert place.rpartition("/")[2] not in [str(each) for each in staged_ids(folder)]
    assert at(afresh) != place


async def test_what_was_said_of_an_ended_upload_is_forgotten_with_it(
    client: AsyncClient, sessions: Sessions, folder: Path
) -> None:
    sender = await reporter(client)
    await sender.begun(PHOTO)

    await end_uploads(sessions, folder, present() + KEPT)
    async with sessions.begin() as session:
        ended = (await session.scalars(select(Upload))).one()
    await end_uploads(sessions, folder, present() + KEPT + REMEMBERED)

    assert ended.sealed is ended.sealed_key is None
    async with sessions.begin() as session:
        assert (await session.scalars(select(Upload))).all() == []


async def test_what_is_under_way_and_what_is_finished_stays(
    client: AsyncClient, app: FastAPI, sessions: Sessions, keys: Keyring, folder: Path
) -> None:
    sender = await reporter(client)
    finished, place = await sender.sent(photo(500)), await sender.begun(PHOTO)
    await sender.send(place, PHOTO[:100])

    await end_uploads(sessions, folder, present() + KEPT - timedelta(minutes=1))

    assert await sender.offset(place) == 100
    assert (await sender.told(finished))["state"] == "finished"
    await end_uploads(sessions, folder, present() + 10 * KEPT)
    assert await kept(app, sessions, keys, sender) == [photo(500)]


async def test_a_file_that_is_being_written_is_left_alone(
    client: AsyncClient, sessions: Sessions, folder: Path
) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)
    async with sessions.begin() as session:
        upload = (await session.scalars(select(Upload))).one()

    with held(folder, upload.id):
        await end_uploads(sessions, folder, present() + KEPT)

    assert await sender.offset(place) == 0


async def test_a_file_whose_upload_is_over_is_swept_away(
    client: AsyncClient, sessions: Sessions, folder: Path
) -> None:
    sender = await reporter(client)
    await sender.sent(PHOTO)
    async with sessions.begin() as session:
        upload = (await session.scalars(select(Upload))).one()
    # As if the process had been killed after the evidence was recorded.
    with held(folder, upload.id):
        pass

    await end_uploads(sessions, folder, present())

    assert upload.id not in staged_ids(folder)


async def test_a_process_that_died_before_the_evidence_was_recorded_is_healed(
    client: AsyncClient,
    app: FastAPI,
    sessions: Sessions,
    keys: Keyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)
    await sender.send(place, PHOTO[:15_000])
    with monkeypatch.context() as patch:
        patch.setattr("app.evidence.service.progress.Evidence", None)
        died = await sender.send(place, PHOTO[15_000:], 15_000)

    offset = await sender.offset(place)
    again = await sender.send(place, PHOTO[offset:], offset)

    assert died.status_code == 500
    assert again.status_code == 204
    assert await kept(app, sessions, keys, sender) == [PHOTO]


async def test_a_file_that_was_lost_is_asked_for_again(
    client: AsyncClient, app: FastAPI, sessions: Sessions, keys: Keyring, folder: Path
) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)
    await sender.send(place, PHOTO[:100])
    (folder / place.rpartition("/")[2]).unlink()

    refused = await sender.send(place, PHOTO[100:], 100)

    assert refused.status_code == 409
    assert await sender.offset(place) == 0
    assert (await sender.send(place, PHOTO)).status_code == 204
    assert await kept(app, sessions, keys, sender) == [PHOTO]


async def test_uploads_close_before_filing_does(
    client: AsyncClient, app: FastAPI, limits: Limits
) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)
    app.state.depot.limits = replace(limits, spare=FULL)

    refused = [await sender.begin(photo(500)), await sender.send(place, PHOTO)]

    assert {each.status_code for each in refused} == {503}
    assert {each.json()["code"] for each in refused} == {"storage-nearly-full"}
    assert all(int(each.headers["retry-after"]) > 0 for each in refused)
    assert (await put(client, complaint())).status_code == 201
    assert await sender.offset(place) == 0


async def test_filing_closes_before_the_disk_is_full(
    client: AsyncClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.state.settings, "intake_needs_free", FULL)

    answers = [await put(client, complaint()), await client.post("/complaints", json=complaint())]

    assert {each.status_code for each in answers} == {503}
    assert {each.json()["code"] for each in answers} == {"storage-nearly-full"}


async def test_the_files_of_a_report_have_a_quota(
    client: AsyncClient, app: FastAPI, limits: Limits
) -> None:
    sender, other = await reporter(client), await reporter(client)
    app.state.depot.limits = replace(limits, report=len(PHOTO) + 500)
    await sender.begun(PHOTO)

    refused = await sender.begin(photo(501))

    assert refused.status_code == 413
    assert refused.json()["code"] == "evidence-quota-used"
    assert (await sender.begin(photo(500))).status_code == 201
    assert (await sender.begin(PHOTO)).status_code == 201
    assert (await other.begin(PHOTO)).status_code == 201


async def test_a_report_has_so_many_files_and_no_more(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.evidence.rules.uploads.MOST_FILES", 2)
    sender = await reporter(client)
    await sender.sent(photo(500, seed=1))
    place = await sender.begun(photo(500, seed=2))

    refused = await sender.begin(photo(500, seed=3))
    await sender.cancel(place)
    taken = await sender.begin(photo(500, seed=3))

    assert refused.status_code == 413
    assert refused.json()["code"] == "too-many-files"
    assert taken.status_code == 201


async def test_a_database_that_was_restored_meets_the_file_that_lies_there_already(
    client: AsyncClient,
    app: FastAPI,
    sessions: Sessions,
    keys: Keyring,
    connection: AsyncConnection,
) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)
    # As if the database came out of a dump that was made before the file was complete.
    dumped = await connection.begin_nested()
    await sender.send(place, PHOTO)
    await dumped.rollback()

    again = await sender.send(place, PHOTO)

    assert again.status_code == 204
    assert await kept(app, sessions, keys, sender) == [PHOTO]


async def test_what_lies_there_is_not_replaced_even_if_it_is_another_file(
    client: AsyncClient, app: FastAPI, sessions: Sessions, keys: Keyring, folder: Path
) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)
    id = place.rpartition("/")[2]
    other = folder.parent / "sealed" / id[-2:] / id
    other.parent.mkdir(parents=True, exist_ok=True)
    other.write_bytes(b"rekaan")

    refused = await sender.send(place, PHOTO)

    assert refused.status_code == 410
    assert other.read_bytes() == b"rekaan"
    assert await sender.sent(PHOTO) != place
    assert await kept(app, sessions, keys, sender) == [PHOTO]
