"""A personnel agency (BKPSDM) of the area: it reports what is its own, and organises nothing."""

import pytest

from app.core.actors import Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.people import officer, system
from tests.rakor.following import listed, planned, uploaded
from tests.rakor.meeting import Desk, told
from tests.referrals.forwarding import personnel_agency

CODE = "personnel-agency-13.03"


@pytest.fixture
async def agency(sijunjung: Desk, sessions: Sessions, keys: Keyring) -> Desk:
    office_id = await personnel_agency(sessions, CODE, "13.03")
    headers = await officer(sessions, keys, role=Role.PPK_OFFICER, office_code=CODE)
    return Desk(sijunjung.client, headers, office_id)


async def test_an_agency_reports_what_it_answers_for(sijunjung: Desk, agency: Desk) -> None:
    event = await sijunjung.announce()
    address = {"office_name": None, "region_code": None, "office_id": agency.office_id}
    own, other = await planned(sijunjung, event, **address), await planned(sijunjung, event)

    done = await agency.post(f"/follow-ups/{own['id']}/completion", {"note": "Selesai."})
    of_another = await agency.post(f"/follow-ups/{other['id']}/completion", {"note": "Selesai."})

    assert told(done, 200)["state"] == "done"
    assert of_another.status_code == 404


async def test_what_is_for_the_organiser_is_for_no_agency_and_no_system_of_its_area(
    sijunjung: Desk, agency: Desk, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    await sijunjung.invite(event, {"office_id": agency.office_id, "post": "Kepala BKPSDM"})
    for audience in ("invited", "organiser"):
        file = await uploaded(sijunjung, event)
        await listed(sijunjung, event, file, audience=audience, title=audience)

    headers = await system(sessions, scopes={Permission.READ_EVENTS})

    for reader in (agency, Desk(agency.client, headers, "")):
        items = told(await reader.get(f"{event}/materials"), 200)["items"]
        assert [each["title"] for each in items] == ["invited"]
