from datetime import UTC, datetime
from typing import Any

import pytest
from httpx import AsyncClient

from app.circulars.rules.codes import LENGTH
from tests.circulars.circulating import (
    AGENCIES,
    DONE,
    TO_AGENCIES,
    TO_DISTRICTS,
    answer,
    codes,
    issue,
    reach,
)
from tests.circulars.conftest import OpenDesk, SetClock
from tests.rakor.meeting import Desk, told

DAY_AFTER = datetime(2024, 9, 18, 3, tzinfo=UTC)
AFTER_ALL_DAYS = datetime(2024, 10, 16, 3, tzinfo=UTC)


async def own(desk: Desk, **query: str) -> list[dict[str, Any]]:
    wanted = "&".join(f"{name}={value}" for name, value in {"own": "true", **query}.items())
    return list(told(await desk.get(f"/addressed-circulars?{wanted}"), 200)["items"])


async def test_the_circular_of_sinjai_reaches_all_its_agencies_and_each_acknowledges(
    client: AsyncClient, sinjai: Desk, personnel: Desk
) -> None:
    issued = await issue(sinjai)
    links = await codes(sinjai, issued)
    [task] = await own(personnel)

    for agency in AGENCIES:
        seen = await answer(client, "acknowledgement", links[agency])
        assert seen["addressee"]["state"] == "acknowledged"
    acknowledged = await personnel.post(
        f"/circulars/{issued['id']}/addressees/{task['id']}/acknowledgement"
    )

    assert told(acknowledged, 200)["office_name"] == "BKPSDM Rekaan"
    assert links.keys() == {*AGENCIES}
    total = (await reach(sinjai, issued))["total"]
    assert (total["addressed"], total["acknowledged"], total["acknowledged_rate"]) == (4, 4, 1.0)


async def test_a_category_reaches_every_post_of_the_region_once(sinjai: Desk) -> None:
    issued = await issue(sinjai, addressees=[TO_DISTRICTS, TO_DISTRICTS])

    found = told(
        await sinjai.get(f"/circulars/{issued['id']}/addressees?count=exact&limit=200"), 200
    )

    assert found["total"] == 9
    assert {each["post"] for each in found["items"]} == {"Camat"}
    assert all(each["region_code"].startswith("73.07.") for each in found["items"])


async def test_a_kelurahan_has_a_lurah_and_a_desa_a_kepala_desa(sinjai: Desk) -> None:
    lines = [
        {"category": each, "region_code": "73.07"}
        for each in ("urban_village_head", "village_head")
    ]
    issued = await issue(sinjai, addressees=lines)

    reached = await reach(sinjai, issued)

    by_category = {
        each["category"]: each["addressed"] for each in reached["levels"][0]["categories"]
    }
    assert by_category == {"urban_village_head": 13, "village_head": 67}


async def test_what_is_forwarded_goes_on_and_is_counted_by_its_level(
    client: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai, addressees=[TO_DISTRICTS])
    camat, code = sorted((await codes(sinjai, issued)).items())[0]
    region = (await answer(client, "reading", code))["addressee"]["region_code"]
    lines = [{"category": "village_head", "region_code": region}]

    sent = await answer(client, "forwarding", code, addressees=lines)
    again = await answer(client, "forwarding", code, addressees=lines)
    below = await answer(client, "addressees", code)
    await answer(client, "acknowledgement", below["items"][0]["code"])

    assert sent["addressed"] == again["known"] == sent["addressee"]["forwarded"] > 0
    assert again["addressed"] == 0
    first, second = (await reach(sinjai, issued))["levels"]
    assert (first["addressed"], first["forwarded"], first["acknowledged"]) == (9, 1, 1)
    assert (second["depth"], second["addressed"]) == (2, sent["addressed"])
    assert second["acknowledged"] == 1
    assert camat.startswith("Kecamatan ")


async def test_nobody_forwards_beyond_his_own_region(client: AsyncClient, sinjai: Desk) -> None:
    issued = await issue(sinjai, addressees=[TO_DISTRICTS])
    code = (await codes(sinjai, issued)).popitem()[1]
    lines = [{"category": "village_head", "region_code": "73.07"}]

    refused = await answer(client, "forwarding", code, 422, addressees=lines)

    assert refused["errors"][0]["pointer"] == "/addressees/0/region_code"


async def test_an_obligation_is_reported_once_with_its_proof(
    client: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai)
    code = (await codes(sinjai, issued))[AGENCIES[0]]
    first, second = (each["id"] for each in issued["obligations"])

    bare = await answer(
        client, "reports", code, 422, **DONE | {"letter_number": None}, obligation_id=first
    )
    done = await answer(client, "reports", code, 201, **DONE, obligation_id=first)
    again = await answer(client, "reports", code, 409, **DONE, obligation_id=first)
    strange = await answer(client, "reports", code, 422, **DONE, obligation_id=issued["id"])
    future = DONE | {"done_on": "2024-09-19"}
    early = await answer(client, "reports", code, 422, **future, obligation_id=second)

    assert bare["errors"][0]["code"] == "proof-missing"
    assert done["done"] == [first]
    assert done["addressee"]["state"] == "acknowledged"
    assert done["addressee"]["next_due_on"] == "2024-10-15"
    assert again["code"] == "obligation-reported"
    assert strange["errors"][0]["pointer"] == "/obligation_id"
    assert early["errors"][0]["pointer"] == "/done_on"


