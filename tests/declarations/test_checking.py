"""Who signs by the open link counts at once, and waits for the organiser's check."""

from typing import Any
from uuid import UUID

from httpx import AsyncClient, Response
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.declarations.models.counts import CoveredTarget
from tests.declarations.declaring import Body, Headers, opened, published, sign, signature
from tests.declarations.inviting import invite, redeem, ticket
from tests.declarations.recounting import recount, valid

REASON = {"reason": "Tidak dikenal di kantor rekaan ini."}


async def judge(
    client: AsyncClient, headers: Headers, signed: Response | Body, step: str, **body: Any
) -> Response:
    said = signed if isinstance(signed, dict) else signed.json()
    path = f"/declarations/{said['declaration_id']}/signatures/{said['id']}/{step}"
    return await client.post(path, json=body, headers=headers)


async def test_the_open_link_waits_with_a_roster_and_without(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    without, with_roster = [await opened(client, sijunjung) for _ in range(2)]
    await invite(sessions, keys, with_roster, 1)

    first = await sign(client, without, signature(2))
    second = await sign(client, with_roster, signature(2))
    by_organiser = await sign(client, with_roster, signature(3), headers=sijunjung)

    checks = [each.json()["check"] for each in (first, second, by_organiser)]
    assert checks == ["waiting", "waiting", "not_needed"]
    assert await valid(sessions, with_roster) == 2


async def test_where_there_is_no_open_link_only_the_organiser_and_tickets_sign(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers, sinjai: Headers
) -> None:
    where = await opened(client, sijunjung, open_link=False)
    (target,) = await invite(sessions, keys, where, 1)

    public = await sign(client, where, signature(2))
    elsewhere = await sign(client, where, signature(2), headers=sinjai)
    organiser = await sign(client, where, signature(2), headers=sijunjung)
    by_ticket = await redeem(client, ticket(keys, target))

    assert public.json()["code"] == elsewhere.json()["code"] == "open-link-closed"
    assert (organiser.status_code, by_ticket.status_code) == (201, 201)


async def test_nobody_takes_the_id_of_a_target(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)

    answer = await sign(client, where, signature(2), target.id)

    assert (answer.status_code, answer.json()["code"]) == (409, "conflicting-body")


async def test_the_queue_holds_who_waits(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    await redeem(client, ticket(keys, target))
    waiting = (await sign(client, where, signature(2))).json()

    path = f"/declarations/{where['id']}/signatures"
    queue = (await client.get(f"{path}?check=waiting", headers=sijunjung)).json()["items"]
    everybody = (await client.get(path, headers=sijunjung)).json()["items"]

    assert [each["id"] for each in queue] == [waiting["id"]]
    assert {each["signer"]["name"] for each in everybody} == {
        "Penanda Rekaan 1",
        "Penanda Rekaan 2",
    }


async def test_candidates_are_those_of_the_same_name_and_office(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    same, beside = await invite(sessions, keys, where, 1, 2)
    await redeem(client, ticket(keys, beside))
    signed = (await sign(client, where, signature(1))).json()

    path = f"/declarations/{where['id']}/signatures/{signed['id']}/candidates"
    found = (await client.get(path, headers=sijunjung)).json()["candidates"]

    told = [(each["target_id"], each["same_person"], each["has_signed"]) for each in found]
    assert told == [(str(same.id), True, False), (str(beside.id), False, True)]
    assert found[0]["person"]["name"] == "Penanda Rekaan 1"
    async with sessions.begin() as session:
        query = select(JournalEntry.payload).where(JournalEntry.action == "targets.read")
        assert (await session.scalars(query)).all() == [{"names": 2}]


async def test_whom_an_open_signature_stands_for_cannot_sign_again(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    signed = await sign(client, where, signature(1, position="Pak Camat"))
    stands_for = {"stands_for": str(target.id)}

    confirmed = await judge(client, sijunjung, signed, "confirmation", **stands_for)
    again = await judge(client, sijunjung, signed, "confirmation", **stands_for)
    otherwise = await judge(client, sijunjung, signed, "rejection", **REASON)
    back = await judge(client, sijunjung, signed, "reinstatement", **REASON)
    by_ticket = await redeem(client, ticket(keys, target))

    assert confirmed.json() == again.json()
    assert confirmed.json()["check"] == "confirmed"
    assert (otherwise.json()["state"], otherwise.json()["check"]) == ("invalidated", "rejected")
    assert (back.json()["state"], back.json()["check"]) == ("valid", "confirmed")
    assert by_ticket.json()["code"] == "already-signed"
    await judge(client, sijunjung, signed, "rejection", **REASON)
    assert (await redeem(client, ticket(keys, target))).status_code == 201
    late = await judge(client, sijunjung, signed, "reinstatement", **REASON)
    assert late.json()["code"] == "target-stands-already"


async def test_who_is_stood_for_is_covered_until_that_is_taken_back(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    (target, other) = await invite(sessions, keys, where, 1, 2)
    signed = await sign(client, where, signature(1, position="Pak Camat"))
    await published(client)
    before = await covered(sessions, target.id)

    await judge(client, sijunjung, signed, "confirmation", stands_for=str(target.id))
    confirmed = await covered(sessions, target.id)
    moved = await judge(client, sijunjung, signed, "confirmation", stands_for=str(other.id))
    await judge(client, sijunjung, signed, "rejection", **REASON)
    await published(client)

    assert (before, confirmed, await covered(sessions, target.id)) == (False, True, False)
    assert moved.json()["code"] == "check-not-needed"


async def covered(sessions: Sessions, target_id: UUID) -> bool:
    async with sessions.begin() as session:
        query = select(CoveredTarget.target_id).where(CoveredTarget.target_id == target_id)
        found = await session.scalar(query, execution_options={"fan_out": True})
    return found is not None


async def test_a_confirmed_stand_in_keeps_the_ticket_from_signing(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    signed = await sign(client, where, signature(1, position="Pak Camat"))
    await judge(client, sijunjung, signed, "confirmation", stands_for=str(target.id))

    answer = await redeem(client, ticket(keys, target))

    assert (answer.status_code, answer.json()["code"]) == (409, "already-signed")


async def test_nobody_stands_for_who_has_signed_or_is_not_listed_here(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where, there = [await opened(client, sijunjung) for _ in range(2)]
    (target,) = await invite(sessions, keys, where, 1)
    (stranger,) = await invite(sessions, keys, there, 1)
    await redeem(client, ticket(keys, target))
    signed = await sign(client, where, signature(2))

    taken = await judge(client, sijunjung, signed, "confirmation", stands_for=str(target.id))
    other = await judge(client, sijunjung, signed, "confirmation", stands_for=str(stranger.id))

    assert (taken.status_code, taken.json()["code"]) == (409, "target-stands-already")
    assert (other.status_code, other.json()["errors"][0]["code"]) == (422, "unknown-target")


async def test_who_signed_as_a_target_stands_for_nobody_else(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    first, second = await invite(sessions, keys, where, 1, 2)
    signed = await redeem(client, ticket(keys, first))
    path = f"/declarations/{where['id']}/signatures/{signed.json()['id']}/candidates"

    answer = await judge(client, sijunjung, signed, "confirmation", stands_for=str(second.id))
    candidates = await client.get(path, headers=sijunjung)

    assert (answer.status_code, answer.json()["code"]) == (409, "check-not-needed")
    assert (candidates.status_code, candidates.json()["code"]) == (409, "check-not-needed")


async def test_who_was_rejected_stands_in_nobodys_way(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    """Somebody else signed under the name of a person who then comes with the own ticket."""
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    forged = await sign(client, where, signature(1))

    rejected = await judge(client, sijunjung, forged, "rejection", **REASON)
    signed = await redeem(client, ticket(keys, target))
    back = await judge(client, sijunjung, forged, "reinstatement", **REASON)

    assert rejected.json()["state"] == "invalidated"
    assert signed.status_code == 201
    assert (back.status_code, back.json()["code"]) == (409, "target-stands-already")
    assert await valid(sessions, where) == await recount(sessions, where) == 1


async def test_a_link_in_other_hands_is_rejected_and_its_person_signs_otherwise(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    signed = await redeem(client, ticket(keys, target))

    confirmation = await judge(client, sijunjung, signed, "confirmation")
    rejection = await judge(client, sijunjung, signed, "rejection", **REASON)
    by_ticket = await redeem(client, ticket(keys, target))
    by_link = await sign(client, where, signature(1))
    stands = await judge(client, sijunjung, by_link, "confirmation", stands_for=str(target.id))

    assert confirmation.json()["code"] == "check-not-needed"
    assert (rejection.json()["state"], rejection.json()["check"]) == ("invalidated", "rejected")
    assert by_ticket.json()["code"] == "signature-invalidated"
    assert (by_link.status_code, stands.status_code) == (201, 200)
    assert await valid(sessions, where) == await recount(sessions, where) == 1


async def test_what_was_done_is_read_with_its_reasons(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    await invite(sessions, keys, where, 1)
    signed = (await sign(client, where, signature(2))).json()
    await judge(client, sijunjung, signed, "confirmation")
    await judge(client, sijunjung, signed, "rejection", **REASON)

    path = f"/declarations/{where['id']}/signatures/{signed['id']}/changes"
    changes = (await client.get(path, headers=sijunjung)).json()["changes"]

    assert [(each["change"], each["rule"], each["reason"]) for each in changes] == [
        ("confirmed", None, None),
        ("invalidated", "rejected_by_organiser", REASON["reason"]),
    ]
    assert changes[0]["leaf_index"] is None
    assert changes[1]["leaf_index"] > signed["leaf_index"]


async def test_another_area_judges_nothing(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers, sinjai: Headers
) -> None:
    where = await opened(client, sijunjung)
    await invite(sessions, keys, where, 1)
    signed = await sign(client, where, signature(2))

    refused = await judge(client, sinjai, signed, "rejection", **REASON)
    unknown = await judge(
        client, sijunjung, signed.json() | {"id": str(new_id())}, "rejection", **REASON
    )

    assert (refused.status_code, unknown.status_code) == (404, 404)
