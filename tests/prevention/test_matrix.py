"""What each office has done and owes, in one call, and who may see it."""

from datetime import UTC, datetime, timedelta

import pytest
from httpx import AsyncClient

from tests.circulars import circulating
from tests.consultations import asking
from tests.declarations import declaring, inviting
from tests.prevention.figures import LATER, OFFICE, TO_OFFICE, figures, owed
from tests.prevention.gathering import gather
from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.following import planned
from tests.rakor.meeting import FIRST_DAY, Desk, told

AGENCY = "personnel-agency-13.03"
LETTER_DAY = datetime(2024, 9, 17, 3, tzinfo=UTC)


@pytest.fixture
async def asked_of_everything(client: AsyncClient, sijunjung: Desk, set_clock: SetClock) -> Desk:
    """An office that was asked for one thing of each kind, and did none."""
    await circulating.issue(sijunjung, addressees=[TO_OFFICE])
    gathering = await gather(sijunjung)
    [invitation] = await sijunjung.invite(gathering.event, OFFICE)
    told(await gathering.enrol((invitation, "asn_pns")), 200)
    await gathering.open()
    await planned(sijunjung, gathering.event)
    await declaring.published(client)
    return sijunjung


async def test_what_an_office_owes_is_told_with_its_day_and_its_place(
    asked_of_everything: Desk,
) -> None:
    items = await owed(asked_of_everything, region="13.03", office="Dinas%20Rekaan")

    assert [(each["owed"], each["due_on"]) for each in items] == [
        ("acknowledgement", "2024-09-24"),
        ("answer", "2024-09-30"),
        ("obligation", "2024-09-30"),
        ("signatures", "2024-09-30"),
        ("follow_up", "2024-10-15"),
        ("obligation", "2024-10-15"),
    ]
    assert not any(each["is_overdue"] for each in items)
    ways = {each["owed"]: each["where"] for each in items}
    assert ways["answer"] == "/invitations"
    follow_up = next(each for each in items if each["owed"] == "follow_up")
    assert follow_up["where"].removeprefix("/api/v1") == f"/follow-ups/{follow_up['item_id']}"


async def test_what_is_owed_can_be_narrowed_and_read_in_pages(asked_of_everything: Desk) -> None:
    desk = asked_of_everything
    first = told(await desk.get("/prevention/owed?limit=4&count=exact"), 200)
    rest = await owed(desk, limit="4", cursor=first["next_cursor"])

    due = await owed(desk, due_by="2024-09-24")
    signatures = await owed(desk, owed="signatures")

    assert (first["total"], len(first["items"]), len(rest)) == (6, 4, 2)
    assert not {each["item_id"] for each in first["items"]} & {each["item_id"] for each in rest}
    assert [each["owed"] for each in due] == ["acknowledgement"]
    assert [each["number"] for each in signatures] == [1]


async def test_what_was_not_done_by_its_day_is_overdue(
    asked_of_everything: Desk, set_clock: SetClock
) -> None:
    set_clock(LATER)

    row = (await figures(asked_of_everything, region="13.03"))["Dinas Rekaan"]
    late = await owed(asked_of_everything, overdue="true")

    assert row["circulars"] == {"addressed": 1, "acknowledged": 0, "overdue": 1}
    assert row["follow_ups"] == {"owed": 1, "done": 0, "overdue": 1}
    assert row["roster"] == {"targets": 1, "signed": 0, "share": 0.0}
    assert row["meetings"]["invited"] == 0
    assert len(late) == 6


async def test_what_was_done_is_counted_and_owed_no_more(
    client: AsyncClient, sijunjung: Desk, set_clock: SetClock
) -> None:
    circular = await circulating.issue(sijunjung, addressees=[TO_OFFICE])
    [code] = (await circulating.codes(sijunjung, circular)).values()
    await circulating.answer(client, "acknowledgement", code)
    for each in circular["obligations"]:
        done = circulating.DONE | {"obligation_id": each["id"]}
        await circulating.answer(client, "reports", code, 201, **done)
    gathering = await gather(sijunjung)
    [invitation] = await sijunjung.invite(gathering.event, OFFICE)
    told(await gathering.enrol((invitation, "asn_pns")), 200)
    await gathering.open()
    set_clock(FIRST_DAY)
    own = told(await client.post("/event-signing", json={"code": invitation["code"]}), 200)
    told(await inviting.redeem(client, own["declarations"][0]["ticket"], name="Kepala Rekaan"), 201)
    await sijunjung.admit(gathering.event, invitation, mode="represented")
    told(await sijunjung.post(f"{gathering.event}/holding"), 200)
    follow_up = await planned(sijunjung, gathering.event)
    note = {"note": "Selesai."}
    told(await sijunjung.post(f"/follow-ups/{follow_up['id']}/completion", note), 200)
    await declaring.published(client)

    row = (await figures(sijunjung))["Dinas Rekaan"]

    assert row["circulars"] == {"addressed": 1, "acknowledged": 1, "overdue": 0}
    assert row["roster"] == {"targets": 1, "signed": 1, "share": 1.0}
    assert row["meetings"] == {
        "invited": 1,
        "present": 0,
        "represented": 1,
        "excused": 0,
        "absent": 0,
    }
    assert row["follow_ups"] == {"owed": 1, "done": 1, "overdue": 0}
    assert await owed(sijunjung) == []


