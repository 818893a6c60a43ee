import hashlib
from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.database import Sessions
from app.core.ids import new_id
from app.rakor.models.presence import CheckIn
from tests.rakor.conftest import SetClock
from tests.rakor.doors import outcomes, register, send, ticket_of
from tests.rakor.meeting import FIRST_DAY, NAGARI, SESSION, WALK_IN, Desk, told

PRESS = {"office_name": "Redaksi Koran Rekaan", "post": "Wartawan"}
LATER = FIRST_DAY + timedelta(hours=6)


@pytest.fixture(autouse=True)
def evening(set_clock: SetClock) -> SetClock:
    set_clock(LATER)
    return set_clock


async def test_a_batch_is_answered_item_by_item(client: AsyncClient, sijunjung: Desk) -> None:
    event = await sijunjung.announce(mode="both")
    [invitation] = await sijunjung.invite(event, NAGARI)
    session = told(await sijunjung.post(f"{event}/sessions", SESSION), 201)
    ticket = await ticket_of(client, invitation)
    phone = await register(sijunjung, event)
    items: list[Any] = [
        phone.note(FIRST_DAY, ticket=ticket, session_id=session["id"]),
        phone.note(FIRST_DAY, invitation_id=invitation["id"], mode="online"),
        phone.note(FIRST_DAY, **PRESS, name="Contoh Rekaan"),
        phone.note(FIRST_DAY, ticket=ticket, session_id=str(new_id())),
        phone.note(FIRST_DAY, invitation_id=str(new_id())),
        phone.note(FIRST_DAY, **PRESS, nonce="bukan-nonce-ini"),
        phone.note(LATER + timedelta(minutes=6), **PRESS),
        {"id": str(new_id()), "mode": "on_site"},
        phone.note(FIRST_DAY, **PRESS, ticket=ticket),
        phone.note(FIRST_DAY, ticket=ticket, name="Contoh Rekaan"),
    ]

    first, again = await phone.deliver(*items), await phone.deliver(*reversed(items))

    refused = ["check-in-nonce-wrong", "check-in-in-future", "invalid", "invalid", "invalid"]
    assert outcomes(first) == ["recorded"] * 3 + ["invalid"] * 2 + refused
    assert outcomes(again) == [*reversed(refused)] + ["invalid"] * 2 + ["repeated"] * 3
    [pointer] = first.json()["items"][3]["problem"]["errors"]
    assert pointer["pointer"] == "/items/3/session_id"
    assert told(await sijunjung.get(f"{event}/check-ins?count=exact"), 200)["total"] == 3


