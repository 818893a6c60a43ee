from datetime import timedelta

from httpx import AsyncClient

from app.core.database import Sessions
from app.web.clock import present
from app.web.idempotency import KEPT, forget_answers
from tests.complaints.filing import complaint

KEY = {"Idempotency-Key": "kunci-rekaan-0003"}


async def test_an_answer_is_replayed_for_thirty_days_and_then_forgotten(
    client: AsyncClient, sessions: Sessions
) -> None:
    body = complaint()
    first = await client.post("/complaints", json=body, headers=KEY)

    await forget_answers(sessions, present() + KEPT - timedelta(minutes=1))
    kept = await client.post("/complaints", json=body, headers=KEY)
    await forget_answers(sessions, present() + KEPT + timedelta(minutes=1))
    forgotten = await client.post("/complaints", json=body, headers=KEY)

    assert kept.json() == first.json()
    assert forgotten.json()["id"] != first.json()["id"]
