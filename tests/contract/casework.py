"""Cases for the trial of the contract, each where its operation can be carried out."""

from typing import Final

from app.core.actors import Role
from app.web.clock import present
from tests.cases import advancing, handling, reviewing
from tests.complaints import filing
from tests.contract.crew import Crew, Values
from tests.people import office_id, officer
from tests.rakor.meeting import told

_ZONES: Final = {"13.03": advancing.JAKARTA, "73.04": advancing.MAKASSAR}


async def open_case(crew: Crew) -> Values:
    """A report that was taken up."""
    complaint = await crew.complaint()
    return await _taken_up(crew, complaint)


async def _taken_up(crew: Crew, complaint: Values) -> Values:
    handler = await crew.staff(Role.HANDLER)
    path = f"/complaints/{complaint['complaint_id']}/review"
    told(await crew.client.post(path, headers=handler), 200)
    case = await handling.case_of(crew.client, handler, complaint["complaint_id"])
    return complaint | {"case_id": case["id"]}


async def information(crew: Crew) -> Values:
    """What came without a name, and was taken up."""
    filed = await filing.file(crew.client, event={"region_code": crew.region}, reporter=None)
    receipt = filing.receipt(filed)["Authorization"]
    return await _taken_up(crew, {"complaint_id": filed["id"], "receipt": receipt})


async def joinable(crew: Crew) -> Values:
    """A case, and a report that can join it."""
    return await open_case(crew) | {"complaint_id": (await crew.complaint())["complaint_id"]}


async def joined(crew: Crew) -> Values:
    case = await joinable(crew)
    body = {"complaint_id": case["complaint_id"]}
    path = f"/cases/{case['case_id']}/reports"
    told(await crew.post(path, body, await crew.staff(Role.HANDLER)), 200)
    return case


async def persons(crew: Crew) -> Values:
    """A case that names two persons."""
    case = await open_case(crew)
    path, handler = f"/cases/{case['case_id']}/persons", await crew.staff(Role.HANDLER)
    named = told(await crew.post(path, {"name": "Rekaan Kedua"}, handler), 201)
    first = told(await crew.client.get(path, headers=handler), 200)["items"][0]
    return case | {"person_id": named["id"], "same_as_id": first["id"]}


async def same_persons(crew: Crew) -> Values:
    case = await persons(crew)
    path = f"/cases/{case['case_id']}/persons/{case['person_id']}/same-as"
    body = {"same_as_id": case["same_as_id"]}
    told(await crew.post(path, body, await crew.staff(Role.HANDLER)), 200)
    return case


async def incomplete(crew: Crew) -> Values:
    """A case whose reporter has still to bring evidence."""
    return await _checked(crew, "evidence")


async def awaited(crew: Crew) -> Values:
    """A case whose reporter was asked for it."""
    case = await incomplete(crew)
    path, body = f"/cases/{case['case_id']}/completion-request", {"letter_number": "1"}
    told(await crew.post(path, body, await crew.staff(Role.HANDLER)), 200)
    return case


async def complete(crew: Crew) -> Values:
    """A case that its office can register."""
    await reviewing.give_own_code(crew.sessions, f"bawaslu-{crew.region}")
    return await _checked(crew) | {"election_type": "PB"}


async def numbered(crew: Crew) -> Values:
    case = await complete(crew)
    path, body = f"/cases/{case['case_id']}/registration", {"election_type": "PB"}
    told(await crew.post(path, body, await crew.staff(Role.HANDLER)), 200)
    return case


async def _checked(crew: Crew, *unmet: str) -> Values:
    case = await open_case(crew)
    handler = await crew.staff(Role.HANDLER)
    await reviewing.checked(crew.client, {"id": case["case_id"]}, handler, *unmet)
    return case | {"reason": "not_election_violation"}


async def transferable(crew: Crew) -> Values:
    """A case, and an office above to which it can be offered."""
    above = await office_id(crew.sessions, above_of(crew.region))
    return await open_case(crew) | {"to_office_id": str(above)}


async def transferred(crew: Crew) -> Values:
    """A case that was offered to the office above."""
    case = await transferable(crew)
    body = {"to_office_id": case["to_office_id"], "letter_number": "1", "reason": "Rekaan."}
    path = f"/cases/{case['case_id']}/transfers"
    member = await crew.staff(Role.MEMBER)
    return case | {"offer_id": told(await crew.post(path, body, member), 201)["id"]}


