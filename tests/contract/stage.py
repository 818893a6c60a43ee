"""What stands ready when the contract is tried: credentials that open each door, and for each
operation things that it can be done to."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle
from typing import Final, TypeAlias
from uuid import UUID

from httpx import AsyncClient, Response
from sqlalchemy import select

from app.clocks.jobs.running import remind
from app.clocks.models import ClockReminder
from app.clocks.rules.norms import Step
from app.complaints.models.search import SavedQueue
from app.core.actors import PERMISSIONS, SCOPES, Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.evidence.jobs.copies import make_copies
from app.evidence.schemas.uploads import EXAMPLE, EXAMPLE_SHA256
from app.evidence.service.copies import CopyService
from app.evidence.service.depot import Depot
from app.offices.models import Office
from app.web.clock import present
from tests.cases import advancing, handling, reviewing
from tests.clocks import proposing, running
from tests.complaints import filing
from tests.complaints.identity import asking
from tests.contract import referring
from tests.declarations import declaring
from tests.evidence import samples, sending
from tests.people import PASSWORD, add_officer, office_id, officer, system
from tests.rakor.meeting import MINUTES, NAGARI, Desk, told

Values: TypeAlias = dict[str, str]
"""Good values, by the name of the field or parameter that takes them."""

HEAD_OFFICE: Final = "bawaslu-00"
LOCAL_OFFICE: Final = "bawaslu-73.04"
# The admin sits below the head office, so that he cannot end the accounts that we knock with;
# handlers and members sit where the cases are held, because only the holder may take a step.
OFFICES: Final = {
    Role.HANDLER: LOCAL_OFFICE,
    Role.CUSTODIAN: HEAD_OFFICE,
    Role.MEMBER: LOCAL_OFFICE,
    Role.SECRETARIAT: HEAD_OFFICE,
    Role.ADMIN: LOCAL_OFFICE,
}
SPARE: Final = 8
"""How many there are of what is used up: what is opened once cannot be opened again."""


@dataclass(frozen=True)
class Stage:
    """The `Authorization` for each permission (or for one operation by its name), the things for
    each operation, and what is good everywhere."""

    credentials: Mapping[str, Iterator[str]]
    things: Mapping[str, Iterator[Values]]
    everywhere: Values


@dataclass(frozen=True)
class Crew:
    """Who prepares the things: two desks, and the services behind them."""

    client: AsyncClient
    sessions: Sessions
    keys: Keyring
    depot: Depot
    desk: Desk
    admin: Desk
    region: str = "73.04"
    people: Mapping[Role, dict[str, str]] = field(default_factory=dict)

    async def staff(self, role: Role) -> dict[str, str]:
        """Somebody who has signed in already, or else somebody new in the crew's own region."""
        office_code = f"bawaslu-{self.region}"
        return self.people.get(role) or await officer(
            self.sessions, self.keys, role=role, office_code=office_code
        )

    async def complaint(self) -> Values:
        filed = await filing.file(self.client, event={"region_code": self.region})
        return {"complaint_id": filed["id"], "receipt": filing.receipt(filed)["Authorization"]}

    async def case(self) -> Values:
        """A report that was taken up."""
        complaint = await self.complaint()
        return await self._taken_up(complaint)

    async def _taken_up(self, complaint: Values) -> Values:
        handler = await self.staff(Role.HANDLER)
        path = f"/complaints/{complaint['complaint_id']}/review"
        told(await self.client.post(path, headers=handler), 200)
        case = await handling.case_of(self.client, handler, complaint["complaint_id"])
        return complaint | {"case_id": case["id"]}

    async def information(self) -> Values:
        """What came without a name, and was taken up."""
        filed = await filing.file(self.client, event={"region_code": self.region}, reporter=None)
        receipt = filing.receipt(filed)["Authorization"]
        return await self._taken_up({"complaint_id": filed["id"], "receipt": receipt})

    async def joinable(self) -> Values:
        """A case, and a report that can join it."""
        return await self.case() | {"complaint_id": (await self.complaint())["complaint_id"]}

    async def joined(self) -> Values:
        case = await self.joinable()
        body = {"complaint_id": case["complaint_id"]}
        path = f"/cases/{case['case_id']}/reports"
        told(await self._post(path, body, await self.staff(Role.HANDLER)), 200)
        return case

    async def persons(self) -> Values:
        """A case that names two persons."""
        case = await self.case()
        path, handler = f"/cases/{case['case_id']}/persons", await self.staff(Role.HANDLER)
        named = told(await self._post(path, {"name": "Rekaan Kedua"}, handler), 201)
        first = told(await self.client.get(path, headers=handler), 200)["items"][0]
        return case | {"person_id": named["id"], "same_as_id": first["id"]}

    async def same_persons(self) -> Values:
        case = await self.persons()
        path = f"/cases/{case['case_id']}/persons/{case['person_id']}/same-as"
        body = {"same_as_id": case["same_as_id"]}
        told(await self._post(path, body, await self.staff(Role.HANDLER)), 200)
        return case

    async def incomplete(self) -> Values:
        """A case whose reporter has still to bring evidence."""
        return await self._checked("evidence")

    async def awaited(self) -> Values:
        """A case whose reporter was asked for it."""
        case = await self.incomplete()
        path, body = f"/cases/{case['case_id']}/completion-request", {"letter_number": "1"}
        told(await self._post(path, body, await self.staff(Role.HANDLER)), 200)
        return case

    async def complete(self) -> Values:
        """A case that its office can register."""
        await reviewing.give_own_code(self.sessions, f"bawaslu-{self.region}")
        return await self._checked() | {"election_type": "PB"}

    async def numbered(self) -> Values:
        case = await self.complete()
        path, body = f"/cases/{case['case_id']}/registration", {"election_type": "PB"}
        told(await self._post(path, body, await self.staff(Role.HANDLER)), 200)
        return case

    async def _checked(self, *unmet: str) -> Values:
        case = await self.case()
        handler = await self.staff(Role.HANDLER)
        await reviewing.checked(self.client, {"id": case["case_id"]}, handler, *unmet)
        return case | {"reason": "not_election_violation"}

    async def transferable(self) -> Values:
        """A case, and an office above to which it can be offered."""
        above = await office_id(self.sessions, above_of(self.region))
        return await self.case() | {"to_office_id": str(above)}

    async def transferred(self) -> Values:
        """A case that was offered to the office above."""
        case = await self.transferable()
        body = {"to_office_id": case["to_office_id"], "letter_number": "1", "reason": "Rekaan."}
        path = f"/cases/{case['case_id']}/transfers"
        member = await self.staff(Role.MEMBER)
        return case | {"offer_id": told(await self._post(path, body, member), 201)["id"]}

    async def conflicting(self) -> Values:
        """A case, and an officer who may be too near to it."""
        return await self.case() | {"officer_id": (await self.officer())["officer_id"]}

    async def walled(self) -> Values:
        """A case from which an officer is walled off."""
        case = await self.conflicting()
        path, body = f"/cases/{case['case_id']}/conflicts", {"officer_id": case["officer_id"]}
        declared = await self._post(path, body, await self.staff(Role.MEMBER))
        return case | {"conflict_id": told(declared, 201)["id"]}

    async def ending(self) -> Values:
        """A wall that one member wants to come down."""
        case = await self.walled()
        path = f"/cases/{case['case_id']}/conflicts/{case['conflict_id']}/ending"
        told(await self._post(path, {"reason": "Rekaan."}, await self._other_member()), 200)
        return case

    async def glass(self) -> Values:
        """A wall that one member wants to be lifted."""
        case = await self.walled()
        body = {"officer_id": case["officer_id"], "hours": 1, "reason": "Rekaan."}
        path = f"/cases/{case['case_id']}/break-glass"
        asked = await self._post(path, body, await self._other_member())
        return case | {"request_id": told(asked, 201)["id"]}

    async def _other_member(self) -> Values:
        return await officer(
            self.sessions, self.keys, role=Role.MEMBER, office_code=f"bawaslu-{self.region}"
        )

    async def _post(self, path: str, body: Mapping[str, object], headers: Values) -> Response:
        return await self.client.post(path, json=body, headers=headers)

    async def registered(self) -> Values:
        """A case whose act lies in an election, so that its class follows from its day."""
        handler = await self.staff(Role.HANDLER)
        event = {"region_code": self.region}
        case = await advancing.registered(
            self.client, self.sessions, handler, event=event, election_code="pilkada-2024"
        )
        receipt = case["receipt"]["Authorization"]
        return {name: case[name] for name in ("complaint_id", "person_id")} | {
            "case_id": case["id"],
            "receipt": receipt,
        }

    async def invited_party(self) -> Values:
        case = await self.registered()
        invitation = advancing.invitation()
        clarification = await self._added(case, "clarifications", Role.HANDLER, invitation)
        return case | {"clarification_id": clarification, "held_at": present().isoformat()}

    async def classified(self) -> Values:
        case = await self.registered()
        banner = {"act": "banner", "person_id": case["person_id"]}
        classification = await self._added(case, "classifications", Role.HANDLER, banner)
        return case | {"classification_id": classification}

    async def studied(self) -> Values:
        case = await self.registered()
        handler = await self.staff(Role.HANDLER)
        path = f"/cases/{case['case_id']}"
        told(await self.client.post(f"{path}/study", json=advancing.STUDY, headers=handler), 200)
        papers = told(await self.client.get(f"{path}/documents", headers=handler), 200)
        return case | {
            "document_id": papers["items"][0]["id"],
            "held_on": advancing.today(),
        }

    async def decided(self) -> Values:
        case = await self.studied()
        path = f"/cases/{case['case_id']}/decision"
        member = await self.staff(Role.MEMBER)
        told(await self.client.post(path, json=advancing.decision(), headers=member), 200)
        return case | {"dated_on": advancing.today()}

    async def told_of(self) -> Values:
        """A decided case of which reporter and public know."""
        case = await self.decided()
        letter = {"number": "1", "dated_on": case["dated_on"]}
        for noun, body in (("notices", letter), ("announcement", {})):
            path = f"/cases/{case['case_id']}/{noun}"
            told(await self._post(path, body, await self.staff(Role.HANDLER)), 200)
        return case

    async def _added(self, case: Values, things: str, role: Role, form: handling.Body) -> str:
        """Add something to a case; return its id."""
        path, headers = f"/cases/{case['case_id']}/{things}", await self.staff(role)
        told(await self.client.post(path, json=form, headers=headers), 200)
        return str(told(await self.client.get(path, headers=headers), 200)["items"][0]["id"])

    async def asked(self) -> Values:
        complaint = await self.complaint()
        desk = await self.staff(Role.HANDLER)
        request = await asking.asked(self.client, complaint["complaint_id"], desk)
        return complaint | {"request_id": request["id"]}

    async def granted(self) -> Values:
        request = await self.asked()
        custodian = await self.staff(Role.CUSTODIAN)
        told(await asking.grant(self.client, request["request_id"], custodian, hours=72), 200)
        return request

    async def queued(self) -> Values:
        """A queue of the whole office that stands behind the desk."""
        async with self.sessions.begin() as session:
            office = await session.get_one(Office, UUID(self.desk.office_id))
        queue = SavedQueue(
            region_id=office.region_id,
            region_code=office.region_code,
            office_id=office.id,
            officer_id=None,
            name="Antrean rekaan",
            filter={"status": "submitted"},
            saved_at=present(),
        )
        async with self.sessions.begin() as session:
            session.add(queue)
        return {"queue_id": str(queue.id)}

    async def pair(self) -> Values:
        return {**await self.complaint(), "other_id": (await self.complaint())["complaint_id"]}

    async def linked(self) -> Values:
        pair = await self.pair()
        path = f"/complaints/{pair['complaint_id']}/links/{pair['other_id']}"
        handler = await officer(
            self.sessions, self.keys, role=Role.HANDLER, office_code=HEAD_OFFICE
        )
        told(await self.client.put(path, json={"state": "confirmed"}, headers=handler), 200)
        return pair

    async def upload(self) -> Values:
        """A file that was begun, and what is sent of it next."""
        thing, content = await self.complaint(), EXAMPLE.encode()
        said = {"sha256": EXAMPLE_SHA256, "complaint_id": thing["complaint_id"]}
        sender = sending.Sender(self.client, {"Authorization": thing["receipt"]})
        place = await sender.begun(content)
        return thing | {
            "upload_id": place.rpartition("/")[2],
            "content": EXAMPLE,
            "tus-resumable": "1.0.0",
            "upload-length": str(len(content)),
            "upload-metadata": sending.metadata(**said),
            "upload-offset": "0",
            "upload-checksum": sending.checksum(content)["Upload-Checksum"],
        }

    async def written(self) -> Values:
        """A complaint whose reporter wrote to the office."""
        values = await self.complaint()
        id, headers = str(new_id()), {"Authorization": values["receipt"]}
        path = f"/receipt/messages/{id}"
        told(await self.client.put(path, json={"text": "Rekaan."}, headers=headers), 201)
        return values | {"up_to": id}

    async def evidence(self) -> Values:
        """A photograph with its working copy."""
        thing = await self.complaint()
        sender = sending.Sender(self.client, {"Authorization": thing["receipt"]})
        place = await sender.sent(samples.photograph())
        folder = self.depot.folder.with_name("copies")
        copies = CopyService(self.sessions, self.keys, self.depot.objects, folder, present)
        await make_copies(copies)
        return thing | {"evidence_id": place.rpartition("/")[2]}

    async def on_hold(self) -> Values:
        """A complaint whose evidence is kept by a hold of its member."""
        thing = await self.complaint()
        member = await officer(
            self.sessions, self.keys, role=Role.MEMBER, office_code=f"bawaslu-{self.region}"
        )
        path = f"/complaints/{thing['complaint_id']}/holds"
        placed = await self.client.post(path, json={"reason": "Rekaan."}, headers=member)
        return thing | {"hold_id": told(placed, 201)["id"]}

    async def planned(self) -> Values:
        plan = await declaring.plan(self.client, self.desk.headers)
        return {"declaration_id": plan["id"]}

    async def opened(self) -> Values:
        opened = await declaring.opened(self.client, self.desk.headers)
        await declaring.sign(self.client, opened, declaring.signature())
        return {"declaration_id": opened["id"], "region_code": opened["region_code"]}

    async def drafted(self) -> Values:
        return {"event_id": (await self.desk.draft())["id"]}

    async def published(self) -> Values:
        return await self._taken("publication", await self.drafted())

    async def invited(self) -> Values:
        event = await self.published()
        invitation = (await self.desk.invite(f"/events/{event['event_id']}", NAGARI))[0]
        return event | {"invitation_id": invitation["id"], "code": invitation["code"]}

    async def held(self) -> Values:
        return await self._taken("holding", await self.published())

    async def minuted(self) -> Values:
        event = await self.held()
        told(await self.desk.post(f"/events/{event['event_id']}/minutes", MINUTES), 201)
        return event

    async def previewed(self) -> Values:
        """A proposal of another officer of the head office."""
        proposer = await officer(self.sessions, self.keys, role=Role.ADMIN, office_code=HEAD_OFFICE)
        form = {"holidays_added": [proposing.LATE_LEAVE | {"day": "2031-12-30"}]}
        answer = await self.client.post("/clocks/preview", json=form, headers=proposer)
        return {"preview_id": told(answer, 201)["id"]}

    async def reminded(self) -> Values:
        """A reminder for the head office."""
        thing = running.Thing(desk=running.desk(office_id=UUID(self.desk.office_id)))
        at = present() - timedelta(hours=47)
        async with self.sessions.begin() as session:
            clock = await running.started(session, Step.COMPLETION, at, subject=thing)
        await remind(self.sessions, present())
        async with self.sessions.begin() as session:
            query = select(ClockReminder.id).where(ClockReminder.clock_id == clock.id)
            reminder = (await session.scalars(query)).one()
        return {"reminder_id": str(reminder), "subject_id": str(thing.id)}

    async def agency(self) -> Values:
        """A partner agency of the crew's region, which its admin keeps."""
        body = {
            "kind": "personnel_agency",
            "region_code": self.region,
            "name": "BKPSDM Rekaan",
            "suffix": f"rekaan{new_id().hex[-12:]}",
        }
        return {"office_id": told(await self.admin.post("/offices", body), 201)["id"]}

    async def officer(self) -> Values:
        account = await add_officer(
            self.sessions, self.keys, role=Role.HANDLER, office_code=f"bawaslu-{self.region}"
        )
        return {"officer_id": str(account.id), "username": account.login}

    async def machine(self) -> Values:
        body = {
            "name": "Sistem Rekaan",
            "office_code": f"bawaslu-{self.region}",
            "area": self.region,
            "scopes": [Permission.READ_STATISTICS],
            "expires_at": in_a_month(),
        }
        added = told(await self.admin.post("/clients", body), 201)
        return {"client_id": added["client"]["id"], "client_secret": added["client_secret"]}

    async def signed_in(self) -> Values:
        values = await self.officer() | await self.machine()
        form = {"grant_type": "password", "username": values["username"], "password": PASSWORD}
        tokens = told(await self.client.post("/auth/token", data=form), 200)
        return values | {
            "password": PASSWORD,
            "refresh_token": tokens["refresh_token"],
            "token": tokens["access_token"],
            "scope": Permission.READ_STATISTICS,
        }

    async def _taken(self, step: str, event: Values) -> Values:
        told(await self.desk.post(f"/events/{event['event_id']}/{step}"), 200)
        return event


