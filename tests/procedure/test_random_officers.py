"""Random officers take random steps, allowed and forbidden: whatever they do, the state is one
that the law knows, nobody but the holder acts, numbers have no gap, and the journal agrees."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from httpx import AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.audit.models import JournalEntry
from app.cases.models.cases import Case
from app.cases.models.custody import Custody
from app.cases.models.registration import Registration
from app.cases.rules.states import CaseKind
from app.cases.rules.steps import StepName
from app.cases.rules.transitions import MAP
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.cases.handling import case_of, handler, member
from tests.cases.reviewing import entered_finding, give_own_code
from tests.complaints import filing
from tests.people import office_id
from tests.procedure.acting import ACTS, Headers, Matter, persons_seen, tried

HERE, ABOVE, BESIDE = "bawaslu-73.04", "bawaslu-73", "bawaslu-73.05"
PEOPLE: Final = ("handler", "member", "above", "beside")
ONWARD: Final = (
    StepName.ADOPT_FINDING,
    StepName.REGISTER,
    StepName.CHECK_REQUIREMENTS,
    StepName.DECIDE,
    StepName.WRITE_STUDY,
    StepName.FORWARD,
    StepName.CLOSE,
)
"""The way through the procedure, the furthest step first; chance alone seldom finds it."""


class How(StrEnum):
    """A step that brings the case on, any that the service calls allowed, or any at all."""

    ONWARD = "onward"
    ALLOWED = "allowed"
    ANY = "any"


class Try(NamedTuple):
    """Somebody tries a step on one of the cases."""

    who: str
    case: int
    how: How
    number: int


tries = st.lists(
    st.builds(
        Try,
        st.sampled_from(("holder", "holder", "holder", *PEOPLE)),
        st.integers(0, 2),
        st.sampled_from(How),
        st.integers(0, 100),
    ),
    min_size=20,
    max_size=60,
)


OFFICE_OF: Final = {"handler": "member"}
CHOICE: Final = {How.ONWARD: ONWARD, How.ALLOWED: tuple(ACTS), How.ANY: tuple(ACTS)}


class Play:
    """The staff of three offices, and a report, a finding and an information between them."""

    def __init__(self, client: AsyncClient, sessions: Sessions, people: dict[str, Headers]) -> None:
        self.client = client
        self.sessions = sessions
        self.people = people
        self.matters: list[Matter] = []
        self.members: dict[UUID, str] = {}

    async def begin(self, offices: dict[str, UUID]) -> None:
        self.members = {id: name for name, id in offices.items()}
        receiver = str(offices["above"])
        desk = self.people["handler"]
        for reporter in (filing.complaint()["reporter"], None):
            filed = await filing.file(self.client, reporter=reporter)
            await self.client.post(f"/complaints/{filed['id']}/review", headers=desk)
            case = await case_of(self.client, desk, filed["id"])
            self.matters.append(Matter(case["id"], receiver, {}))
        finding = await entered_finding(self.client, desk)
        self.matters.append(Matter(finding["id"], receiver, {"entered": "as a finding"}))
        for matter in self.matters:
            await persons_seen(self.client, matter, desk)

    async def play(self, each: Try) -> None:
        matter = self.matters[each.case]
        before = await self._case(matter)
        name = self.members[before.office_id] if each.who == "holder" else each.who
        who = self.people[name]
        allowed = await self._allowed(matter, who)
        steps = [step for step in CHOICE[each.how] if each.how is How.ANY or step in allowed]
        if not steps:
            return
        step = steps[0 if each.how is How.ONWARD else each.number % len(steps)]
        answer = await tried(self.client, matter, step, who)
        after = await self._case(matter)

        assert answer.status_code < 500, answer.text
        assert answer.is_success <= (step in allowed), f"{step}: {answer.status_code}"
        if answer.is_success and step is not StepName.TAKE_OVER:
            assert self.members[before.office_id] == OFFICE_OF.get(name, name), step
        if not answer.is_success:
            assert (after.state, after.version) == (before.state, before.version), step
        assert after.state == before.state or self._is_on_the_map(step, before, after)
        await self._check(after)

    async def _allowed(self, matter: Matter, who: Headers) -> set[StepName]:
        answer = await self.client.get(f"/cases/{matter.id}/actions", headers=who)
        if answer.status_code == 404:
            return set()
        return {StepName(each["step"]) for each in answer.json()["items"] if each["allowed"]}

    async def _case(self, matter: Matter) -> Case:
        async with self.sessions.begin() as session:
            return await session.get_one(Case, UUID(matter.id))

    @staticmethod
    def _is_on_the_map(step: StepName, before: Case, after: Case) -> bool:
        rows = [row for row in MAP if row.step is step and before.kind in row.kinds]
        return any(before.state in row.since and row.to in (None, after.state) for row in rows)

    async def _check(self, case: Case) -> None:
        """The journal says what the row says, and the chain of custody ends at the holder."""
        async with self.sessions.begin() as session:
            said = select(JournalEntry.payload).where(
                JournalEntry.subject_id == case.id, JournalEntry.payload.has_key("version")
            )
            newest = said.order_by(JournalEntry.payload["version"].as_integer().desc())
            last = (await session.scalars(newest.limit(1))).one_or_none()
            links = select(Custody.office_id).where(
                Custody.case_id == case.id, Custody.until.is_(None)
            )
            [holder] = (await session.scalars(links)).all()
        assert holder == case.office_id
        assert last is None or (last["state"], last["version"]) == (case.state, case.version)

    async def check_numbers(self) -> None:
        """In each series as many numbers as its last one says."""
        series = (Registration.office_id, Registration.kind, Registration.election)
        async with self.sessions.begin() as session:
            query = select(func.count(), func.max(Registration.sequence)).group_by(*series)
            rows = (await session.execute(query)).all()
            numbered = select(func.count()).where(Case.number.is_not(None))
            cases = await session.scalar(numbered)
        assert all(count == last for count, last in rows)
        assert sum(count for count, _ in rows) == cases


@asynccontextmanager
async def undone(connection: AsyncConnection) -> AsyncIterator[None]:
    nested = await connection.begin_nested()
    yield
    await nested.rollback()


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tries=tries)
async def test_whatever_officers_try_the_procedure_holds(
    client: AsyncClient,
    sessions: Sessions,
    keys: Keyring,
    connection: AsyncConnection,
    tries: list[Try],
) -> None:
    async with undone(connection):
        for number, code in enumerate((HERE, ABOVE, BESIDE), start=1):
            await give_own_code(sessions, code, f"99.0{number}")
        people = {
            "handler": await handler(sessions, keys, HERE),
            "member": await member(sessions, keys, HERE),
            "above": await member(sessions, keys, ABOVE),
            "beside": await member(sessions, keys, BESIDE),
        }
        play = Play(client, sessions, people)
        codes = {"member": HERE, "above": ABOVE, "beside": BESIDE}
        await play.begin({name: await office_id(sessions, code) for name, code in codes.items()})

        for each in tries:
            await play.play(each)

        await play.check_numbers()


def test_every_kind_of_case_has_steps_to_try() -> None:
    for kind in CaseKind:
        assert any(kind in row.kinds and row.step in ACTS for row in MAP)
