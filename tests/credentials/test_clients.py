"""Machine clients sign in by `client_credentials`, in the form or by HTTP Basic."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient, BasicAuth, Response
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.actors import Permission
from app.core.database import Sessions
from app.core.places import NATIONAL, Place
from app.credentials.jobs import forget_tokens
from app.credentials.models import Token
from app.web.clock import present
from tests.people import add_system, bearer, system

SCOPES = {Permission.READ_STATISTICS, Permission.USE_ACCOUNT}


async def sign_in(client: AsyncClient, id: object, secret: str, **more: str) -> Response:
    form = {"grant_type": "client_credentials", "client_id": str(id), "client_secret": secret}
    return await client.post("/auth/token", data=form | more)


async def test_a_client_gets_an_access_token_with_its_scopes_and_no_other(
    client: AsyncClient, sessions: Sessions
) -> None:
    account, secret = await add_system(sessions, scopes=SCOPES)

    answer = await sign_in(client, account.id, secret)

    tokens: dict[str, Any] = answer.json()
    assert (tokens["scope"], tokens["refresh_token"]) == ("account:use stats:read", None)
    me = await client.get("/auth/me", headers=bearer(tokens["access_token"]))
    assert me.json()["id"] == str(account.id)
    shut = await client.get("/offices", headers=bearer(tokens["access_token"]))
    assert (shut.status_code, shut.json()["code"]) == (403, "not-allowed")


async def test_a_client_may_ask_for_less(client: AsyncClient, sessions: Sessions) -> None:
    account, secret = await add_system(sessions, scopes=SCOPES)

    answer = await sign_in(client, account.id, secret, scope="stats:read")

    assert answer.json()["scope"] == "stats:read"
    me = await client.get("/auth/me", headers=bearer(answer.json()["access_token"]))
    assert me.status_code == 403


async def test_a_client_does_not_get_more(client: AsyncClient, sessions: Sessions) -> None:
    account, secret = await add_system(sessions, scopes=SCOPES)

    answer = await sign_in(client, account.id, secret, scope="complaints:read")

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


async def test_id_and_secret_may_come_by_http_basic(
    client: AsyncClient, sessions: Sessions
) -> None:
    account, secret = await add_system(sessions, scopes=SCOPES)
    form = {"grant_type": "client_credentials"}

    answer = await client.post("/auth/token", data=form, auth=BasicAuth(str(account.id), secret))

    assert answer.status_code == 200


@pytest.mark.parametrize("written", ["Basic !!!", "Basic /w==", "Basic cmVrYWFu", "basic Og=="])
async def test_broken_basic_credentials_are_refused(client: AsyncClient, written: str) -> None:
    answer = await client.post(
        "/auth/token",
        data={"grant_type": "client_credentials"},
        headers={"Authorization": written},
    )

    assert answer.status_code in (401, 422)


@pytest.mark.parametrize("id", ["01932b5e-7c00-7000-8000-00000000dead", "rekaan", "🦉"])
async def test_an_unknown_client_and_a_wrong_secret_get_the_same_answer(
    client: AsyncClient, sessions: Sessions, id: str
) -> None:
    account, secret = await add_system(sessions, scopes=SCOPES)

    answers = [await sign_in(client, id, secret), await sign_in(client, account.id, "rekaan")]

    assert [each.status_code for each in answers] == [401, 401]
    unknown, wrong = [{**each.json(), "trace_id": ""} for each in answers]
    assert unknown == wrong
    assert wrong["error"] == "invalid_client"


async def test_a_client_that_is_not_let_in_by_http_basic_is_told_of_it(client: AsyncClient) -> None:
    form = {"grant_type": "client_credentials"}

    answer = await client.post("/auth/token", data=form, auth=BasicAuth("rekaan", "rekaan"))

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"] == 'Basic realm="netra"'


async def test_an_expired_client_is_out_with_all_its_tokens(
    client: AsyncClient, sessions: Sessions
) -> None:
    account, secret = await add_system(sessions, scopes=SCOPES)
    token = (await sign_in(client, account.id, secret)).json()["access_token"]
    async with sessions.begin() as session:
        (await session.merge(account)).expires_at = present() - timedelta(hours=1)

    me = await client.get("/auth/me", headers=bearer(token))

    assert me.status_code == 401
    assert (await sign_in(client, account.id, secret)).status_code == 401


async def test_a_client_oversees_its_own_area_only(client: AsyncClient, sessions: Sessions) -> None:
    regional = await system(sessions, scopes=SCOPES, place=Place(425, "73"))
    national = await system(sessions, scopes=SCOPES, place=NATIONAL)

    areas = [
        (await client.get("/auth/me", headers=each)).json()["area"] for each in (regional, national)
    ]

    assert areas == ["73", "00"]


async def test_a_client_has_no_password_to_change(client: AsyncClient, sessions: Sessions) -> None:
    headers = await system(sessions, scopes=SCOPES)
    body = {"current_password": "tidak ada", "new_password": "empat kuda minum kopi"}

    answer = await client.post("/auth/password", json=body, headers=headers)

    assert answer.status_code == 403


async def test_a_client_signs_out(client: AsyncClient, sessions: Sessions) -> None:
    headers = await system(sessions, scopes=SCOPES)

    await client.post("/auth/revoke", data={"token": headers["Authorization"].split()[1]})

    assert (await client.get("/auth/me", headers=headers)).status_code == 401


async def test_each_token_of_a_client_is_recorded(client: AsyncClient, sessions: Sessions) -> None:
    account, secret = await add_system(sessions, scopes=SCOPES)

    await sign_in(client, account.id, secret)

    async with sessions.begin() as session:
        [entry] = await session.scalars(
            select(JournalEntry).where(JournalEntry.subject_id == account.id)
        )
    assert (entry.action, entry.actor_kind, entry.actor_id) == (
        "token.granted",
        "client",
        account.id,
    )
    assert entry.payload == {"scopes": "account:use stats:read"}


async def test_tokens_are_forgotten_a_week_after_their_end(sessions: Sessions) -> None:
    await system(sessions, scopes=SCOPES)
    ends_at = present() + timedelta(minutes=10)

    for days in (6.9, 7.1):
        await forget_tokens(sessions, ends_at + timedelta(days=days))
        async with sessions.begin() as session:
            left = len(list(await session.scalars(select(Token))))
        assert left == (1 if days < 7 else 0)
