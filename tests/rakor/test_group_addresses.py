"""The addresses of a whole group come with the letter that invites it."""

from typing import Any

from sqlalchemy import select

from app.core.database import Sessions
from app.rakor.models.invitations import InvitationAddress
from tests.rakor.mailing import Worker
from tests.rakor.meeting import Desk, told

CAMAT: dict[str, Any] = {"category": "subdistrict_head", "region": "13.03"}
PRESS: dict[str, Any] = {
    "category": "press",
    "region": "13.03",
    "office_names": ["Redaksi Satu", "Redaksi Dua"],
    "post": "Pemimpin Redaksi",
}


def emails(*given: tuple[str, str]) -> dict[str, Any]:
    return {"emails": [{"region_code": region, "email": email} for region, email in given]}


async def test_every_camat_is_written_to_in_one_step(
    sijunjung: Desk, worker: Worker, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    listed = told(await sijunjung.get("/regions?level=district&parent=13.03&limit=200"), 200)
    codes = [each["code"] for each in listed["items"]]
    given = [(code, f"camat-{code}@contoh.example") for code in codes]

    body = {"groups": [CAMAT | emails(*given)]}
    issued = told(await sijunjung.post(f"{event}/invitations", body), 201)["items"]
    letters = await worker.send()

    assert len(issued) == len(codes) > 5
    assert sorted(each.to for each in letters) == sorted(email for _, email in given)
    by_id = {each["id"]: each["region_code"] for each in issued}
    assert all(each.to == f"camat-{by_id[each.entry.uid]}@contoh.example" for each in letters)
    async with sessions.begin() as session:
        sealed = (await session.scalars(select(InvitationAddress.sealed))).all()
    assert not any(b"contoh" in each for each in sealed)


async def test_who_has_no_address_is_invited_without(sijunjung: Desk, worker: Worker) -> None:
    event = await sijunjung.announce()
    body = {"groups": [CAMAT | emails(("13.03.03", "camat@contoh.example"))]}

    issued = told(await sijunjung.post(f"{event}/invitations", body), 201)["items"]

    assert len(issued) > 5
    assert (await worker.send_one()).to == "camat@contoh.example"


async def test_wrong_addresses_are_all_named_and_nobody_is_invited(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    camat = emails(
        ("13.03.03", "satu@contoh.example"),
        ("13.04.01", "lain@contoh.example"),
        ("13.03.03", "dua@contoh.example"),
    )
    press = emails(("13.03", "redaksi@contoh.example"))

    body = {"groups": [CAMAT | camat, PRESS | press]}
    refused = told(await sijunjung.post(f"{event}/invitations", body), 422)

    assert [(each["pointer"], each["code"]) for each in refused["errors"]] == [
        ("/groups/0/emails/1", "unknown"),
        ("/groups/0/emails/2", "twice"),
        ("/groups/1/emails/0", "which-office"),
    ]
    assert "contoh.example" not in str(refused)
    assert told(await sijunjung.get(f"{event}/invitations"), 200)["items"] == []


async def test_several_offices_of_a_region_are_told_apart_by_their_names(
    sijunjung: Desk, worker: Worker
) -> None:
    event = await sijunjung.announce()
    given = {"region_code": "13.03", "office_name": "Redaksi Dua", "email": "dua@contoh.example"}

    body = {"groups": [PRESS | {"emails": [given]}]}
    told(await sijunjung.post(f"{event}/invitations", body), 201)

    letter = await worker.send_one()
    assert letter.text.startswith("Yth. Pemimpin Redaksi\nRedaksi Dua\n")


async def test_no_address_of_who_is_invited_already_is_thrown_away(
    sijunjung: Desk, worker: Worker
) -> None:
    event = await sijunjung.announce()
    path, camat = f"{event}/invitations", emails(("13.03.03", "camat@contoh.example"))
    twice = told(await sijunjung.post(path, {"groups": [CAMAT, CAMAT | camat]}), 422)
    told(await sijunjung.post(path, {"groups": [CAMAT]}), 201)

    later = told(await sijunjung.post(path, {"groups": [CAMAT | camat]}), 422)

    for refused, pointer in ((twice, "/groups/1/emails/0"), (later, "/groups/0/emails/0")):
        [fault] = refused["errors"]
        assert (fault["pointer"], fault["code"]) == (pointer, "invited-already")
    assert await worker.send() == []