async def test_what_was_reported_is_read_by_the_issuer_alone(
    client: AsyncClient, sinjai: Desk, open_desk: OpenDesk
) -> None:
    issued = await issue(sinjai)
    code = (await codes(sinjai, issued))[AGENCIES[0]]
    first = issued["obligations"][0]["id"]
    told_by = await answer(client, "reports", code, 201, **DONE, obligation_id=first)
    path = f"/circulars/{issued['id']}/addressees/{told_by['addressee']['id']}"
    neighbour = await open_desk("bawaslu-73.08")

    [report] = told(await sinjai.get(path), 200)["reports"]

    assert {name: report[name] for name in DONE} == DONE
    assert report["reported_by"] == "public"
    assert (await neighbour.get(path)).status_code == 404


async def test_who_is_late_is_listed_and_who_is_done_is_not(
    client: AsyncClient, sinjai: Desk, personnel: Desk, set_clock: SetClock
) -> None:
    issued = await issue(sinjai)
    code = (await codes(sinjai, issued))[AGENCIES[0]]
    for each in issued["obligations"]:
        await answer(client, "reports", code, 201, **DONE, obligation_id=each["id"])

    in_time = await own(personnel, overdue="true")
    set_clock(AFTER_ALL_DAYS)
    late = await own(personnel, overdue="true")

    assert in_time == []
    assert [each["is_overdue"] for each in late] == [True]
    reached = (await reach(sinjai, issued))["total"]
    assert (reached["overdue"], reached["done"], reached["obligations"]) == (3, 2, 8)
    path = f"/circulars/{issued['id']}/addressees?overdue=false"
    assert [e["state"] for e in told(await sinjai.get(path), 200)["items"]] == ["done"]


async def test_the_last_day_is_still_in_time_in_the_zone_of_the_issuer(
    sinjai: Desk, personnel: Desk, set_clock: SetClock
) -> None:
    await issue(sinjai)

    set_clock(datetime(2024, 9, 24, 15, 59, tzinfo=UTC))
    before_midnight = await own(personnel, overdue="true")
    set_clock(datetime(2024, 9, 24, 16, 0, tzinfo=UTC))
    after_midnight = await own(personnel, overdue="true")

    assert (len(before_midnight), len(after_midnight)) == (0, 1)


async def test_only_an_officer_of_the_office_answers_for_it(sinjai: Desk, personnel: Desk) -> None:
    issued = await issue(sinjai)
    [task] = await own(personnel)
    path = f"/circulars/{issued['id']}/addressees/{task['id']}"

    refused = await sinjai.post(f"{path}/acknowledgement")
    forwarded = await personnel.post(
        f"{path}/forwarding", {"addressees": [TO_AGENCIES | {"names": ["UPTD Rekaan"]}]}
    )

    assert told(refused, 403)["code"] == "not-the-addressee"
    assert told(forwarded, 200)["addressed"] == 1
    mine = await codes(personnel, issued, parent=task["id"])
    assert mine.keys() == {"UPTD Rekaan"}


async def test_an_addressed_office_of_another_area_sees_the_circular_and_its_own_part(
    open_desk: OpenDesk, sinjai: Desk
) -> None:
    nation = await open_desk("bawaslu-00")
    lines = [{"category": "supervisor", "region_code": "73", "level": "regency"}]
    issued = await issue(nation, region_code="00", addressees=lines)

    [mine] = await own(sinjai)

    seen = told(await sinjai.get(f"/circulars/{issued['id']}/addressees?count=exact"), 200)
    assert mine["office_name"] == "Bawaslu Kabupaten Sinjai"
    assert seen["total"] == 1
    whole = (await reach(nation, issued))["total"]["addressed"]
    assert whole == 24


@pytest.mark.parametrize("code", ["A" * LENGTH, "-" * LENGTH])
async def test_an_invented_code_opens_nothing(client: AsyncClient, code: str) -> None:
    refused = await answer(client, "reading", code, 401)

    assert refused["code"] == "wrong-addressee-code"


async def test_nobody_answers_a_circular_that_is_out_of_force(
    client: AsyncClient, sinjai: Desk, set_clock: SetClock
) -> None:
    issued = await issue(sinjai)
    links = await codes(sinjai, issued)
    body = {"ended_on": "2024-09-18", "reason": "Rekaan."}
    told(await sinjai.post(f"/circulars/{issued['id']}/revocation", body), 200)

    await answer(client, "acknowledgement", links[AGENCIES[0]])
    set_clock(DAY_AFTER)
    refused = await answer(client, "acknowledgement", links[AGENCIES[1]], 409)

    assert refused["code"] == "circular-not-in-force"
