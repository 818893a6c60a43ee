"""Accounts over HTTP: an admin keeps those of his own area, and sees no others."""

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.accounts.models import Officer
from app.audit.models import JournalEntry
from app.core.actors import Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.people import NAME, PASSWORD, add_officer, bearer, officer, system

Headers = dict[str, str]

HANDLER = {
    "login": "Staf.Rekaan",
    "name": "Sitti Contoh",
    "role": "handler",
    "office_code": "bawaslu-73.04",
}


@pytest.fixture
async def admin(sessions: Sessions, keys: Keyring) -> Headers:
    """The admin of the province of South Sulawesi."""
    return await officer(sessions, keys, role=Role.ADMIN, office_code="bawaslu-73")


async def add(client: AsyncClient, admin: Headers, **changes: Any) -> dict[str, Any]:
    answer = await client.post("/officers", json=HANDLER | changes, headers=admin)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def told(sessions: Sessions, action: str) -> list[JournalEntry]:
    async with sessions.begin() as session:
        query = select(JournalEntry).where(JournalEntry.action == action)
        return list(await session.scalars(query.order_by(JournalEntry.id)))


async def test_a_new_officer_signs_in_with_the_first_password(
    client: AsyncClient, admin: Headers
) -> None:
    added = await add(client, admin)

    answer = await client.post(
        "/auth/token",
        data={
            "grant_type": "password",
            "username": "STAF.REKAAN",
            "password": added["first_password"],
        },
    )

    assert answer.status_code == 200
    assert added["officer"]["login"] == "staf.rekaan"
    assert added["officer"]["must_change_password"]


async def test_adding_an_officer_leaves_a_trace_without_the_name(
    client: AsyncClient, sessions: Sessions, admin: Headers
) -> None:
    added = await add(client, admin)

    [entry] = await told(sessions, "officer.added")

    assert str(entry.subject_id) == added["officer"]["id"]
    assert (entry.region_code, entry.payload) == ("73.04", {"role": "handler"})
    assert entry.actor_id is not None


async def test_a_name_lies_sealed_and_reading_it_is_recorded(
    client: AsyncClient, sessions: Sessions, admin: Headers
) -> None:
    id = (await add(client, admin))["officer"]["id"]

    answer = await client.get(f"/officers/{id}", headers=admin)

    assert answer.json()["name"] == "Sitti Contoh"
    assert len(await told(sessions, "officer.name_read")) == 1
    async with sessions.begin() as session:
        kept = await session.scalar(select(Officer).where(Officer.login == "staf.rekaan"))
        assert kept
        assert b"Contoh" not in kept.sealed_name


async def test_a_list_names_nobody(client: AsyncClient, admin: Headers) -> None:
    await add(client, admin)

    answer = await client.get("/officers", params={"office": "bawaslu-73.04"}, headers=admin)

    assert [each["login"] for each in answer.json()["items"]] == ["staf.rekaan"]
    assert "Contoh" not in answer.text


async def test_a_repeated_request_opens_one_account_and_shows_its_password_again(
    client: AsyncClient, admin: Headers
) -> None:
    headers = {**admin, "Idempotency-Key": "rekaan-0123456789"}
    first = await client.post("/officers", json=HANDLER, headers=headers)

    again = await client.post("/officers", json=HANDLER, headers=headers)

    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()


async def test_a_login_is_given_once_whatever_its_case(client: AsyncClient, admin: Headers) -> None:
    await add(client, admin)

    answer = await client.post("/officers", json=HANDLER | {"login": "STAF.rekaan"}, headers=admin)

    assert (answer.status_code, answer.json()["code"]) == (409, "login-taken")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"office_code": "bawaslu-13.03"}, "unknown-office"),
        ({"office_code": "bawaslu-00"}, "unknown-office"),
        ({"office_code": "bkn", "role": "bkn_auditor"}, "unknown-office"),
        ({"office_code": "bawaslu-99"}, "unknown-office"),
        ({"role": "bkn_auditor"}, "wrong-role"),
        ({"role": "raja"}, "enum"),
        ({"login": "a b"}, "string-pattern-mismatch"),
        ({"name": "Sitti\nContoh"}, "string-pattern-mismatch"),
        ({"password": "rahasia"}, "extra-forbidden"),
    ],
)
async def test_an_account_that_cannot_be_is_refused(
    client: AsyncClient, admin: Headers, changes: dict[str, str], code: str
) -> None:
    answer = await client.post("/officers", json=HANDLER | changes, headers=admin)

    assert answer.status_code == 422
    assert [each["code"] for each in answer.json()["errors"]] == [code]


