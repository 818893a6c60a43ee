"""The tus protocol, spoken to the application over HTTP."""

import base64
import hashlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.evidence.repository.evidence import EvidenceRepository
from app.web.clock import present
from tests.evidence.sending import (
    PNG,
    TUS,
    UPLOADS,
    Sender,
    at,
    checksum,
    kept,
    metadata,
    photo,
    reporter,
)
from tests.people import officer

PHOTO = photo(300_000)


async def test_the_server_says_what_it_offers(client: AsyncClient) -> None:
    answer = await client.options(UPLOADS)

    assert answer.status_code == 204
    assert answer.headers["tus-resumable"] == answer.headers["tus-version"] == "1.0.0"
    assert set(answer.headers["tus-extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "checksum",
        "expiration",
        "termination",
    }
    assert answer.headers["tus-max-size"] == str(2**30)
    assert answer.headers["tus-checksum-algorithm"] == "sha1,sha256"


async def test_a_photo_sent_in_pieces_arrives_whole(
    client: AsyncClient, app: FastAPI, sessions: Sessions, keys: Keyring
) -> None:
    sender = await reporter(client)

    place = await sender.begun(PHOTO, said={"filename": "foto.jpg", "filetype": "image/jpeg"})
    first = await sender.send(place, PHOTO[:100_000])
    between = await sender.offset(place)
    last = await sender.send(place, PHOTO[100_000:], 100_000)

    assert first.status_code == last.status_code == 204
    assert between == int(first.headers["upload-offset"]) == 100_000
    assert last.headers["upload-offset"] == "300000"
    told = await sender.told(place)
    assert told["state"] == "finished"
    assert told["media_type"] == "image/jpeg"
    assert told["sha256"] == hashlib.sha256(PHOTO).hexdigest()
    assert told["file_name"] == "foto.jpg"
    assert told["declared_type_differs"] is False
    assert await kept(app, sessions, keys, sender) == [PHOTO]


async def test_both_times_are_kept(client: AsyncClient) -> None:
    sender = await reporter(client)

    place = await sender.sent(PHOTO, said={"captured_at": "2024-11-04T07:30:00+08:00"})

    told = await sender.told(place)
    received_at = datetime.fromisoformat(told["received_at"])
    assert datetime.fromisoformat(told["captured_at"]) == datetime(2024, 11, 3, 23, 30, tzinfo=UTC)
    assert (present() - received_at).total_seconds() < 60


async def test_nothing_of_a_file_lies_on_the_disk_as_it_came(
    client: AsyncClient, app: FastAPI
) -> None:
    sender, content = await reporter(client), b"Rekaan yang mudah ditemukan. " * 4_000

    finished = await sender.sent(content)
    unfinished = await sender.begun(content + b"?")
    await sender.send(unfinished, content)

    folder = app.state.settings.evidence_folder
    files = [each for each in folder.rglob("*") if each.is_file()]
    names = {each.name for each in files}
    assert {finished.rpartition("/")[2], unfinished.rpartition("/")[2]} <= names
    assert not any(b"Rekaan" in each.read_bytes() for each in files)
    assert not any("." in name for name in names)


async def test_the_first_bytes_may_come_with_the_creation(client: AsyncClient) -> None:
    sender = await reporter(client)

    part = await sender.begin(PHOTO, chunk=PHOTO[:1_000])
    whole = await sender.begin(photo(5_000, seed=8), chunk=photo(5_000, seed=8))

    assert part.status_code == whole.status_code == 201
    assert part.headers["upload-offset"] == "1000"
    assert whole.headers["upload-offset"] == "5000"
    assert (await sender.told(at(whole)))["state"] == "finished"


async def test_a_file_begun_again_goes_on_where_it_was(client: AsyncClient) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)
    await sender.send(place, PHOTO[:1_000])

    again = await sender.begin(PHOTO)

    assert again.status_code == 201
    assert at(again) == place
    assert again.headers["upload-offset"] == "1000"


async def test_a_file_that_was_received_is_not_sent_again_from_another_phone(
    client: AsyncClient,
) -> None:
    sender = await reporter(client)
    place = await sender.sent(PHOTO)
    other_phone = Sender(client, sender.headers, sender.complaint)

    again = await other_phone.begin(PHOTO, chunk=PHOTO)

    assert at(again) == place
    assert again.headers["upload-offset"] == str(len(PHOTO))
    assert "upload-expires" not in again.headers


async def test_another_report_learns_nothing_of_a_file_that_is_here(client: AsyncClient) -> None:
    one, other = await reporter(client), await reporter(client)
    place = await one.sent(PHOTO)

    begun = await other.begin(PHOTO)

    assert at(begun) != place
    assert begun.headers["upload-offset"] == "0"


async def test_the_last_chunk_can_be_repeated(client: AsyncClient) -> None:
    sender = await reporter(client)
    place = await sender.sent(PHOTO)

    again = await sender.send(place, b"", len(PHOTO))

    assert again.status_code == 204
    assert again.headers["upload-offset"] == str(len(PHOTO))


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
async def test_a_chunk_with_its_checksum_is_taken(client: AsyncClient, algorithm: str) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)

    answer = await sender.send(place, PHOTO, headers=checksum(PHOTO, algorithm))

    assert answer.status_code == 204


