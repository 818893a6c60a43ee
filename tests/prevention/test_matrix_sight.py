"""Who sees the figures of which offices."""

from httpx import AsyncClient

from app.core.actors import Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.places import Place
from tests.circulars import circulating
from tests.people import officer, system
from tests.prevention.figures import TO_OFFICE, figures, owed
from tests.rakor.conftest import OpenDesk
from tests.rakor.following import nobody
from tests.rakor.meeting import Desk
from tests.referrals.forwarding import personnel_agency

AGENCY = "personnel-agency-13.03"


async def test_a_partner_sees_itself_and_nobody_else(
    client: AsyncClient, sijunjung: Desk, sessions: Sessions, keys: Keyring
) -> None:
    office_id = await personnel_agency(sessions, AGENCY, "13.03")
    headers = await officer(sessions, keys, role=Role.PPK_OFFICER, office_code=AGENCY)
    agency = Desk(client, headers, office_id)
    own = {"category": "personnel_agency", "region_code": "13.03", "office_ids": [office_id]}
    await circulating.issue(sijunjung, addressees=[own, TO_OFFICE])

    seen = await figures(agency)

    assert [each["office_id"] for each in seen.values()] == [office_id]
    assert {each["office_id"] for each in await owed(agency)} == {office_id}
    assert await figures(agency, office_id=office_id) == seen
    assert len(await figures(sijunjung)) == 2


async def test_only_offices_of_the_area_are_seen(
    sijunjung: Desk, open_desk: OpenDesk, sessions: Sessions, client: AsyncClient
) -> None:
    await circulating.issue(sijunjung, addressees=[TO_OFFICE])
    above, beside, nation = [await open_desk(each) for each in ("13", "13.04", "00")]
    scopes = {Permission.READ_PREVENTION}
    place = Place(1303, "13.03")
    machine = Desk(client, await system(sessions, scopes=scopes, place=place), "")

    assert "Dinas Rekaan" in await figures(above)
    assert await figures(beside) == {}
    assert "Dinas Rekaan" in await figures(nation, region="13.03")
    assert "Dinas Rekaan" in await figures(machine)
    assert await owed(beside) == []
    assert (await nobody(client).get("/prevention/offices")).status_code == 401


async def test_an_office_that_does_not_exist_has_no_rows(sijunjung: Desk) -> None:
    unknown = "01932b5e-7c00-7000-8000-0000000000ff"

    assert await figures(sijunjung, office_id=unknown) == {}
    assert await owed(sijunjung, office_id=unknown) == []
