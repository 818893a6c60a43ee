"""The way from an invitation to the personal link, on an own phone."""

import pytest
from httpx import AsyncClient

from tests.declarations import inviting
from tests.prevention.gathering import (
    outcomes,
    room_phone,
    signing,
)
from tests.rakor.conftest import SetClock
from tests.rakor.doors import ticket_of
from tests.rakor.meeting import FIRST_DAY, NAGARI, Desk, told

NAME = "Wali Rekaan"


@pytest.fixture(autouse=True)
def first_day(set_clock: SetClock) -> SetClock:
    set_clock(FIRST_DAY)
    return set_clock


async def test_the_code_of_the_invitation_leads_to_the_personal_link(
    client: AsyncClient, sijunjung: Desk
) -> None:
    gathering, (invitation,) = await signing(sijunjung)
    code = {"code": invitation["code"]}

    own = told(await client.post("/event-signing", json=code), 200)
    signed = await inviting.redeem(client, own["declarations"][0]["ticket"], name=NAME)

    assert (own["post"], own["event_id"]) == (NAGARI["post"], gathering.id)
    assert signed.status_code == 201, signed.text
    ticket = await ticket_of(client, invitation)
    phone = await room_phone(gathering)
    again = await phone.deliver([], [phone.sign(ticket, NAME, FIRST_DAY)])
    assert outcomes(again)[1] == ["already-signed"]


async def test_the_ticket_of_the_door_opens_no_personal_link(
    client: AsyncClient, sijunjung: Desk
) -> None:
    _, (invitation,) = await signing(sijunjung)
    ticket = await ticket_of(client, invitation)

    wrong = await client.post("/event-signing", json={"code": ticket[:64]})

    assert wrong.status_code == 401


async def test_the_page_leads_to_the_signing_without_a_script(
    client: AsyncClient, sijunjung: Desk
) -> None:
    _, (invitation,) = await signing(sijunjung)
    root = "http://test"
    form = {"code": invitation["code"]}

    page = await client.post(f"{root}/invitations/signing", data=form)
    wrong = await client.post(f"{root}/invitations/signing", data={"code": "x" * 200})
    answered = await client.post(
        f"{root}/invitations", data=form | {"step": "answer", "answer": "coming"}
    )

    assert page.status_code == 200
    assert 'href="/sign#' in page.text
    assert invitation["code"] not in page.text
    assert wrong.status_code == 401
    assert 'action="/invitations/signing"' in answered.text


async def test_a_withdrawn_invitation_signs_nothing(client: AsyncClient, sijunjung: Desk) -> None:
    gathering, (invitation,) = await signing(sijunjung)
    path = f"{gathering.event}/invitations/{invitation['id']}/withdrawal"
    told(await sijunjung.post(path), 200)

    own = await client.post("/event-signing", json={"code": invitation["code"]})

    assert told(own, 409)["code"] == "invitation-withdrawn"
