"""The figures of 2024 as they were published (domain.md 3.2): each by its own unit, and right."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncConnection

from app.cases.rules.decisions import Category, PositionGroup, Result, SubjectGroup
from app.cases.rules.states import CaseKind, State
from app.cases.rules.violations import Act
from app.cli.plausible.chance import Chance
from app.cli.plausible.forwarding import ForwardingWriter
from app.cli.plausible.ground import Ground, Home, read_ground
from app.cli.plausible.handling import Dues, HandlingWriter, Timekeeper
from app.cli.plausible.matters import MatterWriter
from app.cli.plausible.shares import PILKADA_2024
from app.cli.plausible.sheets import Sheets
from app.cli.plausible.stories import Story, Suspect
from app.complaints.rules.procedure import Channel
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.referrals.rules.states import FollowUpStatus, ReferralState
from app.stats.service.rebuilding import Rebuilder
from app.web.clock import present
from tests.stats.conftest import Headers
from tests.stats.reading import Body, counts, read

RECEIVED = datetime(2024, 10, 7, 3, tzinfo=UTC)
FORWARDED = RECEIVED + timedelta(days=4)
# Until 2 December, of reports and findings about civil servants; 20 of 433 were still open.
CASES: dict[Result | None, int] = {Result.VIOLATION: 314, Result.NOT_VIOLATION: 99, None: 20}
# On 5 December, of persons; rejected and sanctioned ones stand outside of the sum that was quoted.
QUOTED = {
    FollowUpStatus.AWAITING_BKN_VERIFICATION: 667,
    FollowUpStatus.AWAITING_STAFFING_AUTHORITY: 436,
    FollowUpStatus.LEFT_SERVICE: 4,
    FollowUpStatus.NOT_PROVEN: 24,
    FollowUpStatus.CANCELLED: 27,
}
ALONE: Sequence[FollowUpStatus | None] = [None]
BESIDE = {FollowUpStatus.REJECTED: 60, FollowUpStatus.SANCTIONED: 19}


async def make_figures(connection: AsyncConnection, sessions: Sessions, keys: Keyring) -> None:
    """Enter all of it, and make the figures from it."""
    async with sessions.begin() as session:
        ground = await read_ground(session)
    raw = (await connection.get_raw_connection()).driver_connection
    assert raw is not None
    await entered(ground, keys).copy(raw)
    async with sessions.begin() as session:
        await Rebuilder(session, present()).rebuild()


def entered(ground: Ground, keys: Keyring) -> Sheets:
    sheets, chance = Sheets(), Chance(2024)
    time = Timekeeper(sheets, chance, Dues(ground.law))
    matters = MatterWriter(sheets, chance, keys)
    handling = HandlingWriter(sheets, chance, keys, time)
    forwarding = ForwardingWriter(sheets, chance, keys, time)
    for story in stories(ground.homes["pilkada-2024"], chance):
        matters.write(story, handling.write(story))
        forwarding.write(story, ground.authorities)
    return sheets


def stories(homes: Sequence[Home], chance: Chance) -> Iterator[Story]:
    persons = [status for status, number in (QUOTED | BESIDE).items() for _ in range(number)]
    results = [result for result, number in CASES.items() for _ in range(number)]
    for number, result in enumerate(results):
        violation = result is Result.VIOLATION
        followed = persons[number :: CASES[Result.VIOLATION]] if violation else ALONE
        home = homes[number % len(homes)]
        # How many of them were findings was not published.
        kind = CaseKind.REPORT if number % 5 else CaseKind.FINDING
        yield matter(home, kind, result, [suspect(each, chance) for each in followed])


def matter(home: Home, kind: CaseKind, result: Result | None, suspects: list[Suspect]) -> Story:
    violation = result is Result.VIOLATION
    decided = RECEIVED + timedelta(days=3) if result else None
    forwarded = FORWARDED if violation else None
    return Story(
        home=home,
        place=home.code,
        course=PILKADA_2024,
        case_id=new_id(),
        complaint_id=new_id(),
        kind=kind,
        channel=Channel.APP if kind is CaseKind.REPORT else Channel.OVERSIGHT,
        occurred_on=RECEIVED.date(),
        known_on=RECEIVED.date(),
        received=RECEIVED,
        state=State.FORWARDED if violation else State(result or State.STUDY),
        suspects=suspects,
        reviewed=RECEIVED + timedelta(days=1),
        registered=RECEIVED + timedelta(days=1),
        decided=decided,
        result=result,
        categories=(Category.OTHER_LAW,) if violation else (),
        forwarded=forwarded,
        referral=ReferralState.FORWARDED if violation else None,
    )


def suspect(status: FollowUpStatus | None, chance: Chance) -> Suspect:
    waits = status in (None, FollowUpStatus.AWAITING_BKN_VERIFICATION)
    post = (PositionGroup.FUNCTIONAL, "Guru")
    at = None if waits else FORWARDED + timedelta(days=9)
    id = chance.id_at(RECEIVED)
    return Suspect(id, SubjectGroup.PNS, post, Act.SOCIAL_ENGAGEMENT, status, at)


async def test_each_paper_was_right_about_its_own_unit(
    connection: AsyncConnection,
    sessions: Sessions,
    keys: Keyring,
    client: AsyncClient,
    national: Headers,
) -> None:
    async def table(unit: str, by: str) -> Body:
        return await read(client, "table", national, election="pilkada-2024", unit=unit, by=by)

    await make_figures(connection, sessions, keys)

    cases, persons = await table("case", "outcome"), await table("person", "outcome")
    followed = counts(await table("person", "follow_up"))
    summary = await read(client, "summary", national, election="pilkada-2024")
    found = {each["unit"]: each["count"] for each in summary["figures"]}
    assert cases["total"]["count"] == found["case"] == found["report"] + found["finding"] == 433
    assert counts(cases) == {"violation": 314, "not_violation": 99, "open": 20}
    assert {status: followed[status] for status in QUOTED} == QUOTED
    assert sum(QUOTED.values()) == 1_158
    assert {status: followed[status] for status in BESIDE} == BESIDE
    assert counts(persons)["violation"] == 1_158 + 60 + 19
    assert (found["referral"], found["sanction"]) == (314, 19)
    assert cases["definition"] != persons["definition"]
