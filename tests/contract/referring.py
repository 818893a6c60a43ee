"""Referrals for the trial of the contract, each where its operation can be carried out."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import update

from app.clocks.models import DeadlineClock
from app.core.actors import Role
from app.web.clock import present
from tests.cases import advancing
from tests.contract import casework
from tests.contract.crew import Crew, Prepare, Values
from tests.people import office_id
from tests.rakor.meeting import told

ACTED_ON_PAPER: Final = (
    "return_referral",
    "relay_referral",
    "enter_stage",
    "decide_sanctions",
    "record_idis",
    "record_bkn_action",
    "record_follow_up",
    "conclude_referral",
)
"""What the holder records: no machine is the addressee of all of these."""


async def violation(crew: Crew, category: str = "other_law") -> Values:
    """A case in which the plenary found a violation, and where it can go."""
    case = await casework.studied(crew)
    found = {"category": category, "person_ids": [case["person_id"]]}
    decision = advancing.decision(
        held_on=casework.here(crew), result="violation", categories=[found]
    )
    path, member = f"/cases/{case['case_id']}/decision", await crew.staff(Role.MEMBER)
    told(await crew.client.post(path, json=decision, headers=member), 200)
    to = "bkn" if category == "other_law" else "gakkumdu"
    return case | {
        "category": category,
        "authority": to,
        "office_id": str(await office_id(crew.sessions, to)),
        "letter_on": casework.here(crew),
        "decree_on": casework.here(crew),
    }


async def forwarded(crew: Crew, category: str = "other_law") -> Values:
    case = await violation(crew, category)
    names = ("category", "authority", "office_id", "letter_on")
    form = {name: case[name] for name in names} | {"letter_number": "1/XI/2024"}
    path, member = f"/cases/{case['case_id']}/referrals", await crew.staff(Role.MEMBER)
    made = told(await crew.client.post(path, json=form, headers=member), 201)
    return case | {"referral_id": made["id"]}


async def acknowledged(crew: Crew, category: str = "other_law") -> Values:
    return await _taken(crew, "acknowledgement", await forwarded(crew, category), {})


async def staged(crew: Crew) -> Values:
    """At Gakkumdu, before the first stage."""
    return await acknowledged(crew, "criminal") | {"at": present().isoformat()}


async def relayed(crew: Crew) -> Values:
    thing = await acknowledged(crew)
    form = {"letter_number": "2/XI/2024", "letter_on": thing["letter_on"]}
    return await _taken(crew, "relay", thing, form)


async def silent(crew: Crew) -> Values:
    """The staffing authority has let its time go by."""
    thing = await relayed(crew)
    mine = DeadlineClock.subject_id == UUID(thing["referral_id"])
    # Begun so long ago that it is late by whatever law it is counted again.
    began, late_since = [present() - timedelta(days=days) for days in (90, 1)]
    late = update(DeadlineClock).where(mine).values(started_at=began, due_at=late_since)
    async with crew.sessions.begin() as session:
        await session.execute(late)
    return thing


async def sanctioned(crew: Crew) -> Values:
    thing = await relayed(crew)
    ruling = {
        "person_id": thing["person_id"],
        "sanctions": [{"kind": "demotion", "months": 12}],
        "effective_on": thing["decree_on"],
    }
    form = {
        "decree_number": "3/XI/2024",
        "decree_on": thing["decree_on"],
        "rulings": [ruling],
    }
    return await _taken(crew, "decision", thing, form)


async def _taken(crew: Crew, step: str, thing: Values, form: Mapping[str, object]) -> Values:
    path, member = f"/referrals/{thing['referral_id']}/{step}", await crew.staff(Role.MEMBER)
    told(await crew.client.post(path, json=form, headers=member), 200)
    return thing


USED_UP: Final[Mapping[str, Prepare]] = {
    "forward_case": violation,
    "acknowledge_referral": forwarded,
    "return_referral": forwarded,
    "relay_referral": acknowledged,
    "enter_stage": staged,
    "decide_sanctions": relayed,
    "conclude_referral": forwarded,
}
LASTING: Final[Mapping[str, Prepare]] = {
    "record_idis": sanctioned,
    "record_bkn_action": silent,
    "record_follow_up": acknowledged,
    "read_referral": forwarded,
    "read_referral_history": forwarded,
    "list_referral_actions": forwarded,
    "list_referral_deadlines": forwarded,
    "list_follow_ups": forwarded,
    "list_bkn_actions": forwarded,
    "print_case": violation,
    "export_case": violation,
}
