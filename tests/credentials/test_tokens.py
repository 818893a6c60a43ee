"""What a token opens, how it is renewed, and what happens when it is stolen."""

import pytest
from httpx import AsyncClient

from app.accounts.models import Officer
from app.core.database import Sessions
from tests.credentials.conftest import MovedClock
from tests.credentials.signing import is_in, renew, tokens_of, told
from tests.people import PASSWORD, bearer


async def test_a_refresh_token_gives_new_tokens_once(client: AsyncClient, handler: Officer) -> None:
    first = await tokens_of(client, handler.login)

    second = (await renew(client, first["refresh_token"])).json()

    assert await is_in(client, second)
    assert second["refresh_token"] != first["refresh_token"]


async def test_a_refresh_token_that_comes_twice_ends_the_whole_family(
    client: AsyncClient, sessions: Sessions, handler: Officer
) -> None:
    first = await tokens_of(client, handler.login)
    second = (await renew(client, first["refresh_token"])).json()
    elsewhere = await tokens_of(client, handler.login)

    stolen = await renew(client, first["refresh_token"])

    assert (stolen.status_code, stolen.json()["error"]) == (400, "invalid_grant")
    assert not await is_in(client, first)
    assert not await is_in(client, second)
    assert (await renew(client, second["refresh_token"])).status_code == 400
    assert await is_in(client, elsewhere)
    assert (await told(sessions, handler)).count("token.reused") == 1


async def test_renewing_does_not_prolong_the_sign_in(
    client: AsyncClient, clock: MovedClock, handler: Officer
) -> None:
    tokens = await tokens_of(client, handler.login)
    clock.pass_by(hours=11)
    tokens = (await renew(client, tokens["refresh_token"])).json()

    clock.pass_by(hours=1, seconds=1)

    assert (await renew(client, tokens["refresh_token"])).status_code == 400


async def test_an_access_token_lasts_ten_minutes(
    client: AsyncClient, clock: MovedClock, handler: Officer
) -> None:
    clock.pass_by(minutes=-9)
    nearly_over = await tokens_of(client, handler.login)
    clock.pass_by(minutes=-1, seconds=-1)
    over = await tokens_of(client, handler.login)

    assert await is_in(client, nearly_over)
    assert not await is_in(client, over)


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
async def test_signing_out_ends_both_tokens_whichever_is_shown(
    client: AsyncClient, sessions: Sessions, handler: Officer, kind: str
) -> None:
    tokens = await tokens_of(client, handler.login)

    answer = await client.post("/auth/revoke", data={"token": tokens[kind]})

    assert (answer.status_code, answer.content) == (200, b"")
    assert not await is_in(client, tokens)
    assert (await renew(client, tokens["refresh_token"])).status_code == 400
    assert (await told(sessions, handler))[-1] == "token.revoked"


async def test_signing_out_with_an_unknown_token_tells_nothing(client: AsyncClient) -> None:
    assert (await client.post("/auth/revoke", data={"token": "rekaan"})).status_code == 200


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
async def test_each_token_opens_only_its_own_door(
    client: AsyncClient, handler: Officer, kind: str
) -> None:
    tokens = await tokens_of(client, handler.login)
    token = tokens[kind]

    assert await is_in(client, {"access_token": token}) is (kind == "access_token")
    assert ((await renew(client, token)).status_code == 200) is (kind == "refresh_token")


@pytest.mark.parametrize(
    "written",
    ["Bearer", "Bearer ", "Bearer rekaan", "rekaan", "Receipt rekaan", "Digest x", "Basic !", ""],
)
async def test_a_false_credential_is_refused_at_every_door(
    client: AsyncClient, written: str
) -> None:
    answer = await client.get("/regions", headers={"Authorization": written})

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


async def test_an_old_token_beside_a_form_is_no_obstacle_where_tokens_are_given(
    client: AsyncClient, handler: Officer
) -> None:
    form = {"grant_type": "password", "username": handler.login, "password": PASSWORD}

    answer = await client.post("/auth/token", data=form, headers=bearer("rekaan"))

    assert answer.status_code == 200
