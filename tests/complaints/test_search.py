"""Officers find what the database itself cannot read, and nothing beyond their area."""

import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.models import Grant, Wall
from app.credentials.service import TokenIssuer
from app.web.clock import present
from tests.complaints.filing import file
from tests.complaints.searching import Headers, found, mark
from tests.people import add_officer, bearer, office_id, officer

HERE = "bawaslu-73.04"


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role="handler", office_code=HERE)


ACCOUNT = (
    "Rekaan: pada apel pagi Jum'at camat membagikan amplop, lihat"
    " https://www.instagram.com/p/CxYz12/?igsh=abc; hubungi 0812-0000-0000."
)
PERSON = {
    "name": "Drs. Terlapor Rekaan, M.Si.",
    "office": "Kec. Rekaan",
    "phone": "+62 811 0000 0000",
    "employee_number": "198001012005011001",
    "population_number": "7304010101800001",
}


async def filed_and_marked(
    client: AsyncClient, sessions: Sessions, keys: Keyring, **changes: Any
) -> str:
    other = {"account": "Rekaan yang sama sekali lain."}
    await file(client, event=other, reported_persons=[{"name": "Orang Lain"}])
    filed = await file(
        client, **{"event": {"account": ACCOUNT}, "reported_persons": [PERSON], **changes}
    )
    await mark(sessions, keys)
    return str(filed["id"])


@pytest.mark.parametrize(
    "sought",
    [
        {"words": "dibagikannya AMPLOP"},
        {"words": "jumat yang di camat"},
        {"words": "terlapor"},
        {"person": {"name": "terlapor rekaan"}},
        {"person": {"name": "Dr. Terlapor Rekaan SH"}},
        {"person": {"employee_number": "19800101 200501 1 001"}},
        {"person": {"population_number": "7304010101800001"}},
        {"person": {"phone": "0811 0000 0000"}},
        {"person": {"phone": "62812-0000-0000"}},
        {"office": "kecamatan rekaan"},
        {"social": "instagram.com/p/CxYz12"},
        {"words": "amplop", "person": {"name": "Terlapor Rekaan"}, "region": "73.04"},
        {"words": "amplop", "sort": "due", "status": "submitted", "text": "jeneponto"},
        {"words": "amplop", "sort": "oldest", "kind": "report", "channel": "app"},
    ],
)
async def test_it_is_found_by_what_it_says(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers, sought: dict[str, Any]
) -> None:
    id = await filed_and_marked(client, sessions, keys)

    assert await found(client, desk, **sought) == [id]


@pytest.mark.parametrize(
    "sought",
    [
        {"words": "amplop sembako"},
        {"person": {"name": "Terlapor"}},
        {"person": {"name": "Orang Lain", "phone": "0811 0000 0000"}},
        {"social": "https://instagram.com/p/CxYz13"},
        {"evidence_sha256": hashlib.sha256(b"rekaan").hexdigest()},
        {"words": "amplop", "region": "73.05"},
        {"words": "amplop", "kind": "initial_information"},
        {"words": "amplop", "until": "2024-01-01"},
        {"words": "amplop", "due_before": "2024-01-01"},
        {"text": "makassar"},
    ],
)
async def test_it_is_not_found_by_what_it_does_not_say(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers, sought: dict[str, Any]
) -> None:
    await filed_and_marked(client, sessions, keys)

    assert await found(client, desk, **sought) == []


async def test_the_reporter_is_not_found(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers
) -> None:
    """Else a search by a name would tell who reported."""
    reporter = {
        "name": "Pelapor Rahasia",
        "capacity": "voter",
        "address": "Jalan Rahasia 1",
        "phone": "0813 0000 0000",
        "population_number": "7304010101800002",
    }
    await filed_and_marked(client, sessions, keys, reporter=reporter)

    for sought in (
        {"person": {"name": "Pelapor Rahasia"}},
        {"person": {"phone": "0813 0000 0000"}},
        {"person": {"population_number": "7304010101800002"}},
        {"words": "rahasia"},
    ):
        assert await found(client, desk, **sought) == []


