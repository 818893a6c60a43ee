"""What a door saw and what does not count: a clear answer, and whoever it was is still known."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient

from app.core.ids import new_id
from tests.rakor.conftest import SetClock
from tests.rakor.doors import outcomes, register, ticket_of
from tests.rakor.meeting import FIRST_DAY, NAGARI, SESSION, Desk, told

PRESS = {"office_name": "Redaksi Koran Rekaan", "post": "Wartawan"}
A_DAY = timedelta(days=1)
ONE_DAY = {"ends_on": "2024-09-30"}
CORRECTION = {"fast_by_seconds": 86_400}


@pytest.fixture(autouse=True)
def evening(on_the_day: None) -> None:
    """Everything is brought after the doors have closed."""


async def failed(desk: Desk, event: str) -> dict[str, dict[str, Any]]:
    items = told(await desk.get(f"{event}/failed-scans"), 200)["items"]
    return {each["id"]: each for each in items}


async def test_whoever_it_was_is_kept_whatever_was_wrong(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    phone = await register(sijunjung, event)
    listed = {"invitation_id": invitation["id"]}
    used = phone.note(FIRST_DAY, **PRESS)
    told(await phone.deliver(used), 200)
    same = {each: used[each] for each in ("sequence", "nonce")}
    items = {
        "wrong-day": phone.note(FIRST_DAY - A_DAY, **listed),
        "invalid": phone.note(FIRST_DAY, **listed, session_id=str(new_id())),
        "check-in-nonce-used": phone.note(FIRST_DAY, **listed) | same,
        "check-in-nonce-wrong": phone.note(FIRST_DAY, **listed, nonce="bukan-nonce-ini"),
        "other-mode": phone.note(FIRST_DAY, **listed, mode="online"),
    }

    first = await phone.deliver(*items.values())
    again = await phone.deliver(*reversed(items.values()))

    assert outcomes(first) == list(items)
    assert outcomes(again) == [*reversed(items)]
    kept = await failed(sijunjung, event)
    assert {id: each["invitation_id"] for id, each in kept.items()} == {
        each["id"]: invitation["id"] for each in items.values()
    }


async def test_an_item_of_a_wrong_number_takes_no_number(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    wrong = phone.note(FIRST_DAY, **PRESS, nonce="bukan-nonce-ini")
    right = phone.note(FIRST_DAY, **PRESS, sequence=1, nonce=phone.nonce(1))

    answers = [outcomes(await phone.deliver(wrong, right)), outcomes(await phone.deliver(right))]

    assert answers == [["check-in-nonce-wrong", "recorded"], ["repeated"]]


async def test_another_body_under_the_id_of_a_failed_scan_is_a_conflict(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    item = phone.note(FIRST_DAY - A_DAY, **PRESS, name="Contoh Rekaan")
    told(await phone.deliver(item), 200)

    answers = await phone.deliver(
        item, item | {"name": "Nama Lain"}, item | {"post": "Juru kamera"}
    )

    assert outcomes(answers) == ["wrong-day", "conflicting-body", "conflicting-body"]


async def test_a_name_of_who_did_not_count_is_told_to_nobody(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    told(await phone.deliver(phone.note(FIRST_DAY - A_DAY, **PRESS, name="Contoh Rekaan")), 200)

    listed = await sijunjung.get(f"{event}/failed-scans")

    assert "Contoh Rekaan" not in listed.text
    [item] = told(listed, 200)["items"]
    assert (item["office_name"], item["post"]) == (PRESS["office_name"], PRESS["post"])


async def test_a_phone_that_turned_a_ticket_away_tells_whose_it_was(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event, other = await sijunjung.announce(), await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    [stranger] = await sijunjung.invite(other, NAGARI)
    ticket, foreign = await ticket_of(client, invitation), await ticket_of(client, stranger)
    phone = await register(sijunjung, event)
    late = phone.scan(ticket, FIRST_DAY + 2 * A_DAY)
    astray, menu = phone.scan(foreign, FIRST_DAY), phone.scan("https://contoh.id", FIRST_DAY)

    first = await phone.deliver(late, astray, menu)
    again = await phone.deliver(late, astray, menu)

    assert (outcomes(first), outcomes(again)) == (["recorded"] * 3, ["repeated"] * 3)
    kept = await failed(sijunjung, event)
    found = [(kept[each["id"]]["fault"], kept[each["id"]]["invitation_id"]) for each in (late,)]
    assert found == [("wrong_day", invitation["id"])]
    assert kept[astray["id"]]["invitation_id"] is None
    assert kept[menu["id"]]["fault"] == "unknown_ticket"


async def test_a_phone_sets_its_clock_by_its_bundle(client: AsyncClient, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    ticket = await ticket_of(client, invitation)
    phone = await register(sijunjung, event)
    phone.fast_by = 2 * A_DAY
    await phone.take_along()

    item = phone.scan(ticket, FIRST_DAY)

    assert (item.get("fault"), item["captured_at"]) == (None, FIRST_DAY.isoformat())


async def test_a_clock_off_by_a_day_is_set_right_afterwards(
    client: AsyncClient, sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await sijunjung.announce(**ONE_DAY)
    late, replaced = await sijunjung.invite(event, NAGARI, NAGARI)
    ticket, old = await ticket_of(client, late), await ticket_of(client, replaced)
    phone = await register(sijunjung, event)
    told(await sijunjung.post(f"{event}/invitations/{replaced['id']}/ticket-replacement"), 201)
    phone.fast_by = A_DAY
    evening = FIRST_DAY + timedelta(hours=11)
    items = [
        phone.scan(ticket, FIRST_DAY),
        phone.scan(old, evening),
        phone.note(FIRST_DAY, **PRESS, name="Contoh Rekaan"),
        phone.note(FIRST_DAY - A_DAY, **PRESS),
        phone.scan("https://contoh.id", FIRST_DAY),
    ]
    set_clock(evening + timedelta(hours=1))
    delivered = await phone.deliver(*items)
    correction = f"{event}/devices/{phone.id}/clock-correction"

    first = told(await sijunjung.post(correction, CORRECTION), 200)
    again = told(await sijunjung.post(correction, CORRECTION), 200)

    recorded, repeated = ["recorded"] * 2, ["repeated"] * 2
    assert outcomes(delivered) == [*recorded, "wrong-day", *recorded]
    # The second ticket had been replaced by then.
    assert (first, again) == ({"corrected": 2, "left": 1}, {"corrected": 0, "left": 1})
    seen = told(await sijunjung.get(f"{event}/attendance"), 200)
    assert {each["invitation_id"]: each["first_at"] for each in seen["items"]} == {
        late["id"]: "2024-09-30T02:00:00Z",
        replaced["id"]: None,
    }
    read = told(await sijunjung.get(f"{event}/check-ins/{items[2]['id']}"), 200)
    assert (read["name"], read["captured_at"]) == ("Contoh Rekaan", "2024-09-30T02:00:00Z")
    assert outcomes(await phone.deliver(*items)) == [*repeated, "wrong-day", *repeated]


async def test_a_clock_is_set_right_by_the_organiser_alone(open_desk: Any, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    guest = await open_desk("13.04")
    await sijunjung.invite(event, {"office_id": guest.office_id, "post": "Ketua"})
    path = f"{event}/devices/{phone.id}/clock-correction"

    answers = [
        await guest.post(path, CORRECTION),
        await sijunjung.post(f"{event}/devices/{new_id()}/clock-correction", CORRECTION),
        await sijunjung.post(path, {"fast_by_seconds": 10**9}),
    ]

    assert [each.status_code for each in answers] == [403, 404, 422]


@pytest.mark.parametrize(
    ("mode", "event_mode", "code"),
    [
        ("represented", "on_site", "uninvited-deputy"),
        ("represented", "both", "uninvited-deputy"),
        ("online", "on_site", "other-mode"),
        ("on_site", "online", "other-mode"),
        ("online", "both", None),
    ],
)
async def test_nobody_comes_by_a_way_that_there_is_not(
    sijunjung: Desk, mode: str, event_mode: str, code: str | None
) -> None:
    event = await sijunjung.announce(mode=event_mode)
    captured_at = FIRST_DAY.isoformat()

    put = await sijunjung.check_in(event, **PRESS, mode=mode, captured_at=captured_at)

    assert put.status_code == (409 if code else 201), put.text
    assert put.json().get("code") == code


async def test_a_deputy_whom_nobody_invited_is_turned_into_a_walk_in(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    deputy = phone.note(FIRST_DAY, **PRESS, name="Contoh Rekaan", mode="represented")

    refused = await phone.deliver(deputy)
    walk_in = await sijunjung.check_in(
        event, **PRESS, mode="on_site", captured_at=FIRST_DAY.isoformat()
    )

    assert outcomes(refused) == ["uninvited-deputy"]
    [kept] = (await failed(sijunjung, event)).values()
    assert (kept["fault"], kept["post"]) == ("uninvited_deputy", PRESS["post"])
    assert walk_in.status_code == 201


async def test_nobody_is_written_down_before_the_door_opens(
    sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await sijunjung.announce()
    set_clock(FIRST_DAY - A_DAY)

    early = await sijunjung.check_in(
        event, **PRESS, mode="on_site", captured_at=FIRST_DAY.isoformat()
    )

    assert told(early, 409)["code"] == "check-in-in-future"


async def test_a_session_that_a_device_took_along_stays(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    session = told(await sijunjung.post(f"{event}/sessions", SESSION), 201)["id"]
    phone = await register(sijunjung, event)

    removed = await sijunjung.client.delete(
        f"{event}/sessions/{session}", headers=sijunjung.headers
    )
    answers = await phone.deliver(phone.note(FIRST_DAY, **PRESS, session_id=session))

    assert told(removed, 409)["code"] == "session-taken-along"
    assert outcomes(answers) == ["recorded"]
