"""Events with a declaration and a circular, for the contract to be tried on."""

from collections.abc import Mapping
from typing import Final

from tests.contract import circulating, doors
from tests.contract.crew import Crew, Prepare, Values
from tests.declarations import declaring
from tests.rakor.meeting import told


async def gathered(crew: Crew) -> Values:
    """An event with an invitation, and a declaration that names it."""
    event = await crew.invited()
    here = (await crew.office()).region_code
    named = {"event_id": event["event_id"], "region_code": here}
    planned = await declaring.plan(crew.client, crew.desk.headers, **named)
    return event | {"declaration_id": planned["id"]}


async def explained(crew: Crew) -> Values:
    """An event, and a circular that was not named there."""
    return await crew.published() | await circulating.issued(crew)


async def joined(crew: Crew) -> Values:
    thing = await explained(crew)
    path = f"/events/{thing['event_id']}/explained-circulars"
    told(await crew.desk.post(path, {"circular_id": thing["circular_id"]}), 201)
    return thing


async def pairable(crew: Crew) -> Values:
    """An event with a declaration, and a device at its door."""
    thing = await gathered(crew)
    added = await crew.desk.post(f"/events/{thing['event_id']}/devices", {"label": "Ponsel rekaan"})
    device = told(added, 201)
    return thing | {
        "device_id": device["device"]["id"],
        "credential": f"Receipt {device['credential']}",
    }


async def paired(crew: Crew) -> Values:
    thing = await pairable(crew)
    body = {key: thing[key] for key in ("device_id", "declaration_id")}
    told(await crew.desk.post(f"/events/{thing['event_id']}/signing-devices", body), 201)
    return thing


BY_DEVICE: Final = ("read_gathering_bundle", "record_gathering")
"""What only the device itself does, or brings."""

USED_UP: Final[Mapping[str, Prepare]] = {
    "join_circular": explained,
    "separate_circular": joined,
    "pair_signing_device": pairable,
}
LASTING: Final[Mapping[str, Prepare]] = {
    "read_gathering": gathered,
    "enrol_invited": gathered,
    "read_gathering_bundle": paired,
    "record_gathering": paired,
    "read_own_signing": doors.ticketed,
}
