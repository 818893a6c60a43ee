"""The figures agree with what the domains say of the same."""

from httpx import AsyncClient

from tests.circulars import circulating
from tests.prevention.figures import LATER, OFFICE, figures, owed
from tests.rakor.conftest import SetClock
from tests.rakor.meeting import FIRST_DAY, Desk, told

AGENCY = "personnel-agency-13.03"


async def test_presence_is_the_same_here_as_on_the_list_of_the_event(
    sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await sijunjung.announce()
    offices = [OFFICE | {"office_name": f"Dinas Rekaan {number}"} for number in range(6)]
    invitations = await sijunjung.invite(event, *offices)
    for declining in invitations[3:5]:
        body = {"code": declining["code"], "answer": "declined", "reason": "Rekaan."}
        told(await sijunjung.post("/invitation-answers", body), 200)
    set_clock(FIRST_DAY)
    seen = ((0, "on_site"), (1, "represented"), (2, "represented"), (2, "on_site"), (4, "on_site"))
    for number, mode in seen:
        await sijunjung.admit(event, invitations[number], mode=mode)
    told(await sijunjung.post(f"{event}/holding"), 200)

    totals = told(await sijunjung.get(f"{event}/attendance"), 200)["totals"]
    rows = [each["meetings"] for each in (await figures(sijunjung)).values()]

    assert totals == {"present": 3, "represented": 1, "excused": 1, "absent": 1}
    assert {each: sum(row[each] for row in rows) for each in totals} == totals


async def test_who_was_addressed_late_has_some_days_all_the_same(
    client: AsyncClient, sijunjung: Desk, set_clock: SetClock
) -> None:
    to_camat = {"category": "subdistrict_head", "region_code": "13.03.03"}
    circular = await circulating.issue(sijunjung, addressees=[to_camat])
    [code] = (await circulating.codes(sijunjung, circular)).values()
    set_clock(LATER)
    to_villages = {"category": "village_head", "region_code": "13.03.03"}
    await circulating.answer(client, "acknowledgement", code)
    await circulating.answer(client, "forwarding", code, addressees=[to_villages])

    late = await owed(sijunjung, overdue="true", limit="200")
    rows = await figures(sijunjung, level="village", limit="200")

    assert {each["region_code"] for each in late} == {"13.03.03"}
    assert rows
    assert {each["circulars"]["overdue"] for each in rows.values()} == {0}
