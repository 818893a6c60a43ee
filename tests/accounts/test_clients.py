"""Machine clients over HTTP: what an admin can give, and how a secret is changed."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.accounts.models import Client
from app.audit.models import JournalEntry
from app.core.actors import Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.web.clock import present
from tests.people import add_system, officer

Headers = dict[str, str]


@pytest.fixture
async def admin(sessions: Sessions, keys: Keyring) -> Headers:
    """The admin of the province of South Sulawesi."""
    return await officer(sessions, keys, role=Role.ADMIN, office_code="bawaslu-73")


def dashboard(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Dasbor Rekaan",
        "office_code": "bawaslu-73",
        "area": "73.04",
        "scopes": ["stats:read", "account:use"],
        "expires_at": (present() + timedelta(days=30)).isoformat(),
    } | changes


async def sign_in(client: AsyncClient, id: str, secret: str) -> int:
    form = {"grant_type": "client_credentials", "client_id": id, "client_secret": secret}
    return (await client.post("/auth/token", data=form)).status_code


async def test_a_new_client_gets_a_secret_that_is_not_kept(
    client: AsyncClient, sessions: Sessions, admin: Headers
) -> None:
    answer = await client.post("/clients", json=dashboard(), headers=admin)

    assert answer.status_code == 201
    id, secret = answer.json()["client"]["id"], answer.json()["client_secret"]
    assert await sign_in(client, id, secret) == 200
    async with sessions.begin() as session:
        kept = await session.scalar(select(Client).where(Client.name == "Dasbor Rekaan"))
        [entry] = await session.scalars(
            select(JournalEntry).where(JournalEntry.action == "client.added")
        )
    assert secret not in repr(vars(kept))
    assert (str(entry.subject_id), entry.region_code) == (id, "73.04")
    assert entry.payload == {"scopes": "account:use stats:read"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"area": "00"}, "unknown-region"),
        ({"area": "13.03"}, "unknown-region"),
        ({"area": "73.99"}, "unknown-region"),
        ({"office_code": "bkn"}, "unknown-office"),
        ({"scopes": ["complaints:handle"]}, "wrong-scope"),
        ({"scopes": ["receipt:follow"]}, "wrong-scope"),
        ({"scopes": []}, "too-short"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "wrong-expiry"),
        ({"expires_at": "2099-01-01T00:00:00Z"}, "wrong-expiry"),
        ({"expires_at": "2026-01-01T00:00:00"}, "timezone-aware"),
    ],
)
async def test_a_client_beyond_the_own_area_or_reading_is_refused(
    client: AsyncClient, admin: Headers, changes: dict[str, Any], code: str
) -> None:
    answer = await client.post("/clients", json=dashboard(**changes), headers=admin)

    assert answer.status_code == 422
    assert [each["code"] for each in answer.json()["errors"]] == [code]


async def test_the_secret_before_counts_for_a_day(
    client: AsyncClient, sessions: Sessions, admin: Headers
) -> None:
    added = (await client.post("/clients", json=dashboard(), headers=admin)).json()
    id, old = added["client"]["id"], added["client_secret"]

    rotated = await client.post(f"/clients/{id}/secret", headers=admin)

    new = rotated.json()["client_secret"]
    assert [await sign_in(client, id, each) for each in (old, new)] == [200, 200]
    async with sessions.begin() as session:
        kept = await session.scalar(select(Client).where(Client.name == "Dasbor Rekaan"))
        assert kept
        assert kept.previous_secret_until
        assert timedelta(hours=23) < kept.previous_secret_until - present() <= timedelta(hours=24)
        kept.previous_secret_until = present()
    assert [await sign_in(client, id, each) for each in (old, new)] == [401, 200]


async def test_after_two_rotations_the_first_secret_is_dead(
    client: AsyncClient, admin: Headers
) -> None:
    added = (await client.post("/clients", json=dashboard(), headers=admin)).json()
    id = added["client"]["id"]

    for _ in range(2):
        await client.post(f"/clients/{id}/secret", headers=admin)

    assert await sign_in(client, id, added["client_secret"]) == 401


async def test_a_revoked_client_is_out_at_once(client: AsyncClient, admin: Headers) -> None:
    added = (await client.post("/clients", json=dashboard(), headers=admin)).json()
    id, secret = added["client"]["id"], added["client_secret"]
    form = {"grant_type": "client_credentials", "client_id": id, "client_secret": secret}
    token = (await client.post("/auth/token", data=form)).json()["access_token"]

    ended = await client.post(f"/clients/{id}/revocation", headers=admin)

    assert ended.json()["active"] is False
    me = await client.get("/auth/me", headers={"Authorization": f"Bearer {token}"})
    assert (me.status_code, await sign_in(client, id, secret)) == (401, 401)


@pytest.mark.parametrize("door", ["", "/secret", "/revocation"])
async def test_a_client_of_another_area_is_out_of_sight(
    client: AsyncClient, sessions: Sessions, admin: Headers, door: str
) -> None:
    stranger, _ = await add_system(sessions, scopes={Permission.READ_STATISTICS})

    method = "POST" if door else "GET"
    answer = await client.request(method, f"/clients/{stranger.id}{door}", headers=admin)

    assert answer.status_code == 404
    listed = await client.get("/clients", params={"count": "exact"}, headers=admin)
    assert listed.json()["total"] == 0


async def test_clients_are_found_by_office_and_state(client: AsyncClient, admin: Headers) -> None:
    await client.post("/clients", json=dashboard(), headers=admin)

    asked = [{"office": "bawaslu-73"}, {"office": "bawaslu-73.04"}, {"active": "false"}]
    found = [(await client.get("/clients", params=each, headers=admin)).json() for each in asked]

    assert [len(each["items"]) for each in found] == [1, 0, 0]
