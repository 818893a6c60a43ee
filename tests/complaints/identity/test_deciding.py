"""A custodian, not the handler, decides who may know the reporter."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.complaints.models.identity import IdentityRequest
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.models import Wall
from app.web.clock import present
from tests.complaints.filing import file
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
from tests.people import officer


async def test_initial_information_has_no_identity(client: AsyncClient, desk: Headers) -> None:
    id = (await file(client, reporter=None))["id"]

    answer = await ask(client, id, desk)

    assert (answer.status_code, answer.json()["code"]) == (409, "no-identity")


async def test_an_officer_asks_once_at_a_time(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers, custodian: Headers
) -> None:
    id = (await file(client))["id"]
    request = await asked(client, id, desk)
    colleague = await officer(sessions, keys, role="member", office_code=HERE)

    waiting = await ask(client, id, desk)
    other = await ask(client, id, colleague)
    await grant(client, request["id"], custodian)
    granted = await ask(client, id, desk)

    assert other.status_code == 201
    for answer in (waiting, granted):
        assert (answer.status_code, answer.json()["code"]) == (409, "identity-request-open")


async def test_who_was_refused_may_ask_again(
    client: AsyncClient, desk: Headers, custodian: Headers
) -> None:
    id = (await file(client))["id"]
    await deny(client, (await asked(client, id, desk))["id"], custodian)

    assert (await ask(client, id, desk)).status_code == 201


async def test_a_request_is_decided_once(
    client: AsyncClient, desk: Headers, custodian: Headers
) -> None:
    request = await asked(client, (await file(client))["id"], desk)
    await deny(client, request["id"], custodian)

    answers = [
        await grant(client, request["id"], custodian),
        await deny(client, request["id"], custodian),
    ]

    assert [each.status_code for each in answers] == [409, 409]
    assert {each.json()["code"] for each in answers} == {"identity-request-settled"}


async def test_a_custodian_who_asked_as_a_handler_does_not_decide_it(
    client: AsyncClient, sessions: Sessions, desk: Headers, custodian: Headers
) -> None:
    request = await asked(client, (await file(client))["id"], desk)
    async with sessions.begin() as session:
        row = await session.scalar(select(IdentityRequest))
        assert row
        row.requested_by = type(row.id)(await me(client, custodian))

    answer = await grant(client, request["id"], custodian)

    assert (answer.status_code, answer.json()["code"]) == (403, "own-request")


async def test_a_custodian_behind_a_wall_sees_no_request(
    client: AsyncClient, sessions: Sessions, desk: Headers, custodian: Headers
) -> None:
    request = await asked(client, (await file(client))["id"], desk)
    async with sessions.begin() as session:
        row = await session.scalar(select(IdentityRequest))
        assert row
        decider = type(row.id)(await me(client, custodian))
        session.add(Wall(subject_id=row.complaint_id, officer_id=decider, since=present()))

    listed = await client.get("/identity-requests", headers=custodian)
    answer = await grant(client, request["id"], custodian)

    assert (listed.json()["items"], answer.status_code) == ([], 404)


async def test_the_custodian_reads_the_reason_and_nothing_of_the_report(
    client: AsyncClient, desk: Headers, custodian: Headers
) -> None:
    id = (await file(client))["id"]
    await asked(client, id, desk)

    listed = await client.get("/identity-requests", headers=custodian)
    closed = [
        await client.get(f"/complaints/{id}", headers=custodian),
        await client.get(f"/complaints/{id}/history", headers=custodian),
        await client.get("/complaints", headers=custodian),
        await open_identity(client, id, custodian),
    ]

    [request] = listed.json()["items"]
    assert (request["reason"], request["complaint_id"]) == (REASON, id)
    assert "Pelapor Rekaan" not in listed.text
    assert "apel pagi" not in listed.text
    assert [each.status_code for each in closed] == [403, 403, 403, 403]


async def test_a_custodian_of_another_province_decides_nothing_here(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers
) -> None:
    request = await asked(client, (await file(client))["id"], desk)
    other = await officer(sessions, keys, role="custodian", office_code="bawaslu-13")

    answers = [
        await grant(client, request["id"], other),
        await deny(client, request["id"], other),
        await client.post(f"/identity-requests/{request['id']}/revocation", headers=other),
    ]

    assert [each.status_code for each in answers] == [404, 404, 404]


async def test_requests_are_listed_by_their_state(
    client: AsyncClient, desk: Headers, custodian: Headers, clock: list[datetime]
) -> None:
    long_ago, now = present() - timedelta(days=10), present()
    made = {}
    for state in ("lapsed", "ended", "waiting", "granted", "denied", "revoked"):
        clock.append(long_ago if state in ("lapsed", "ended") else now)
        request = (await asked(client, (await file(client))["id"], desk))["id"]
        if state in ("granted", "ended", "revoked"):
            await grant(client, request, custodian)
        if state == "denied":
            await deny(client, request, custodian)
        if state == "revoked":
            await client.post(f"/identity-requests/{request}/revocation", headers=custodian)
        made[state] = request

    found = {}
    for state in made:
        page = await client.get("/identity-requests", params={"state": state}, headers=custodian)
        found[state] = [(each["id"], each["state"]) for each in page.json()["items"]]

    assert found == {state: [(id, state)] for state, id in made.items()}


async def test_the_desk_reads_what_was_asked_and_decided(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers, custodian: Headers
) -> None:
    id = (await file(client))["id"]
    await deny(client, (await asked(client, id, desk))["id"], custodian)
    await asked(client, id, desk)
    duty = await officer(sessions, keys, role="duty_officer", office_code=HERE)

    page = await client.get(f"/complaints/{id}/identity-requests?limit=1", headers=desk)
    cursor = page.json()["next_cursor"]
    rest = await client.get(f"/complaints/{id}/identity-requests?cursor={cursor}", headers=desk)

    assert [each["state"] for each in page.json()["items"]] == ["waiting"]
    [denied] = rest.json()["items"]
    assert denied["decision_reason"] == "Rekaan: undangan dapat lewat pesan."
    assert denied["decided_by"] == await me(client, custodian)
    closed = await client.get(f"/complaints/{id}/identity-requests", headers=duty)
    assert closed.status_code == 403


async def test_reasons_lie_sealed(
    client: AsyncClient, sessions: Sessions, desk: Headers, custodian: Headers
) -> None:
    await grant(
        client, (await asked(client, (await file(client))["id"], desk))["id"], custodian, hours=72
    )

    async with sessions.begin() as session:
        row = await session.scalar(select(IdentityRequest))

    assert row
    assert row.sealed_decision_reason
    assert b"Rekaan" not in row.sealed_reason + row.sealed_decision_reason


@pytest.mark.parametrize(
    "form",
    [
        {"hours": 0, "reason": REASON},
        {"hours": 73, "reason": REASON},
        {"hours": "24", "reason": REASON},
        {"hours": 24},
        {"hours": 24, "reason": " "},
    ],
)
async def test_a_grant_names_its_hours_and_reason(
    client: AsyncClient, desk: Headers, custodian: Headers, form: dict[str, Any]
) -> None:
    request = await asked(client, (await file(client))["id"], desk)

    path = f"/identity-requests/{request['id']}/grant"
    answer = await client.post(path, json=form, headers=custodian)

    assert answer.status_code == 422


async def test_a_repeated_request_is_one_request(client: AsyncClient, desk: Headers) -> None:
    id = (await file(client))["id"]
    key = {"Idempotency-Key": "kunci-rekaan-identitas"}

    answers = [await ask(client, id, desk | key) for _ in range(2)]

    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


async def test_a_dry_run_asks_and_decides_nothing(
    client: AsyncClient, desk: Headers, custodian: Headers
) -> None:
    id = (await file(client))["id"]
    path = f"/complaints/{id}/identity-requests?validate_only=true"

    rehearsed = await client.post(path, json={"reason": REASON}, headers=desk)

    assert rehearsed.status_code == 204
    assert (await client.get("/identity-requests", headers=custodian)).json()["items"] == []
