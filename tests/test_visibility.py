"""Who gets which answer at every door: the whole matrix, beside the one that people agreed on.

`visibility.csv` has a row for each operation. Its columns say where the reader stands towards a
thing of Bawaslu Sijunjung (13.03): in its own area, in the parent area, in a sibling area, in
another agency, in an office that it was addressed to, behind a conflict wall; or that it is
nobody, the reporter with the receipt, or a stranger with the receipt of another report. A cell
names the answers and the roles that get them; the last answer is everybody else's. `seen` and
`unseen` say whether a list holds the thing.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, TypeAlias
from uuid import UUID

from fastapi import FastAPI
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

AGREED: Final = Path(__file__).with_name("visibility.csv")
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
WHERE: Final = ("own", "parent", "sibling", "agency", "grant", "wall")

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
Row: TypeAlias = dict[str, str]


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


def cell(answers: Mapping[Role, str]) -> str:
    """`200 handler member; 403`: the answer of most roles comes last, without their names."""
    common = min(Counter(answers.values()).items(), key=lambda each: (-each[1], each[0]))[0]
    parts = [
        " ".join([said, *sorted(role for role in answers if answers[role] == said)])
        for said in sorted(set(answers.values()) - {common})
    ]
    return "; ".join([*parts, common])


async def test_every_role_gets_the_agreed_answer_wherever_it_stands(
    client: AsyncClient,
    app: FastAPI,
    sessions: Sessions,
    keys: Keyring,
    connection: AsyncConnection,
) -> None:
    house = await open_house(client, sessions, keys, app.state.depot)
    found = [await row_of(house, connection, each) for each in OPERATIONS]

    with AGREED.open(newline="") as file:
        agreed = {row["operation"]: row for row in csv.DictReader(file)}

    differences = [row for row in found if agreed.pop(row["operation"], None) != row]
    assert not differences, "\n".join(",".join(row.values()) for row in differences)
    assert not agreed, "there is no such operation any more"


async def row_of(house: House, connection: AsyncConnection, at: Operation) -> Row:
    """Let everybody knock; what anybody changes is undone."""
    row = {"operation": at.name}
    whole = await connection.begin_nested()
    thing = await house.prepare(at)
    for where in WHERE:
        answers = {}
        for role, reader in house.readers[where].items():
            answers[role] = await house.answer(connection, at, thing, reader.headers)
        row[where] = cell(answers)
    own = thing.get("receipt", house.receipt)
    for who, credential in (("nobody", ""), ("reporter", own), ("stranger", house.stranger)):
        row[who] = await house.answer(connection, at, thing, headers_of(credential))
    await whole.rollback()
    return row


def headers_of(credential: str) -> Headers:
    return {"Authorization": credential} if credential else {}
