"""Which complaints are proposed as reports of the same event, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.complaints.models.complaints import Complaint
from app.complaints.models.search import ComplaintMarks
from app.complaints.repository.candidates import STATISTICS, CandidateRepository, Statistics
from app.complaints.service.comparing import Comparison
from app.core.actors import SYSTEM
from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.database import Sessions, open_sessions
from app.core.ids import new_id
from app.core.keys import open_keyring
from app.core.models import DataKey, Grant, Wall
from app.web.clock import present
from tests.complaints.filing import Body, file
from tests.complaints.linking import CONFIRMED, REJECTED, Headers, link, remove, seen, signed_in
from tests.complaints.searching import mark
from tests.conftest import MASTER_KEY
from tests.evidence.sending import photo, reporter
from tests.people import add_officer, officer

POST = "https://www.facebook.com/rekaan.contoh/posts/4711"
HERE: Body = {
    "what": "Camat berpidato",
    "region_code": "73.04.01.2005",
    "place": "Lapangan Merdeka",
    "occurred_on": "2024-11-04",
    "known_on": "2024-11-20",
    "account": f"Ia mengangkat jari; lihat {POST}?ref=salin.",
}
PERSON: Body = {
    "name": "Drs. Sulaiman Rekaan, M.Si.",
    "position": "Camat",
    "office": "Kecamatan Bangkala",
    "phone": "0812 0000 0001",
    "employee_number": "198001012005011001",
}
ELSEWHERE: Body = {
    "what": "Baliho terpasang",
    "region_code": "13.03.03.2001",
    "place": "Tepi jalan provinsi",
    "occurred_on": "2024-03-01",
    "known_on": "2024-11-20",
    "account": "Tiang listrik penuh gambar kandidat.",
}
STRANGER: Body = {"name": "Orang Lain"}


@pytest.fixture(autouse=True)
def unread_statistics() -> Iterator[None]:
    STATISTICS.forget()
    yield
    STATISTICS.forget()


@dataclass(frozen=True)
class Desk:
    """An officer of the nation, and the worker that marks what was filed."""

    client: AsyncClient
    headers: Headers
    sessions: Sessions
    keys: Keyring

    async def proposed(self, id: str) -> dict[str, Body]:
        await mark(self.sessions, self.keys)
        return await proposed(self.client, self.headers, id)

    async def marks_of(self, id: str) -> list[int]:
        async with self.sessions.begin() as session:
            return (await session.get_one(ComplaintMarks, UUID(id))).marks


@pytest.fixture
async def desk(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Desk:
    headers = await officer(sessions, keys, role="handler", office_code="bawaslu-00")
    return Desk(client, headers, sessions, keys)


async def report(client: AsyncClient, *, person: Body = STRANGER, **event: str) -> str:
    """A report of something else, somewhere else, but for what is said of it."""
    filed = await file(client, event=ELSEWHERE | event, reported_persons=[person])
    return str(filed["id"])


async def original(client: AsyncClient) -> str:
    return str((await file(client, event=HERE, reported_persons=[PERSON]))["id"])


async def proposed(client: AsyncClient, desk: Headers, id: str) -> dict[str, Body]:
    return {row["id"]: row for row in (await seen(client, desk, id))["candidates"]}


def reasons(row: Body) -> dict[str, int]:
    return {each["reason"]: each["count"] for each in row["reasons"]}


SAME_DAY = {"occurred_on": HERE["occurred_on"]}
SAME_REGENCY = {"region_code": "73.04.02"}


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (
            {"person": {"name": "SULAIMAN REKAAN"}},
            {"same_person": 1, "shared_words": 2},
        ),
        (
            {"person": STRANGER | {"employee_number": "19800101 200501 1 001"}},
            {"same_number": 1},
        ),
        ({"person": STRANGER | {"phone": "+62 812-0000-0001"}}, {"same_number": 1}),
        (
            {"account": "Fotonya di m.facebook.com/rekaan.contoh/posts/4711/"},
            # The parts of an address are words as well.
            {"same_social_address": 1, "shared_words": 5},
        ),
        (
            {"person": STRANGER | {"office": "Kec. Bangkala"}, **SAME_DAY, **SAME_REGENCY},
            {"same_office": 1, "near_place": 2, "same_day": 1, "shared_words": 1},
        ),
        (
            {"place": "Depan Lapangan Merdeka", **SAME_DAY, **SAME_REGENCY},
            {"same_place": 2, "near_place": 2, "same_day": 1, "shared_words": 2},
        ),
        (
            {
                "account": "Pidato camat, jari diangkat.",
                **SAME_REGENCY,
                "occurred_on": "2024-11-06",
            },
            {"near_place": 2, "near_day": 2, "shared_words": 4},
        ),
    ],
    ids=["name", "number", "phone", "address", "office", "place", "words"],
)
async def test_what_is_shared_is_found_and_told(
    client: AsyncClient, desk: Desk, other: dict[str, Any], why: dict[str, int]
) -> None:
    here, there = await original(client), await report(client, **other)

    row = (await desk.proposed(here))[there]

    assert reasons(row) == why
    assert row["region_code"] == other.get("region_code", ELSEWHERE["region_code"])


async def test_the_same_file_is_found_wherever_it_came_from(
    client: AsyncClient, desk: Desk
) -> None:
    here = await reporter(client, event=HERE, reported_persons=[PERSON])
    there = await reporter(client, event=ELSEWHERE, reported_persons=[STRANGER])
    await here.sent(photo(2_000))
    before = await desk.proposed(here.complaint["id"])

    await there.sent(photo(2_000))
    await there.sent(photo(2_000, seed=8))

    [row] = (await desk.proposed(here.complaint["id"])).values()
    assert before == {}
    assert row["id"] == there.complaint["id"]
    assert reasons(row) == {"same_evidence": 1}


async def test_both_propose_each_other_with_the_same_reasons(
    client: AsyncClient, desk: Desk
) -> None:
    here, there = await original(client), await original(client)

    mine, yours = await desk.proposed(here), await desk.proposed(there)

    assert set(mine) == {there}
    assert set(yours) == {here}
    assert mine[there]["reasons"] == yours[here]["reasons"]
    assert mine[there]["score"] == yours[here]["score"]
    assert set(reasons(mine[there])) == {
        "same_number",
        "same_social_address",
        "same_person",
        "same_office",
        "same_place",
        "near_place",
        "same_day",
        "shared_words",
    }


async def test_what_is_most_alike_comes_first(client: AsyncClient, desk: Desk) -> None:
    here = await original(client)
    by_name = await report(client, person={"name": PERSON["name"]})
    twin = await original(client)
    by_number = await report(client, person=PERSON)

    assert list(await desk.proposed(here)) == [twin, by_number, by_name]


@pytest.mark.parametrize(
    "other",
    [
        {},
        SAME_DAY,
        {**SAME_DAY, **SAME_REGENCY},
        {"region_code": HERE["region_code"]},
        {"place": HERE["place"], "account": HERE["what"]},
    ],
    ids=["nothing", "day", "day and regency", "village", "words far away"],
)
async def test_too_little_in_common_is_not_proposed(
    client: AsyncClient, desk: Desk, other: dict[str, Any]
) -> None:
    here = await original(client)
    await report(client, **other)

    assert await desk.proposed(here) == {}


async def test_the_reporter_is_never_compared(client: AsyncClient, desk: Desk) -> None:
    sender = {
        "name": "Pelapor Rekaan",
        "capacity": "voter",
        "address": "Jalan Rekaan 1",
        "phone": "0813 0000 0002",
        "population_number": "7304010101800001",
    }
    secret = "00112233445566778899aabbccddeeff"  # noqa: S105  invented
    here = await file(
        client,
        event=HERE,
        reported_persons=[PERSON],
        reporter=sender,
        receipt_secret=secret,
    )
    await file(
        client,
        event=ELSEWHERE,
        reported_persons=[STRANGER],
        reporter=sender,
        receipt_secret=secret,
    )

    assert await desk.proposed(here["id"]) == {}


async def test_what_was_decided_is_not_proposed_until_it_is_taken_back(
    client: AsyncClient, desk: Desk
) -> None:
    here, there = await original(client), await original(client)

    for said in (CONFIRMED, REJECTED):
        await link(client, desk.headers, here, there, said)
        assert await desk.proposed(here) == {}
        await remove(client, desk.headers, here, there)
        assert set(await desk.proposed(here)) == {there}


async def test_who_belongs_to_the_cluster_already_is_not_proposed(
    client: AsyncClient, desk: Desk
) -> None:
    a, b, c, d = [await original(client) for _ in range(4)]
    await link(client, desk.headers, a, b)
    await link(client, desk.headers, b, c)

    assert set(await desk.proposed(a)) == {d}


async def test_what_is_out_of_sight_is_not_proposed(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    here, walled, near = [await original(client) for _ in range(3)]
    hidden = await report(client, person=PERSON)
    granted = await report(client, person=PERSON)
    await mark(sessions, keys)
    reader = await add_officer(sessions, keys, role="handler", office_code="bawaslu-73.04")
    headers = await signed_in(sessions, reader)
    since = present() - timedelta(days=1)
    async with sessions.begin() as session:
        session.add(Grant(subject_id=UUID(granted), office_id=reader.office_id, since=since))
        session.add(Wall(subject_id=UUID(walled), officer_id=reader.id, since=since))

    found = await proposed(client, headers, here)

    assert set(found) == {near, granted}
    assert hidden not in str(found)


async def test_what_was_marked_under_an_older_key_is_found(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    here, there = await original(client), await original(client)
    await mark(sessions, keys)
    younger = await with_a_new_index_key(sessions)

    async with sessions.begin() as session:
        complaint = await session.get_one(Complaint, UUID(here))
        found = await Comparison(session, SYSTEM, younger).like(complaint, {complaint.id})

    assert younger.index_key() != keys.index_key()
    assert set(found) == {UUID(there)}


async def with_a_new_index_key(sessions: Sessions) -> Keyring:
    master = MasterKey.from_base64(MASTER_KEY)
    key = master.make(KeyPurpose.INDEX)
    async with sessions.begin() as session:
        session.add(
            DataKey(
                id=key.id,
                purpose=key.purpose,
                generation=2,
                wrapped=key.wrapped,
                in_use_from=present() - timedelta(days=1),
            )
        )
    return await open_keyring(sessions, master)


async def test_a_name_that_everybody_has_leads_nowhere(client: AsyncClient, desk: Desk) -> None:
    here, there = await original(client), await report(client, person={"name": PERSON["name"]})
    rare = await desk.proposed(here)
    common = await desk.marks_of(here)
    STATISTICS.keep("", Statistics(1_000_000.0, dict.fromkeys(common, 0.5), 0.001))

    assert set(rare) == {there}
    assert await desk.proposed(here) == {}


async def test_what_the_worker_has_not_marked_is_not_proposed_yet(
    client: AsyncClient, desk: Desk
) -> None:
    here, _ = await original(client), await original(client)

    assert await proposed(client, desk.headers, here) == {}


async def test_the_database_says_which_marks_are_common(owner: AsyncEngine) -> None:
    """Only the owner may analyse; what it wrote for that is undone."""
    common, rare = 7, range(1_000, 1_300)
    async with owner.connect() as connection:
        await connection.begin()
        leave_complaints_out = "ALTER TABLE complaint_marks DROP CONSTRAINT fk_complaint_marks_id"
        await connection.execute(text(leave_complaints_out))
        rows = [marked([common, number]) for number in rare]
        await connection.execute(insert(ComplaintMarks), rows)
        await connection.execute(text("ANALYZE complaint_marks"))
        async with open_sessions(connection).begin() as session:
            found = await CandidateRepository(session, SYSTEM).statistics()
        await connection.rollback()

    assert found.rows == len(rare)
    assert found.listed.pop(common) == 1.0
    assert found.unlisted == pytest.approx(1 / len(rare))
    assert all(share == found.unlisted for share in found.listed.values())


def marked(marks: list[int]) -> Body:
    return {
        "id": new_id(),
        "key_id": new_id(),
        "region_code": "73.04",
        "submitted_at": present(),
        "occurred_on": date(2024, 11, 4),
        "marks": marks,
        "plain_words": "",
    }
