"""Who prepares the things that the contract is tried on."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, TypeAlias
from uuid import UUID

from httpx import AsyncClient, Response
from sqlalchemy import select

from app.audit.service import Journal
from app.clocks.jobs.running import remind
from app.clocks.models import ClockReminder
from app.clocks.rules.norms import Step
from app.complaints.models.search import SavedQueue
from app.core.actors import SYSTEM, Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.evidence.jobs.copies import make_copies
from app.evidence.schemas.uploads import EXAMPLE, EXAMPLE_SHA256
from app.evidence.service.copies import CopyService
from app.evidence.service.depot import Depot
from app.offices.models import Office
from app.web.clock import present
from tests.clocks import proposing, running
from tests.complaints import filing
from tests.complaints.identity import asking
from tests.declarations import collecting, declaring
from tests.evidence import samples, sending
from tests.people import PASSWORD, add_officer, office_id, officer
from tests.rakor.meeting import MINUTES, NAGARI, Desk, told

Values: TypeAlias = dict[str, str]
"""Good values, by the name of the field or parameter that takes them."""

HEAD_OFFICE: Final = "bawaslu-00"
LOCAL_OFFICE: Final = "bawaslu-73.04"


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

    async def post(self, path: str, body: Mapping[str, object], headers: Values) -> Response:
        return await self.client.post(path, json=body, headers=headers)

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

    async def office(self) -> Office:
        """Where the desk works."""
        async with self.sessions.begin() as session:
            return await session.get_one(Office, UUID(self.desk.office_id))

    async def queued(self) -> Values:
        """A queue of the whole office of the crew's region."""
        here = await office_id(self.sessions, f"bawaslu-{self.region}")
        async with self.sessions.begin() as session:
            office = await session.get_one(Office, here)
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
        return thing | await self.copied(sender)

    async def scanned(self) -> Values:
        """A sheet of a declaration with its working copy."""
        where = await declaring.opened(self.client, self.desk.headers)
        said = {"declaration_id": where["id"]}
        sender = sending.Sender(self.client, self.desk.headers, said=said)
        return said | await self.copied(sender)

    async def copied(self, sender: sending.Sender) -> Values:
        place = await sender.sent(samples.photograph())
        folder = self.depot.folder.with_name("copies")
        copies = CopyService(self.sessions, self.keys, self.depot.objects, folder, present)
        await make_copies(copies)
        return {"evidence_id": place.rpartition("/")[2]}

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

    async def collecting(self) -> Values:
        """A declaration with a device, and a signature that it delivered."""
        where = await declaring.opened(self.client, self.desk.headers)
        device = await collecting.registered(self.client, self.desk.headers, where)
        await device.take_along()
        item = device.collect()
        assert collecting.outcomes(await device.deliver(item)) == ["recorded"]
        return {
            "declaration_id": where["id"],
            "device_id": device.id,
            "signature_id": item["id"],
            "credential": device.headers["Authorization"],
        }

    async def drafted(self) -> Values:
        # Offices answer until the last day, and people came on the first.
        ends_on = (present() + timedelta(days=30)).date().isoformat()
        return {"event_id": (await self.desk.draft(ends_on=ends_on))["id"]}

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
        """A reminder for the office of the crew's region."""
        here = await office_id(self.sessions, f"bawaslu-{self.region}")
        thing = running.Thing(region_code=self.region, desk=running.desk(office_id=here))
        at = present() - timedelta(hours=47)
        async with self.sessions.begin() as session:
            clock = await running.started(session, Step.COMPLETION, at, subject=thing)
            # An act as every act is: the figures are told by it.
            await Journal(session, SYSTEM, at).record("complaint.filed", thing)
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


def in_a_month() -> str:
    return (present() + timedelta(days=30)).isoformat()