Prepare: TypeAlias = Callable[[Crew], Awaitable[Values]]

USED_UP: Final[Mapping[str, Prepare]] = {
    "join_report": Crew.joinable,
    "separate_report": Crew.joined,
    "mark_same_person": Crew.persons,
    "remove_same_person": Crew.same_persons,
    "remove_case_person": Crew.persons,
    "request_completion": Crew.incomplete,
    "resume_review": Crew.awaited,
    "register_case": Crew.complete,
    "refuse_registration": Crew.incomplete,
    "convert_to_information": Crew.case,
    "adopt_finding": Crew.information,
    "close_tracing": Crew.information,
    **referring.USED_UP,
    "begin_review": Crew.complaint,
    "record_clarification": Crew.invited_party,
    "extend_handling": Crew.registered,
    "classify_act": Crew.registered,
    "reverse_classification": Crew.classified,
    "decide_case": Crew.studied,
    "close_case": Crew.told_of,
    "request_identity": Crew.complaint,
    "grant_identity": Crew.asked,
    "deny_identity": Crew.asked,
    "revoke_identity": Crew.granted,
    "offer_transfer": Crew.transferable,
    "accept_transfer": Crew.transferred,
    "reject_transfer": Crew.transferred,
    "retract_transfer": Crew.transferred,
    "take_over": Crew.case,
    "declare_conflict": Crew.conflicting,
    "request_conflict_end": Crew.walled,
    "agree_conflict_end": Crew.ending,
    "request_break_glass": Crew.walled,
    "agree_break_glass": Crew.glass,
    "delete_queue": Crew.queued,
    "remove_link": Crew.linked,
    "release_hold": Crew.on_hold,
    "continue_upload": Crew.upload,
    "cancel_upload": Crew.upload,
    "mark_complaint_messages_read": Crew.written,
    "open_declaration": Crew.planned,
    "close_declaration": Crew.opened,
    "cancel_declaration": Crew.planned,
    "publish_event": Crew.drafted,
    "hold_event": Crew.published,
    "report_event": Crew.minuted,
    "cancel_event": Crew.drafted,
    "write_minutes": Crew.held,
    "grant_token": Crew.signed_in,
    "revoke_token": Crew.signed_in,
    "deactivate_officer": Crew.officer,
    "revoke_client": Crew.machine,
    "approve_preview": Crew.previewed,
}

