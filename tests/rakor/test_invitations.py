from httpx import AsyncClient
from sqlalchemy import select

from app.core.database import Sessions
from app.rakor.models.invitations import Invitation, InvitationReason
from tests.rakor.conftest import OpenDesk
from tests.rakor.meeting import NAGARI, WALK_IN, Desk, answer, told


async def test_the_invited_office_sees_the_event_and_others_do_not(open_desk: OpenDesk) -> None:
    nation, sinjai = await open_desk("00"), await open_desk("73.07")
    probolinggo = await open_desk("35.74")
    event = await nation.announce(
        kinds=["rakornas"], venue="Ecovention Ancol", venue_region_code="31.72"
    )

    await nation.invite(event, {"office_id": sinjai.office_id, "post": "Ketua"})

    seen = told(await sinjai.get(f"{event}/attendance"), 200)
    assert [each["office_id"] for each in seen["items"]] == [sinjai.office_id]
    assert (await probolinggo.get(event)).status_code == 200
    assert (await probolinggo.get(f"{event}/attendance")).status_code == 404
    assert (await probolinggo.get(f"{event}/invitations")).status_code == 404


async def test_a_letter_repeated_with_its_key_invites_once(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    body, key = {"invited": [NAGARI]}, {"Idempotency-Key": "surat-005-sijunjung"}

    first = await sijunjung.post(f"{event}/invitations", body, **key)
    again = await sijunjung.post(f"{event}/invitations", body, **key)

    assert again.json() == told(first, 201)
    assert len((await sijunjung.get(f"{event}/invitations")).json()["items"]) == 1


async def test_who_is_invited_may_look_and_not_touch(open_desk: OpenDesk, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    guest = await open_desk("13.04")
    await sijunjung.invite(event, {"office_id": guest.office_id, "post": "Ketua"})

    answers = [
        await guest.patch(event, {"title": "Rapat lain"}, **{"If-Match": '"2"'}),
        await guest.post(f"{event}/cancellation", {"reason": "Tidak jadi."}),
        await guest.post(f"{event}/invitations", {"invited": [NAGARI]}),
        await guest.check_in(event, **WALK_IN),
    ]

    assert [each.status_code for each in answers] == [403, 403, 403, 403]


async def test_a_draft_invites_nobody(sijunjung: Desk) -> None:
    event = f"/events/{(await sijunjung.draft())['id']}"

    refused = await sijunjung.post(f"{event}/invitations", {"invited": [NAGARI]})

    assert told(refused, 409)["code"] == "event-wrong-stage"


async def test_every_unknown_office_of_a_letter_is_named_at_once(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    invited = [
        NAGARI,
        {"office_id": "01932b5e-7c00-7000-8000-00000000dead", "post": "Ketua"},
        NAGARI | {"region_code": "13.99"},
    ]

    refused = await sijunjung.post(f"{event}/invitations", {"invited": invited})

    pointers = [each["pointer"] for each in told(refused, 422)["errors"]]
    assert pointers == ["/invited/1/office_id", "/invited/2/region_code"]
    assert (await sijunjung.get(f"{event}/invitations")).json()["items"] == []


async def test_the_code_of_an_invitation_is_kept_as_a_hash_alone(
    sijunjung: Desk, sessions: Sessions
) -> None:
    event = await sijunjung.announce()

    [invitation] = await sijunjung.invite(event, NAGARI)

    async with sessions.begin() as session:
        row = await session.get_one(Invitation, invitation["id"])
    assert invitation["code"].encode() not in row.code_hash
    [listed] = (await sijunjung.get(f"{event}/invitations")).json()["items"]
    assert listed == {name: value for name, value in invitation.items() if name != "code"}


async def test_an_office_answers_with_its_code_and_can_change_its_mind(
    client: AsyncClient, sijunjung: Desk, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    path = f"{event}/invitations/{invitation['id']}"

    declined = await answer(client, invitation["code"], answer="declined", reason="Sakit.")
    with_reason = await sijunjung.get(path)
    changed = await answer(
        client, invitation["code"], answer="sends_deputy", deputy_post="Sekretaris"
    )

    assert told(declined, 200)["answer"] == "declined"
    assert told(with_reason, 200)["reason"] == "Sakit."
    assert told(changed, 200)["deputy_post"] == "Sekretaris"
    after = told(await sijunjung.get(path), 200)
    assert (after["answer"], after["reason"]) == ("sends_deputy", None)
    async with sessions.begin() as session:
        assert (await session.scalars(select(InvitationReason))).all() == []


async def test_a_wrong_code_is_a_wrong_credential(client: AsyncClient, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)

    refused = await answer(client, invitation["code"][:-1] + "_", answer="coming")

    assert refused.status_code == 401
    [listed] = (await sijunjung.get(f"{event}/invitations?is_answered=false")).json()["items"]
    assert listed["answer"] is None


async def test_a_cancelled_event_takes_no_answer(client: AsyncClient, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    told(await sijunjung.post(f"{event}/cancellation", {"reason": "Gedung terpakai."}), 200)

    refused = await answer(client, invitation["code"], answer="coming")

    assert told(refused, 409)["code"] == "event-wrong-stage"
