"""What is promised to a phone: exactly once, a receipt, and plain words."""

from datetime import UTC, datetime
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import delete, func, select

from app.complaints.models.complaints import Complaint
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.offices.repository import HANDLING
from app.regions.models import Region
from app.web.clock import read_clock
from tests.complaints.filing import complaint, file, put, receipt
from tests.contract.document import SCHEMAS
from tests.people import officer


async def test_a_filed_report_gets_a_receipt_and_knows_its_office(client: AsyncClient) -> None:
    filed = await file(client)

    assert filed["kind"] == "report"
    assert filed["status"] == "submitted"
    assert filed["holder"]["name"] == "Bawaslu Kabupaten Jeneponto"
    assert filed["next_step"]["id"].startswith("Petugas memeriksa")
    assert filed["next_due_on"] is not None


async def test_without_a_reporter_it_is_initial_information(client: AsyncClient) -> None:
    filed = await file(client, reporter=None)

    assert (filed["kind"], filed["status"]) == ("initial_information", "received")


async def test_a_village_is_handled_by_its_regency(client: AsyncClient) -> None:
    filed = await file(client, event={"region_code": "13.03.03.2001"})

    assert filed["holder"]["name"] == "Bawaslu Kabupaten Sijunjung"


async def test_the_same_body_again_gets_the_first_answer(client: AsyncClient) -> None:
    id, body = new_id(), complaint()

    first = await put(client, body, id)
    second = await put(client, body, id)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


async def test_another_body_under_the_same_id_is_refused(client: AsyncClient) -> None:
    id, body = new_id(), complaint()
    await put(client, body, id)

    answer = await put(client, body | {"evidence_notes": ["Foto"]}, id)

    assert answer.status_code == 409
    assert answer.json()["code"] == "conflicting-body"


async def test_who_knows_the_report_but_not_the_secret_gets_no_receipt(client: AsyncClient) -> None:
    id, body = new_id(), complaint()
    await put(client, body, id)

    answer = await put(client, body | {"receipt_secret": "0" * 32}, id)

    assert answer.status_code == 409


async def test_a_retry_a_week_later_gets_the_first_answer(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    id, body = new_id(), complaint()
    first = await put(client, body, id)
    desk = await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")
    assert (await client.post(f"/complaints/{id}/review", headers=desk)).status_code == 200

    again = await put(client, body, id)

    assert again.status_code == 200
    assert again.json() == first.json()


async def test_known_for_long_is_accepted_and_flagged(client: AsyncClient) -> None:
    filed = await file(client, event={"occurred_on": "2024-09-01", "known_on": "2024-09-02"})

    assert filed["filed_late"] is True


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"event": {"region_code": "99.99"}}, "/event/region_code", "unknown-region"),
        ({"event": {"known_on": "2024-11-01"}}, "/event", "known-before-it-happened"),
        ({"event": {"known_on": "2999-01-01"}}, "/event/known_on", "future-day"),
        ({"election_code": "pilkada-1901"}, "/election_code", "unknown-election"),
        ({"reported_persons": []}, "/reported_persons", "too-short"),
        ({"statement_of_truth": False}, "/statement_of_truth", "literal-error"),
        ({"receipt_secret": "short"}, "/receipt_secret", "string-pattern-mismatch"),
        ({"unknown": 1}, "", "extra-forbidden"),
        ({"event": {"place": "a\x00b"}}, "/event/place", "string-pattern-mismatch"),
    ],
)
async def test_a_bad_form_is_told_where_and_keeps_nothing(
    client: AsyncClient, sessions: Sessions, change: dict[str, Any], pointer: str, code: str
) -> None:
    answer = await put(client, complaint(**change))

    assert answer.status_code == 422, answer.text
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [
        (pointer, code)
    ]
    async with sessions.begin() as session:
        assert await session.scalar(select(func.count()).select_from(Complaint)) == 0


async def test_a_dry_run_checks_and_keeps_nothing(client: AsyncClient) -> None:
    id, body = new_id(), complaint()

    answer = await client.put(f"/complaints/{id}?validate_only=true", json=body)

    assert answer.status_code == 204
    assert (await put(client, body, id)).status_code == 201


