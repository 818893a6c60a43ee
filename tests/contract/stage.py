"""What stands ready when the contract is tried: credentials that open each door, and for each
operation things that it can be done to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from typing import Final

from httpx import AsyncClient

from app.core.actors import PERMISSIONS, SCOPES, Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.evidence.service.depot import Depot
from tests.contract import circulating, consulting, doors, following, preventing, referring
from tests.contract.casework import above_of
from tests.contract.crew import HEAD_OFFICE, LOCAL_OFFICE, Crew, Values, in_a_month
from tests.contract.things import LASTING, USED_UP
from tests.declarations import declaring
from tests.people import PASSWORD, office_id, officer, system
from tests.rakor.meeting import Desk

# The admin sits below the head office, so that he cannot end the accounts that we knock with;
# handlers and members sit where the cases are held, because only the holder may take a step.
OFFICES: Final = {
    Role.HANDLER: LOCAL_OFFICE,
    Role.CUSTODIAN: HEAD_OFFICE,
    Role.MEMBER: LOCAL_OFFICE,
    Role.SECRETARIAT: HEAD_OFFICE,
    Role.ADMIN: LOCAL_OFFICE,
}
UPLOADS: Final = ("begin_upload", "check_upload", "continue_upload", "cancel_upload", "read_upload")
SPARE: Final = 8
"""How many there are of what is used up: what is opened once cannot be opened again."""


@dataclass(frozen=True)
class Stage:
    """The `Authorization` for each permission (or for one operation by its name), the things for
    each operation, and what is good everywhere."""

    credentials: Mapping[str, Iterator[str]]
    things: Mapping[str, Iterator[Values]]
    everywhere: Values


async def set_stage(client: AsyncClient, sessions: Sessions, keys: Keyring, depot: Depot) -> Stage:
    people = {
        role: await officer(sessions, keys, role=role, office_code=office)
        for role, office in OFFICES.items()
    }
    head = str(await office_id(sessions, HEAD_OFFICE))
    crew = Crew(
        client,
        sessions,
        keys,
        depot,
        Desk(client, people[Role.SECRETARIAT], head),
        Desk(client, people[Role.ADMIN], head),
        people=people,
    )
    # Only the device itself takes its bundle along.
    device = await crew.collecting()
    credentials = await _credentials(crew, people)
    credentials["read_bundle"] = cycle([device["credential"]])
    phone = await doors.guarded(crew)
    credentials["read_event_bundle"] = cycle([phone["credential"]])
    paired = await preventing.paired(crew)
    credentials |= dict.fromkeys(preventing.BY_DEVICE, cycle([paired["credential"]]))
    things = await _things(crew)
    things |= {"read_bundle": cycle([device]), "read_event_bundle": cycle([phone])}
    things |= dict.fromkeys(preventing.BY_DEVICE, cycle([paired]))
    return Stage(credentials, things, good_everywhere(head))


async def _credentials(
    crew: Crew, people: Mapping[Role, dict[str, str]]
) -> dict[str, Iterator[str]]:
    """By turns an officer and, where a scope opens the door as well, another system."""
    machine = (await system(crew.sessions, scopes=set(SCOPES)))["Authorization"]
    above = await officer(
        crew.sessions, crew.keys, role=Role.MEMBER, office_code=above_of(crew.region)
    )
    staff: dict[str, Iterator[str]] = {}
    for role, headers in people.items():
        for permission in PERMISSIONS[role]:
            keys = [headers["Authorization"], *([machine] if permission in SCOPES else [])]
            staff[permission] = cycle(keys)
    return staff | {
        Permission.FOLLOW_COMPLAINT: cycle([(await crew.complaint())["receipt"]]),
        # Only the head office changes the law, and no proposer approves.
        "preview_change": cycle([await _lawgiver(crew)]),
        "approve_preview": cycle([await _lawgiver(crew)]),
        # Only the head office names those who watch over the logs.
        "register_witness": cycle([await _lawgiver(crew)]),
        "end_witness": cycle([await _lawgiver(crew)]),
        # Only the desk itself has read it.
        "mark_reminder_read": cycle([people[Role.HANDLER]["Authorization"]]),
        # Only who asked may open.
        "open_identity": cycle([people[Role.HANDLER]["Authorization"]]),
        # Of a report, not of a declaration, whose organiser may upload as well.
        **dict.fromkeys(UPLOADS, cycle([people[Role.HANDLER]["Authorization"], machine])),
        # Only the office above, to which it was offered.
        **dict.fromkeys(
            ("accept_transfer", "reject_transfer", "take_over"), cycle([above["Authorization"]])
        ),
        # What came on paper only a member of the holder records.
        **dict.fromkeys(referring.ACTED_ON_PAPER, cycle([people[Role.MEMBER]["Authorization"]])),
        # Only a member of the organiser presides.
        "approve_minutes": cycle([await following.chair_of(crew)]),
        "approve_attendance": cycle([await following.chair_of(crew)]),
        # Only the office itself has read it.
        "mark_follow_up_reminder_read": cycle([people[Role.SECRETARIAT]["Authorization"]]),
        # Only officers of the office to which it came, which issued it as well.
        **dict.fromkeys(circulating.ANSWERED, cycle([people[Role.SECRETARIAT]["Authorization"]])),
        # Of another only a member says it.
        "declare_conflict": cycle([people[Role.MEMBER]["Authorization"]]),
        Permission.FOLLOW_CONSULTATION: cycle([(await consulting.answered(crew))["receipt"]]),
        # A question becomes one complaint.
        "turn_consultation": cycle(
            [(await consulting.asked(crew))["receipt"] for _ in range(SPARE)]
        ),
        "withdraw_complaint": cycle([(await crew.complaint())["receipt"] for _ in range(SPARE)]),
        "change_password": cycle([await _somebody(crew) for _ in range(SPARE)]),
    }


async def _lawgiver(crew: Crew) -> str:
    headers = await officer(crew.sessions, crew.keys, role=Role.ADMIN, office_code=HEAD_OFFICE)
    return headers["Authorization"]


async def _somebody(crew: Crew) -> str:
    headers = await officer(
        crew.sessions, crew.keys, role=Role.DUTY_OFFICER, office_code=HEAD_OFFICE
    )
    return headers["Authorization"]


async def _things(crew: Crew) -> dict[str, Iterator[Values]]:
    things: dict[str, Iterator[Values]] = {}
    for number, wanted in ((SPARE, USED_UP), (1, LASTING)):
        for name, prepare in wanted.items():
            things[name] = cycle([await prepare(crew) for _ in range(number)])
    return things


def good_everywhere(office: str, region: str = "73.04") -> Values:
    return {
        "region_code": region,
        "venue_region_code": region,
        "area": region,
        "region": region.partition(".")[0],
        "office_code": f"bawaslu-{region}",
        "office": f"bawaslu-{region}",
        "office_id": office,
        "election_code": "pilkada-2024",
        "election": "pilkada-2024",
        "pledge_text_id": declaring.TEXT,
        "enumeration": "role",
        "dataset_code": "regions",
        "requirement_code": "account",
        "current_password": PASSWORD,
        "expires_at": in_a_month(),
    }