async def conflicting(crew: Crew) -> Values:
    """A case, and an officer who may be too near to it."""
    return await open_case(crew) | {"officer_id": (await crew.officer())["officer_id"]}


async def walled(crew: Crew) -> Values:
    """A case from which an officer is walled off."""
    case = await conflicting(crew)
    path, body = f"/cases/{case['case_id']}/conflicts", {"officer_id": case["officer_id"]}
    declared = await crew.post(path, body, await crew.staff(Role.MEMBER))
    return case | {"conflict_id": told(declared, 201)["id"]}


async def ending(crew: Crew) -> Values:
    """A wall that one member wants to come down."""
    case = await walled(crew)
    path = f"/cases/{case['case_id']}/conflicts/{case['conflict_id']}/ending"
    told(await crew.post(path, {"reason": "Rekaan."}, await _other_member(crew)), 200)
    return case


async def glass(crew: Crew) -> Values:
    """A wall that one member wants to be lifted."""
    case = await walled(crew)
    body = {"officer_id": case["officer_id"], "hours": 1, "reason": "Rekaan."}
    path = f"/cases/{case['case_id']}/break-glass"
    asked = await crew.post(path, body, await _other_member(crew))
    return case | {"request_id": told(asked, 201)["id"]}


async def _other_member(crew: Crew) -> Values:
    return await officer(
        crew.sessions, crew.keys, role=Role.MEMBER, office_code=f"bawaslu-{crew.region}"
    )


async def registered(crew: Crew) -> Values:
    """A case whose act lies in an election, so that its class follows from its day."""
    handler = await crew.staff(Role.HANDLER)
    event = {"region_code": crew.region}
    case = await advancing.registered(
        crew.client, crew.sessions, handler, event=event, election_code="pilkada-2024"
    )
    receipt = case["receipt"]["Authorization"]
    return {name: case[name] for name in ("complaint_id", "person_id")} | {
        "case_id": case["id"],
        "receipt": receipt,
    }


async def invited_party(crew: Crew) -> Values:
    case = await registered(crew)
    invitation = advancing.invitation()
    clarification = await _added(crew, case, "clarifications", Role.HANDLER, invitation)
    return case | {"clarification_id": clarification, "held_at": present().isoformat()}


def here(crew: Crew) -> str:
    """Today at the crew's office."""
    return advancing.today(zone=_ZONES[crew.region])


async def classified(crew: Crew) -> Values:
    case = await registered(crew)
    banner = {"act": "banner", "person_id": case["person_id"]}
    classification = await _added(crew, case, "classifications", Role.HANDLER, banner)
    return case | {"classification_id": classification}


async def studied(crew: Crew) -> Values:
    case = await registered(crew)
    handler = await crew.staff(Role.HANDLER)
    path = f"/cases/{case['case_id']}"
    told(await crew.client.post(f"{path}/study", json=advancing.STUDY, headers=handler), 200)
    papers = told(await crew.client.get(f"{path}/documents", headers=handler), 200)
    return case | {
        "document_id": papers["items"][0]["id"],
        "held_on": here(crew),
    }


async def decided(crew: Crew) -> Values:
    case = await studied(crew)
    path = f"/cases/{case['case_id']}/decision"
    member = await crew.staff(Role.MEMBER)
    told(
        await crew.client.post(path, json=advancing.decision(held_on=here(crew)), headers=member),
        200,
    )
    return case | {"dated_on": here(crew)}


async def told_of(crew: Crew) -> Values:
    """A decided case of which reporter and public know."""
    case = await decided(crew)
    letter = {"number": "1", "dated_on": case["dated_on"]}
    for noun, body in (("notices", letter), ("announcement", {})):
        path = f"/cases/{case['case_id']}/{noun}"
        told(await crew.post(path, body, await crew.staff(Role.HANDLER)), 200)
    return case


async def _added(crew: Crew, case: Values, things: str, role: Role, form: handling.Body) -> str:
    """Add something to a case; return its id."""
    path, headers = f"/cases/{case['case_id']}/{things}", await crew.staff(role)
    told(await crew.client.post(path, json=form, headers=headers), 200)
    return str(told(await crew.client.get(path, headers=headers), 200)["items"][0]["id"])


def above_of(region: str) -> str:
    """The office of the province around a regency."""
    return f"bawaslu-{region.partition('.')[0]}"
