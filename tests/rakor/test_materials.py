"""Materials and photos: they come by uploads, and each is shown to those whom it is for."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.evidence.jobs.copies import make_copies
from app.evidence.service.copies import CopyService
from app.web.clock import present
from tests.evidence.samples import MARKED, photograph
from tests.evidence.sending import Sender
from tests.rakor.conftest import OpenDesk
from tests.rakor.following import listed, nobody, uploaded
from tests.rakor.meeting import NAGARI, Desk, told


@pytest.fixture
def copies(app: FastAPI, sessions: Sessions, keys: Keyring, tmp_path: Path) -> CopyService:
    return CopyService(sessions, keys, app.state.depot.objects, tmp_path / "copies", present)


async def titles(desk: Desk, event: str) -> set[str]:
    items = told(await desk.get(f"{event}/materials"), 200)["items"]
    return {each["title"] for each in items}


async def test_everybody_reads_the_cleaned_copy_of_a_public_photo(
    sijunjung: Desk, copies: CopyService
) -> None:
    event = await sijunjung.announce()
    material = await listed(sijunjung, event, await uploaded(sijunjung, event))
    path = f"{event}/materials/{material['id']}/copy"
    too_early = await nobody(sijunjung.client).get(path)
    await make_copies(copies)

    answer = await nobody(sijunjung.client).get(path)

    assert told(too_early, 404)["code"] == "no-working-copy"
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert MARKED not in answer.content


async def test_each_material_is_shown_to_those_whom_it_is_for(
    open_desk: OpenDesk, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    invited = await open_desk("73.04")
    await sijunjung.invite(event, {"office_id": invited.office_id, "post": "Ketua"})
    for audience in ("public", "invited", "organiser"):
        file = await uploaded(sijunjung, event)
        await listed(sijunjung, event, file, audience=audience, title=audience)

    assert await titles(sijunjung, event) == {"public", "invited", "organiser"}
    assert await titles(await open_desk("13", Role.SECRETARIAT), event) >= {"organiser"}
    assert await titles(await open_desk("13.03", Role.MEMBER), event) >= {"organiser"}
    assert await titles(invited, event) == {"public", "invited"}
    assert await titles(await open_desk("13.04"), event) == {"public"}
    assert await titles(nobody(sijunjung.client), event) == {"public"}


async def test_what_is_not_for_a_reader_is_out_of_sight(
    sijunjung: Desk, copies: CopyService
) -> None:
    event = await sijunjung.announce()
    file = await uploaded(sijunjung, event)
    material = await listed(sijunjung, event, file, audience="invited")
    await make_copies(copies)
    path = f"{event}/materials/{material['id']}/copy"

    assert (await nobody(sijunjung.client).get(path)).status_code == 404
    assert (await sijunjung.get(path)).status_code == 200


async def test_the_code_of_an_invitation_shows_what_is_for_the_invited(
    sijunjung: Desk, copies: CopyService
) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    shown = await listed(sijunjung, event, await uploaded(sijunjung, event), audience="invited")
    kept = await listed(sijunjung, event, await uploaded(sijunjung, event), audience="organiser")
    await make_copies(copies)
    guest, code = nobody(sijunjung.client), {"code": invitation["code"]}

    items = told(await guest.post("/invitation-materials", code), 200)["items"]
    read = await guest.post("/invitation-materials/copy", code | {"material_id": shown["id"]})
    hidden = await guest.post("/invitation-materials/copy", code | {"material_id": kept["id"]})
    false = await guest.post("/invitation-materials", {"code": "rekaan"})

    assert [each["id"] for each in items] == [shown["id"]]
    assert (read.status_code, hidden.status_code, false.status_code) == (200, 404, 401)


async def test_a_withdrawn_material_is_shown_to_nobody(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    file = await uploaded(sijunjung, event)
    material = await listed(sijunjung, event, file)
    twice = await sijunjung.post(
        f"{event}/materials",
        {"evidence_id": file, "kind": "photo", "title": "Lagi", "audience": "public"},
    )

    told(await sijunjung.post(f"{event}/materials/{material['id']}/withdrawal"), 200)

    assert told(twice, 409)["code"] == "material-listed"
    assert await titles(sijunjung, event) == set()
    await listed(sijunjung, event, file, title="Lagi")
    assert await titles(nobody(sijunjung.client), event) == {"Lagi"}


async def test_a_file_of_another_event_is_no_material(sijunjung: Desk) -> None:
    event, other = await sijunjung.announce(), await sijunjung.announce()
    file = await uploaded(sijunjung, other)
    body = {"evidence_id": file, "kind": "photo", "title": "Foto", "audience": "public"}

    answer = await sijunjung.post(f"{event}/materials", body)

    assert told(answer, 422)["errors"][0]["pointer"] == "/evidence_id"


async def test_a_signed_attendance_list_is_for_the_organiser_alone(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    file = await uploaded(sijunjung, event)
    body = {"evidence_id": file, "kind": "attendance_list", "title": "Daftar hadir"}

    public = await sijunjung.post(f"{event}/materials", body | {"audience": "public"})
    own = await sijunjung.post(f"{event}/materials", body | {"audience": "organiser"})

    assert told(public, 422)["errors"][0]["code"] == "names-persons"
    assert told(own, 201)["kind"] == "attendance_list"


async def test_the_original_opens_to_the_organiser_with_a_reason(
    open_desk: OpenDesk, sijunjung: Desk
) -> None:
    event, photo = await sijunjung.announce(), photograph()
    material = await listed(sijunjung, event, await uploaded(sijunjung, event, photo))
    path = f"{event}/materials/{material['id']}/openings"
    chair = await open_desk("13.03", Role.MEMBER)

    answer = await sijunjung.post(path, {"reason": "Untuk laporan kegiatan rekaan."})

    assert (answer.status_code, answer.content) == (200, photo)
    assert (await chair.post(path, {"reason": "Rekaan."})).status_code == 403


async def test_files_come_only_for_events_in_sight_of_who_manages_events(
    open_desk: OpenDesk, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    said = {"event_id": event.rpartition("/")[2]}
    elsewhere, handler = await open_desk("73.04"), await open_desk("13.03", Role.HANDLER)

    for desk in (elsewhere, handler):
        begun = await Sender(desk.client, desk.headers, said=said).begin(photograph())
        assert begun.status_code == 404


async def test_an_upload_belongs_to_one_thing(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    id = event.rpartition("/")[2]
    sender = Sender(sijunjung.client, sijunjung.headers, said={"event_id": id})

    answer = await sender.begin(photograph(), said={"declaration_id": id})

    assert told(answer, 422)["errors"][0]["code"] == "one-subject"


async def test_the_invited_read_all_materials_page_by_page(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    for number in range(3):
        file = await uploaded(sijunjung, event)
        await listed(sijunjung, event, file, audience="invited", title=f"Foto {number}")
    guest, code = nobody(sijunjung.client), {"code": invitation["code"], "limit": 2}

    first = told(await guest.post("/invitation-materials", code), 200)
    rest = code | {"cursor": first["next_cursor"]}
    second = told(await guest.post("/invitation-materials", rest), 200)

    titles_ = [each["title"] for each in [*first["items"], *second["items"]]]
    assert titles_ == ["Foto 2", "Foto 1", "Foto 0"]
    assert second["next_cursor"] is None
