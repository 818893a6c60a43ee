"""An event with its declaration, and a phone that lets in and lets sign by one ticket: it knows
HTTP and docs/decisions/prevention.md."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from httpx import Response

from app.core.ids import new_id
from tests.declarations import collecting, declaring
from tests.rakor.doors import Body, Phone, register, verified
from tests.rakor.meeting import NAGARI, Desk, told

SECRETARY: Final[Body] = {
    "office_name": "Sekretariat Daerah Kabupaten Sijunjung",
    "region_code": "13.03",
    "post": "Sekretaris Daerah",
}


@dataclass
class Gathering:
    """The path of an event, and the declaration that is made there."""

    desk: Desk
    event: str
    declaration: Body

    @property
    def id(self) -> str:
        return self.event.rpartition("/")[2]

    async def read(self) -> Body:
        return told(await self.desk.get(f"{self.event}/gathering"), 200)

    async def enrol(self, *groups: tuple[Body, str]) -> Response:
        named = [{"invitation_id": each["id"], "group": group} for each, group in groups]
        body = {"declaration_id": self.declaration["id"], "groups": named}
        return await self.desk.post(f"{self.event}/enrolments", body)

    async def open(self) -> None:
        path = f"/declarations/{self.declaration['id']}/opening"
        told(await self.desk.post(path), 200)


async def gather(desk: Desk, **changes: Any) -> Gathering:
    """A published event, and a declaration that names it."""
    event = await desk.announce(**changes)
    named = {"event_id": event.rpartition("/")[2]}
    planned = await declaring.plan(desk.client, desk.headers, **named)
    return Gathering(desk, event, planned)


async def signing(desk: Desk, *invited: Body) -> tuple[Gathering, list[Body]]:
    """With an open declaration on whose roster the invited are, each as a village head."""
    gathering = await gather(desk)
    invitations = await desk.invite(gathering.event, *(invited or (NAGARI,)))
    told(await gathering.enrol(*((each, "village_head") for each in invitations)), 200)
    await gathering.open()
    return gathering, invitations


@dataclass
class RoomPhone:
    """A device of the door that also collects: two bundles, two counts, one credential."""

    door: Phone
    signing: collecting.Device
    seats: dict[str, Body] = field(default_factory=dict)

    async def take_along(self) -> None:
        path = f"{self.door.event}/gathering-bundle"
        taken = told(await self.door.client.get(path, headers=self.door.headers), 200)
        self.door.bundle = _opened(taken["event"], self.door.key, "netra-event-bundle+json")
        if taken["declaration"] is not None:
            self.signing.bundle = collecting.opened_bundle(taken["declaration"], self.signing.key)
        seats = _opened(taken["seats"], self.door.key, "netra-seats+json")
        self.seats = {each["invitation_id"]: each["target"] for each in seats["seats"]}

    def sign(self, ticket: str, name: str, at: datetime, **changes: Any) -> Body:
        """What the phone writes down where the holder of a ticket signs."""
        number = self.signing.next_sequence
        self.signing.next_sequence += 1
        item: Body = {
            "id": str(new_id()),
            "ticket": ticket,
            "name": name,
            "method": "click",
            "captured_at": at.isoformat(),
            "sequence": number,
            "nonce": self.signing.nonce(number),
        }
        return item | changes

    async def deliver(self, check_ins: list[Body], signatures: list[Body]) -> Response:
        body = {"check_ins": check_ins, "signatures": signatures}
        path = f"{self.door.event}/gathering-batch"
        return await self.door.client.post(path, json=body, headers=self.door.headers)


async def pair(gathering: Gathering, device_id: str) -> Response:
    body = {"device_id": device_id, "declaration_id": gathering.declaration["id"]}
    return await gathering.desk.post(f"{gathering.event}/signing-devices", body)


async def room_phone(gathering: Gathering) -> RoomPhone:
    """Registered for the door, paired with the declaration, and with its bundles."""
    door = await register(gathering.desk, gathering.event)
    paired = told(await pair(gathering, door.id), 201)
    device = collecting.Device(
        gathering.desk.client,
        paired["collecting"]["id"],
        door.headers,
        paired["key"],
        gathering.declaration,
    )
    phone = RoomPhone(door, device)
    await phone.take_along()
    return phone


def outcomes(delivered: Response) -> tuple[list[str], list[str]]:
    """What became of each check-in and of each signature: its outcome, or the code of its
    problem."""
    said = told(delivered, 200)
    return _each(said["check_ins"]), _each(said["signatures"])


def _each(batch: Body) -> list[str]:
    return [
        each["problem"]["code"] if each["problem"] else each["outcome"] for each in batch["items"]
    ]


def _opened(signed: Body, key: Body, typ: str) -> Body:
    return verified(signed["protected"], signed["payload"], signed["signature"], key, typ)
