"""Codes are credentials: only those who act for an office hand them on."""

import pytest

from app.core.actors import Permission, Role
from app.core.database import Sessions
from tests.circulars.circulating import TO_AGENCIES, codes, issue
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

    assert told(await dashboard.get(f"{circular}/reach"), 200)["total"]["addressed"] == 3
    assert (refused.status_code, below.status_code) == (403, 403)


async def test_who_merely_reads_circulars_hands_on_no_code(
    sinjai: Desk, open_desk: OpenDesk
) -> None:
    issued = await issue(sinjai)
    member = await open_desk("bawaslu-73.07", Role.MEMBER)

    refused = await member.get(f"/circulars/{issued['id']}/codes")

    assert told(refused, 403)["code"] == "not-the-issuer"
    assert len(await codes(sinjai, issued)) == 3


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
