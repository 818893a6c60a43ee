"""An officer gets another role or office, and nothing that was signed in before counts."""

from typing import Any

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.accounts.models import Officer
from app.audit.models import JournalEntry
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.people import PASSWORD, add_officer, bearer, officer

Headers = dict[str, str]
MERGE = {"Content-Type": "application/merge-patch+json", "If-Match": '"1"'}


@pytest.fixture
async def admin(sessions: Sessions, keys: Keyring) -> Headers:
    """The admin of the province of South Sulawesi."""
    return await officer(sessions, keys, role=Role.ADMIN, office_code="bawaslu-73")


@pytest.fixture
async def handler(sessions: Sessions, keys: Keyring) -> Officer:
    return await add_officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-73.04")


async def change(
    client: AsyncClient, who: Officer, admin: Headers, form: dict[str, Any], **headers: str
) -> Response:
    return await client.patch(f"/officers/{who.id}", json=form, headers=admin | MERGE | headers)


async def test_an_officer_gets_another_role_and_office(
    client: AsyncClient, sessions: Sessions, admin: Headers, handler: Officer
) -> None:
    form = {"role": "custodian", "office_code": "bawaslu-73.07"}

    answer = await change(client, handler, admin, form)

    changed = answer.json()
    assert answer.status_code == 200, answer.text
    assert (changed["role"], changed["region_code"]) == ("custodian", "73.07")
    assert answer.headers["etag"] == '"2"'
    async with sessions.begin() as session:
        query = select(JournalEntry).where(JournalEntry.action == "officer.changed")
        [entry] = await session.scalars(query)
    assert entry.subject_id == handler.id
    assert entry.payload == {"role": "custodian", "office": "bawaslu-73.07"}


async def test_what_was_signed_in_before_ends(
    client: AsyncClient, admin: Headers, handler: Officer
) -> None:
    form = {"grant_type": "password", "username": handler.login, "password": PASSWORD}
    before = (await client.post("/auth/token", data=form)).json()
    renewal = {"grant_type": "refresh_token", "refresh_token": before["refresh_token"]}

    await change(client, handler, admin, {"role": "member"})

    me = await client.get("/auth/me", headers=bearer(before["access_token"]))
    renewed = await client.post("/auth/token", data=renewal)
    again = await client.post("/auth/token", data=form)
    assert [me.status_code, renewed.status_code, again.status_code] == [401, 400, 200]


async def test_nothing_ends_where_nothing_changes(
    client: AsyncClient, admin: Headers, handler: Officer
) -> None:
    form = {"grant_type": "password", "username": handler.login, "password": PASSWORD}
    token = (await client.post("/auth/token", data=form)).json()["access_token"]

    answer = await change(client, handler, admin, {"role": "handler"})

    assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')
    assert (await client.get("/auth/me", headers=bearer(token))).status_code == 200


async def test_a_change_names_the_version_that_was_read(
    client: AsyncClient, admin: Headers, handler: Officer
) -> None:
    read = await client.get(f"/officers/{handler.id}", headers=admin)
    await change(client, handler, admin, {"role": "member"})

    stale = await change(client, handler, admin, {"role": "handler"})
    unnamed = await client.patch(
        f"/officers/{handler.id}",
        json={"role": "handler"},
        headers=admin | {"Content-Type": MERGE["Content-Type"]},
    )

    assert read.headers["etag"] == '"1"'
    assert [stale.status_code, unnamed.status_code] == [412, 428]


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"office_code": "bawaslu-13.03"}, "unknown-office"),
        ({"office_code": "bawaslu-00"}, "unknown-office"),
        ({"role": "bkn_auditor"}, "wrong-role"),
        ({"login": "lain"}, "extra-forbidden"),
        ({"role": None}, "enum"),
    ],
)
async def test_a_change_that_cannot_be_is_refused(
    client: AsyncClient, admin: Headers, handler: Officer, form: dict[str, Any], code: str
) -> None:
    answer = await change(client, handler, admin, form)

    assert answer.status_code == 422
    assert [each["code"] for each in answer.json()["errors"]] == [code]


async def test_an_officer_of_another_area_is_out_of_sight(
    client: AsyncClient, sessions: Sessions, keys: Keyring, admin: Headers
) -> None:
    other = await add_officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-13.03")

    answer = await change(client, other, admin, {"role": "member"})

    assert answer.status_code == 404


async def test_neither_the_own_nor_an_ended_account_is_changed(
    client: AsyncClient, sessions: Sessions, admin: Headers, handler: Officer
) -> None:
    own = (await client.get("/auth/me", headers=admin)).json()["id"]
    await client.post(f"/officers/{handler.id}/deactivation", headers=admin)

    answers = [
        await client.patch(f"/officers/{own}", json={"role": "member"}, headers=admin | MERGE),
        await change(client, handler, admin, {"role": "member"}, **{"If-Match": '"2"'}),
    ]

    assert [each.status_code for each in answers] == [409, 409]
    assert [each.json()["code"] for each in answers] == ["own-account", "ended-account"]


async def test_a_dry_run_changes_nothing_and_ends_nothing(
    client: AsyncClient, admin: Headers, handler: Officer
) -> None:
    form = {"grant_type": "password", "username": handler.login, "password": PASSWORD}
    token = (await client.post("/auth/token", data=form)).json()["access_token"]

    answer = await client.patch(
        f"/officers/{handler.id}?validate_only=true",
        json={"role": "member"},
        headers=admin | MERGE,
    )

    assert answer.status_code == 204
    me = await client.get("/auth/me", headers=bearer(token))
    assert me.json()["role"] == "handler"
