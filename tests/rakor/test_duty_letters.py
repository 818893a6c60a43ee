"""A deputy's letter of duty as a file, from the account of his office or through the organiser."""

from typing import Any

import pytest
from httpx import AsyncClient, Response

from app.core.actors import Role
from tests.evidence.samples import photograph
from tests.evidence.sending import Sender
from tests.rakor.conftest import OpenDesk
from tests.rakor.meeting import NAGARI, Desk, answer, told

DEPUTY = {"answer": "sends_deputy", "deputy_post": "Sekretaris"}
REASON = {"reason": "Mencocokkan surat tugas di pintu."}


@pytest.fixture
async def event(sijunjung: Desk) -> str:
    return await sijunjung.announce()


async def begin(desk: Desk, invitation: dict[str, Any], content: bytes) -> Response:
    sender = Sender(desk.client, desk.headers, said={"invitation_id": invitation["id"]})
    return await sender.begin(content)


async def hand_in(desk: Desk, invitation: dict[str, Any], content: bytes) -> str:
    sender = Sender(desk.client, desk.headers, said={"invitation_id": invitation["id"]})
    return (await sender.sent(content)).rpartition("/")[2]


async def letters(desk: Desk, event: str, invitation: dict[str, Any]) -> list[dict[str, Any]]:
    seen = told(await desk.get(f"{event}/invitations/{invitation['id']}"), 200)
    return list(seen["duty_letters"])


@pytest.mark.parametrize("role", [Role.PREVENTION_STAFF, Role.PPK_OFFICER])
async def test_the_invited_office_hands_in_the_letter_and_the_organiser_opens_it(
    client: AsyncClient, open_desk: OpenDesk, sijunjung: Desk, event: str, role: Role
) -> None:
    office, paper = await open_desk("73.07", role), photograph()
    [invited] = await sijunjung.invite(event, {"office_id": office.office_id, "post": "Ketua"})
    told(await answer(client, invited["code"], **DEPUTY), 200)

    letter = await hand_in(office, invited, paper)

    [listed] = await letters(sijunjung, event, invited)
    assert (listed["id"], listed["media_type"], listed["size"]) == (
        letter,
        "image/jpeg",
        len(paper),
    )
    path = f"{event}/invitations/{invited['id']}/duty-letters/{letter}/openings"
    opened = await sijunjung.post(path, REASON)
    assert (opened.status_code, opened.content) == (200, paper)
    assert (await office.post(path, REASON)).status_code == 403
    assert (await sijunjung.post(path, {})).status_code == 422


async def test_the_organiser_hands_in_what_came_on_paper(
    client: AsyncClient, sijunjung: Desk, event: str
) -> None:
    [invited] = await sijunjung.invite(event, NAGARI)
    told(await answer(client, invited["code"], **DEPUTY), 200)

    letter = await hand_in(sijunjung, invited, photograph())

    assert [each["id"] for each in await letters(sijunjung, event, invited)] == [letter]


async def test_no_letter_comes_before_a_deputy_is_named(
    client: AsyncClient, open_desk: OpenDesk, sijunjung: Desk, event: str
) -> None:
    office = await open_desk("73.07")
    [invited] = await sijunjung.invite(event, {"office_id": office.office_id, "post": "Ketua"})
    told(await answer(client, invited["code"], answer="coming"), 200)

    assert (await begin(office, invited, photograph())).status_code == 404


async def test_nobody_else_hands_in_a_letter(
    client: AsyncClient, open_desk: OpenDesk, sijunjung: Desk, event: str
) -> None:
    [invited] = await sijunjung.invite(event, NAGARI)
    told(await answer(client, invited["code"], **DEPUTY), 200)
    elsewhere, handler = await open_desk("73.07"), await open_desk("13.03", Role.HANDLER)

    for desk in (elsewhere, handler):
        assert (await begin(desk, invited, photograph())).status_code == 404


async def test_a_letter_belongs_to_its_invitation(
    client: AsyncClient, sijunjung: Desk, event: str
) -> None:
    one, other = await sijunjung.invite(event, NAGARI, NAGARI | {"post": "Sekretaris Nagari"})
    for each in (one, other):
        told(await answer(client, each["code"], **DEPUTY), 200)
    letter = await hand_in(sijunjung, one, photograph())

    path = f"{event}/invitations/{other['id']}/duty-letters/{letter}/openings"

    assert (await sijunjung.post(path, REASON)).status_code == 404


async def test_answering_twice_admits_the_letter_once(
    client: AsyncClient, sijunjung: Desk, event: str
) -> None:
    [invited] = await sijunjung.invite(event, NAGARI)

    for _ in range(2):
        told(await answer(client, invited["code"], **DEPUTY), 200)

    await hand_in(sijunjung, invited, photograph())


async def test_what_was_taken_back_takes_no_letter_until_a_deputy_is_named_anew(
    client: AsyncClient, open_desk: OpenDesk, sijunjung: Desk, event: str
) -> None:
    office = await open_desk("73.07")
    [invited] = await sijunjung.invite(event, {"office_id": office.office_id, "post": "Ketua"})
    refusals = []

    for said in (DEPUTY, {"answer": "declined", "reason": "Rapat lain."}, DEPUTY):
        told(await answer(client, invited["code"], **said), 200)
        refusals.append((await begin(office, invited, photograph())).status_code)
    told(await sijunjung.post(f"{event}/invitations/{invited['id']}/withdrawal"), 200)
    refusals += [
        (await begin(desk, invited, photograph())).status_code for desk in (office, sijunjung)
    ]

    assert refusals == [201, 404, 201, 404, 404]
