"""Readers of every role in every place, who knock at the doors of the whole contract."""

import re
from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeAlias
from uuid import UUID

from httpx import AsyncClient, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts.models import Officer
from app.accounts.rules import ROLES
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.models import Grant, Wall
from app.credentials.service import TokenIssuer
from app.evidence.service.depot import Depot
from app.offices.models import Office
from app.offices.rules import OfficeKind
from app.web.clock import present
from app.web.examples import example_of
from tests.contract import casework, circulating, consulting, following, referring
from tests.contract.crew import Crew, Prepare, Values
from tests.contract.document import OPERATIONS, SCHEMAS, Operation
from tests.contract.prompter import fill, new_names
from tests.contract.stage import good_everywhere
from tests.contract.things import LASTING, USED_UP
from tests.people import add_officer, bearer, office_id, officer
from tests.rakor.meeting import Desk

REGION: Final = "13.03"
OFFICES: Final = {
    "own": "bawaslu-13.03",
    "parent": "bawaslu-13",
    "sibling": "bawaslu-13.04",
    "grant": "bawaslu-73.04",
    "wall": "bawaslu-13.03",
}
PARTNERS: Final = (
    OfficeKind.BKN,
    OfficeKind.GAKKUMDU,
    OfficeKind.KEMENDAGRI,
    OfficeKind.PERSONNEL_AGENCY,
)
LISTED: Final[dict[str, Prepare]] = {
    "list_complaints": Crew.complaint,
    "list_cases": casework.open_case,
    "list_transfers": casework.transferred,
    "list_referrals": referring.forwarded,
    "list_reminders": Crew.reminded,
    "list_queues": Crew.queued,
    "list_declarations": Crew.opened,
    "list_events": Crew.drafted,
    "list_event_follow_ups": following.planned,
    "list_follow_up_reminders": following.reminded,
    "list_prevention_forms": following.reportable,
    "list_circulars": circulating.issued,
    "list_addressed_circulars": circulating.issued,
    "list_circular_reminders": circulating.reminded,
    "list_consultations": consulting.asked,
    "list_published_answers": consulting.published,
    "list_officers": Crew.officer,
    "list_clients": Crew.machine,
    "list_identity_requests": Crew.asked,
}
ASKERS: Final[dict[str, Prepare]] = {
    each.name: consulting.answered
    for each in OPERATIONS
    if each.path.startswith("/api/v1/receipt/consultation")
}
PREPARED: Final = {**ASKERS, **LASTING, **USED_UP, **LISTED}

FORMATS: Final = {
    "application/x-www-form-urlencoded": "data",
    "application/offset+octet-stream": "content",
    "text/csv": "content",
}

Headers: TypeAlias = dict[str, str]


@dataclass(frozen=True)
class Reader:
    account: Officer
    headers: Headers


Readers: TypeAlias = dict[str, dict[Role, Reader]]


@dataclass(frozen=True)
class House:
    """Everybody who knocks, and the crew that prepares what they knock for."""

    client: AsyncClient
    sessions: Sessions
    crew: Crew
    readers: Readers
    everywhere: Values
    receipt: str
    stranger: str

    async def prepare(self, operation: Operation) -> Values:
        """The thing of one operation, addressed to the granted offices and hidden by walls."""
        prepare = PREPARED.get(operation.name)
        thing = await prepare(self.crew) if prepare else {}
        ids = [UUID(value) for value in thing.values() if re.fullmatch("[0-9a-f-]{36}", value)]
        granted = {reader.account.office_id for reader in self.readers["grant"].values()}
        walled = {reader.account.id for reader in self.readers["wall"].values()}
        # The clock of the database stands still within the transaction of a test.
        now = present() - timedelta(days=1)
        async with self.sessions.begin() as session:
            for id in ids:
                session.add_all(
                    Grant(subject_id=id, office_id=office, since=now) for office in granted
                )
                session.add_all(Wall(subject_id=id, officer_id=each, since=now) for each in walled)
        return thing

    async def answer(
        self, connection: AsyncConnection, at: Operation, thing: Values, headers: Headers
    ) -> str:
        """What this reader is told; whatever it changed is undone."""
        step = await connection.begin_nested()
        values = new_names() | self.everywhere | thing
        said = told(at, await self.knock(at, values, headers), thing)
        await step.rollback()
        return said

    async def knock(self, at: Operation, values: Values, headers: Headers) -> Response:
        path = re.sub(r"{(\w+)}", lambda name: values.get(name[1], "unknown"), at.path)
        body, kind = sent(at, values)
        extra = {"If-Match": '"1"', **demanded(at, values)} | (
            {"Content-Type": kind} if kind else {}
        )
        query = {
            each["name"]: example_of(each["schema"], SCHEMAS)
            for each in at.parameters
            if each["in"] == "query" and each.get("required")
        }
        return await self.client.request(
            at.method,
            path.removeprefix("/api/v1") if path.startswith("/api") else f"http://test{path}",
            **{FORMATS.get(kind or "", "json"): body} if body is not None else {},
            params=query,
            headers=headers | extra,
        )


