"""Who was allowed to opens the identity, nobody else and no longer; and the reporter sees it."""

from datetime import datetime, timedelta

from httpx import AsyncClient
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.credentials.service import TokenIssuer
from app.web.clock import present
from tests.complaints.filing import file, receipt
from tests.complaints.identity.asking import (
    HERE,
    REASON,
    Headers,
    ask,
    asked,
    deny,
    grant,
    me,
    open_identity,
)
from tests.people import add_officer, bearer, officer


async def told(sessions: Sessions, complaint_id: str) -> list[JournalEntry]:
    async with sessions.begin() as session:
        query = select(JournalEntry).where(JournalEntry.action.startswith("identity."))
        entries = await session.scalars(query.order_by(JournalEntry.id))
        return [each for each in entries if str(each.subject_id) == complaint_id]


async def test_who_was_allowed_to_opens_the_identity(
    client: AsyncClient, desk: Headers, custodian: Headers
) -> None:
    id = (await file(client))["id"]
    request = await asked(client, id, desk)

    granted = await grant(client, request["id"], custodian)
    answer = await open_identity(client, id, desk)

    assert (granted.status_code, granted.json()["state"]) == (200, "granted")
    assert answer.status_code == 200, answer.text
    assert answer.json()["name"] == "Pelapor Rekaan"
    assert answer.json()["address"] == "Jalan Rekaan 1"
    assert answer.json()["capacity"] == "voter"
    assert answer.headers["cache-control"] == "no-store"


async def test_without_a_grant_the_identity_is_closed(
    client: AsyncClient, sessions: Sessions, desk: Headers, custodian: Headers
) -> None:
    id = (await file(client))["id"]

    unasked = await open_identity(client, id, desk)
    request = await asked(client, id, desk)
    waiting = await open_identity(client, id, desk)
    await deny(client, request["id"], custodian)
    denied = await open_identity(client, id, desk)

    for answer in (unasked, waiting, denied):
        assert (answer.status_code, answer.json()["code"]) == (403, "identity-closed")
        assert "Rekaan" not in answer.text
    assert "identity.opened" not in {each.action for each in await told(sessions, id)}


async def test_a_grant_opens_to_nobody_else(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers, custodian: Headers
) -> None:
    id = (await file(client))["id"]
    await grant(client, (await asked(client, id, desk))["id"], custodian)
    colleague = await officer(sessions, keys, role="member", office_code=HERE)

    answers = [await open_identity(client, id, each) for each in (colleague, custodian)]

    assert [each.json()["code"] for each in answers] == ["identity-closed", "not-allowed"]


async def test_a_grant_ends_with_its_hours(
    client: AsyncClient, desk: Headers, custodian: Headers, clock: list[datetime]
) -> None:
    id, now = (await file(client))["id"], present()
    clock.append(now)
    await grant(client, (await asked(client, id, desk))["id"], custodian, hours=1)

    answers = []
    for minutes in (59, 60):
        clock.append(now + timedelta(minutes=minutes))
        answers.append(await open_identity(client, id, desk))

    assert [each.status_code for each in answers] == [200, 403]
    assert (await ask(client, id, desk)).status_code == 201


async def test_a_grant_does_not_move_to_another_office(
    client: AsyncClient, sessions: Sessions, keys: Keyring, custodian: Headers
) -> None:
    id = (await file(client))["id"]
    account = await add_officer(sessions, keys, role="handler", office_code=HERE)

    async def signed_in() -> Headers:
        async with sessions.begin() as session:
            return bearer((await TokenIssuer(session, present()).sign_in(account)).access_token)

    await grant(client, (await asked(client, id, await signed_in()))["id"], custodian)
    admin = await officer(sessions, keys, role="admin", office_code="bawaslu-73")
    moved = await client.patch(
        f"/officers/{account.id}",
        json={"office_code": "bawaslu-73"},
        headers=admin | {"If-Match": '"1"', "Content-Type": "application/merge-patch+json"},
    )

    answer = await open_identity(client, id, await signed_in())

    assert moved.status_code == 200, moved.text
    assert (answer.status_code, answer.json()["code"]) == (403, "identity-closed")


async def test_a_revoked_grant_is_closed_at_once(
    client: AsyncClient, desk: Headers, custodian: Headers
) -> None:
    id = (await file(client))["id"]
    request = await asked(client, id, desk)
    revocation = f"/identity-requests/{request['id']}/revocation"
    early = await client.post(revocation, headers=custodian)
    await grant(client, request["id"], custodian)

    revoked = await client.post(revocation, headers=custodian)
    again = await client.post(revocation, headers=custodian)

    assert (await open_identity(client, id, desk)).status_code == 403
    assert revoked.json()["state"] == "revoked"
    for answer in (early, again):
        assert (answer.status_code, answer.json()["code"]) == (409, "identity-request-not-in-force")


async def test_the_history_tells_who_did_what_and_no_reason(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers, custodian: Headers
) -> None:
    id = (await file(client))["id"]
    request = await asked(client, id, desk)
    await grant(client, request["id"], custodian)
    await open_identity(client, id, desk)
    await client.post(f"/identity-requests/{request['id']}/revocation", headers=custodian)

    answer = await client.get(f"/complaints/{id}/history", headers=desk)

    asker, decider = await me(client, desk), await me(client, custodian)
    assert [(each["action"], each["actor_id"]) for each in answer.json()["items"]] == [
        ("identity.revoked", decider),
        ("identity.opened", asker),
        ("identity.granted", decider),
        ("identity.requested", asker),
        ("complaint.filed", None),
    ]
    entries = await told(sessions, id)
    assert [each.payload for each in entries] == [
        {"request": request["id"]},
        {"request": request["id"], "hours": 24},
        {"request": request["id"]},
        {"request": request["id"]},
    ]


async def test_the_reporter_sees_how_often_and_when(
    client: AsyncClient, desk: Headers, custodian: Headers
) -> None:
    filed = await file(client)
    before = (await client.get("/receipt", headers=receipt(filed))).json()
    await grant(client, (await asked(client, filed["id"], desk))["id"], custodian)
    for _ in range(2):
        await open_identity(client, filed["id"], desk)

    after = (await client.get("/receipt", headers=receipt(filed))).json()

    assert before["identity_openings"] == {"count": 0, "latest": []}
    assert after["identity_openings"]["count"] == 2
    assert len(after["identity_openings"]["latest"]) == 2
    assert REASON not in str(after)


async def test_of_many_openings_the_latest_are_told_and_all_are_counted(
    client: AsyncClient, desk: Headers, custodian: Headers
) -> None:
    filed = await file(client)
    await grant(client, (await asked(client, filed["id"], desk))["id"], custodian)
    for _ in range(21):
        await open_identity(client, filed["id"], desk)

    told = (await client.get("/receipt", headers=receipt(filed))).json()["identity_openings"]

    assert (told["count"], len(told["latest"])) == (21, 20)
    assert told["latest"] == sorted(told["latest"], reverse=True)


async def test_an_opening_is_never_kept_for_a_key(
    client: AsyncClient, desk: Headers, custodian: Headers
) -> None:
    id = (await file(client))["id"]
    request = await asked(client, id, desk)
    await grant(client, request["id"], custodian)
    key = {"Idempotency-Key": "kunci-rekaan-identitas"}
    await open_identity(client, id, desk | key)
    await client.post(f"/identity-requests/{request['id']}/revocation", headers=custodian)

    again = await open_identity(client, id, desk | key)

    assert again.status_code == 403
