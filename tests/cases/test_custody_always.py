"""Whatever offices do with a case between them, at every moment exactly one of them holds it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.cases.jobs.transfers import end_offers
from app.cases.models.cases import Case
from app.cases.models.custody import Custody, TransferOffer
from app.cases.rules.transfers import is_above, may_receive
from app.complaints.models.complaints import Complaint
from app.core.database import Sessions
from app.core.models import Grant
from app.web.clock import present
from tests.cases.handing import ABOVE, BESIDE, HERE, Body, Scene, answer, offer, reject, take_over
from tests.cases.handling import member, opened

HEAD, OTHER = "bawaslu-00", "bawaslu-71"
OFFICES = (HERE, BESIDE, ABOVE, HEAD, OTHER)


class Act(NamedTuple):
    """What a member of one office tries, to the benefit of another one."""

    what: str
    who: str
    to: str


WHO = st.sampled_from(["holder", "asked", *OFFICES])
acts = st.one_of(
    st.builds(Act, st.just("offer"), st.just("holder"), st.sampled_from(OFFICES)),
    st.builds(Act, st.just("accept"), st.just("asked"), st.just(HERE)),
    st.builds(Act, st.just("take"), st.sampled_from((ABOVE, HEAD)), st.just(HERE)),
    st.builds(
        Act,
        st.sampled_from(["offer", "accept", "reject", "retract", "take", "expire"]),
        WHO,
        st.sampled_from(OFFICES),
    ),
)


@dataclass
class Model:
    """Who holds the case by the law, and who was asked to take it."""

    holder: str = HERE
    asked: str | None = None

    def resolved(self, act: Act) -> Act:
        who = {"holder": self.holder, "asked": self.asked or OTHER}.get(act.who, act.who)
        return act._replace(who=who)

    def play(self, act: Act) -> bool:
        """Do it where the law allows it; return whether it does."""
        allowed = {
            "offer": act.who == self.holder and not self.asked and self._may_receive(act.to),
            "accept": act.who == self.asked,
            "reject": act.who == self.asked,
            "retract": act.who == self.holder and self.asked is not None,
            "take": is_above(region(act.who), region(self.holder)),
            "expire": True,
        }[act.what]
        if allowed:
            self.holder = act.who if act.what in ("accept", "take") else self.holder
            self.asked = act.to if act.what == "offer" else None
        return allowed

    def _may_receive(self, office: str) -> bool:
        return may_receive(region(office), region(self.holder), {region(HERE)})


def region(office: str) -> str:
    return office.removeprefix("bawaslu-")


@asynccontextmanager
async def undone(connection: AsyncConnection) -> AsyncIterator[None]:
    """Each example begins with nothing; the fixture undoes only the test as a whole."""
    nested = await connection.begin_nested()
    yield
    await nested.rollback()


class Drama:
    """The members of all these offices, and one case between them."""

    def __init__(self, scene: Scene, members: dict[str, dict[str, str]], case: Body) -> None:
        self.scene = scene
        self.members = members
        self.case = case
        self.offer: Body | None = None

    async def play(self, act: Act) -> int:
        """Try it, and return the status of the answer."""
        client, officer = self.scene.client, self.members[act.who]
        if act.what == "take":
            return (await take_over(client, self.case, officer)).status_code
        if act.what == "expire":
            await end_offers(self.scene.sessions, self.scene.keys, present() + timedelta(days=30))
            return 200
        if act.what == "offer":
            made = await offer(client, self.case, officer, self.scene.offices[act.to])
            self.offer = made.json() if made.status_code == 201 else self.offer
            return made.status_code
        return await self._answered(act.what, officer)

    async def _answered(self, what: str, officer: dict[str, str]) -> int:
        if self.offer is None:
            return 404
        if what == "reject":
            return (await reject(self.scene.client, self.offer, officer)).status_code
        noun = {"accept": "acceptance", "retract": "retraction"}[what]
        return (await answer(self.scene.client, self.offer, noun, officer)).status_code


async def check_chain(sessions: Sessions, case_id: UUID) -> Sequence[Custody]:
    """One link without gap after the other, and the last one is that of the present holder."""
    async with sessions.begin() as session:
        case = await session.get_one(Case, case_id)
        query = select(Custody).where(Custody.case_id == case_id).order_by(Custody.since)
        chain = (await session.scalars(query)).all()
    assert [each.until for each in chain[:-1]] == [each.since for each in chain[1:]]
    assert [each.follows for each in chain] == [None, *(each.until for each in chain[:-1])]
    assert chain[-1].until is None
    assert chain[-1].office_id == case.office_id
    assert all(one.office_id != two.office_id for one, two in pairwise(chain))
    return chain


async def check_sight(sessions: Sessions, case: Body, holder: UUID) -> None:
    """The report is told of the same holder; nobody keeps a grant who has no business with it."""
    async with sessions.begin() as session:
        report = await session.get_one(Complaint, UUID(case["complaint_id"]))
        query = select(Grant).where(Grant.until.is_(None))
        grants = (await session.scalars(query)).all()
        waiting = select(TransferOffer.to_office_id).where(TransferOffer.answered_at.is_(None))
        offered_to = await session.scalar(waiting)
    assert report.office_id == holder
    assert {each.office_id for each in grants} <= {holder, offered_to}


@given(story=st.lists(acts, min_size=2, max_size=15))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_there_is_exactly_one_holder_at_every_moment(
    scene: Scene, connection: AsyncConnection, story: list[Act]
) -> None:
    async with undone(connection):
        members = {each: await member(scene.sessions, scene.keys, each) for each in OFFICES}
        drama, model = Drama(scene, members, await opened(scene.client, members[HERE])), Model()
        for each in story:
            act = model.resolved(each)
            allowed, status = model.play(act), await drama.play(act)

            assert status in ((200, 201) if allowed else (403, 404, 409, 422)), (act, status)
            chain = await check_chain(scene.sessions, UUID(drama.case["id"]))
            assert str(chain[-1].office_id) == scene.offices[model.holder]
            await check_sight(scene.sessions, drama.case, chain[-1].office_id)
