"""Keys are rotated while phones file and officers read: nobody notices, and nothing is lost."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.accounts.models import Officer
from app.complaints.models.complaints import ComplaintPerson
from app.complaints.rules.procedure import Part
from app.core.actors import Role
from app.core.crypto import KeyPurpose
from app.core.ids import new_id
from app.core.sealed import count_values, sealed_columns
from app.offices.models import Office
from app.web.clock import present
from tests.complaints.filing import Body, complaint, file
from tests.people import officer
from tests.proofs.live import Live, running
from tests.proofs.phones import Filed, Phone
from tests.proofs.rotating import OFTEN, in_use, keyring, keys_of, killed_halfway, rotate, rotated

PHONES: Final = 4
PERSONS: Final = 4_000
OPENED_IN: Final = "complaint_person.sealed"


@dataclass
class Crowd:
    """Phones that file, and repeat themselves; an officer who reads what they filed."""

    phone: Phone
    client: AsyncClient
    officer: dict[str, str]
    filed: list[Filed] = field(default_factory=list)
    posted: list[tuple[Body, dict[str, str], Body]] = field(default_factory=list)
    met: Counter[int] = field(default_factory=Counter)
    stopped: bool = False

    async def file(self) -> None:
        while not self.stopped:
            self.filed.append(await self.phone.file(body=complaint()))
            await asyncio.sleep(0.1)

    async def post(self) -> None:
        while not self.stopped:
            body, headers = complaint(), {"Idempotency-Key": f"kunci-rekaan-{new_id()}"}
            answer = await self.client.post("/complaints", json=body, headers=headers)
            self.met[answer.status_code] += 1
            self.posted.append((body, headers, answer.json()))
            await asyncio.sleep(0.2)

    async def read(self) -> None:
        while not self.stopped:
            if self.filed:
                path = f"/complaints/{self.filed[-1].id}"
                answer = await self.client.get(path, headers=self.officer)
                self.met[answer.status_code] += 1
            await asyncio.sleep(0.02)


@pytest.fixture(scope="module")
async def rotating() -> AsyncIterator[Live]:
    async with running("--workers", "2", **OFTEN) as live:
        yield live


@asynccontextmanager
async def crowd(live: Live) -> AsyncIterator[Crowd]:
    headers = await officer(live.sessions, live.keys, role="handler", office_code="bawaslu-00")
    async with live.client() as client:
        crowd = Crowd(Phone(client), client, headers)
        work = [*(crowd.file() for _ in range(PHONES)), crowd.post(), crowd.read()]
        at_work = [asyncio.create_task(each) for each in work]
        yield crowd
        crowd.stopped = True
        await asyncio.gather(*at_work)


async def fill(live: Live) -> None:
    """So many persons that a rotation can be caught among them."""
    async with live.client() as client:
        complaint_id = UUID((await file(client))["id"])
    async with live.sessions.begin() as session:
        for number in range(PERSONS):
            id = new_id()
            session.add(
                ComplaintPerson(
                    id=id,
                    complaint_id=complaint_id,
                    part=Part.WITNESS,
                    position=number,
                    sealed=live.keys.seal(b'{"part": "witness", "name": "Saksi Rekaan"}', id),
                )
            )


async def test_two_rotations_one_of_them_killed_are_noticed_by_nobody(rotating: Live) -> None:
    await fill(rotating)

    async with crowd(rotating) as people:
        await asyncio.sleep(1)
        await killed_halfway(rotating, OPENED_IN)
        resumed = await rotated(rotating)
        again = await rotated(rotating)
        await asyncio.sleep(1)

    assert "the one begun before" in resumed
    assert "a new one" in again
    assert set(people.phone.met) == {"201"}
    assert set(people.met) == {200, 201}
    await assert_all_lies_under_new_keys(rotating)
    await assert_all_opens(rotating)
    await assert_all_is_repeated(rotating, people)


async def test_a_rotation_waits_for_who_is_still_writing_under_the_old_key(
    rotating: Live,
) -> None:
    keys = await keyring(rotating)
    id, old = new_id(), keys.seal_key()
    async with rotating.sessions.begin() as session:
        office = await session.scalar(select(Office).where(Office.code == "bawaslu-73"))
        assert office is not None
        session.add(slow_officer(office, id, keys.seal(b"Budi Contoh", id)))
        await session.flush()
        process = await rotate(rotating)
        await in_use(rotating, KeyPurpose.SEAL, after=old)
        await asyncio.sleep(3)
        waits = process.returncode is None
    await process.communicate()

    async with rotating.sessions.begin() as session:
        sealed = await session.scalar(select(Officer.sealed_name).where(Officer.id == id))
    assert waits
    assert process.returncode == 0
    assert old in {key.id for key in await keys_of(rotating, KeyPurpose.SEAL) if key.retired_at}
    assert (await keyring(rotating)).open(sealed or b"", id) == b"Budi Contoh"


def slow_officer(office: Office, id: UUID, sealed_name: bytes) -> Officer:
    return Officer(
        id=id,
        office_id=office.id,
        region_id=office.region_id,
        region_code=office.region_code,
        login=f"petugas.{id.hex[-8:]}",
        sealed_name=sealed_name,
        role=Role.HANDLER,
        password_hash="",
        added_at=present(),
    )


async def assert_all_lies_under_new_keys(live: Live) -> None:
    first, second, third = await keys_of(live, KeyPurpose.SEAL)
    async with live.sessions.begin() as session:
        named = await count_values(session)
    assert (first.wrapped, second.wrapped) == (b"", b"")
    assert not {first.id, second.id} & named.keys()
    assert named[third.id] > PERSONS


async def assert_all_opens(live: Live) -> None:
    keys = await keyring(live)
    for where in sealed_columns():
        async with live.sessions.begin() as session:
            query = select(where.context, where.column).where(where.column.is_not(None))
            rows = (await session.execute(query, execution_options={"fan_out": True})).all()
        assert all(keys.open(sealed, context) for context, sealed in rows)


async def assert_all_is_repeated(live: Live, people: Crowd) -> None:
    """Every old receipt opens its complaint, and every repeat gets the first answer."""
    assert people.filed
    assert people.posted
    async with live.client() as client:
        phone = Phone(client)
        followed = await phone.follow_all(people.filed)
        again = [await phone.file(each.id, each.body) for each in people.filed]
        posted = [
            await client.post("/complaints", json=body, headers=headers)
            for body, headers, _ in people.posted
        ]
    assert [each["id"] for each in followed] == [str(each.id) for each in people.filed]
    assert [each.answer for each in again] == [each.answer for each in people.filed]
    assert set(phone.met) == {"200"}
    assert [each.json() for each in posted] == [answer for _, _, answer in people.posted]
    assert all(each.headers["idempotency-replayed"] == "true" for each in posted)
