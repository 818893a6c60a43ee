"""Wet signatures: a sheet is scanned, uploaded and sealed, and its signatures name the page."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.evidence.jobs.copies import make_copies
from app.evidence.service.copies import CopyService
from app.web.clock import present
from tests.complaints.filing import file
from tests.declarations.collecting import Device, codes, outcomes, registered, send, signer
from tests.declarations.declaring import Body, Headers, opened, take
from tests.declarations.rosters import listed
from tests.evidence.samples import photograph
from tests.evidence.sending import Sender
from tests.people import officer

SHEET = photograph()
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + b"rekaan" * 40


@pytest.fixture
async def where(client: AsyncClient, sijunjung: Headers) -> Body:
    return await opened(client, sijunjung)


@pytest.fixture
def copies(app: FastAPI, sessions: Sessions, keys: Keyring, tmp_path: Path) -> CopyService:
    return CopyService(sessions, keys, app.state.depot.objects, tmp_path / "copies", present)


async def seen(client: AsyncClient, headers: Headers, where: Body, sheet: str) -> Response:
    return await client.get(f"/declarations/{where['id']}/papers/{sheet}/copy", headers=headers)


def sender(client: AsyncClient, headers: Headers, where: Body) -> Sender:
    return Sender(client, headers, said={"declaration_id": where["id"]})


async def scanned(client: AsyncClient, headers: Headers, where: Body) -> str:
    """The id of a sheet that was uploaded for this declaration."""
    place = await sender(client, headers, where).sent(SHEET)
    return place.rpartition("/")[2]


def wet(evidence_id: str, number: int = 1, page: int = 1, **changes: Any) -> Body:
    return {
        "id": str(new_id()),
        "signer": signer(number),
        "method": "wet",
        "captured_at": "2024-09-30T03:15:00Z",
        "paper": {"evidence_id": evidence_id, "page": page},
    } | changes


async def test_a_sheet_is_sealed_and_its_signatures_name_its_page(
    client: AsyncClient, sijunjung: Headers, where: Body
) -> None:
    sheet = await scanned(client, sijunjung, where)
    items = [wet(sheet, number, page=2) for number in range(40)]

    answer = await send(client, where, items, sijunjung)

    path = f"/declarations/{where['id']}"
    [row] = (await client.get(f"{path}/papers", headers=sijunjung)).json()["items"]
    capture = await client.get(f"{path}/signatures/{items[7]['id']}/capture", headers=sijunjung)
    sha256 = hashlib.sha256(SHEET).hexdigest()
    assert set(outcomes(answer)) == {"recorded"}
    assert (row["evidence_id"], row["sha256"], row["signatures"]) == (sheet, sha256, 40)
    shown = {"evidence_id": sheet, "page": 2, "signature": None, "sha256": sha256}
    assert capture.json()["paper"] == shown | {"certificate": None}
    assert capture.json()["method"] == "wet"


async def test_the_organiser_looks_at_a_sheet_and_the_journal_says_so(
    client: AsyncClient,
    sijunjung: Headers,
    where: Body,
    sessions: Sessions,
    copies: CopyService,
) -> None:
    sheet = await scanned(client, sijunjung, where)
    early = await seen(client, sijunjung, where, sheet)
    await make_copies(copies)

    answer = await seen(client, sijunjung, where, sheet)

    noted = await listed(sessions, "evidence.copy_read")
    assert early.json()["code"] == "no-working-copy"
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert len(answer.content) == int(answer.headers["content-length"])
    assert [(str(each.subject_id), each.payload) for each in noted] == [
        (where["id"], {"evidence_id": sheet})
    ]


async def test_nobody_else_looks_at_a_sheet_nor_by_another_declaration(
    client: AsyncClient, sijunjung: Headers, sinjai: Headers, where: Body, copies: CopyService
) -> None:
    sheet = await scanned(client, sijunjung, where)
    await make_copies(copies)
    elsewhere = await opened(client, sijunjung)

    by_others = await seen(client, sinjai, where, sheet)
    of_another = await seen(client, sijunjung, elsewhere, sheet)

    assert (by_others.status_code, of_another.status_code) == (404, 404)


async def test_the_same_sheet_again_is_told_so(
    client: AsyncClient, sijunjung: Headers, where: Body
) -> None:
    item = wet(await scanned(client, sijunjung, where))
    await send(client, where, [item], sijunjung)

    answer = await send(client, where, [item], sijunjung)

    assert outcomes(answer) == ["repeated"]


async def test_a_wet_signature_needs_a_sheet_of_this_declaration(
    client: AsyncClient, sijunjung: Headers, where: Body
) -> None:
    elsewhere = await scanned(client, sijunjung, await opened(client, sijunjung))
    without = wet(elsewhere) | {"paper": None}

    answer = await send(client, where, [wet(elsewhere), wet(str(new_id())), without], sijunjung)

    assert codes(answer) == ["invalid", "invalid", "paper-needed"]
    assert answer.json()["items"][0]["problem"]["errors"][0]["code"] == "unknown-paper"


async def test_a_device_in_the_room_records_no_paper(
    client: AsyncClient, sijunjung: Headers, where: Body
) -> None:
    sheet = await scanned(client, sijunjung, where)
    device: Device = await registered(client, sijunjung, where)
    await device.take_along()
    numbered = device.collect(method="wet", paper={"evidence_id": sheet, "page": 1})

    answer = await device.deliver(numbered, wet(sheet))

    assert codes(answer) == ["paper-needed", "invalid"]


async def test_a_paper_from_before_the_closing_may_still_be_recorded(
    client: AsyncClient, sijunjung: Headers, where: Body
) -> None:
    sheet = await scanned(client, sijunjung, where)
    await take(client, sijunjung, where, "closing")

    answer = await send(client, where, [wet(sheet), wet(sheet, 2, captured_at=None)], sijunjung)

    assert codes(answer) == ["", "declaration-not-open"]


@pytest.mark.parametrize("role", ["handler", "member"])
async def test_only_who_manages_declarations_adds_papers_to_them(
    client: AsyncClient, sessions: Sessions, keys: Keyring, where: Body, role: str
) -> None:
    other = await officer(sessions, keys, role=role, office_code="bawaslu-13.03")

    answer = await sender(client, other, where).begin(SHEET)

    assert answer.status_code == 404


async def test_an_office_of_another_area_adds_nothing(
    client: AsyncClient, sinjai: Headers, where: Body
) -> None:
    assert (await sender(client, sinjai, where).begin(SHEET)).status_code == 404


async def test_who_manages_declarations_adds_nothing_to_reports_and_sees_no_upload(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions, keys: Keyring
) -> None:
    complaint = await file(client, event={"region_code": "13.03"})
    handler = await officer(sessions, keys, role="handler", office_code="bawaslu-13.03")
    named = {"complaint_id": complaint["id"]}
    place = await Sender(client, handler, said=named).sent(SHEET)

    adding = await Sender(client, sijunjung, said=named).begin(SHEET)
    reading = await client.get(place, headers=sijunjung)

    assert (adding.status_code, reading.status_code) == (404, 404)


async def test_the_desk_sees_no_upload_of_a_declaration(
    client: AsyncClient, sijunjung: Headers, where: Body, sessions: Sessions, keys: Keyring
) -> None:
    handler = await officer(sessions, keys, role="handler", office_code="bawaslu-13.03")
    sheet = await scanned(client, sijunjung, where)

    answers = [await client.get(f"/uploads/{sheet}", headers=each) for each in (sijunjung, handler)]

    assert [each.status_code for each in answers] == [200, 404]


async def test_a_file_belongs_to_one_thing(
    client: AsyncClient, sijunjung: Headers, where: Body
) -> None:
    both = {"declaration_id": where["id"], "complaint_id": where["id"]}

    answer = await Sender(client, sijunjung, said=both).begin(SHEET)

    assert answer.status_code == 422


async def test_of_a_heic_scan_the_original_is_opened_with_a_reason(
    client: AsyncClient, sijunjung: Headers, sinjai: Headers, where: Body, copies: CopyService
) -> None:
    place = await sender(client, sijunjung, where).sent(HEIC)
    sheet = place.rpartition("/")[2]
    await make_copies(copies)
    path = f"/declarations/{where['id']}/papers"
    reason = {"reason": "Memeriksa lembar rekaan."}

    told = (await client.get(place, headers=sijunjung)).json()
    [row] = (await client.get(path, headers=sijunjung)).json()["items"]
    preview = await seen(client, sijunjung, where, sheet)
    original = await client.post(f"{path}/{sheet}/openings", json=reason, headers=sijunjung)
    by_others = await client.post(f"{path}/{sheet}/openings", json=reason, headers=sinjai)

    assert told["media_type"] == row["media_type"] == "image/heic"
    assert "tidak punya pratinjau" in told["notice"]["id"]
    assert "no preview" in told["notice"]["en"]
    assert row["working_copy"] == "not_available"
    assert (preview.status_code, preview.json()["code"]) == (404, "no-working-copy")
    assert (original.status_code, original.content) == (200, HEIC)
    assert by_others.status_code == 404


async def test_nothing_is_noticed_about_a_photograph(
    client: AsyncClient, sijunjung: Headers, where: Body
) -> None:
    place = await sender(client, sijunjung, where).sent(SHEET)

    told = (await client.get(place, headers=sijunjung)).json()

    assert told["notice"] is None