def demanded(at: Operation, values: Values) -> Headers:
    """The headers that an operation demands."""
    return {
        each["name"]: values.get(each["name"], str(example_of(each["schema"], SCHEMAS)))
        for each in at.parameters
        if each["in"] == "header" and each.get("required")
    }


def sent(at: Operation, values: Values) -> tuple[Any, str | None]:
    for kind, content in at.said.get("requestBody", {}).get("content", {}).items():
        examples = content.get("examples", {"": {"value": content.get("example")}})
        body = {"": deepcopy(next(iter(examples.values()))["value"])}
        fill(body, values)
        # A table is text, in which nothing has a name: its example lies in Jeneponto.
        table = kind == "text/csv"
        return body[""].replace("73.04", values["region_code"]) if table else body[""], kind
    return None, None


async def open_house(client: AsyncClient, sessions: Sessions, keys: Keyring, depot: Depot) -> House:
    readers: Readers = defaultdict(dict)
    for where, code in OFFICES.items():
        for role in sorted(ROLES[OfficeKind.BAWASLU]):
            readers[where][role] = await signed_in(sessions, keys, role, code)
    for where, suffix in (("agency", "satu"), ("grant", "dua")):
        for kind in PARTNERS:
            code = await partner(sessions, kind, suffix)
            for role in sorted(ROLES[kind]):
                readers[where][role] = await signed_in(sessions, keys, role, code)
    staff = {
        role: await officer(sessions, keys, role=role, office_code=OFFICES["own"])
        for role in (Role.SECRETARIAT, Role.ADMIN)
    }
    here = str(await office_id(sessions, OFFICES["own"]))
    desk, admin = (Desk(client, headers, here) for headers in staff.values())
    crew = Crew(client, sessions, keys, depot, desk, admin, REGION)
    receipts = [(await crew.complaint())["receipt"] for _ in range(2)]
    return House(client, sessions, crew, readers, good_everywhere(here, REGION), *receipts)


async def signed_in(sessions: Sessions, keys: Keyring, role: Role, code: str) -> Reader:
    account = await add_officer(sessions, keys, role=role, office_code=code)
    async with sessions.begin() as session:
        tokens = await TokenIssuer(session, present()).sign_in(account)
    return Reader(account, bearer(tokens.access_token))


async def partner(sessions: Sessions, kind: OfficeKind, suffix: str) -> str:
    """An office of another agency, in the very regency of the thing."""
    code = f"{kind.value.replace('_', '-')}-{REGION}-{suffix}"
    async with sessions.begin() as session:
        near = await session.get_one(Office, await office_id(sessions, OFFICES["own"]))
        session.add(
            Office(
                code=code,
                kind=kind,
                level=near.level,
                name="Instansi Rekaan",
                added_at=present(),
                region_id=near.region_id,
                region_code=near.region_code,
                time_zone=near.time_zone,
            )
        )
    return code


def told(at: Operation, answer: Response, thing: Values) -> str:
    """The status; of a list without a subject also whether it holds the thing."""
    if at.method == "get" and answer.status_code == 200 and "{" not in at.path:
        ids = [value for name, value in thing.items() if name.endswith("_id")]
        if ids:
            return "seen" if any(id in answer.text for id in ids) else "unseen"
    return str(answer.status_code)


def headers_of(credential: str) -> Headers:
    return {"Authorization": credential} if credential else {}
