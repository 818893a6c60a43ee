"""Late is who can still do something, and was told in time."""

from datetime import UTC, datetime
from typing import Any

from httpx import AsyncClient

from tests.circulars.circulating import TO_DISTRICTS, answer, codes, issue, reach
from tests.circulars.conftest import SetClock
from tests.rakor.meeting import Desk, told

LATE = datetime(2024, 10, 16, 3, tzinfo=UTC)
END_OF_SEPTEMBER = datetime(2024, 9, 30, 3, tzinfo=UTC)
THREE_DAYS_LATER = datetime(2024, 10, 3, 3, tzinfo=UTC)
FOUR_DAYS_LATER = datetime(2024, 10, 4, 3, tzinfo=UTC)


async def late(desk: Desk, circular: dict[str, Any]) -> int:
    path = f"/circulars/{circular['id']}/addressees?overdue=true&count=exact"
    found = told(await desk.get(path), 200)
    assert (await reach(desk, circular))["total"]["overdue"] == found["total"]
    return int(found["total"])


async def test_nobody_is_late_with_what_is_out_of_force(
    sinjai: Desk, personnel: Desk, set_clock: SetClock
) -> None:
    issued = await issue(sinjai)
    set_clock(LATE)
    before = await late(sinjai, issued)
    body = {"ended_on": "2024-10-16", "reason": "Pilkada usai."}

    told(await sinjai.post(f"/circulars/{issued['id']}/revocation", body), 200)

    assert (before, await late(sinjai, issued)) == (4, 0)
    [mine] = told(await personnel.get("/addressed-circulars?own=true"), 200)["items"]
    assert (mine["is_overdue"], mine["next_due_on"]) == (False, None)
    due = await personnel.get("/addressed-circulars?own=true&due_by=2024-12-31")
    assert told(due, 200)["items"] == []


async def test_who_is_addressed_late_has_three_days(
    client: AsyncClient, sinjai: Desk, set_clock: SetClock
) -> None:
    issued = await issue(sinjai, addressees=[TO_DISTRICTS])
    # By the name of the office: a code is drawn, and in some districts there are no villages.
    (_, code), *_ = sorted((await codes(sinjai, issued)).items())
    set_clock(END_OF_SEPTEMBER)
    for each in issued["obligations"]:
        done = {"done_on": "2024-09-30", "note": "Rekaan.", "letter_number": "1"}
        await answer(client, "reports", code, 201, **done, obligation_id=each["id"])
    region = (await answer(client, "reading", code))["addressee"]["region_code"]
    lines = [{"category": "village_head", "region_code": region}]
    await answer(client, "forwarding", code, addressees=lines)
    path = f"/circulars/{issued['id']}/addressees?depth=2&overdue=true&count=exact"

    set_clock(THREE_DAYS_LATER)
    in_time = told(await sinjai.get(path), 200)["total"]
    set_clock(FOUR_DAYS_LATER)
    late = told(await sinjai.get(path), 200)["total"]

    assert in_time == 0
    assert late > 0
