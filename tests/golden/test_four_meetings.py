"""The four meetings of 2024 that are known (domain.md, section 5), each from its invitations to its
report through the API. Offices, places and days are real; answers, tickets and words invented."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any, Final

from httpx import AsyncClient

from app.declarations.files import read_texts
from tests.circulars import circulating
from tests.declarations import declaring
from tests.golden.paths import announce
from tests.prevention.gathering import Gathering, outcomes, room_phone
from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.doors import ticket_of
from tests.rakor.meeting import told
from tests.rakor.meetings import ANCOL, JENEPONTO, PALANGKA_RAYA, SIJUNJUNG

AGENCIES_OF_SINJAI: Final = (
    "Dinas Pendidikan Kabupaten Sinjai",
    "Dinas Kesehatan Kabupaten Sinjai",
    "Dinas Perhubungan Kabupaten Sinjai",
    "Inspektorat Kabupaten Sinjai",
    "Badan Perencanaan Kabupaten Sinjai",
)


def at(day: int, hour: int, month: int = 9) -> datetime:
    """Of 2024, in UTC."""
    return datetime(2024, month, day, hour, tzinfo=UTC)


async def test_the_delegation_of_probolinggo_at_ancol(
    open_desk: OpenDesk, set_clock: SetClock
) -> None:
    path = await announce(open_desk, set_clock, ANCOL)
    sinjai, sinjai_agency, probolinggo, agency = await path.invite(ANCOL.invited)
    tickets = [await path.accept(each) for each in (sinjai, sinjai_agency, probolinggo)]
    deputy = await path.accept(agency, answer="sends_deputy", deputy_post="Sekretaris")

    phone = await path.door(at(17, 1))
    await path.admit(phone, at(17, 2), tickets)
    await path.admit(phone, at(17, 2), [deputy], mode="represented")
    await path.minute()
    await path.report()

    assert await path.presence() == {
        "Pemerintah Kabupaten Sinjai": "present",
        "BKPSDM Kabupaten Sinjai": "present",
        "Pemerintah Kota Probolinggo": "present",
        "BKPSDM Kota Probolinggo": "represented",
    }
    seen = await path.figures("35.74")
    assert seen["Pemerintah Kota Probolinggo"]["meetings"]["present"] == 1
    assert seen["BKPSDM Kota Probolinggo"]["meetings"]["represented"] == 1


async def test_the_circular_of_sinjai_reaches_all_its_agencies(
    client: AsyncClient, open_desk: OpenDesk, set_clock: SetClock
) -> None:
    path = await announce(open_desk, set_clock, ANCOL)
    await path.invite(ANCOL.invited)
    set_clock(at(17, 3))
    await path.minute()
    office = {"office_name": "Pemerintah Kabupaten Sinjai", "region_code": "73.07"}
    task = await path.follow_up(action="Menerbitkan surat edaran netralitas.", **office)
    await path.report()
    sinjai = await open_desk("73.07")
    to_all: dict[str, Any] = {
        "category": "regional_agency",
        "region_code": "73.07",
        "names": list(AGENCIES_OF_SINJAI),
    }

    circular = await circulating.issue(sinjai, addressees=[to_all])
    for code in (await circulating.codes(sinjai, circular)).values():
        await circulating.answer(client, "acknowledgement", code)
        for each in circular["obligations"]:
            done = circulating.DONE | {"obligation_id": each["id"]}
            await circulating.answer(client, "reports", code, 201, **done)
    note = {"code": task["code"], "note": "Edaran telah diterbitkan."}
    told(await client.post("/follow-up-answers/completion", json=note), 200)

    reach = await circulating.reach(sinjai, circular)
    assert reach["total"]["acknowledged"] == reach["total"]["addressed"] >= len(AGENCIES_OF_SINJAI)
    seen = await path.figures("73.07")
    assert {seen[each]["circulars"]["acknowledged"] for each in AGENCIES_OF_SINJAI} == {1}
    assert seen["Pemerintah Kabupaten Sinjai"]["follow_ups"] == {
        "owed": 1,
        "done": 1,
        "overdue": 0,
    }
    assert await path.owed(region="73.07") == []


async def test_palangka_raya_meets_with_its_mayor_agencies_camat_and_lurah(
    open_desk: OpenDesk, set_clock: SetClock
) -> None:
    path = await announce(open_desk, set_clock, PALANGKA_RAYA)
    heads = {"category": "regional_agency", "region": "62.71", "post": "Kepala"}
    groups: list[dict[str, Any]] = [
        {"category": "regional_head", "region": "62.71", "role": "opener"},
        heads | {"office_names": ["Dinas Pendidikan Rekaan", "Dinas Kesehatan Rekaan"]},
        {"category": "subdistrict_head", "region": "62.71"},
        {"category": "urban_village_head", "region": "62.71"},
    ]
    invitations = await path.invite([], groups)
    away, *coming = invitations[::-1]
    tickets = [await path.accept(each) for each in coming]
    declined = {"code": away["code"], "answer": "declined", "reason": "Rekaan: rapat lain."}
    told(await path.desk.client.post("/invitation-answers", json=declined), 200)

    phone = await path.door(at(30, 1))
    await path.admit(phone, at(30, 2), tickets)
    await path.minute()
    await path.report()

    # One mayor, two agencies, five camat, thirty lurah.
    assert Counter((await path.presence()).values()) == {"present": 37, "excused": 1}
    assert len(await path.figures("62.71.01")) > 1


async def test_sijunjung_signs_and_meets_on_two_days_with_one_ticket(
    client: AsyncClient, open_desk: OpenDesk, set_clock: SetClock
) -> None:
    path = await announce(open_desk, set_clock, SIJUNJUNG)
    [text] = [each for each in read_texts() if each.code == "neutrality-pledge"]
    planned = await declaring.plan(
        client,
        path.desk.headers,
        event_id=path.id,
        title="Ikrar Netralitas ASN, TNI, Polri, dan Wali Nagari Kabupaten Sijunjung",
        pledge_text_id=str(text.id),
        local_points=[],
        led_by="Sekretaris Daerah",
    )
    gathering = Gathering(path.desk, path.event, planned)
    secretary, army, police, *_ = await path.invite(SIJUNJUNG.invited[:3])
    nagari = await path.invite([], [{"category": "village_head", "region": "13.03"}])
    groups = ((secretary, "asn_pns"), (army, "tni"), (police, "polri"))
    enrolled = told(await gathering.enrol(*groups), 200)
    invitations = [secretary, army, police, *nagari]
    tickets = [await ticket_of(client, each) for each in invitations]

    set_clock(at(30, 1))
    await gathering.open()
    phone = await room_phone(gathering)
    first = [phone.door.scan(each, at(30, 2)) for each in tickets]
    signed = [
        phone.sign(each, f"Pemangku Rekaan {number}", at(30, 3))
        for number, each in enumerate(tickets)
    ]
    second = [phone.door.scan(each, at(1, 2, month=10)) for each in tickets]
    set_clock(at(1, 9, month=10))
    delivered = outcomes(await phone.deliver([*second, *first], signed))
    again = outcomes(await phone.deliver([*first, *second], signed[::-1]))
    await path.minute()
    for step in ("holding", "closing"):
        body = declaring.SAID.get(step)
        told(await path.desk.post(f"/declarations/{planned['id']}/{step}", body), 200)
    await path.report()

    # 61 wali nagari and one kepala desa, after the secretary, TNI and Polri.
    assert (len(nagari), enrolled["added"], enrolled["without_group"]) == (62, 65, [])
    assert len(text.points) == 4
    assert (set(delivered[0]), set(delivered[1])) == ({"recorded"}, {"recorded"})
    assert (set(again[0]), set(again[1])) == ({"repeated"}, {"repeated"})
    tally = await declaring.tally(client, planned)
    assert tally["groups"] == {"asn_pns": 1, "polri": 1, "tni": 1, "village_head": 62}
    assert set((await path.presence()).values()) == {"present"}
    for session in told(await client.get(path.event), 200)["sessions"]:
        attended = f"{path.event}/attendance?session_id={session['id']}"
        assert told(await path.desk.get(attended), 200)["totals"]["present"] == 65
    seen = await gathering.read()
    assert [(each["targets"], each["signed"]) for each in seen["declarations"]] == [(65, 65)]
    assert await path.owed(region="13.03") == []


async def test_jeneponto_meets_with_agencies_camat_bawaslu_and_the_press(
    client: AsyncClient, open_desk: OpenDesk, set_clock: SetClock
) -> None:
    path = await announce(open_desk, set_clock, JENEPONTO)
    secretary, agency, _, press = await path.invite(JENEPONTO.invited)
    camat = await path.invite([], [{"category": "subdistrict_head", "region": "73.04"}])
    rules = {"rules": [{"category": "subdistrict_head", "at_least": 50, "unit": "percent"}]}
    told(await path.desk.put(f"{path.event}/quorum", rules), 200)
    tickets = [await path.accept(each) for each in (secretary, agency, press, *camat[:6])]

    phone = await path.door(at(5, 0, month=11))
    await path.admit(phone, at(5, 1, month=11), tickets)
    walk_in = phone.note(at(5, 2, month=11), office_name="Redaksi Radio Rekaan", post="Wartawan")
    told(await phone.deliver(walk_in), 200)
    await path.minute()
    task = await path.follow_up(office_name="Kecamatan Bangkala", region_code="73.04.01")
    late = await path.owed(region="73.04", owed="follow_up")
    note = {"code": task["code"], "note": "Selesai."}
    told(await client.post("/follow-up-answers/completion", json=note), 200)
    await path.report()

    quorum = told(await path.desk.get(f"{path.event}/quorum"), 200)
    assert quorum["is_reached"]
    seen = told(await path.desk.get(f"{path.event}/attendance"), 200)
    assert seen["totals"]["present"] == 9
    assert [each["office_name"] for each in seen["walk_ins"]] == ["Redaksi Radio Rekaan"]
    assert [each["item_id"] for each in late] == [task["id"]]
    assert await path.owed(region="73.04", owed="follow_up") == []
