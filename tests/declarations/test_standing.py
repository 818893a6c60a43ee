"""Whatever is done to signatures in whatever order, one person counts once and the log agrees."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import func, select

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations.models.declarations import Signature
from app.declarations.rules.kinds import SignatureState
from app.ledger.rules.acts import Act
from tests.declarations.collecting import Device, registered
from tests.declarations.declaring import Body, Headers, opened, sign, signature
from tests.declarations.inviting import invite, redeem, ticket
from tests.declarations.recounting import leaves, recount, valid
from tests.declarations.test_checking import REASON, judge
from tests.declarations.test_invalidation import seek, step
from tests.declarations.test_withdrawal import LETTER, withdraw

PERSONS = 8
REGIONS = ("13.03", "73.07")
EVERYWHERE = {"fan_out": True}
FOLLOWS = {
    Act.WITHDRAWN: {Act.SIGNED, Act.REINSTATED},
    Act.INVALIDATED: {Act.SIGNED, Act.REINSTATED},
    Act.REINSTATED: {Act.INVALIDATED},
}
"""After which act each may come; so nothing is counted or taken away twice."""


@dataclass
class Hall:
    """A declaration in which everything happens, and what is at hand for the next act."""

    client: AsyncClient
    organiser: Headers
    where: Body
    tickets: list[str]
    targets: dict[str, list[str]]
    device: Device
    signed: list[Body] = field(default_factory=list)
    own_tickets: list[str] = field(default_factory=list)
    previews: list[Body] = field(default_factory=list)

    async def act(self, chance: Random) -> Response | None:
        return await chance.choice(
            (
                *[self.redeem] * 3,
                *[self.sign] * 4,
                *[self.come] * 3,
                self.withdraw,
                *[self.judge] * 5,
                self.preview,
                self.apply,
                self.reverse,
            )
        )(chance)

    async def redeem(self, chance: Random) -> Response:
        return self._noted(await redeem(self.client, chance.choice(self.tickets)))

    async def sign(self, chance: Random) -> Response:
        body = signature(chance.randrange(PERSONS), region_code=chance.choice(REGIONS))
        return self._noted(await sign(self.client, self.where, body))

    async def come(self, chance: Random) -> Response:
        """Somebody of the roster signs in the room, perhaps again."""
        carried = chance.choice(self.device.bundle["targets"])
        reference = {"id": carried["id"], "region_id": carried["region_id"]}
        answer = await self.device.deliver(self.device.collect(target=reference))
        [told] = answer.json()["items"]
        if told["outcome"] == "recorded":
            self.signed.append(told["signature"])
            self.own_tickets += [told["ticket"]] if told["ticket"] else []
        return answer

    async def withdraw(self, chance: Random) -> Response:
        return await withdraw(self.client, chance.choice([*self.tickets, *self.own_tickets]))

    async def judge(self, chance: Random) -> Response | None:
        if not self.signed:
            return None
        signed = chance.choice(self.signed)
        target = chance.choice(self.targets[signed["region_code"]])
        steps: tuple[tuple[str, Body], ...] = (
            ("confirmation", {"stands_for": None}),
            *[("confirmation", {"stands_for": target})] * 3,
            ("rejection", REASON),
            ("reinstatement", REASON),
            ("withdrawal", LETTER),
        )
        name, body = chance.choice(steps)
        return await judge(self.client, self.organiser, signed, name, **body)

    async def preview(self, chance: Random) -> None:
        rule = chance.choice(("same_person_elsewhere", "outside_opening", "paper_and_electronic"))
        self.previews.append(await seek(self.client, self.organiser, self.where, rule))

    async def apply(self, chance: Random) -> Response | None:
        return await self._step(chance, "approval")

    async def reverse(self, chance: Random) -> Response | None:
        return await self._step(chance, "reversal")

    async def _step(self, chance: Random, name: str) -> Response | None:
        if not self.previews:
            return None
        return await step(self.client, self.organiser, chance.choice(self.previews), name)

    def _noted(self, answer: Response) -> Response:
        if answer.status_code == 201:
            body = answer.json()
            self.signed.append(body)
            self.own_tickets += [body["ticket"]] if body.get("ticket") else []
        return answer


@pytest.mark.parametrize("seed", range(4))
async def test_any_order_of_acts_keeps_one_valid_signature_and_the_recount(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311
    where = await opened(client, sijunjung)
    rosters = {
        region: await invite(sessions, keys, where, *range(PERSONS), region=region)
        for region in REGIONS
    }
    device = await registered(client, sijunjung, where)
    await device.take_along()
    hall = Hall(
        client,
        sijunjung,
        where,
        [ticket(keys, each) for roster in rosters.values() for each in roster],
        {region: [str(each.id) for each in roster] for region, roster in rosters.items()},
        device,
    )

    statuses: Counter[int] = Counter()
    for _ in range(100):
        answer = await hall.act(chance)
        if answer is not None:
            statuses[answer.status_code] += 1

    assert statuses.keys() <= {200, 201, 404, 409, 422}, statuses
    assert await valid(sessions, where) == await recount(sessions, where)
    assert await most_of_one_person(sessions, where) <= 1
    assert await most_of_one_target(sessions, where) <= 1
    assert follow_each_other([(each.act, each.of) for each in await leaves(sessions, where)])


async def most_of_one_person(sessions: Sessions, where: Body) -> int:
    return await _most(sessions, where, Signature.person_key)


async def most_of_one_target(sessions: Sessions, where: Body) -> int:
    return await _most(sessions, where, func.coalesce(Signature.stands_for, Signature.id))


async def _most(sessions: Sessions, where: Body, whose: object) -> int:
    query = (
        select(func.count())
        .where(
            Signature.declaration_id == UUID(where["id"]),
            Signature.state == SignatureState.VALID,
        )
        .group_by(Signature.region_id, whose)  # type: ignore[arg-type]
        .order_by(func.count().desc())
    )
    async with sessions.begin() as session:
        return await session.scalar(query, execution_options=EVERYWHERE) or 0


def follow_each_other(acts: list[tuple[Act, int | None]]) -> bool:
    """Whether every act comes after one that it may come after."""
    last: dict[int, Act] = {}
    for act, of in acts:
        if of is not None:
            if last.get(of, Act.SIGNED) not in FOLLOWS[act]:
                return False
            last[of] = act
    return True