async def test_a_post_with_a_key_is_replayed_with_its_receipt(client: AsyncClient) -> None:
    body = complaint()
    del body["receipt_secret"]
    key = {"Idempotency-Key": "kunci-rekaan-0001"}

    first = await client.post("/complaints", json=body, headers=key)
    second = await client.post("/complaints", json=body, headers=key)
    other = await client.post("/complaints", json=body | {"channel": "web"}, headers=key)

    assert (first.status_code, second.status_code, other.status_code) == (201, 201, 422)
    assert second.json() == first.json()
    assert second.headers["idempotency-replayed"] == "true"
    assert other.json()["code"] == "idempotency-key-reused"


async def test_a_receipt_follows_its_complaint(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = await file(client)
    desk = await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")
    await client.post(f"/complaints/{filed['id']}/review", headers=desk)

    answer = await client.get("/receipt", headers=receipt(filed))

    seen = answer.json()
    assert answer.status_code == 200, answer.text
    assert seen["status"] == "initial_review"
    assert [line["status"] for line in seen["timeline"]] == ["submitted", "initial_review"]
    assert seen["holder"]["name"] == "Bawaslu Kabupaten Jeneponto"


async def test_nothing_tells_a_wrong_code_from_a_broken_one(client: AsyncClient) -> None:
    wrong = await client.get("/receipt", headers={"Authorization": "Receipt 0000-0000-0000-0000-0"})
    broken = await client.get("/receipt", headers={"Authorization": "Receipt what"})

    assert wrong.status_code == broken.status_code == 401
    assert wrong.json() | {"trace_id": ""} == broken.json() | {"trace_id": ""}


async def test_outside_office_hours_it_counts_from_the_next_opening(
    client: AsyncClient, app: Any
) -> None:
    saturday = datetime(2024, 11, 9, 3, 0, tzinfo=UTC)
    app.dependency_overrides[read_clock] = lambda: saturday

    filed = await file(client)

    app.dependency_overrides.clear()
    assert filed["submitted_at"] == "2024-11-09T03:00:00Z"
    assert filed["officially_received_at"] == "2024-11-11T00:00:00Z"
    assert filed["next_due_on"] == "2024-11-13"


def test_the_contract_shows_a_complete_complaint() -> None:
    schema = SCHEMAS["PhoneComplaintIn"]

    assert schema["examples"][0]["event"]["region_code"] == "73.04"


async def test_a_retry_is_answered_although_its_region_is_no_more(
    client: AsyncClient, sessions: Sessions
) -> None:
    id, body = new_id(), complaint(event={"region_code": "13.03.03.2001"})
    first = await put(client, body, id)
    async with sessions.begin() as session:
        await session.execute(delete(Region).where(Region.code == "13.03.03.2001"))
    HANDLING.forget()

    again = await put(client, body, id)
    other = await put(client, body)

    assert (again.status_code, other.status_code) == (200, 422)
    assert again.json() == first.json()


async def test_a_dry_run_under_a_used_key_is_another_request(client: AsyncClient) -> None:
    body, key = complaint(), {"Idempotency-Key": "kunci-rekaan-0002"}
    await client.post("/complaints", json=body, headers=key)

    answer = await client.post("/complaints?validate_only=true", json=body, headers=key)

    assert answer.status_code == 422
    assert answer.json()["code"] == "idempotency-key-reused"


@pytest.mark.parametrize(
    ("moment", "late"), [("2024-11-12T07:00", False), ("2024-11-12T09:00", True)]
)
async def test_the_seventh_day_ends_with_office_hours(
    client: AsyncClient, app: Any, moment: str, *, late: bool
) -> None:
    app.dependency_overrides[read_clock] = lambda: datetime.fromisoformat(f"{moment}+00:00")

    filed = await file(client, event={"occurred_on": "2024-11-05", "known_on": "2024-11-05"})

    app.dependency_overrides.clear()
    assert filed["filed_late"] is late
