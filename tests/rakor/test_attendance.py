import random
from typing import Any

import pytest
from httpx import AsyncClient

from app.core.ids import new_id
from tests.rakor.meeting import NAGARI, SESSION, WALK_IN, Desk, answer, told

pytestmark = pytest.mark.usefixtures("on_the_day")


async def test_a_check_in_happens_once_however_often_it_is_sent(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    path = f"{event}/check-ins/{new_id()}"

    first = await sijunjung.put(path, WALK_IN)
    again = await sijunjung.put(path, WALK_IN)
    other = await sijunjung.put(path, WALK_IN | {"post": "Juru kamera"})

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert told(other, 409)["code"] == "conflicting-body"
    assert len((await sijunjung.get(f"{event}/attendance")).json()["walk_ins"]) == 1


async def test_check_ins_come_in_any_order_and_twice(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    invitations = await sijunjung.invite(event, *[NAGARI] * 5)
    scans = {
        str(new_id()): {
            "invitation_id": each["id"],
            "mode": "on_site",
            "direction": direction,
            "captured_at": at,
            "nonce": f"tiket-00{number}",
        }
        for number, each in enumerate(invitations)
        for direction, at in (("in", "2024-09-30T01:50:00Z"), ("out", "2024-09-30T09:00:00Z"))
    }
    sent = [*scans, *scans]
    random.Random(7).shuffle(sent)  # noqa: S311  an order, not a secret

    statuses = [
        (await sijunjung.put(f"{event}/check-ins/{id}", scans[id])).status_code for id in sent
    ]

    assert sorted(statuses) == [200] * 10 + [201] * 10
    seen = told(await sijunjung.get(f"{event}/attendance"), 200)
    assert seen["totals"]["present"] == 5
    assert {each["first_at"] for each in seen["items"]} == {"2024-09-30T01:50:00Z"}


async def test_a_repeat_is_answered_after_the_event_was_cancelled(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    path = f"{event}/check-ins/{new_id()}"
    first = await sijunjung.put(path, WALK_IN)
    told(await sijunjung.post(f"{event}/cancellation", {"reason": "Gedung terpakai."}), 200)

    again = await sijunjung.put(path, WALK_IN)
    late = await sijunjung.check_in(event, **WALK_IN)

    assert (again.status_code, again.json()) == (200, first.json())
    assert told(late, 409)["code"] == "event-wrong-stage"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (WALK_IN | {"post": None}, ""),
        (WALK_IN | {"invitation_id": str(new_id())}, ""),
        (WALK_IN | {"session_id": str(new_id())}, "/session_id"),
        (WALK_IN | {"captured_at": "0001-01-01T00:00:00+14:00"}, "/captured_at"),
        (WALK_IN | {"captured_at": "2024-09-30T01:45:00"}, "/captured_at"),
        (WALK_IN | {"office_name": "Redaksi\x00"}, "/office_name"),
        (
            {
                "invitation_id": str(new_id()),
                "mode": "on_site",
                "captured_at": WALK_IN["captured_at"],
            },
            "/invitation_id",
        ),
    ],
)
async def test_a_check_in_that_cannot_be_is_refused(
    sijunjung: Desk, body: dict[str, Any], pointer: str
) -> None:
    event = await sijunjung.announce()

    refused = await sijunjung.check_in(event, **body)

    assert [each["pointer"] for each in told(refused, 422)["errors"]] == [pointer]


async def test_what_belongs_to_another_event_opens_no_door(sijunjung: Desk) -> None:
    event, other = await sijunjung.announce(), await sijunjung.announce()
    [invitation] = await sijunjung.invite(other, NAGARI)
    session = told(await sijunjung.post(f"{other}/sessions", SESSION), 201)
    invited = {"invitation_id": invitation["id"], "captured_at": WALK_IN["captured_at"]}

    by_invitation = await sijunjung.check_in(event, mode="on_site", **invited)
    by_session = await sijunjung.check_in(event, **WALK_IN | {"session_id": session["id"]})
    where_it_belongs = await sijunjung.check_in(other, **WALK_IN | {"session_id": session["id"]})

    assert told(by_invitation, 422)["errors"][0]["pointer"] == "/invitation_id"
    assert told(by_session, 422)["errors"][0]["pointer"] == "/session_id"
    assert told(where_it_belongs, 201)["session_id"] == session["id"]
    assert (await sijunjung.get(f"{event}/attendance")).json()["walk_ins"] == []


async def test_a_check_in_belongs_to_one_event(sijunjung: Desk) -> None:
    event, other = await sijunjung.announce(), await sijunjung.announce()
    check_in = f"check-ins/{new_id()}"
    told(await sijunjung.put(f"{event}/{check_in}", WALK_IN), 201)

    elsewhere = await sijunjung.put(f"{other}/{check_in}", WALK_IN)

    assert told(elsewhere, 409)["code"] == "conflicting-body"


async def test_presence_is_counted_by_office(client: AsyncClient, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    came, sent, declined, absent = await sijunjung.invite(event, *[NAGARI] * 4)
    await sijunjung.admit(event, came)
    await sijunjung.admit(event, came)
    await sijunjung.admit(event, sent, mode="represented")
    told(await answer(client, declined["code"], answer="declined", reason="Rapat lain."), 200)
    told(await answer(client, absent["code"], answer="coming"), 200)

    seen = told(await sijunjung.get(f"{event}/attendance"), 200)

    assert seen["invited"] == 4
    assert seen["totals"] == {"present": 1, "represented": 1, "excused": 1, "absent": 1}
    by_invitation = {each["invitation_id"]: each["presence"] for each in seen["items"]}
    assert by_invitation == {
        came["id"]: "present",
        sent["id"]: "represented",
        declined["id"]: "excused",
        absent["id"]: "absent",
    }
