"""Two devices come back from a room without network and deliver over bad lines, as they please."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.core.actors import Actor
from app.core.database import Sessions
from app.declarations.models.declarations import Signature
from app.declarations.models.room import CollectingDevice, SignatureCapture, SignatureMark
from app.declarations.schemas.devices import DeviceIn
from app.declarations.service.devices import DeviceService
from app.receipts.models import Receipt
from app.web.clock import present
from tests.declarations.collecting import STROKES, Device, signer
from tests.declarations.declaring import Body, tally
from tests.declarations.test_at_once import crowd  # noqa: F401  a fixture

EACH = 150
AT_BOTH = 10
EVERYWHERE = {"fan_out": True}


@pytest.fixture
async def devices(
    whole_app: FastAPI,
    crowd: AsyncClient,  # noqa: F811
    where: Body,
    organiser: Actor,
    owner: AsyncEngine,
) -> AsyncIterator[list[Device]]:
    """Two devices with their bundles, taken away again with what they brought."""
    added = []
    for number in range(2):
        async with whole_app.state.sessions.begin() as session:
            service = DeviceService(session, organiser, present(), whole_app.state.keys)
            form = DeviceIn(label=f"Tablet rekaan {number}")
            added.append(await service.register(UUID(where["id"]), form))
    devices = [
        Device(
            crowd,
            str(each.device.id),
            {"Authorization": f"Receipt {each.credential}"},
            each.key.model_dump(),
            where,
        )
        for each in added
    ]
    for device in devices:
        await device.take_along()
    yield devices
    ids = [each.device.id for each in added]
    async with owner.begin() as connection:
        mine = select(Signature.id).where(Signature.declaration_id == UUID(where["id"]))
        for row in (SignatureMark, SignatureCapture):
            await connection.execute(delete(row).where(row.id.in_(mine)))
        await connection.execute(delete(Receipt).where(Receipt.subject_id.in_(ids)))
        await connection.execute(delete(CollectingDevice).where(CollectingDevice.id.in_(ids)))
        await connection.execute(delete(JournalEntry).where(JournalEntry.subject_id.in_(ids)))


@dataclass
class Line:
    """A bad line: what is sent may be lost, and so may its answer."""

    device: Device
    random: Random
    told: dict[str, Counter[str]] = field(default_factory=dict)

    async def deliver_all(self, outbox: dict[str, Body]) -> None:
        while outbox:
            waiting = list(outbox.values())
            size = min(len(waiting), self.random.randint(1, 40))
            batch = self.random.sample(waiting, size)
            fate = self.random.random()
            if fate < 0.2:
                continue
            answer = await self.device.deliver(*batch)
            assert answer.status_code == 200, answer.text
            if fate < 0.5:
                continue
            for told in answer.json()["items"]:
                self.told.setdefault(told["id"], Counter())[told["outcome"]] += 1
                outbox.pop(told["id"], None)


def collect_all(devices: list[Device]) -> None:
    """At both tables others sign, and some go to both."""
    for table, device in enumerate(devices):
        for number in range(EACH):
            name = f"Hadirin Rekaan {table}-{number}"
            drawn: Body = {"method": "drawn", "drawing": STROKES} if number % 3 == 0 else {}
            device.collect(signer=signer(number, name=name), **drawn)
        for number in range(AT_BOTH):
            device.collect(signer=signer(number, name=f"Hadirin Dua Meja {number}"))


@pytest.mark.parametrize("seed", [1, 2])
async def test_all_that_was_collected_is_recorded_exactly_once(
    devices: list[Device],
    crowd: AsyncClient,  # noqa: F811
    where: Body,
    committing: Sessions,
    seed: int,
) -> None:
    collect_all(devices)
    outboxes = [{each["id"]: each for each in device.collected} for device in devices]
    # Each device on two lines at once, as after a hotspot that came and went.
    lines = [Line(device, Random(seed * 10 + n)) for device in devices for n in range(2)]  # noqa: S311

    await asyncio.gather(
        *(line.deliver_all(outboxes[number // 2]) for number, line in enumerate(lines))
    )

    everybody = 2 * EACH + AT_BOTH
    of_devices = SignatureCapture.device_id.in_([UUID(each.id) for each in devices])
    query = select(
        func.count(),
        func.count(func.distinct(SignatureCapture.item_id)),
        func.count(
            func.distinct(func.concat(SignatureCapture.device_id, SignatureCapture.sequence))
        ),
    ).where(of_devices)
    async with committing.begin() as session:
        counted = (await session.execute(query, execution_options=EVERYWHERE)).one()
        leaves = await session.scalars(
            select(Signature.leaf_index).where(Signature.declaration_id == UUID(where["id"])),
            execution_options=EVERYWHERE,
        )
        assert len(set(leaves)) == everybody
    refused = [id for line in lines for id, told in line.told.items() if told["refused"]]
    assert tuple(counted) == (everybody, everybody, everybody)
    assert (await tally(crowd, where))["signatures"] == everybody
    assert len(set(refused)) == AT_BOTH
