"""What the worker marks, when, and that nothing is overlooked."""

import asyncio
import hashlib
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from app.complaints.files.marks import STOP_WORDS, mark_of, marks_of
from app.complaints.files.sealing import SealedContent
from app.complaints.jobs.indexing import Indexing
from app.complaints.models.complaints import Complaint, ComplaintContent
from app.complaints.models.search import ComplaintMarks, ComplaintToIndex
from app.complaints.rules.marks import Described, Fact, MarkKind, Said, facts_in
from app.core.crypto import KeyPurpose, Keyring, MasterKey, WrappedKey
from app.core.database import Sessions, open_sessions
from app.core.models import DataKey
from tests.complaints.filing import file
from tests.complaints.searching import an_old_complaint, found, mark
from tests.complaints.tables import row, table
from tests.complaints.test_entries import enter
from tests.complaints.test_importing import send
from tests.conftest import MASTER_KEY
from tests.people import officer

PERSONAL = {
    "event": {"account": "Rekaan: camat membagikan amplop di balai nagari."},
    "reported_persons": [
        {"name": "Terlapor Rekaan", "position": "Camat", "phone": "0812 0000 0000"}
    ],
}


async def test_what_was_filed_is_marked_once(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    await file(client, **PERSONAL)

    first, second = await mark(sessions, keys), await mark(sessions, keys)

    assert (first, second) == (1, 0)


async def test_marking_again_changes_nothing(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = await file(client, **PERSONAL)
    await mark(sessions, keys)
    before = await kept_marks(sessions, filed["id"])
    async with sessions.begin() as session:
        session.add_all(ComplaintToIndex(complaint_id=UUID(filed["id"])) for _ in range(2))

    await mark(sessions, keys)

    assert await kept_marks(sessions, filed["id"]) == before


async def test_more_than_one_batch_is_marked_in_one_run(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    for _ in range(3):
        await file(client)
    async with sessions.begin() as session:
        waiting = (await session.scalars(select(ComplaintToIndex.complaint_id))).all()
        session.add_all(ComplaintToIndex(complaint_id=id) for id in [*waiting] * 40)

    await mark(sessions, keys)

    async with sessions.begin() as session:
        assert (await session.scalars(select(ComplaintToIndex))).all() == []


async def test_what_lies_under_an_older_key_is_found_and_marked_anew(
    client: AsyncClient, app: FastAPI, sessions: Sessions, keys: Keyring
) -> None:
    filed = await file(client, **PERSONAL)
    await mark(sessions, keys)
    desk = await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")
    before = await kept_marks(sessions, filed["id"])
    app.state.keys = rotated = await with_a_newer_key(sessions)

    under_the_old_key = await found(client, desk, words="amplop camat")
    done = await mark(sessions, rotated)
    under_the_new_key = await found(client, desk, words="amplop camat")

    assert under_the_old_key == under_the_new_key == [filed["id"]]
    assert done == 1
    after = await kept_marks(sessions, filed["id"])
    assert len(after) == len(before)
    # The areas are no secret and stay what they are.
    assert set(after) & set(before) == {73, 7304}


def test_without_the_index_key_a_mark_says_nothing(keys: Keyring) -> None:
    said = Said(place="rekaan", texts=("amplop",), persons=(Described(name="Contoh Rekaan"),))
    facts = facts_in(said, STOP_WORDS)
    master = MasterKey.from_base64(MASTER_KEY)
    other = Keyring(master, [master.make(purpose) for purpose in KeyPurpose])
    plain = {hashlib.sha256(each.value.encode()).digest()[:8] for each in facts}

    marks = set(marks_of(facts, keys))

    assert len(marks) == len(facts)
    assert marks.isdisjoint(marks_of(facts, other))
    assert marks.isdisjoint(int.from_bytes(each, "big", signed=True) for each in plain)


async def test_an_act_in_the_midst_of_two_workers_is_not_overlooked(
    engine: AsyncEngine, keys: Keyring
) -> None:
    """Committed for real, for one transaction cannot wait for itself."""
    sessions = open_sessions(engine)
    async with sessions.begin() as session:
        complaint = an_old_complaint()
        session.add(complaint)
        await session.flush()
        session.add_all([content(complaint, "amplop", keys), waiting(complaint)])
    try:
        async with sessions.begin() as session:
            changed = await session.get_one(ComplaintContent, complaint.id)
            changed.sealed = content(complaint, "sembako", keys).sealed
            session.add(waiting(complaint))
            await session.flush()
            workers = [asyncio.create_task(Indexing(sessions, keys)()) for _ in range(2)]
            await asyncio.sleep(0.2)
        await asyncio.gather(*workers)

        async with sessions.begin() as session:
            left = await session.scalar(select(func.count()).select_from(ComplaintToIndex))
            marks = (await session.get_one(ComplaintMarks, complaint.id)).marks
        assert left == 0
        assert mark_of(Fact(MarkKind.WORD, "sembako"), keys) in marks
        assert mark_of(Fact(MarkKind.WORD, "amplop"), keys) not in marks
    finally:
        async with sessions.begin() as session:
            for table in (ComplaintMarks, ComplaintContent, Complaint):
                await session.execute(delete(table).where(table.id == complaint.id))


def content(complaint: Complaint, account: str, keys: Keyring) -> ComplaintContent:
    said = SealedContent(what="rekaan", place="rekaan", account=account, evidence_notes=[])
    sealed = keys.seal(said.model_dump_json().encode(), complaint.id)
    return ComplaintContent(id=complaint.id, sealed=sealed)


def waiting(complaint: Complaint) -> ComplaintToIndex:
    return ComplaintToIndex(complaint_id=complaint.id)


async def with_a_newer_key(sessions: Sessions) -> Keyring:
    master = MasterKey.from_base64(MASTER_KEY)
    async with sessions.begin() as session:
        rows = await session.execute(select(DataKey.id, DataKey.purpose, DataKey.wrapped))
        keys = [WrappedKey(*row) for row in rows]
    return Keyring(master, [*keys, master.make(KeyPurpose.INDEX)])


async def kept_marks(sessions: Sessions, id: str) -> list[int]:
    async with sessions.begin() as session:
        query = select(ComplaintMarks.marks).where(ComplaintMarks.id == UUID(id))
        return (await session.scalars(query)).one()


async def test_what_was_entered_or_imported_is_found_as_well(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    desk = await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")
    entered = await enter(client, desk, reported_persons=[{"name": "Terlapor Loket"}])
    imported = await send(client, desk, table(row(reported_persons="Terlapor Lama")))

    await mark(sessions, keys)

    assert (entered.status_code, imported.status_code) == (201, 200), imported.text
    by_name = [
        await found(client, desk, person={"name": name})
        for name in ("terlapor loket", "terlapor lama")
    ]
    assert [len(ids) for ids in by_name] == [1, 1]
    assert by_name[0] == [entered.json()["id"]]