async def test_of_two_obligations_the_one_that_was_done_is_owed_no_more(
    client: AsyncClient, sijunjung: Desk
) -> None:
    circular = await circulating.issue(sijunjung, addressees=[TO_OFFICE])
    [code] = (await circulating.codes(sijunjung, circular)).values()
    first, second = circular["obligations"]
    done = circulating.DONE | {"obligation_id": first["id"]}
    await circulating.answer(client, "reports", code, 201, **done)

    left = await owed(sijunjung, owed="obligation")

    assert [each["item_id"] for each in left] == [second["id"]]


async def test_a_circular_that_ended_is_owed_no_more(sijunjung: Desk, set_clock: SetClock) -> None:
    circular = await circulating.issue(sijunjung, addressees=[TO_OFFICE])
    set_clock(LATER)
    body = {"ended_on": "2024-11-02", "reason": "Rekaan."}
    told(await sijunjung.post(f"/circulars/{circular['id']}/revocation", body), 200)
    set_clock(datetime(2024, 11, 5, tzinfo=UTC))

    row = (await figures(sijunjung))["Dinas Rekaan"]

    assert row["circulars"] == {"addressed": 1, "acknowledged": 0, "overdue": 0}
    assert await owed(sijunjung) == []


async def test_regions_sum_up_the_offices_within_them(asked_of_everything: Desk) -> None:
    desk = asked_of_everything
    to_all = {"category": "village_head", "region_code": "13.03"}
    await circulating.issue(desk, number="800/9/REKAAN", addressees=[to_all])

    regencies = told(await desk.get("/prevention/regions?region=13.03"), 200)["items"]
    districts = told(await desk.get("/prevention/regions?level=district&limit=200"), 200)["items"]

    [regency] = regencies
    assert regency["region_code"] == "13.03"
    assert regency["circulars"]["addressed"] == regency["offices"]
    assert regency["roster"]["targets"] == 1
    assert len(districts) == 8
    assert sum(each["offices"] for each in districts) == regency["offices"] - 1


async def test_offices_are_read_in_pages_in_the_order_of_the_tree(sijunjung: Desk) -> None:
    to_all = {"category": "subdistrict_head", "region_code": "13.03"}
    await circulating.issue(sijunjung, addressees=[to_all, TO_OFFICE])

    first = told(await sijunjung.get("/prevention/offices?limit=5&count=exact"), 200)
    second = told(
        await sijunjung.get(f"/prevention/offices?cursor={first['next_cursor']}&limit=5"), 200
    )

    codes = [each["region_code"] for each in first["items"] + second["items"]]
    assert (first["total"], len(codes)) == (9, 9)
    assert codes == sorted(codes)
    assert await figures(sijunjung, level="district") == await figures(
        sijunjung, registered="false", level="district"
    )
    assert len(await figures(sijunjung, level="regency")) == 1


async def test_few_consultations_are_not_told(client: AsyncClient, open_desk: OpenDesk) -> None:
    desk = await open_desk("13.03")
    name = "Bawaslu Kabupaten Sijunjung"
    for _ in range(4):
        await asking.ask(client, region_code="13.03.03")
    few = [each["consultations"] for each in (await figures(desk)).values()]
    region_of_few = told(await desk.get("/prevention/regions"), 200)["items"]

    await asking.ask(client, region_code="13.03")

    row = (await figures(desk))[name]
    assert few == [None]
    assert [each["consultations"] for each in region_of_few] == [None]
    assert row["consultations"] == 5
    assert row["office_id"] == desk.office_id
    assert row["parent_id"]


async def test_an_office_written_by_hand_meets_itself(sijunjung: Desk) -> None:
    to_camat = {"category": "subdistrict_head", "region_code": "13.03.03"}
    circular = await circulating.issue(sijunjung, addressees=[to_camat])
    [name] = await circulating.codes(sijunjung, circular)
    event = await sijunjung.announce()
    by_hand = {"office_name": name.upper(), "region_code": "13.03.03", "post": "Camat"}
    await sijunjung.invite(event, by_hand)
    await planned(sijunjung, event, office_name=name.lower(), region_code="13.03.03")

    [row] = (await figures(sijunjung)).values()

    assert row["circulars"]["addressed"] == 1
    assert row["follow_ups"]["owed"] == 1


async def test_whom_the_letter_reached_in_time_its_own_day_binds(
    sijunjung: Desk, set_clock: SetClock
) -> None:
    set_clock(LETTER_DAY)
    to_camat = {"category": "subdistrict_head", "region_code": "13.03.03"}
    await circulating.issue(sijunjung, addressees=[to_camat], acknowledge_by="2024-09-18")
    set_clock(LETTER_DAY + timedelta(days=2))

    [late] = await owed(sijunjung, overdue="true", region="13.03")

    assert (late["owed"], late["due_on"]) == ("acknowledgement", "2024-09-18")


async def test_the_nation_is_no_region_of_itself(sijunjung: Desk) -> None:
    refused = await sijunjung.get("/prevention/regions?level=nation")

    assert refused.status_code == 422


async def test_a_cursor_that_nests_without_end_is_none(sijunjung: Desk) -> None:
    refused = await sijunjung.get(f"/prevention/owed?cursor={'W1tb' * 500}")

    assert refused.status_code == 422
