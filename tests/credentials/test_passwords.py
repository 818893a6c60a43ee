"""Officers change their own passwords."""

import pytest
from httpx import AsyncClient

from app.accounts.models import Officer
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.credentials.signing import is_in, sign_in, tokens_of, told
from tests.people import PASSWORD, add_officer, bearer

NEW_PASSWORD = "empat kuda minum kopi"  # noqa: S105  invented


async def test_a_first_password_opens_nothing_but_its_own_change(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    fresh = await add_officer(
        sessions, keys, role=Role.HANDLER, office_code="bawaslu-73.04", first=True
    )
    tokens = await tokens_of(client, fresh.login)

    shut = await client.get("/offices", headers=bearer(tokens["access_token"]))
    body = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    changed = await client.post("/auth/password", json=body, headers=bearer(tokens["access_token"]))

    assert (shut.status_code, shut.json()["code"]) == (403, "password-change-required")
    assert changed.status_code == 200
    open_now = await client.get("/offices", headers=bearer(changed.json()["access_token"]))
    assert open_now.status_code == 200


async def test_changing_the_password_ends_every_other_sign_in(
    client: AsyncClient, sessions: Sessions, handler: Officer
) -> None:
    here, elsewhere = [await tokens_of(client, handler.login) for _ in range(2)]
    body = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}

    changed = await client.post("/auth/password", json=body, headers=bearer(here["access_token"]))

    assert await is_in(client, changed.json())
    assert not await is_in(client, here)
    assert not await is_in(client, elsewhere)
    old, new = [await sign_in(client, handler.login, each) for each in (PASSWORD, NEW_PASSWORD)]
    assert (old.status_code, new.status_code) == (400, 200)
    assert "officer.password_changed" in await told(sessions, handler)


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"current_password": "tebakan saja"}, "/current_password", "wrong-password"),
        ({"new_password": PASSWORD}, "/new_password", "weak-password"),
        ({"new_password": "pendek"}, "/new_password", "string-too-short"),
        ({"new_password": "a" * 129}, "/new_password", "string-too-long"),
    ],
)
async def test_a_password_is_not_changed_to_a_bad_one_nor_by_a_stranger(
    client: AsyncClient, handler: Officer, changes: dict[str, str], pointer: str, code: str
) -> None:
    tokens = await tokens_of(client, handler.login)
    body = {"current_password": PASSWORD, "new_password": NEW_PASSWORD} | changes

    answer = await client.post("/auth/password", json=body, headers=bearer(tokens["access_token"]))

    assert answer.status_code == 422
    [fault] = answer.json()["errors"]
    assert (fault["pointer"], fault["code"]) == (pointer, code)
    assert (await sign_in(client, handler.login)).status_code == 200
