"""Circulars, and the offices that they were addressed to, for the contract to be tried on."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from app.circulars.models import CircularAddressee, CircularReminder
from app.clocks.rules.reminding import ReminderKind
from app.core.ids import new_id
from app.web.clock import present
from tests.circulars.circulating import DONE, LETTER
from tests.contract.crew import Crew, Prepare, Values, in_a_month
from tests.evidence.sending import Sender
from tests.rakor.meeting import told


async def drafted(crew: Crew) -> Values:
    here = (await crew.office()).region_code
    lines = [
        {"category": "subdistrict_head", "region_code": crew.region},
        {"category": "other", "region_code": here, "office_ids": [crew.desk.office_id]},
    ]
    body = LETTER | {
        "office_id": crew.desk.office_id,
        "region_code": here,
        "issuer": f"Instansi Rekaan {crew.region}",
        # Numbers are given once.
        "number": f"800/{new_id()}/REKAAN",
        "addressees": lines,
    }
    made = told(await crew.desk.post("/circulars", body), 201)
    return {"circular_id": made["id"], "obligation_id": made["obligations"][0]["id"]}


async def issued(crew: Crew) -> Values:
    """One that has come to the office of the desk itself, and to others by code."""
    thing = await drafted(crew)
    path = f"/circulars/{thing['circular_id']}"
    told(await crew.desk.post(f"{path}/issuance"), 200)
    [other, *_] = told(await crew.desk.get(f"{path}/codes?limit=200"), 200)["items"]
    found = told(await crew.desk.get(f"{path}/addressees?category=other"), 200)["items"]
    own = next(each for each in found if each["office_id"] == crew.desk.office_id)
    days = {"done_on": "2024-09-20", "ended_on": in_a_month()[:10]}
    # Of its own region alone can an office forward.
    reached = {"code": other["code"], "region_code": other["region_code"]}
    return thing | days | reached | {"addressee_id": own["id"]}


async def linked(crew: Crew) -> Values:
    """One, and an office that answers it by code."""
    thing = await issued(crew)
    path = f"/circulars/{thing['circular_id']}/codes"
    [other, *_] = told(await crew.desk.get(path), 200)["items"]
    return thing | {"addressee_id": other["addressee_id"]}


async def attached(crew: Crew) -> Values:
    """One with a file, of which there is a clean copy."""
    thing = await drafted(crew)
    said = {"circular_id": thing["circular_id"]}
    sender = Sender(crew.client, crew.desk.headers, said=said)
    sent = await crew.copied(sender)
    path = f"/circulars/{thing['circular_id']}"
    files = {"attachments": [{"evidence_id": sent["evidence_id"], "title": "Surat rekaan"}]}
    told(await crew.desk.patch(path, files, **{"If-Match": '"1"'}), 200)
    told(await crew.desk.post(f"{path}/issuance"), 200)
    return thing | sent


async def proven(crew: Crew) -> Values:
    """One whose own office reported, with a file."""
    thing = await issued(crew)
    said = {"circular_addressee_id": thing["addressee_id"]}
    sent = await crew.copied(Sender(crew.client, crew.desk.headers, said=said))
    path = f"/circulars/{thing['circular_id']}/addressees/{thing['addressee_id']}/reports"
    report = DONE | {
        "obligation_id": thing["obligation_id"],
        "evidence_ids": [sent["evidence_id"]],
    }
    told(await crew.desk.post(path, report), 201)
    return thing | sent


async def reminded(crew: Crew) -> Values:
    """One of which the desk itself was reminded."""
    thing = await issued(crew)
    due = in_a_month()[:10]
    async with crew.sessions.begin() as session:
        addressee = await session.get_one(CircularAddressee, UUID(thing["addressee_id"]))
        reminder = CircularReminder(
            addressee_id=addressee.id,
            circular_id=addressee.circular_id,
            region_id=addressee.region_id,
            region_code=addressee.region_code,
            office_id=addressee.office_id,
            kind=ReminderKind.BEFORE,
            due_on=date.fromisoformat(due),
            at=present(),
        )
        session.add(reminder)
    return thing | {"reminder_id": str(reminder.id)}


ANSWERED: Final = (
    "acknowledge_circular",
    "forward_circular",
    "report_obligation",
    "list_addressee_codes",
    "renew_addressee_code",
    "put_addressee_contact",
    "mark_circular_reminder_read",
)
"""What only officers of the addressed office do, or of the one that issued."""

USED_UP: Final[Mapping[str, Prepare]] = {
    "issue_circular": drafted,
    "revoke_circular": issued,
    "report_obligation": issued,
    "report_by_code": issued,
    "renew_addressee_code": linked,
}
LASTING: Final[Mapping[str, Prepare]] = {
    "revise_circular": drafted,
    "read_circular": issued,
    "read_circular_content": issued,
    "print_circular_document": issued,
    "print_circular_draft": issued,
    "put_addressee_contact": issued,
    "put_contact_by_code": issued,
    "read_reach_by_code": issued,
    "mark_circular_reminder_read": reminded,
    "read_circular_attachment": attached,
    "read_reach": issued,
    "list_addressees": issued,
    "read_addressee": proven,
    "read_obligation_proof": proven,
    "list_addressee_codes": issued,
    "acknowledge_circular": issued,
    "forward_circular": issued,
    "read_addressed_circular": issued,
    "acknowledge_by_code": issued,
    "forward_by_code": issued,
    "list_own_addressees": issued,
}
