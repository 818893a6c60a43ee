"""What was seen at Lubuklinggau in 2024 (domain.md 1.5): six reports of the city in four states at
once, two findings of sub-districts at BKN's regional office, an ethics finding at KPU."""

from collections import Counter
from uuid import UUID

import pytest
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.offices.models import Office as OfficeRow
from tests.cases.handling import Body
from tests.people import officer
from tests.procedure.office import PLENARY, Office, Time

FINDING: Body = {
    "channel": "oversight",
    "received_at": "2024-10-14T02:30:00Z",
    "election_code": "pilkada-2024",
    "letter_number": "012/LHP/PM.01.02/10/2024",
    "evidence_notes": ["Foto rekaan"],
    "finder": {"name": "Pengawas Rekaan", "position": "Panwaslu Kecamatan"},
    "reported_persons": [{"name": "Terlapor Rekaan", "position": "Lurah"}],
    "event": {
        "what": "Ikut kampanye rekaan",
        "place": "Lapangan rekaan",
        "occurred_on": "2024-10-12",
        "known_on": "2024-10-13",
        "account": "Rekaan: terlihat mengenakan atribut pasangan calon.",
    },
}
LETTER: Body = {"letter_number": "112/PP.00.02/X/2024", "letter_on": "2024-10-16"}
REFUSAL: Body = {"reason": "not_election_violation", "note": "Rekaan: bukan soal pemilihan."}


async def a_report(office: Office, time: Time) -> Body:
    time.is_now("2024-10-15T09:00:00+07:00")
    known = {"occurred_on": "2024-10-13", "known_on": "2024-10-14"}
    return await office.takes_up(await office.receives(event=known))


async def registered(office: Office, case: Body) -> None:
    await office.checks(case)
    await office.does(case, "registration", {"election_type": "PW"})


async def decided(office: Office, case: Body, **found: object) -> None:
    await office.does(case, "study", {"text": "Rekaan: uraian."})
    said = {
        "held_on": "2024-10-16",
        "minutes_number": "019/BA-PLENO/X/2024",
        "reasoning": "Rekaan: pertimbangan.",
    }
    await office.decides(case, "decision", PLENARY | said | found)


async def test_six_reports_stand_in_four_states_at_once(lubuklinggau: Office, time: Time) -> None:
    office = lubuklinggau
    stopped, refused, also_refused, studied, also_studied, waiting = [
        await a_report(office, time) for _ in range(6)
    ]
    time.is_now("2024-10-16T10:00:00+07:00")

    await registered(office, stopped)
    await decided(office, stopped, result="discontinued")
    for case in (refused, also_refused):
        await office.does(case, "refusal", REFUSAL)
    for case in (studied, also_studied):
        await registered(office, case)
        await office.does(case, "study", {"text": "Rekaan: uraian."})
    await office.checks(waiting, "evidence")
    await office.does(waiting, "completion-request", {"letter_number": "012/PP/X/2024"})

    listed = await office.client.get("/cases", headers=office.handler)
    assert Counter(each["state"] for each in listed.json()["items"]) == {
        "discontinued": 1,
        "not_registered": 2,
        "study": 2,
        "needs_completion": 1,
    }
    assert {each["office_id"] for each in listed.json()["items"]} == {stopped["office_id"]}


async def a_finding(office: Office, time: Time) -> Body:
    """Entered by the office for what a sub-district's supervisors saw; adopted, registered."""
    time.is_now("2024-10-14T10:00:00+07:00")
    event = FINDING["event"] | {"region_code": office.region}
    entered = await office.client.post(
        "/complaints/entries", json=FINDING | {"event": event}, headers=office.handler
    )
    assert entered.status_code == 201, entered.text
    params = {"complaint_id": entered.json()["id"]}
    found = await office.client.get("/cases", params=params, headers=office.handler)
    [case] = found.json()["items"]
    adopting = {
        name: value for name, value in PLENARY.items() if name in ("members", "present")
    } | {
        "held_on": "2024-10-14",
        "minutes_number": "018/BA-PLENO/X/2024",
        "reasoning": "Rekaan: layak menjadi temuan.",
    }
    form = {"election_type": "PW", "plenary": adopting}
    return dict(case) | await office.decides(case, "registration", form)


@pytest.fixture
async def regional_bkn(client: AsyncClient, sessions: Sessions, keys: Keyring) -> str:
    """A regional office of BKN for Sumatera Selatan, as an admin adds it to the directory."""
    admin = await officer(sessions, keys, role="admin", office_code="bawaslu-00")
    body = {"kind": "bkn", "region_code": "16", "name": "Kantor Regional BKN (rekaan)"}
    added = await client.post("/offices", json=body, headers=admin)
    assert added.status_code == 201, added.text
    return str(added.json()["id"])


async def test_findings_go_to_the_regional_office_of_bkn(
    lubuklinggau: Office, regional_bkn: str, time: Time, sessions: Sessions, keys: Keyring
) -> None:
    cases = [await a_finding(lubuklinggau, time) for _ in range(2)]

    time.is_now("2024-10-16T10:00:00+07:00")
    for case in cases:
        person = await lubuklinggau.groups(case, "pns")
        kinds = {"violation_kinds": ["D04_ATTEND_CAMPAIGN"], "person_ids": [person["id"]]}
        await decided(
            lubuklinggau, case, result="violation", categories=[kinds | {"category": "other_law"}]
        )
        letter = LETTER | {"category": "other_law", "authority": "bkn", "office_id": regional_bkn}
        await lubuklinggau.decides(case, "referrals", letter)

    numbers = [f"00{each}/REG/TM/PW/Kota/06.04/X/2024" for each in (1, 2)]
    assert [case["number"] for case in cases] == numbers
    auditor = await officer(
        sessions, keys, role="bkn_auditor", office_code=await code_of(sessions, regional_bkn)
    )
    seen = await lubuklinggau.client.get("/referrals", headers=auditor)
    assert {each["case_id"] for each in seen.json()["items"]} == {case["id"] for case in cases}


async def code_of(sessions: Sessions, office_id: str) -> str:
    async with sessions.begin() as session:
        return (await session.get_one(OfficeRow, UUID(office_id))).code


async def test_an_ethics_finding_goes_to_kpu(lubuklinggau: Office, time: Time) -> None:
    office = lubuklinggau
    case = await a_finding(office, time)
    person = await office.groups(case, "election_organiser")
    time.is_now("2024-10-16T10:00:00+07:00")
    concerned = {"category": "organiser_ethics", "person_ids": [person["id"]]}
    await decided(office, case, result="violation", categories=[concerned])

    letter = LETTER | {"category": "organiser_ethics", "authority": "kpu-ad-hoc"}
    await office.decides(case, "referrals", letter)

    assert (await office.reads(case))["state"] == "forwarded"
