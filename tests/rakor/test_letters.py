"""What an organiser does with an invitation: its address, a new code, and taking it back."""

from httpx import AsyncClient
from sqlalchemy import select

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.rakor.files import open_address
from app.rakor.models.events import Event
from app.rakor.models.invitations import InvitationAddress, InvitationDeputy
from app.rakor.repository.invitations import InvitationRepository
from tests.rakor.conftest import OpenDesk
from tests.rakor.meeting import NAGARI, Desk, answer, told

EMAIL = "nagari@contoh.example"
DEPUTY = {
    "answer": "sends_deputy",
    "deputy_post": "Sekretaris",
    "deputy_name": "Wakil Rekaan",
    "duty_letter_number": "094/12/2024",
}


async def test_an_address_is_sealed_and_in_no_list(
    sijunjung: Desk, sessions: Sessions, keys: Keyring
) -> None:
    event = await sijunjung.announce()

    [invitation] = await sijunjung.invite(event, NAGARI | {"email": f" {EMAIL} "})

    listed = await sijunjung.get(f"{event}/invitations")
    assert EMAIL not in listed.text
    read = told(await sijunjung.get(f"{event}/invitations/{invitation['id']}"), 200)
    assert read["email"] == EMAIL
    async with sessions.begin() as session:
        [row] = (await session.scalars(select(InvitationAddress))).all()
        assert EMAIL.encode() not in row.sealed
        address = open_address(row.sealed, row.invitation_id, keys)
    assert address == (EMAIL, invitation["code"])


async def test_a_deputy_is_named_to_the_organiser_alone(
    client: AsyncClient, sijunjung: Desk, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)

    said = await answer(client, invitation["code"], **DEPUTY)

    assert told(said, 200)["duty_letter_number"] == "094/12/2024"
    opened = await client.post("/invitation-answers/lookup", json={"code": invitation["code"]})
    listed = await sijunjung.get(f"{event}/invitations")
    read = await sijunjung.get(f"{event}/invitations/{invitation['id']}")
    assert "Wakil Rekaan" not in said.text + opened.text + listed.text
    assert told(read, 200)["deputy_name"] == "Wakil Rekaan"
    async with sessions.begin() as session:
        [row] = (await session.scalars(select(InvitationDeputy))).all()
    assert b"Rekaan" not in row.sealed


async def test_a_deputys_name_goes_with_no_other_answer(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)

    refused = await answer(client, invitation["code"], answer="coming", deputy_name="Wakil Rekaan")

    assert told(refused, 422)["errors"][0]["pointer"] == "/deputy_name"


async def test_a_new_code_stops_the_one_before_and_keeps_the_answer(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    told(await answer(client, invitation["code"], answer="coming"), 200)
    path = f"{event}/invitations/{invitation['id']}"

    reissued = told(await sijunjung.post(f"{path}/reissue", {"email": EMAIL}), 200)

    assert reissued["code"] != invitation["code"]
    assert reissued["answer"] == "coming"
    old = await answer(client, invitation["code"], answer="declined", reason="Sakit.")
    new = await answer(client, reissued["code"], answer="declined", reason="Sakit.")
    assert (old.status_code, new.status_code) == (401, 200)
    assert told(await sijunjung.get(path), 200)["email"] == EMAIL


async def test_the_address_goes_with_the_newest_code(
    sijunjung: Desk, sessions: Sessions, keys: Keyring
) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI | {"email": EMAIL})

    path = f"{event}/invitations/{invitation['id']}/reissue"
    reissued = told(await sijunjung.post(path, {}), 200)

    async with sessions.begin() as session:
        [row] = (await session.scalars(select(InvitationAddress))).all()
    assert open_address(row.sealed, row.invitation_id, keys) == (EMAIL, reissued["code"])


async def test_what_was_withdrawn_takes_no_answer_and_is_in_no_list(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    gone, stays = await sijunjung.invite(event, *[NAGARI] * 2)
    path = f"{event}/invitations/{gone['id']}"

    withdrawn = told(await sijunjung.post(f"{path}/withdrawal"), 200)

    assert withdrawn["withdrawn_at"]
    late = await answer(client, gone["code"], answer="coming")
    again = await sijunjung.post(f"{path}/withdrawal")
    reissued = await sijunjung.post(f"{path}/reissue", {})
    assert {told(each, 409)["code"] for each in (late, again, reissued)} == {"invitation-withdrawn"}
    listed = (await sijunjung.get(f"{event}/invitations")).json()["items"]
    removed = (await sijunjung.get(f"{event}/invitations?is_withdrawn=true")).json()["items"]
    assert [[each["id"] for each in items] for items in (listed, removed)] == [
        [stays["id"]],
        [gone["id"]],
    ]
    assert told(await sijunjung.get(f"{event}/attendance"), 200)["invited"] == 1


async def test_an_office_sees_the_event_until_its_last_invitation_is_withdrawn(
    sijunjung: Desk, open_desk: OpenDesk
) -> None:
    event, guest = await sijunjung.announce(), await open_desk("13.04")
    office = {"office_id": guest.office_id, "post": "Ketua"}
    one, other = await sijunjung.invite(event, office, office | {"post": "Anggota"})

    seen = []
    for each in (one, other):
        told(await sijunjung.post(f"{event}/invitations/{each['id']}/withdrawal"), 200)
        seen.append((await guest.get(f"{event}/attendance")).status_code)
    await sijunjung.invite(event, office)

    assert seen == [200, 404]
    assert (await guest.get(f"{event}/attendance")).status_code == 200


async def test_who_stands_and_has_an_address_is_found(
    client: AsyncClient, sijunjung: Desk, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    addressed = NAGARI | {"email": EMAIL}
    answered, silent, gone, _ = await sijunjung.invite(event, *[addressed] * 3, NAGARI)
    told(await answer(client, answered["code"], answer="coming"), 200)
    told(await sijunjung.post(f"{event}/invitations/{gone['id']}/withdrawal"), 200)

    async with sessions.begin() as session:
        row = await session.get_one(Event, event.rpartition("/")[2])
        found = InvitationRepository(session)
        everybody = await found.addressed(row)

    assert {str(each.id) for each, _ in everybody} == {answered["id"], silent["id"]}


async def test_each_invitation_of_a_letter_may_have_its_own_number(sijunjung: Desk) -> None:
    event = await sijunjung.announce()

    invited = await sijunjung.invite(event, NAGARI, NAGARI | {"letter_number": "006/2024"})

    assert [each["letter_number"] for each in invited] == ["005/PM.00/IX/2024", "006/2024"]
