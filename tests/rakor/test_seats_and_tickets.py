"""What becomes of tickets and of presence when seats and invitations are given up or taken back."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient

from tests.rakor.conftest import SetClock
from tests.rakor.doors import outcomes, register, ticket_of
from tests.rakor.meeting import FIRST_DAY, NAGARI, Desk, answer, told

LATER = FIRST_DAY + timedelta(hours=3)


@pytest.fixture(autouse=True)
def noon(set_clock: SetClock) -> SetClock:
    set_clock(LATER)
    return set_clock


async def decline(client: AsyncClient, code: str) -> None:
    told(await answer(client, code, answer="declined", reason="Rapat lain."), 200)


async def test_a_ticket_ends_with_its_seat(client: AsyncClient, sijunjung: Desk) -> None:
    event = await sijunjung.announce(capacity=1)
    first, second = await sijunjung.invite(event, NAGARI, NAGARI)
    ticket = await ticket_of(client, first)
    told(await answer(client, second["code"], answer="coming"), 200)
    await decline(client, first["code"])
    told(await answer(client, first["code"], answer="coming"), 200)

    phone = await register(sijunjung, event)
    answers = await phone.deliver(
        phone.note(FIRST_DAY, ticket=ticket), phone.note(LATER, ticket=ticket)
    )

    assert phone.fault_of(ticket, LATER) == "revoked_ticket"
    assert outcomes(answers) == ["recorded", "revoked-ticket"]
    moved_up = await client.post("/event-tickets", json={"code": second["code"]})
    assert phone.fault_of(told(moved_up, 200)["ticket"], LATER) is None


async def test_who_comes_again_gets_another_ticket(client: AsyncClient, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    old = await ticket_of(client, invitation)
    await decline(client, invitation["code"])
    new = await ticket_of(client, invitation)

    phone = await register(sijunjung, event)

    assert [phone.fault_of(each, LATER) for each in (old, new)] == ["revoked_ticket", None]


@pytest.mark.parametrize(("capacity", "status"), [(1, 409), (2, 200), (None, 200)])
async def test_nobody_loses_a_seat_to_a_smaller_hall(
    client: AsyncClient, sijunjung: Desk, capacity: int | None, status: int
) -> None:
    event = await sijunjung.announce(capacity=3)
    for each in await sijunjung.invite(event, NAGARI, NAGARI):
        await ticket_of(client, each)
    version = told(await sijunjung.get(event), 200)["version"]

    changed = await sijunjung.patch(event, {"capacity": capacity}, **{"If-Match": f'"{version}"'})

    assert told(changed, status).get("code") == ("seats-held" if status == 409 else None)


async def test_an_invitation_of_who_came_is_not_withdrawn(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    await sijunjung.admit(event, invitation)

    refused = await sijunjung.post(f"{event}/invitations/{invitation['id']}/withdrawal")

    assert told(refused, 409)["code"] == "invitation-attended"
    assert told(await sijunjung.get(f"{event}/attendance"), 200)["totals"]["present"] == 1


async def test_who_came_before_the_invitation_was_withdrawn_was_there(
    sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await sijunjung.announce()
    invitation, other = await sijunjung.invite(event, NAGARI, NAGARI)
    phone = await register(sijunjung, event)
    for each in (invitation, other):
        told(await sijunjung.post(f"{event}/invitations/{each['id']}/withdrawal"), 200)
    set_clock(LATER + timedelta(hours=1))

    answers = await phone.deliver(
        phone.note(FIRST_DAY, invitation_id=invitation["id"]),
        phone.note(LATER + timedelta(minutes=1), invitation_id=other["id"]),
    )

    assert outcomes(answers) == ["recorded", "revoked-ticket"]
    seen = told(await sijunjung.get(f"{event}/attendance"), 200)
    assert [each["invitation_id"] for each in seen["items"]] == [invitation["id"]]
    assert seen["totals"]["present"] == 1


async def test_nobody_is_excused_after_the_last_day(
    client: AsyncClient, sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await sijunjung.announce(ends_on="2024-09-30")
    [invitation] = await sijunjung.invite(event, NAGARI)
    # Midnight in Jakarta.
    set_clock(FIRST_DAY.replace(hour=17))

    late = await answer(client, invitation["code"], answer="declined", reason="Sakit.")
    body = {"code": invitation["code"]}
    own = told(await client.post("/invitation-answers/lookup", json=body), 200)

    assert told(late, 409)["code"] == "event-over"
    assert not own["takes_answers"]
    assert told(await sijunjung.get(f"{event}/attendance"), 200)["totals"]["absent"] == 1


async def test_walk_ins_of_one_office_are_counted(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    press = {"office_name": "Redaksi Koran Rekaan", "post": "Wartawan", "mode": "on_site"}
    at = FIRST_DAY - timedelta(hours=1)
    for minutes, direction in enumerate(["in", "in", "in", "out", "in"]):
        captured_at = (at + timedelta(minutes=minutes)).isoformat()
        told(
            await sijunjung.check_in(event, **press, direction=direction, captured_at=captured_at),
            201,
        )

    [walk_in] = told(await sijunjung.get(f"{event}/attendance"), 200)["walk_ins"]

    assert (walk_in["people"], walk_in["first_at"]) == (3, "2024-09-30T01:00:00Z")


async def test_who_joins_by_network_leaves_the_hall_to_the_others(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce(mode="both", capacity=1)
    first, second = await sijunjung.invite(event, NAGARI, NAGARI)
    ticket = await ticket_of(client, first)
    told(await answer(client, second["code"], answer="coming"), 200)

    said = told(await answer(client, first["code"], answer="coming", online=True), 200)
    again = told(await answer(client, first["code"], answer="coming"), 200)

    phone = await register(sijunjung, event)
    assert (said["seat"], said["ticket"], said["joins_online"]) == (None, None, True)
    assert phone.fault_of(ticket, LATER) == "revoked_ticket"
    assert (again["seat"], again["joins_online"]) == ("waiting", False)


async def test_who_would_join_by_network_queues_once_there_is_none(
    client: AsyncClient, sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await sijunjung.announce(mode="both")
    seated, later, first, gone = await sijunjung.invite(event, *[NAGARI] * 4)
    await ticket_of(client, seated)
    for minute, each in enumerate((first, later, gone)):
        set_clock(LATER + timedelta(minutes=minute))
        told(await answer(client, each["code"], answer="coming", online=True), 200)
    told(await sijunjung.post(f"{event}/invitations/{gone['id']}/withdrawal"), 200)
    version = told(await sijunjung.get(event), 200)["version"]

    change = {"mode": "on_site", "capacity": 2}
    told(await sijunjung.patch(event, change, **{"If-Match": f'"{version}"'}), 200)

    async def own(code: str) -> tuple[Any, ...]:
        seen = told(await client.post("/invitation-answers/lookup", json={"code": code}), 200)
        return seen["seat"], seen["waiting_number"], seen["joins_online"]

    assert await own(seated["code"]) == ("held", None, False)
    assert await own(first["code"]) == ("held", None, False)
    assert await own(later["code"]) == ("waiting", 1, False)
    assert (await own(gone["code"]))[:2] == (None, None)


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("on_site", {"answer": "coming"}),
        ("online", {"answer": "coming"}),
        ("both", {"answer": "declined", "reason": "Rapat lain."}),
    ],
)
async def test_only_who_comes_to_a_meeting_held_both_ways_chooses(
    client: AsyncClient, sijunjung: Desk, mode: str, said: dict[str, str]
) -> None:
    event = await sijunjung.announce(mode=mode)
    [invitation] = await sijunjung.invite(event, NAGARI)

    refused = await answer(client, invitation["code"], **said, online=True)

    assert told(refused, 422)["errors"][0]["pointer"] == "/online"
