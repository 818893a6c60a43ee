"""A proof that is wrong, old, worn out or for something else opens nothing."""

import base64
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.ids import new_id
from app.web import proof
from app.web.clock import present
from tests.complaints.filing import complaint
from tests.conftest import MASTER_KEY
from tests.web.paying import CLIENT, challenge_in, over, paid


@pytest.mark.usefixtures("spent")
async def test_a_proof_fits_no_other_id(client: AsyncClient) -> None:
    solution = CLIENT.solve(challenge_in(await over(client, complaint(), new_id())))
    id, body = new_id(), complaint()

    refused = await paid(client, body, id, solution)
    fresh = CLIENT.solve(challenge_in(refused))

    assert refused.json()["code"] == "proof-of-work-wrong"
    assert (await paid(client, body, id, fresh)).status_code == 201


def altered(solution: str) -> str:
    said = json.loads(base64.b64decode(solution))
    said["challenge"]["parameters"] |= {"keyPrefix": "", "cost": 1}
    return base64.b64encode(json.dumps(said).encode()).decode()


def unsolved(solution: str) -> str:
    said = json.loads(base64.b64decode(solution))
    said["solution"]["counter"] += 1
    return base64.b64encode(json.dumps(said).encode()).decode()


@pytest.mark.usefixtures("spent")
@pytest.mark.parametrize(
    "spoil",
    [
        altered,
        unsolved,
        lambda _: "bukan base64",
        lambda _: base64.b64encode(b"[]").decode(),
        lambda _: base64.b64encode(b'{"challenge": 1, "solution": {}}').decode(),
        lambda _: base64.b64encode(b"[" * 2_900).decode(),
    ],
    ids=["altered", "unsolved", "no base64", "a list", "no challenge", "too deep"],
)
async def test_a_wrong_proof_is_refused_with_a_new_challenge(
    client: AsyncClient, spoil: Any
) -> None:
    id, body = new_id(), complaint()
    challenge = challenge_in(await over(client, body, id))

    answer = await paid(client, body, id, spoil(CLIENT.solve(challenge)))

    assert answer.json()["code"] == "proof-of-work-wrong"
    assert challenge_in(answer)["parameters"]["nonce"] != challenge["parameters"]["nonce"]


@pytest.mark.usefixtures("spent")
async def test_a_proof_counts_for_ten_minutes(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, body = new_id(), complaint()
    with monkeypatch.context() as patch:
        patch.setattr(proof, "present", eleven_minutes_ago)
        solution = CLIENT.solve(challenge_in(await over(client, body, id)))

    answer = await paid(client, body, id, solution)

    assert answer.json()["code"] == "proof-of-work-expired"
    fresh = CLIENT.solve(challenge_in(answer))
    assert (await paid(client, body, id, fresh)).status_code == 201


def eleven_minutes_ago() -> datetime:
    return present() - timedelta(minutes=11)


@pytest.mark.usefixtures("spent")
async def test_one_proof_is_not_shown_for_ever(client: AsyncClient) -> None:
    id, body = new_id(), complaint()
    solution = CLIENT.solve(challenge_in(await over(client, body, id)))

    answers = [await paid(client, body, id, solution) for _ in range(21)]

    assert [each.status_code for each in answers] == [201] + [200] * 19 + [429]
    assert answers[-1].json()["code"] == "proof-of-work-used"


@pytest.mark.usefixtures("spent")
async def test_a_proof_outlives_a_rotation_of_the_keys(client: AsyncClient, app: FastAPI) -> None:
    master = MasterKey.from_base64(MASTER_KEY)
    old = [master.make(purpose) for purpose in KeyPurpose]
    id, body = new_id(), complaint()
    app.state.keys = Keyring(master, old)
    solution = CLIENT.solve(challenge_in(await over(client, body, id)))
    app.state.keys = Keyring(master, [*old, master.make(KeyPurpose.INDEX, generation=2)])

    answer = await paid(client, body, id, solution)

    assert answer.status_code == 201