LASTING: Final[Mapping[str, Prepare]] = {
    "list_case_reports": Crew.case,
    "list_case_persons": Crew.case,
    "name_case_person": Crew.case,
    "change_case_person": Crew.persons,
    "read_requirements": Crew.case,
    "put_requirement": Crew.case,
    "read_registration": Crew.numbered,
    **referring.LASTING,
    "read_complaint": Crew.complaint,
    "summarise_complaint": Crew.complaint,
    "list_queued_complaints": Crew.queued,
    "read_complaint_history": Crew.complaint,
    "list_identity_requests_of_complaint": Crew.asked,
    "open_identity": Crew.granted,
    "read_links": Crew.linked,
    "put_link": Crew.pair,
    "list_evidence": Crew.evidence,
    "open_evidence": Crew.evidence,
    "list_openings": Crew.evidence,
    "read_working_copy": Crew.evidence,
    "place_hold": Crew.complaint,
    "list_holds": Crew.complaint,
    "begin_upload": Crew.upload,
    "check_upload": Crew.upload,
    "read_upload": Crew.upload,
    "list_complaint_messages": Crew.written,
    "write_complaint_message": Crew.complaint,
    "list_complaint_supplements": Crew.complaint,
    "read_case": Crew.case,
    "read_case_history": Crew.case,
    "list_actions": Crew.case,
    "list_transfers_of_case": Crew.transferred,
    "list_custody": Crew.case,
    "list_conflicts": Crew.walled,
    "list_break_glass": Crew.glass,
    "invite_party": Crew.registered,
    "list_clarifications": Crew.invited_party,
    "write_study": Crew.registered,
    "list_case_documents": Crew.studied,
    "read_case_document": Crew.studied,
    "list_classifications": Crew.classified,
    "list_plenaries": Crew.decided,
    "issue_notice": Crew.decided,
    "announce_case": Crew.decided,
    "list_deadlines": Crew.case,
    "read_declaration": Crew.opened,
    "change_declaration": Crew.planned,
    "put_signature": Crew.opened,
    "list_signatures": Crew.opened,
    "read_tally": Crew.opened,
    "read_event": Crew.published,
    "revise_event": Crew.drafted,
    "add_session": Crew.drafted,
    "invite_offices": Crew.published,
    "list_invitations": Crew.invited,
    "read_invitation": Crew.invited,
    "answer_invitation": Crew.invited,
    "put_check_in": Crew.invited,
    "read_attendance": Crew.invited,
    "revise_minutes": Crew.minuted,
    "read_minutes": Crew.minuted,
    "read_officer": Crew.officer,
    "change_officer": Crew.officer,
    "change_office": Crew.agency,
    "reset_password": Crew.officer,
    "read_client": Crew.machine,
    "rotate_secret": Crew.machine,
    "list_moves": Crew.previewed,
    "mark_reminder_read": Crew.reminded,
}


def above_of(region: str) -> str:
    """The office of the province around a regency."""
    return f"bawaslu-{region.partition('.')[0]}"


def in_a_month() -> str:
    return (present() + timedelta(days=30)).isoformat()


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
    return Stage(await _credentials(crew, people), await _things(crew), good_everywhere(head))


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
        # Only the desk itself has read it.
        "mark_reminder_read": cycle([people[Role.HANDLER]["Authorization"]]),
        # Only who asked may open.
        "open_identity": cycle([people[Role.HANDLER]["Authorization"]]),
        # Only the office above, to which it was offered.
        **dict.fromkeys(
            ("accept_transfer", "reject_transfer", "take_over"), cycle([above["Authorization"]])
        ),
        # What came on paper only a member of the holder records.
        **dict.fromkeys(referring.ACTED_ON_PAPER, cycle([people[Role.MEMBER]["Authorization"]])),
        # Of another only a member says it.
        "declare_conflict": cycle([people[Role.MEMBER]["Authorization"]]),
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
        "requirement_code": "account",
        "current_password": PASSWORD,
        "expires_at": in_a_month(),
    }