async def test_nothing_of_another_area_is_found_unless_it_was_granted(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    id = await filed_and_marked(client, sessions, keys)
    other = await officer(sessions, keys, role="handler", office_code="bawaslu-13")
    above = await officer(sessions, keys, role="handler", office_code="bawaslu-73")
    nation = await officer(sessions, keys, role="handler", office_code="bawaslu-00")

    before = await found(client, other, words="amplop")
    async with sessions.begin() as session:
        session.add(
            Grant(
                subject_id=UUID(id),
                office_id=await office_id(sessions, "bawaslu-13"),
                since=present() - timedelta(hours=1),
            )
        )

    assert before == []
    for each in (other, above, nation):
        for sought in ({"words": "amplop"}, {"text": "jeneponto", "words": "amplop"}):
            assert await found(client, each, **sought) == [id]


async def test_a_wall_hides_it_from_a_search(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    id = await filed_and_marked(client, sessions, keys)
    account = await add_officer(sessions, keys, role="handler", office_code=HERE)
    async with sessions.begin() as session:
        session.add(Wall(subject_id=UUID(id), officer_id=account.id, since=present()))
        tokens = await TokenIssuer(session, present()).sign_in(account)

    assert await found(client, bearer(tokens.access_token), words="amplop") == []


async def test_only_filters_find_what_waits_to_be_marked_as_well(
    client: AsyncClient, desk: Headers
) -> None:
    filed = await file(client)

    assert await found(client, desk, status="submitted") == [filed["id"]]
    assert await found(client, desk, words="apel") == []


@pytest.mark.parametrize(
    ("sought", "pointer", "code"),
    [
        ({"words": "yang di dan"}, "/words", "nothing-to-search"),
        ({"words": "!?"}, "/words", "nothing-to-search"),
        ({"text": "…"}, "/text", "nothing-to-search"),
        ({"social": "contoh.example/a"}, "/social", "nothing-to-search"),
        ({"office": "--"}, "/office", "nothing-to-search"),
        ({"person": {"name": "…"}}, "/person/name", "nothing-to-search"),
        ({"person": {}}, "/person", "nobody-sought"),
        ({"person": {"phone": "rahasia"}}, "/person/phone", "string-pattern-mismatch"),
        ({"evidence_sha256": "rahasia"}, "/evidence_sha256", "string-pattern-mismatch"),
        ({"limit": "20"}, "/limit", "int-type"),
        ({"cursor": "rahasia"}, "/cursor", "wrong-cursor"),
    ],
)
async def test_what_cannot_be_searched_is_told_without_repeating_it(
    client: AsyncClient, desk: Headers, sought: dict[str, Any], pointer: str, code: str
) -> None:
    answer = await client.post("/complaints/search", json=sought, headers=desk)

    assert answer.status_code == 422, answer.text
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [
        (pointer, code)
    ]
    assert "rahasia" not in answer.text


async def test_the_journal_keeps_what_kinds_of_terms_and_no_value(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    sought = {"words": "rahasia", "person": {"name": "Rahasia"}, "status": "submitted"}

    await found(client, desk, **sought)

    async with sessions.begin() as session:
        query = select(JournalEntry).where(JournalEntry.action == "complaints.searched")
        entry = (await session.scalars(query)).one()
    assert entry.payload == {"terms": "person/name,words", "filters": 1}
    assert entry.region_code == "73.04"


async def test_a_search_is_read_in_pages_in_every_order(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers
) -> None:
    filed = [(await file(client))["id"] for _ in range(5)]
    await mark(sessions, keys)

    for sort, expected in (("newest", filed[::-1]), ("oldest", filed), ("due", filed)):
        assert await pages(client, desk, words="apel", sort=sort) == expected
        assert await pages(client, desk, sort=sort) == expected


async def pages(client: AsyncClient, desk: Headers, **sought: Any) -> list[str]:
    seen, cursor = [], None
    while True:
        body = sought | {"limit": 2} | ({"cursor": cursor} if cursor else {})
        answer = (await client.post("/complaints/search", json=body, headers=desk)).json()
        seen += [row["id"] for row in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            return seen