async def test_what_lies_in_the_future_is_taken_when_that_has_come(
    sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    item = phone.note(LATER + timedelta(hours=1), **PRESS)
    early = await phone.deliver(item)
    set_clock(LATER + timedelta(hours=2))

    answers = await phone.deliver(item)

    assert (outcomes(early), outcomes(answers)) == (["check-in-in-future"], ["recorded"])


async def test_an_id_and_a_number_serve_one_scan(client: AsyncClient, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    item = phone.note(FIRST_DAY, **PRESS)
    told(await phone.deliver(item), 200)

    answers = await phone.deliver(
        item | {"post": "Juru kamera"},
        item | {"id": str(new_id())},
        item | {"name": "Contoh Rekaan"},
        item,
    )

    conflict = "conflicting-body"
    assert outcomes(answers) == [conflict, "check-in-nonce-used", conflict, "repeated"]


async def test_the_number_of_a_failed_scan_serves_no_other(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    failed = phone.scan("kartu rekaan", FIRST_DAY)
    other = phone.note(FIRST_DAY, **PRESS)
    same = {each: failed[each] for each in ("sequence", "nonce")}
    told(await phone.deliver(failed), 200)

    answers = await phone.deliver(other | same, other | {"id": str(new_id())})

    assert outcomes(answers) == ["check-in-nonce-used", "recorded"]


async def test_a_failed_scan_is_kept_once_and_tells_nothing(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    item = phone.scan("kartu vaksin rekaan", FIRST_DAY)

    first, again = await phone.deliver(item), await phone.deliver(item, item)

    assert (outcomes(first), outcomes(again)) == (["recorded"], ["repeated"] * 2)
    [failed] = told(await sijunjung.get(f"{event}/failed-scans"), 200)["items"]
    plain = hashlib.sha256(b"kartu vaksin rekaan").hexdigest()
    assert failed["scanned_key"] not in (None, plain)
    assert (failed["fault"], failed["device_id"]) == ("unknown_ticket", phone.id)
    assert told(await sijunjung.get(f"{event}/attendance"), 200)["walk_ins"] == []


async def test_a_refused_ticket_is_kept_once_and_always_refused_alike(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    item = phone.note(FIRST_DAY, ticket="bukan.tiket.kami")

    answers = [outcomes(await phone.deliver(item)) for _ in range(3)]

    assert answers == [["unknown-ticket"]] * 3
    failed = await sijunjung.get(f"{event}/failed-scans?count=exact&fault=unknown_ticket")
    assert told(failed, 200)["total"] == 1


async def test_an_officer_brings_what_a_lost_device_held(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    item = phone.note(FIRST_DAY, **PRESS)
    told(await sijunjung.post(f"{event}/devices/{phone.id}/revocation"), 200)

    named = await send(client, event, [item], sijunjung.headers, device_id=phone.id)
    nameless = await send(client, event, [item | {"id": str(new_id())}], sijunjung.headers)
    stranger = await send(client, event, [item], sijunjung.headers, device_id=str(new_id()))

    assert outcomes(named) == ["recorded"]
    assert outcomes(nameless) == ["check-in-device-missing"]
    assert told(stranger, 422)["errors"][0]["code"] == "unknown-device"


async def test_the_name_of_a_walk_in_is_sealed_and_reading_it_is_recorded(
    sijunjung: Desk, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    path = f"{event}/check-ins/{new_id()}"
    put = await sijunjung.put(path, WALK_IN | {"name": "Contoh Rekaan"})
    other = await sijunjung.put(path, WALK_IN | {"name": "Nama Lain"})

    read = told(await sijunjung.get(path), 200)

    assert "name" not in told(put, 201)
    assert told(other, 409)["code"] == "conflicting-body"
    assert read["name"] == "Contoh Rekaan"
    async with sessions.begin() as session:
        [row] = await session.scalars(select(CheckIn).where(CheckIn.region_id.is_not(None)))
        actions = await session.scalars(select(JournalEntry.action))
        assert "check_in.read" in set(actions)
    assert row.sealed is not None
    assert b"Contoh" not in row.sealed


async def test_repeats_are_answered_after_the_event_was_cancelled(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    item, late = phone.note(FIRST_DAY, **PRESS), phone.note(FIRST_DAY, **PRESS)
    told(await phone.deliver(item), 200)
    told(await sijunjung.post(f"{event}/cancellation", {"reason": "Gedung terpakai."}), 200)

    answers = await phone.deliver(item, late)

    assert outcomes(answers) == ["repeated", "event-wrong-stage"]


async def test_a_clock_off_by_a_day_gets_a_clear_answer(sijunjung: Desk) -> None:
    event = await sijunjung.announce()

    refused = await sijunjung.check_in(event, **WALK_IN | {"captured_at": "2024-10-02T01:45:00Z"})

    assert told(refused, 409)["code"] == "wrong-day"


async def test_a_new_bundle_goes_on_where_the_last_ended(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    told(await phone.deliver(phone.note(FIRST_DAY, **PRESS), phone.scan("x", FIRST_DAY)), 200)

    bundle = await phone.take_along()

    assert bundle["next_sequence"] == 3


async def test_a_phone_with_undelivered_scans_never_counts_backwards(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    before = [phone.note(FIRST_DAY, **PRESS) for _ in range(3)]
    await phone.take_along()
    after = [phone.note(FIRST_DAY, **PRESS) for _ in range(3)]

    answers = await phone.deliver(*after, *before)

    assert outcomes(answers) == ["recorded"] * 6


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"items": []}, "/items"),
        ({"items": ["bukan"]}, "/items/0"),
        ({"items": [{}] * 501}, "/items"),
    ],
)
async def test_what_is_no_batch_is_refused_whole(
    sijunjung: Desk, body: dict[str, Any], pointer: str
) -> None:
    event = await sijunjung.announce()

    refused = await sijunjung.post(f"{event}/check-ins/batch", body)

    assert told(refused, 422)["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("when", ["9999-12-31T20:00:00Z", "0001-01-01T00:00:00+14:00"])
async def test_an_impossible_year_spoils_no_other_item(sijunjung: Desk, when: str) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)
    at = {"captured_at": when}
    by_day = {"scanned_hash": "0" * 64, "fault": "wrong_day"}
    items = [phone.note(FIRST_DAY, **each) for each in (PRESS | at, by_day | at, PRESS)]

    delivered = await phone.deliver(*items)
    alone = await sijunjung.check_in(event, **WALK_IN | at)

    assert outcomes(delivered) == ["invalid", "invalid", "recorded"]
    assert told(alone, 422)["errors"][0]["pointer"] == "/captured_at"
