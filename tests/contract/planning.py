"""Events to come, as far as the operations on their run-down and their copies need them."""

from tests.contract.crew import Crew, Values
from tests.rakor.meeting import SESSION, told


async def scheduled(crew: Crew) -> Values:
    """An event with a session."""
    event = await crew.drafted()
    added = await crew.desk.post(f"/events/{event['event_id']}/sessions", SESSION)
    return event | {"session_id": told(added, 201)["id"]}


async def announced(crew: Crew) -> Values:
    """A published one with a session."""
    event = await scheduled(crew)
    told(await crew.desk.post(f"/events/{event['event_id']}/publication"), 200)
    return event


async def copied(crew: Crew) -> Values:
    """A published event that is held again."""
    event, days = await crew.published(), {"days": ["2024-10-07"]}
    copies = await crew.desk.post(f"/events/{event['event_id']}/copies", days)
    copy = told(copies, 201)["items"][0]["id"]
    told(await crew.desk.post(f"/events/{copy}/publication"), 200)
    return {"event_id": copy}
