"""What meetings leave behind, for the contract to be tried on."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from app.core.actors import Role
from app.evidence.jobs.copies import make_copies
from app.evidence.service.copies import CopyService
from app.rakor.jobs import remind_of_follow_ups
from app.rakor.models.followups import FollowUpReminder
from app.web.clock import present
from tests.contract.crew import Crew, Prepare, Values
from tests.evidence import sending
from tests.people import officer
from tests.rakor import following
from tests.rakor.meeting import NAGARI, Desk, told

_LATER: Final = {"starts_on": "2027-09-30", "ends_on": "2027-09-30"}


async def approved(crew: Crew) -> Values:
    """An event whose minutes the chair has approved."""
    event = await crew.held()
    chair = Desk(crew.client, {"Authorization": await chair_of(crew)}, crew.desk.office_id)
    await following.approved(crew.desk, chair, f"/events/{event['event_id']}")
    return event


async def decided(crew: Crew) -> Values:
    """One that has published a decision."""
    event = await approved(crew)
    path = f"/events/{event['event_id']}/decisions"
    answer = await crew.desk.post(path, {"number": 1, "text": "Setiap OPD membuat laporan."})
    return event | {"decision_id": told(answer, 201)["id"]}


async def certified(crew: Crew) -> Values:
    """A certificate for who was there, and the code of the invitation."""
    event = await crew.invited()
    path = _path(event)
    await crew.desk.admit(path, {"id": event["invitation_id"]})
    told(await crew.desk.post(f"{path}/holding"), 200)
    form = {"invitation_id": event["invitation_id"]}
    certificate = told(await crew.desk.post(f"{path}/certificates", form), 201)
    return event | {"certificate_id": certificate["id"]}


async def attended(crew: Crew) -> Values:
    """Somebody who was there and has no certificate yet; who is no walk-in."""
    event = await crew.invited()
    await crew.desk.admit(_path(event), {"id": event["invitation_id"]})
    told(await crew.desk.post(f"{_path(event)}/holding"), 200)
    return event


async def reportable(crew: Crew) -> Values:
    """An event that lacks nothing of its Form Pencegahan."""
    path = await crew.desk.announce(**following.FORM)
    await following.listed(crew.desk, path, await following.uploaded(crew.desk, path))
    told(await crew.desk.post(f"{path}/holding"), 200)
    told(await crew.desk.patch(f"{path}/report", following.REPORT, **{"If-Match": '"0"'}), 200)
    return {"event_id": path.rpartition("/")[2]}


async def written(crew: Crew) -> Values:
    """An event of whose report something is written."""
    event = await crew.held()
    path = f"{_path(event)}/report"
    told(await crew.desk.patch(path, following.REPORT, **{"If-Match": '"0"'}), 200)
    return event


async def proven(crew: Crew) -> Values:
    """A follow-up whose proof is a file of its own, with the working copy."""
    thing = await planned(crew)
    path = f"/follow-ups/{thing['follow_up_id']}"
    said = {"follow_up_id": thing["follow_up_id"]}
    file = await crew.copied(sending.Sender(crew.client, crew.desk.headers, said=said))
    told(await crew.desk.post(f"{path}/completion", dict(file)), 200)
    return thing | file


async def revised(crew: Crew) -> Values:
    event = await crew.minuted()
    answer = await crew.desk.get(f"/events/{event['event_id']}/minutes/revisions")
    return event | {"revision_id": told(answer, 200)["items"][0]["id"]}


async def closed(crew: Crew) -> Values:
    event = await crew.held()
    answer = await crew.desk.post(f"/events/{event['event_id']}/attendance/closings")
    closing = told(answer, 201)
    return event | {"closing_id": closing["id"], "sha256": closing["sha256"]}


async def filed(crew: Crew) -> Values:
    """An event with a photo that is not among its materials yet."""
    event = await crew.published()
    return event | {"evidence_id": await following.uploaded(crew.desk, _path(event))}


async def shown(crew: Crew) -> Values:
    """A public photo with its working copy, and the code of an invitation."""
    event = await crew.invited()
    evidence_id = await following.uploaded(crew.desk, _path(event))
    material = await following.listed(crew.desk, _path(event), evidence_id)
    folder = crew.depot.folder.with_name("copies")
    await make_copies(CopyService(crew.sessions, crew.keys, crew.depot.objects, folder, present))
    return event | {"material_id": material["id"]}


async def planned(crew: Crew) -> Values:
    event = await crew.held()
    return await _planned(crew, event)


async def carrying(crew: Crew) -> Values:
    """A later event, and an earlier one with something unfinished."""
    earlier = await planned(crew)
    later = await crew.desk.draft(**_LATER)
    return {
        "event_id": later["id"],
        "from_event_ids": earlier["event_id"],
        "starts_at": "2027-09-30T02:00:00Z",
        "ends_at": "2027-09-30T03:00:00Z",
    }


async def reminded(crew: Crew) -> Values:
    """A reminder for the office of the desk."""
    event = await crew.published()
    thing = await _planned(crew, event, due_on=present().date().isoformat())
    await remind_of_follow_ups(crew.sessions, present())
    async with crew.sessions.begin() as session:
        query = select(FollowUpReminder.id).where(
            FollowUpReminder.follow_up_id == thing["follow_up_id"]
        )
        reminder_id = (await session.scalars(query)).one()
    return {"reminder_id": str(reminder_id)}


async def chair_of(crew: Crew) -> str:
    """The `Authorization` of a member of the office that organises."""
    code = (await crew.office()).code
    headers = await officer(crew.sessions, crew.keys, role=Role.MEMBER, office_code=code)
    return headers["Authorization"]


async def _planned(crew: Crew, event: Values, **changes: str) -> Values:
    address = {name: NAGARI[name] for name in ("office_name", "region_code")}
    form = address | {"due_on": "2030-01-01"} | changes
    follow_up = await following.planned(crew.desk, _path(event), **form)
    return event | {"follow_up_id": follow_up["id"], "code": follow_up["code"]}


def _path(event: Values) -> str:
    return f"/events/{event['event_id']}"


USED_UP: Final[Mapping[str, Prepare]] = {
    "approve_minutes": Crew.minuted,
    "approve_attendance": closed,
    "report_event": approved,
    "issue_attendance_certificate": attended,
    "replace_attendance_certificate": certified,
    "revoke_attendance_certificate": certified,
    "submit_prevention_form": reportable,
    "publish_decision": approved,
    "withdraw_decision": decided,
    "add_material": filed,
    "withdraw_material": shown,
    "carry_follow_ups": carrying,
    "begin_follow_up": planned,
    "complete_follow_up": planned,
    "cancel_follow_up": planned,
    "begin_own_follow_up": planned,
    "complete_own_follow_up": planned,
}
LASTING: Final[Mapping[str, Prepare]] = {
    "list_minutes_revisions": Crew.minuted,
    "read_minutes_revision": revised,
    "list_decisions": decided,
    "close_attendance": Crew.held,
    "list_attendance_closings": closed,
    "read_attendance_closing": closed,
    "list_materials": shown,
    "read_material_copy": shown,
    "open_material": shown,
    "list_invited_materials": shown,
    "read_invited_material": shown,
    "plan_follow_up": Crew.published,
    "list_carried_follow_ups": Crew.drafted,
    "read_follow_up": planned,
    "read_follow_up_proof": proven,
    "open_follow_up_proof": proven,
    "issue_attendance_certificates": attended,
    "list_attendance_certificates": certified,
    "print_attendance_certificates": certified,
    "read_attendance_certificate": certified,
    "print_attendance_certificate": certified,
    "print_invited_certificate": certified,
    "read_activity_report": Crew.held,
    "revise_activity_report": written,
    "print_activity_report": Crew.held,
    "read_prevention_form": Crew.held,
    "export_prevention_form": Crew.held,
    "reissue_follow_up": planned,
    "read_own_follow_up": planned,
    "mark_follow_up_reminder_read": reminded,
}
