"""What the worker and an officer do so that a complaint is found."""

from datetime import UTC, datetime
from typing import Any

from httpx import AsyncClient

from app.complaints.jobs.indexing import Indexing
from app.complaints.models.complaints import Complaint
from app.complaints.rules.procedure import Channel, Kind, Status
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id

Headers = dict[str, str]


async def mark(sessions: Sessions, keys: Keyring) -> int:
    return await Indexing(sessions, keys)()


async def found(client: AsyncClient, headers: Headers, **sought: Any) -> list[str]:
    """The ids that a search finds, in its order."""
    answer = await client.post("/complaints/search", json=sought, headers=headers)
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["items"]]


def an_old_complaint() -> Complaint:
    at = datetime(2024, 11, 4, 3, tzinfo=UTC)
    return Complaint(
        region_id=7304,
        region_code="73.04",
        kind=Kind.REPORT,
        channel=Channel.WEB,
        status=Status.SUBMITTED,
        office_id=new_id(),
        election_code=None,
        occurred_on=at.date(),
        known_on=at.date(),
        submitted_at=at,
        officially_received_at=at,
        next_due_on=None,
        filed_late=False,
        reported_count=1,
    )
