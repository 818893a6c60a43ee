"""Proof files of follow-ups, and who may use up what an event holds."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.evidence.jobs.copies import make_copies
from app.evidence.service.copies import CopyService
from app.web.clock import present
from tests.evidence.samples import photograph
from tests.evidence.sending import Sender
from tests.rakor.conftest import OpenDesk
from tests.rakor.following import planned, uploaded
from tests.rakor.meeting import Desk, told


@pytest.fixture
def copies(app: FastAPI, sessions: Sessions, keys: Keyring, tmp_path: Path) -> CopyService:
    return CopyService(sessions, keys, app.state.depot.objects, tmp_path / "copies", present)


async def sent(desk: Desk, **said: str) -> str:
    place = await Sender(desk.client, desk.headers, said=said).sent(photograph())
    return place.rpartition("/")[2]


async def owed_by(desk: Desk, event: str, office: Desk) -> str:
    address = {"office_name": None, "region_code": None, "office_id": office.office_id}
    return str((await planned(desk, event, **address))["id"])


@pytest.mark.parametrize("role", [Role.PREVENTION_STAFF, Role.PPK_OFFICER])
async def test_the_responsible_office_sends_its_proof_and_both_sides_open_it(
    open_desk: OpenDesk, sijunjung: Desk, copies: CopyService, role: Role
) -> None:
    event, there = await sijunjung.announce(), await open_desk("73.04", role)
    follow_up = await owed_by(sijunjung, event, there)
    path = f"/follow-ups/{follow_up}"

    evidence_id = await sent(there, follow_up_id=follow_up)
    told(await there.post(f"{path}/completion", {"evidence_id": evidence_id}), 200)
    await make_copies(copies)

    copy = f"{path}/proofs/{evidence_id}/copy"
    opening = f"{path}/proofs/{evidence_id}/openings"
    assert (await there.get(copy)).headers["content-type"] == "image/jpeg"
    assert (await sijunjung.get(copy)).status_code == 200
    assert (await sijunjung.post(opening, {"reason": "Memeriksa (rekaan)."})).status_code == 200
    assert (await there.post(opening, {"reason": "Rekaan."})).status_code == 403


async def test_a_file_that_proves_nothing_here_is_not_opened(
    open_desk: OpenDesk, sijunjung: Desk, copies: CopyService
) -> None:
    event, there = await sijunjung.announce(), await open_desk("73.04")
    follow_up = await owed_by(sijunjung, event, there)
    inner = await uploaded(sijunjung, event)
    await make_copies(copies)

    answer = await there.get(f"/follow-ups/{follow_up}/proofs/{inner}/copy")

    assert answer.status_code == 404


async def test_a_file_of_the_event_that_proves_it_is_shown_to_the_office(
    open_desk: OpenDesk, sijunjung: Desk, copies: CopyService
) -> None:
    event, there = await sijunjung.announce(), await open_desk("73.04")
    follow_up = await owed_by(sijunjung, event, there)
    photo = await uploaded(sijunjung, event)
    told(await sijunjung.post(f"/follow-ups/{follow_up}/completion", {"evidence_id": photo}), 200)
    await make_copies(copies)

    answer = await there.get(f"/follow-ups/{follow_up}/proofs/{photo}/copy")

    assert answer.status_code == 200


async def test_who_does_not_see_the_follow_up_adds_nothing_to_it(
    open_desk: OpenDesk, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    follow_up, elsewhere = (await planned(sijunjung, event))["id"], await open_desk("73.05")

    begun = await Sender(
        elsewhere.client, elsewhere.headers, said={"follow_up_id": follow_up}
    ).begin(photograph())

    assert begun.status_code == 404


@pytest.mark.parametrize("step", ["completion", "cancellation"])
async def test_what_is_done_or_cancelled_takes_no_file_any_more(
    open_desk: OpenDesk, sijunjung: Desk, step: str
) -> None:
    event, there = await sijunjung.announce(), await open_desk("73.04")
    follow_up = await owed_by(sijunjung, event, there)
    said = {"completion": {"note": "Selesai."}, "cancellation": {"reason": "Digantikan."}}
    told(await sijunjung.post(f"/follow-ups/{follow_up}/{step}", said[step]), 200)

    begun = await Sender(there.client, there.headers, said={"follow_up_id": follow_up}).begin(
        photograph()
    )

    assert begun.status_code == 404


async def test_an_invited_office_uses_up_nothing_of_the_event(
    open_desk: OpenDesk, sijunjung: Desk
) -> None:
    event, invited = await sijunjung.announce(), await open_desk("73.04")
    await sijunjung.invite(event, {"office_id": invited.office_id, "post": "Ketua"})
    said = {"event_id": event.rpartition("/")[2]}

    seen = await invited.get(f"{event}/attendance")
    begun = await Sender(invited.client, invited.headers, said=said).begin(photograph())

    assert (seen.status_code, begun.status_code) == (200, 404)


async def test_an_office_of_the_area_adds_nothing_to_what_the_province_organises(
    open_desk: OpenDesk, sijunjung: Desk
) -> None:
    province = await open_desk("13")
    event = await province.announce(region_code="13.03")
    said = {"event_id": event.rpartition("/")[2]}

    begun = await Sender(sijunjung.client, sijunjung.headers, said=said).begin(photograph())
    own = await Sender(province.client, province.headers, said=said).begin(photograph())

    assert (begun.status_code, own.status_code) == (404, 201)