async def test_an_unfinished_upload_says_until_when_it_waits(client: AsyncClient) -> None:
    sender = await reporter(client)

    begun = await sender.begin(PHOTO)

    waits = parsedate_to_datetime(begun.headers["upload-expires"])
    days = (waits - present()).total_seconds() / 86_400
    assert 6.9 < days <= 7


async def test_an_unfinished_upload_can_be_given_up(client: AsyncClient) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)
    await sender.send(place, PHOTO[:1_000])

    given_up = await sender.cancel(place)

    later = await sender.send(place, PHOTO[1_000:], 1_000)
    afresh = await sender.begin(PHOTO)
    assert given_up.status_code == 204
    assert later.status_code == 410
    assert later.json()["code"] == "upload-ended"
    assert at(afresh) != place
    assert afresh.headers["upload-offset"] == "0"


async def test_evidence_is_never_taken_back(client: AsyncClient) -> None:
    sender = await reporter(client)
    place = await sender.sent(PHOTO)

    answer = await sender.cancel(place)

    assert answer.status_code == 409
    assert answer.json()["code"] == "sealed"
    assert (await sender.told(place))["state"] == "finished"


async def test_a_client_is_told_its_metadata_again(client: AsyncClient) -> None:
    sender = await reporter(client)
    said = {"sha256": hashlib.sha256(PHOTO).hexdigest(), "filename": "Foto ápel rekaan.jpg"}
    place = await sender.begun(PHOTO, said=said)

    answer = await client.head(place, headers={**TUS, **sender.headers})

    assert answer.headers["upload-metadata"] == metadata(**said)
    assert answer.headers["upload-length"] == str(len(PHOTO))
    assert answer.headers["cache-control"] == "no-store"


async def test_a_png_named_pdf_is_a_png_and_its_sender_is_told(client: AsyncClient) -> None:
    sender = await reporter(client)
    content = photo(2_000, head=PNG)

    place = await sender.sent(content, said={"filename": "a.pdf", "filetype": "application/pdf"})

    told = await sender.told(place)
    assert told["media_type"] == "image/png"
    assert told["declared_type"] == "application/pdf"
    assert told["declared_type_differs"] is True


async def test_an_officer_adds_files_to_the_complaint_he_names(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    reported = await reporter(client)
    headers = await officer(sessions, keys, role="duty_officer", office_code="bawaslu-73.04")
    named = {"complaint_id": reported.complaint["id"]}
    desk = Sender(client, headers, reported.complaint, named)

    place = await desk.sent(PHOTO)

    unnamed = await Sender(client, headers, reported.complaint).begin(PHOTO)
    assert (await desk.told(place))["state"] == "finished"
    assert unnamed.status_code == 422
    assert unnamed.json()["errors"][0]["pointer"] == "/header/upload-metadata/complaint_id"


async def test_a_reporter_cannot_find_out_what_officers_have(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    reported = await reporter(client)
    headers = await officer(sessions, keys, role="duty_officer", office_code="bawaslu-73.04")
    named = {"complaint_id": reported.complaint["id"]}
    place = await Sender(client, headers, reported.complaint, named).sent(PHOTO)

    begun = await reported.begin(PHOTO)
    asked = await client.get(place, headers=reported.headers)

    assert begun.headers["upload-offset"] == "0"
    assert asked.status_code == 404


async def test_sealing_is_in_the_history_without_the_name_of_the_file(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    sender = await reporter(client)
    place = await sender.sent(PHOTO, said={"filename": "nama-rekaan.jpg"})
    headers = await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")

    answer = await client.get(f"/complaints/{sender.complaint['id']}/history", headers=headers)

    entry = answer.json()["items"][0]
    assert entry["action"] == "evidence.sealed"
    assert "nama-rekaan" not in answer.text
    assert hashlib.sha256(PHOTO).hexdigest() not in answer.text
    assert (await sender.told(place))["evidence_id"] == place.rpartition("/")[2]


async def test_every_answer_names_the_version_of_tus(client: AsyncClient) -> None:
    sender = await reporter(client)
    place = await sender.begun(PHOTO)

    answers = [
        await client.post(UPLOADS),
        await client.get(place),
        await client.get(place, headers=sender.headers),
        await client.head(f"{UPLOADS}/rekaan", headers={**TUS, **sender.headers}),
        await sender.send(place, b"", 17),
        await sender.cancel(place),
    ]

    assert [each.status_code for each in answers] == [401, 401, 200, 422, 409, 204]
    assert {each.headers["tus-resumable"] for each in answers} == {"1.0.0"}


async def test_the_hash_of_a_file_is_known_by_its_blind_index_alone(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    one, other = await reporter(client), await reporter(client)
    await one.sent(PHOTO)
    await other.sent(PHOTO)

    async with sessions.begin() as session:
        evidence = EvidenceRepository(session, SYSTEM)
        found = [await evidence.hash_indexes(each.complaint_id) for each in (one, other)]

    digest = hashlib.sha256(PHOTO)
    assert found[0] == found[1] == {keys.blind("evidence", digest.hexdigest())}
    assert digest.digest() not in found[0]
    assert base64.b64encode(digest.digest()) not in found[0]
