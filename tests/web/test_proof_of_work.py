"""Over its share a phone is asked for a proof of work, which opens this one request."""

import asyncio
import json

import pytest
from altcha import Challenge, Payload, solve_challenge
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.complaints.models.complaints import Complaint
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.web import proof
from app.web.clock import present
from app.web.intake import Intake
from tests.complaints.filing import complaint, put
from tests.people import officer
from tests.web.listening import listening
from tests.web.paying import CLIENT, EXAMPLE, challenge_in, over, paid

KEY = {"Idempotency-Key": "kunci-rekaan-kerja-0001"}


@pytest.mark.usefixtures("spent")
async def test_the_client_of_the_documentation_files_over_its_share(
    app: FastAPI, sessions: Sessions
) -> None:
    async with listening(app) as url:
        filed = [
            await asyncio.to_thread(CLIENT.put, f"{url}/complaints/{new_id()}", complaint())
            for _ in range(3)
        ]

    async with sessions.begin() as session:
        assert await session.scalar(select(func.count()).select_from(Complaint)) == 3
    assert all(each["receipt_code"] for each in filed)


def test_the_client_of_the_documentation_is_short() -> None:
    assert len(EXAMPLE.read_text().splitlines()) <= 30


@pytest.mark.usefixtures("spent")
async def test_over_its_share_a_phone_is_asked_for_a_proof(client: AsyncClient) -> None:
    answer = await over(client, complaint(), new_id())

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (429, "proof-of-work-required")
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0
    asked = problem["challenge"]["parameters"]
    assert (asked["algorithm"], asked["cost"], asked["keyPrefix"]) == (
        "PBKDF2/SHA-256",
        1_000,
        "00",
    )
    assert 590 <= asked["expiresAt"] - present().timestamp() <= 600
    assert set(asked) == set(proof.EXAMPLE["parameters"])


@pytest.mark.usefixtures("spent")
async def test_a_proof_opens_although_the_share_is_spent(client: AsyncClient) -> None:
    id, body = new_id(), complaint()
    solution = CLIENT.solve(challenge_in(await over(client, body, id)))

    first = await paid(client, body, id, solution)
    again = await paid(client, body, id, solution)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()


@pytest.mark.usefixtures("spent")
async def test_a_repeat_that_was_paid_by_proof_gives_nothing_back(client: AsyncClient) -> None:
    id, body = new_id(), complaint()
    solution = CLIENT.solve(challenge_in(await over(client, body, id)))
    for _ in range(3):
        await paid(client, body, id, solution)

    answer = await put(client, complaint(), new_id())

    assert answer.status_code == 429


@pytest.mark.usefixtures("spent")
async def test_a_library_that_is_not_ours_solves_it_too(client: AsyncClient) -> None:
    id, body = new_id(), complaint()
    challenge = Challenge.from_dict(challenge_in(await over(client, body, id)))
    solution = solve_challenge(challenge)
    assert solution

    answer = await paid(client, body, id, Payload(challenge, solution).to_base64())

    assert answer.status_code == 201


@pytest.mark.usefixtures("spent")
async def test_a_post_is_named_by_its_key(client: AsyncClient) -> None:
    body = complaint()
    await client.get("/reference")

    unnamed = await client.post("/complaints", json=body)
    asked = await client.post("/complaints", json=body, headers=KEY)
    solution = {proof.HEADER: CLIENT.solve(challenge_in(asked))}
    other = {"Idempotency-Key": "kunci-rekaan-kerja-0002"}
    elsewhere = await client.post("/complaints", json=body, headers=other | solution)
    filed = await client.post("/complaints", json=body, headers=KEY | solution)

    assert (unnamed.status_code, unnamed.json()["code"]) == (429, "idempotency-key-required")
    assert "challenge" not in unnamed.json()
    assert elsewhere.json()["code"] == "proof-of-work-wrong"
    assert filed.status_code == 201, filed.text


async def test_under_the_share_no_proof_is_looked_at(client: AsyncClient) -> None:
    answer = await paid(client, complaint(), new_id(), "apa saja")

    assert answer.status_code == 201


@pytest.mark.usefixtures("flooded")
async def test_under_load_everybody_pays_by_proof(client: AsyncClient) -> None:
    id, body = new_id(), complaint()

    asked = await put(client, body, id)
    filed = await paid(client, body, id, CLIENT.solve(challenge_in(asked)))

    assert asked.json()["code"] == "proof-of-work-required"
    assert "retry-after" not in asked.headers
    assert filed.status_code == 201


@pytest.mark.parametrize(("more", "cost"), [(0, 1_000), (1, 2_000), (3, 4_000), (7, 8_000)])
async def test_the_challenge_grows_with_the_load(
    client: AsyncClient, flooded: Intake, more: int, cost: int
) -> None:
    for _ in range(more):
        flooded.count()

    asked = challenge_in(await put(client, complaint(), new_id()))

    assert asked["parameters"]["cost"] == cost


@pytest.mark.usefixtures("still")
async def test_what_is_let_in_makes_the_load(client: AsyncClient, app: FastAPI) -> None:
    app.state.intake = Intake(3)

    answers = [await put(client, complaint(), new_id()) for _ in range(5)]

    assert [each.status_code for each in answers] == [201, 201, 201, 429, 429]


@pytest.mark.usefixtures("flooded")
async def test_who_has_an_account_pays_with_its_own_share(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    desk = await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")

    answer = await client.put(f"/complaints/{new_id()}", json=complaint(), headers=desk)

    assert answer.status_code == 201


@pytest.mark.usefixtures("spent")
async def test_other_doors_keep_their_plain_refusal(client: AsyncClient) -> None:
    answers = [await client.get("/reference", headers=KEY) for _ in range(2)]

    assert answers[1].json()["code"] == "too-many-requests"
    assert "challenge" not in answers[1].json()


async def test_a_challenge_tells_nothing_of_the_request(client: AsyncClient, spent: None) -> None:
    id = new_id()

    said = json.dumps(challenge_in(await over(client, complaint(), id)))

    assert str(id) not in said
    assert "127.0.0.1" not in said


@pytest.mark.parametrize(("path", "method"), [("/{complaint_id}", "put"), ("", "post")])
async def test_the_contract_shows_the_challenge(app: FastAPI, path: str, method: str) -> None:
    operation = app.openapi()["paths"][f"/api/v1/complaints{path}"][method]

    [refusal] = operation["responses"]["429"]["content"].values()
    headers = {each["name"] for each in operation["parameters"] if each["in"] == "header"}
    assert refusal["example"]["code"] == "proof-of-work-required"
    assert refusal["example"]["challenge"] == proof.EXAMPLE
    assert "proof-of-work" in headers
