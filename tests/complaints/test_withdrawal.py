"""A reporter can take a complaint back; the office may go on with it as a finding."""

from datetime import UTC, datetime

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.complaints.models.contact import WithdrawalReason
from app.complaints.rules import contact as rules
from app.complaints.rules.contact import AlreadyWithdrawn
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.complaints.filing import Body, file, receipt
from tests.people import officer

NOON = datetime(2024, 11, 6, 5, 0, tzinfo=UTC)


async def withdraw(client: AsyncClient, filed: Body, **changes: str) -> Response:
    body = {"reason": "Rekaan: saya diancam."}
    return await client.post("/receipt/withdrawal", json=body, headers=receipt(filed) | changes)


@pytest.fixture
async def filed(client: AsyncClient) -> Body:
    return await file(client)


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    return await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")


def test_what_was_withdrawn_cannot_be_withdrawn_again() -> None:
    assert rules.withdraw(None, NOON) == NOON
    with pytest.raises(AlreadyWithdrawn):
        rules.withdraw(NOON, NOON)


async def test_the_reporter_is_told_that_the_office_may_go_on(
    client: AsyncClient, filed: Body
) -> None:
    answer = await withdraw(client, filed)

    told = answer.json()
    assert answer.status_code == 200, answer.text
    assert told["withdrawn_at"] is not None
    assert "temuan" in told["next_step"]["id"]
    assert "finding" in told["next_step"]["en"]
    assert told["timeline"][-1]["label"]["id"] == "Ditarik oleh pelapor"
    assert told == (await client.get("/receipt", headers=receipt(filed))).json()


async def test_the_status_stays_and_the_procedure_goes_on(
    client: AsyncClient, filed: Body, desk: dict[str, str]
) -> None:
    told = (await withdraw(client, filed)).json()

    review = await client.post(f"/complaints/{filed['id']}/review", headers=desk)

    followed = (await client.get("/receipt", headers=receipt(filed))).json()
    assert told["status"] == filed["status"] == "submitted"
    assert review.status_code == 200
    assert [(each["status"], each["label"]["id"]) for each in followed["timeline"]] == [
        ("submitted", "Laporan sudah disampaikan"),
        ("submitted", "Ditarik oleh pelapor"),
        ("initial_review", "Sedang dalam kajian awal"),
    ]


async def test_a_second_withdrawal_is_refused(client: AsyncClient, filed: Body) -> None:
    await withdraw(client, filed)

    answer = await withdraw(client, filed)

    assert (answer.status_code, answer.json()["code"]) == (409, "already-withdrawn")


async def test_the_same_withdrawal_again_gets_the_first_answer(
    client: AsyncClient, filed: Body
) -> None:
    key = {"Idempotency-Key": "kunci-rekaan-tarik-1"}

    first, again = await withdraw(client, filed, **key), await withdraw(client, filed, **key)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()


async def test_the_desk_sees_it_with_its_reason(
    client: AsyncClient, filed: Body, desk: dict[str, str]
) -> None:
    kept = await file(client)
    await withdraw(client, filed)

    withdrawn = await client.get("/complaints", params={"withdrawn": True}, headers=desk)
    others = await client.get("/complaints", params={"withdrawn": False}, headers=desk)
    read = await client.get(f"/complaints/{filed['id']}", headers=desk)

    assert [each["id"] for each in withdrawn.json()["items"]] == [filed["id"]]
    assert [each["id"] for each in others.json()["items"]] == [kept["id"]]
    assert read.json()["withdrawal_reason"] == "Rekaan: saya diancam."
    assert read.json()["withdrawn_at"] == withdrawn.json()["items"][0]["withdrawn_at"]


async def test_a_reason_is_not_demanded(
    client: AsyncClient, filed: Body, desk: dict[str, str]
) -> None:
    answer = await client.post("/receipt/withdrawal", json={}, headers=receipt(filed))

    read = await client.get(f"/complaints/{filed['id']}", headers=desk)
    assert answer.status_code == 200
    assert read.json()["withdrawal_reason"] is None
    assert read.json()["withdrawn_at"] is not None


async def test_the_reason_lies_sealed(client: AsyncClient, sessions: Sessions, filed: Body) -> None:
    await withdraw(client, filed)

    async with sessions.begin() as session:
        row = (await session.scalars(select(WithdrawalReason))).one()

    assert b"diancam" not in row.sealed


async def test_a_rehearsal_withdraws_nothing(client: AsyncClient, filed: Body) -> None:
    answer = await client.post(
        "/receipt/withdrawal?validate_only=true", json={}, headers=receipt(filed)
    )

    followed = (await client.get("/receipt", headers=receipt(filed))).json()
    assert answer.status_code == 204
    assert followed["withdrawn_at"] is None
    assert followed["next_step"] == filed["next_step"]


async def test_after_it_the_reporter_can_still_write_and_add(
    client: AsyncClient, filed: Body
) -> None:
    await withdraw(client, filed)
    id = "01932b5e-7c00-7000-8000-00000000beef"

    answers = [
        await client.put(f"/receipt/{what}/{id}", json=body, headers=receipt(filed))
        for what, body in (("messages", {"text": "Rekaan."}), ("supplements", {"account": "X."}))
    ]

    assert [each.status_code for each in answers] == [201, 201]
