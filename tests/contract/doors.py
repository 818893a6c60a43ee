"""What stands at the doors of an event when the contract is tried."""

from collections.abc import Mapping
from typing import Final

from app.core.ids import new_id
from tests.contract import planning
from tests.contract.crew import Crew, Prepare, Values
from tests.rakor.doors import register, ticket_of
from tests.rakor.meeting import WALK_IN, told


async def checked_in(crew: Crew) -> Values:
    """An event at which somebody came in."""
    values = await crew.invited()
    check_in_id = str(new_id())
    path = f"/events/{values['event_id']}/check-ins/{check_in_id}"
    told(await crew.desk.put(path, WALK_IN), 201)
    return values | {"check_in_id": check_in_id}


async def ticketed(crew: Crew) -> Values:
    """An invitation with a ticket."""
    values = await crew.invited()
    await ticket_of(crew.client, values)
    return values


async def guarded(crew: Crew) -> Values:
    """An event with a device at its door."""
    values = await crew.invited()
    phone = await register(crew.desk, f"/events/{values['event_id']}")
    return values | {"device_id": phone.id, "credential": phone.headers["Authorization"]}


LASTING: Final[Mapping[str, Prepare]] = {
    "record_check_ins": Crew.published,
    "list_check_ins": checked_in,
    "read_check_in": checked_in,
    "list_failed_scans": checked_in,
    "put_quorum": Crew.published,
    "read_quorum": planning.announced,
    "read_event_ticket": ticketed,
    "replace_event_ticket": ticketed,
    "register_event_device": Crew.published,
    "list_event_devices": guarded,
    "correct_device_clock": guarded,
    "read_event_bundle": guarded,
}
USED_UP: Final[Mapping[str, Prepare]] = {"revoke_event_device": guarded}