async def test_an_admin_of_the_country_adds_officers_of_partners(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    national = await officer(sessions, keys, role=Role.ADMIN, office_code="bawaslu-00")

    added = await add(client, national, office_code="bkn", role="bkn_auditor")

    assert added["officer"]["region_code"] == "00"


@pytest.mark.parametrize("office_code", ["bawaslu-13.03", "bawaslu-00", "bkn"])
async def test_an_officer_of_another_area_is_out_of_sight(
    client: AsyncClient, sessions: Sessions, keys: Keyring, admin: Headers, office_code: str
) -> None:
    stranger = await add_officer(sessions, keys, role=Role.HANDLER, office_code=office_code)

    answers = [
        await client.get(f"/officers/{stranger.id}", headers=admin),
        await client.post(f"/officers/{stranger.id}/deactivation", headers=admin),
        await client.post(f"/officers/{stranger.id}/password-reset", headers=admin),
    ]

    assert [each.status_code for each in answers] == [404, 404, 404]
    listed = await client.get("/officers", params={"count": "exact"}, headers=admin)
    assert listed.json()["total"] == 1


async def test_a_deactivated_officer_is_out_at_once_and_for_good(
    client: AsyncClient, sessions: Sessions, keys: Keyring, admin: Headers
) -> None:
    other = await add_officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-73.04")
    form = {"grant_type": "password", "username": other.login, "password": PASSWORD}
    tokens = (await client.post("/auth/token", data=form)).json()

    ended = await client.post(f"/officers/{other.id}/deactivation", headers=admin)

    assert ended.json()["active"] is False
    me = await client.get("/auth/me", headers=bearer(tokens["access_token"]))
    renewed = await client.post(
        "/auth/token",
        data={"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]},
    )
    again = await client.post("/auth/token", data=form)
    assert [me.status_code, renewed.status_code, again.status_code] == [401, 400, 400]
    assert len(await told(sessions, "officer.deactivated")) == 1


async def test_a_reset_password_replaces_the_old_one(
    client: AsyncClient, sessions: Sessions, keys: Keyring, admin: Headers
) -> None:
    other = await add_officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-73.04")

    reset = await client.post(f"/officers/{other.id}/password-reset", headers=admin)

    form = {"grant_type": "password", "username": other.login}
    old = await client.post("/auth/token", data=form | {"password": PASSWORD})
    new = await client.post("/auth/token", data=form | {"password": reset.json()["first_password"]})
    assert [old.status_code, new.status_code] == [400, 200]
    assert reset.json()["officer"]["must_change_password"]
    assert len(await told(sessions, "officer.password_reset")) == 1


@pytest.mark.parametrize("door", ["deactivation", "password-reset"])
async def test_nobody_ends_his_own_account(client: AsyncClient, admin: Headers, door: str) -> None:
    own = (await client.get("/auth/me", headers=admin)).json()["id"]

    answer = await client.post(f"/officers/{own}/{door}", headers=admin)

    assert (answer.status_code, answer.json()["code"]) == (409, "own-account")


async def test_an_officer_reads_who_he_is_here(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    headers = await officer(sessions, keys, role=Role.GAKKUMDU_POLICE, office_code="gakkumdu")

    me = (await client.get("/auth/me", headers=headers)).json()

    assert (me["kind"], me["name"], me["role"]) == ("officer", NAME, "gakkumdu_police")
    assert me["office"]["code"] == "gakkumdu"
    assert me["area"] is None
    assert me["permissions"] == [
        "account:use",
        "clocks:read",
        "offices:read",
        "referrals:answer",
        "referrals:read",
        "reminders:read",
    ]


@pytest.mark.parametrize(("office_code", "area"), [("bawaslu-00", "00"), ("bawaslu-73", "73")])
async def test_an_officer_of_bawaslu_oversees_the_region_of_the_office(
    client: AsyncClient, sessions: Sessions, keys: Keyring, office_code: str, area: str
) -> None:
    headers = await officer(sessions, keys, role=Role.HANDLER, office_code=office_code)

    assert (await client.get("/auth/me", headers=headers)).json()["area"] == area


async def test_a_machine_client_reads_who_it_is(client: AsyncClient, sessions: Sessions) -> None:
    headers = await system(sessions, scopes={Permission.USE_ACCOUNT, Permission.READ_STATISTICS})

    me = (await client.get("/auth/me", headers=headers)).json()

    assert (me["kind"], me["login"], me["area"]) == ("client", None, "00")
    assert me["permissions"] == ["account:use", "stats:read"]
