"""Officers sign in by password; what guessing costs."""

from time import monotonic

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.accounts.models import Officer
from app.audit.models import JournalEntry
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.credentials.models import Token
from tests.credentials.conftest import MovedClock
from tests.credentials.signing import fail, is_in, sign_in, tokens_of
from tests.people import add_officer

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def test_an_officer_signs_in_by_password(client: AsyncClient, handler: Officer) -> None:
    answer = await sign_in(client, handler.login.upper())

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    tokens = answer.json()
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 600)
    assert await is_in(client, tokens)


async def test_signing_in_leaves_a_trace_of_who_but_no_token(
    client: AsyncClient, sessions: Sessions, handler: Officer
) -> None:
    await fail(client, handler.login, 2)
    tokens = await tokens_of(client, handler.login)

    async with sessions.begin() as session:
        [entry] = await session.scalars(
            select(JournalEntry).where(JournalEntry.subject_id == handler.id)
        )
        kept = list(await session.scalars(select(Token)))
    assert (entry.action, entry.actor_id) == ("token.granted", handler.id)
    assert entry.payload == {"failures_before": 2}
    assert tokens["access_token"] not in repr([vars(each) for each in kept])


async def test_unknown_ended_locked_and_wrong_get_the_same_answer(
    client: AsyncClient, sessions: Sessions, keys: Keyring, handler: Officer
) -> None:
    ended = await add_officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-73")
    async with sessions.begin() as session:
        (await session.merge(ended)).active = False
    wrong = await sign_in(client, handler.login, "tebakan saja")
    await fail(client, handler.login, 4)

    answers = [
        wrong,
        await sign_in(client, "tidak.ada"),
        await sign_in(client, ended.login),
        await sign_in(client, handler.login),
    ]

    told = [{**each.json(), "trace_id": ""} for each in answers]
    assert all(each.status_code == 400 for each in answers)
    assert all(each == told[0] for each in told)
    assert (told[0]["code"], told[0]["error"]) == ("invalid_grant", "invalid_grant")


async def test_after_five_wrong_passwords_the_right_one_waits(
    client: AsyncClient, clock: MovedClock, handler: Officer
) -> None:
    await fail(client, handler.login, 5)

    at_once = await sign_in(client, handler.login)

    assert at_once.status_code == 400
    clock.pass_by(seconds=1.5)
    assert (await sign_in(client, handler.login)).status_code == 200


async def test_each_further_failure_doubles_the_wait(
    client: AsyncClient, clock: MovedClock, handler: Officer
) -> None:
    await fail(client, handler.login, 5)
    for seconds in (1.5, 2.5, 4.5):
        clock.pass_by(seconds=seconds)
        await fail(client, handler.login, 1)

    clock.pass_by(seconds=7)
    too_early = await sign_in(client, handler.login)

    assert too_early.status_code == 400
    clock.pass_by(seconds=1.5)
    assert (await sign_in(client, handler.login)).status_code == 200


async def test_trying_while_locked_does_not_prolong_it(
    client: AsyncClient, clock: MovedClock, handler: Officer
) -> None:
    await fail(client, handler.login, 5 + 5)

    clock.pass_by(seconds=1.5)

    assert (await sign_in(client, handler.login)).status_code == 200


async def test_a_success_forgives_the_failures_before(
    client: AsyncClient, handler: Officer
) -> None:
    for _ in range(3):
        await fail(client, handler.login, 4)
        await tokens_of(client, handler.login)


async def test_a_lock_does_not_throw_out_who_is_in(client: AsyncClient, handler: Officer) -> None:
    tokens = await tokens_of(client, handler.login)

    await fail(client, handler.login, 8)

    assert await is_in(client, tokens)


@pytest.mark.parametrize(
    ("form", "pointer"),
    [
        ("grant_type=password&username=a", "/password"),
        ("grant_type=password&username=a&username=b&password=c", "/username"),
        ("grant_type=password&username=a%00&password=c", "/username"),
        ("grant_type=refresh_token", "/refresh_token"),
    ],
)
async def test_a_broken_form_says_where(client: AsyncClient, form: str, pointer: str) -> None:
    answer = await client.post("/auth/token", content=form, headers=FORM)

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ("", "invalid_request"),
        ("grant_type=", "invalid_request"),
        ("grant_type=password&grant_type=password", "invalid_request"),
        ("&".join(f"a{each}=1" for each in range(50)), "invalid_request"),
        ("grant_type=ticket", "unsupported_grant_type"),
        ("grant_type=%ff%fe", "unsupported_grant_type"),
    ],
)
async def test_a_form_that_names_no_grant_is_refused_in_the_words_of_oauth(
    client: AsyncClient, form: str, error: str
) -> None:
    answer = await client.post("/auth/token", content=form, headers=FORM)

    assert (answer.status_code, answer.json()["error"]) == (400, error)


@pytest.mark.parametrize("path", ["/auth/token", "/auth/revoke"])
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/plain", ""])
async def test_only_a_form_is_read(client: AsyncClient, path: str, kind: str) -> None:
    form = b"grant_type=password&username=a&password=c&token=rekaan"

    answer = await client.post(path, content=form, headers={"Content-Type": kind} if kind else {})

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported-media-type")


async def test_a_form_may_name_its_alphabet(client: AsyncClient) -> None:
    headers = {"Content-Type": "Application/X-WWW-Form-URLencoded; charset=UTF-8"}

    answer = await client.post("/auth/revoke", content=b"token=rekaan", headers=headers)

    assert answer.status_code == 200


async def test_a_wrong_password_is_a_wrong_grant_and_costs_a_wait(
    client: AsyncClient, handler: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.limits._LONGEST_WAIT", 1.0)
    waits = []
    for _ in range(4):
        began_at = monotonic()
        answer = await sign_in(client, handler.login, "tebakan saja")
        waits.append(monotonic() - began_at)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert "www-authenticate" not in answer.headers
    assert waits[3] > waits[0] + 0.3
