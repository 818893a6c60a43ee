from typing import Any

import pytest

from app.core.ids import new_id
from tests.rakor.meeting import NAGARI, SESSION, Desk, told

AFTERNOON = SESSION | {"starts_at": "2024-09-30T06:00:00Z", "ends_at": "2024-09-30T08:00:00Z"}
CAMAT = {"category": "subdistrict_head", "at_least": 50, "unit": "percent"}

pytestmark = pytest.mark.usefixtures("on_the_day")


async def see(desk: Desk, event: str, who: dict[str, Any], *scans: str, **more: str) -> None:
    """Scans written as "in 01:30"."""
    for each in scans:
        direction, time = each.split()
        body = {
            "invitation_id": who["id"],
            "mode": "on_site",
            "direction": direction,
            "captured_at": f"2024-09-30T{time}:00Z",
        }
        told(await desk.check_in(event, **body | more), 201)


async def test_presence_is_told_session_by_session(sijunjung: Desk) -> None:
    event = f"/events/{(await sijunjung.draft())['id']}"
    morning = told(await sijunjung.post(f"{event}/sessions", SESSION), 201)["id"]
    afternoon = told(await sijunjung.post(f"{event}/sessions", AFTERNOON), 201)["id"]
    told(await sijunjung.post(f"{event}/publication"), 200)
    stayed, left, late, one = await sijunjung.invite(event, *[NAGARI] * 4)
    await see(sijunjung, event, stayed, "in 01:30", "out 09:00")
    await see(sijunjung, event, left, "in 01:30", "out 03:00")
    await see(sijunjung, event, late, "in 05:30")
    await see(sijunjung, event, one, "in 06:30", session_id=afternoon)

    found = {}
    for name, query in (
        ("whole", ""),
        ("morning", f"?session_id={morning}"),
        ("afternoon", f"?session_id={afternoon}"),
    ):
        items = told(await sijunjung.get(f"{event}/attendance{query}"), 200)["items"]
        found[name] = {
            each["invitation_id"]: (each["presence"], each["left_early"]) for each in items
        }

    present, early, absent = ("present", False), ("present", True), ("absent", False)
    by = {"stayed": stayed["id"], "left": left["id"], "late": late["id"], "one": one["id"]}
    assert {name: found["whole"][id] for name, id in by.items()} == {
        "stayed": present,
        "left": early,
        "late": present,
        "one": present,
    }
    assert [found["morning"][id] for id in by.values()] == [present, early, absent, absent]
    assert [found["afternoon"][id] for id in by.values()] == [present, absent, present, present]


async def test_an_unknown_session_is_a_fault(sijunjung: Desk) -> None:
    event = await sijunjung.announce()

    refused = [
        await sijunjung.get(f"{event}/{what}?session_id={new_id()}")
        for what in ("attendance", "quorum")
    ]

    assert {told(each, 422)["errors"][0]["pointer"] for each in refused} == {"/query/session_id"}


async def test_a_quorum_is_reached_by_who_came_and_whom_they_sent(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    told(await sijunjung.put(f"{event}/quorum", {"rules": [CAMAT]}), 200)
    camat = NAGARI | {"post": "Camat", "category": "subdistrict_head"}
    first, second, _, other = await sijunjung.invite(event, *[camat] * 3, NAGARI)
    await see(sijunjung, event, first, "in 01:30")
    await see(sijunjung, event, other, "in 01:30")

    before = told(await sijunjung.get(f"{event}/quorum"), 200)
    await see(sijunjung, event, second, "in 01:40", mode="represented")
    after = told(await sijunjung.get(f"{event}/quorum"), 200)

    figures = {"invited": 3, "needed": 2}
    assert before["items"] == [CAMAT | figures | {"came": 1, "is_reached": False}]
    assert after["items"] == [CAMAT | figures | {"came": 2, "is_reached": True}]
    assert (before["is_reached"], after["is_reached"]) == (False, True)


async def test_rules_of_a_quorum_take_the_place_of_those_before(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    told(await sijunjung.put(f"{event}/quorum", {"rules": [CAMAT]}), 200)
    changed = CAMAT | {"at_least": 3, "unit": "number"}

    told(await sijunjung.put(f"{event}/quorum", {"rules": [changed]}), 200)

    [item] = told(await sijunjung.get(f"{event}/quorum"), 200)["items"]
    assert (item["needed"], item["is_reached"]) == (3, False)


@pytest.mark.parametrize(
    "rules", [[CAMAT, CAMAT], [CAMAT | {"at_least": 101}], [CAMAT | {"at_least": 0}]]
)
async def test_a_quorum_that_makes_no_sense_is_refused(
    sijunjung: Desk, rules: list[dict[str, Any]]
) -> None:
    event = await sijunjung.announce()

    refused = await sijunjung.put(f"{event}/quorum", {"rules": rules})

    assert refused.status_code == 422


async def test_a_quorum_is_not_changed_behind_the_meeting(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    told(await sijunjung.post(f"{event}/cancellation", {"reason": "Gedung terpakai."}), 200)

    refused = await sijunjung.put(f"{event}/quorum", {"rules": [CAMAT]})

    assert told(refused, 409)["code"] == "event-wrong-stage"
