"""Codes are credentials: only those who act for an office hand them on."""

from functools import partial
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.circulars.models import CircularAddressee
from app.circulars.rules.codes import AddresseeCode, write_code
from app.core.actors import Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.circulars.circulating import AGENCIES, TO_AGENCIES, answer, codes, issue
from tests.circulars.conftest import OpenDesk
from tests.people import system
from tests.rakor.meeting import Desk, told


@pytest.fixture
async def dashboard(sessions: Sessions, sinjai: Desk) -> Desk:
    """A program that may read the circulars of the whole country."""
    headers = await system(sessions, scopes={Permission.READ_CIRCULARS})
    return Desk(sinjai.client, headers, sinjai.office_id)


async def test_a_program_reads_how_far_it_is_and_no_code(sinjai: Desk, dashboard: Desk) -> None:
    circular = f"/circulars/{(await issue(sinjai))['id']}"
    [addressee, *_] = told(await dashboard.get(f"{circular}/addressees"), 200)["items"]

    refused = await dashboard.get(f"{circular}/codes")
    below = await dashboard.get(f"{circular}/codes?parent={addressee['id']}")

    assert told(await dashboard.get(f"{circular}/reach"), 200)["total"]["addressed"] == 4
    assert (refused.status_code, below.status_code) == (403, 403)


async def test_who_merely_reads_circulars_hands_on_no_code(
    sinjai: Desk, open_desk: OpenDesk
) -> None:
    issued = await issue(sinjai)
    member = await open_desk("bawaslu-73.07", Role.MEMBER)

    refused = await member.get(f"/circulars/{issued['id']}/codes")

    assert told(refused, 403)["code"] == "not-the-issuer"
    assert len(await codes(sinjai, issued)) == 4


async def test_who_forwarded_hands_on_the_codes_of_those_below(
    sinjai: Desk, personnel: Desk, open_desk: OpenDesk
) -> None:
    issued = await issue(sinjai)
    [task] = told(await personnel.get("/addressed-circulars?own=true"), 200)["items"]
    path = f"/circulars/{issued['id']}/addressees/{task['id']}/forwarding"
    told(await personnel.post(path, {"addressees": [TO_AGENCIES | {"names": ["UPTD A"]}]}), 200)
    member = await open_desk("bawaslu-73.07", Role.MEMBER)

    mine = await codes(personnel, issued, parent=task["id"])
    of_issuer = await codes(sinjai, issued, parent=task["id"])
    refused = await member.get(f"/circulars/{issued['id']}/codes?parent={task['id']}")

    assert mine == of_issuer
    assert mine.keys() == {"UPTD A"}
    assert refused.status_code == 403


async def renewed(desk: Desk, circular: dict[str, Any], office: str, status: int = 200) -> Any:
    path = f"/circulars/{circular['id']}/addressees"
    found = told(await desk.get(path), 200)["items"]
    [id] = [each["id"] for each in found if each["office_name"] == office]
    return told(await desk.post(f"{path}/{id}/code-renewal"), status)


async def test_one_code_is_taken_back_and_all_others_stay(
    client: AsyncClient, sinjai: Desk, sessions: Sessions
) -> None:
    issued = await issue(sinjai)
    before = await codes(sinjai, issued)
    stray = before[AGENCIES[0]]
    await answer(client, "acknowledgement", stray)
    email = {"code": stray, "email": "kantor@contoh.example"}
    await client.put("/circular-answers/contact", json=email)

    given = await renewed(sinjai, issued, AGENCIES[0])

    for what in ("reading", "acknowledgement", "reach", "addressees"):
        refused = await client.post(f"/circular-answers/{what}", json={"code": stray})
        assert told(refused, 401)["code"] == "wrong-addressee-code"
    after = await codes(sinjai, issued)
    assert after == before | {AGENCIES[0]: given["code"]}
    assert given["code"] != stray
    read = await answer(client, "reading", given["code"])
    assert read["addressee"]["acknowledged_at"] is not None
    async with sessions.begin() as session:
        assert set(await session.scalars(select(CircularAddressee.sealed_email))) == {None}


async def test_only_who_hands_on_a_code_takes_it_back(sinjai: Desk, open_desk: OpenDesk) -> None:
    issued = await issue(sinjai)
    member = await open_desk("bawaslu-73.07", Role.MEMBER)

    refused = await renewed(member, issued, AGENCIES[0], 403)

    assert refused["code"] == "not-the-issuer"


async def test_nobody_answers_by_code_for_a_registered_office(
    client: AsyncClient, sinjai: Desk, personnel: Desk, keys: Keyring
) -> None:
    issued = await issue(sinjai)
    [task] = told(await personnel.get("/addressed-circulars?own=true"), 200)["items"]
    code = AddresseeCode(UUID(task["id"]), 0)
    of_ours = write_code(code, partial(keys.sign_receipt, keys.first_receipt_key()))

    await answer(client, "acknowledgement", of_ours, 401)
    refused = await renewed(sinjai, issued, "BKPSDM Rekaan", 409)

    assert refused["code"] == "addressee-registered"
    assert (await codes(sinjai, issued)).keys() == set(AGENCIES)
