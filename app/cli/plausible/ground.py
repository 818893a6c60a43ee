"""What is there before anything is invented: the areas of the elections, their offices, the law."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cli.plausible.chance import Chance
from app.cli.plausible.shares import COURSES, LEADING, LEADING_OF, Course
from app.clocks.repository.law import LawRepository
from app.clocks.rules.law import Law
from app.declarations.models.declarations import PledgeText
from app.elections.models import Election, ElectionArea
from app.offices.models import Office
from app.offices.rules import OfficeKind
from app.regions.models import Region

_PROVINCE: Final = 2
_REGENCY: Final = 5
_SHARE: Final = 10_000
_OF_PROVINCE_ITSELF: Final = 3
"""Of a hundred matters of a province, what happened in none of its regencies in particular."""


@dataclass(frozen=True, eq=False)
class Home:
    """An area that votes, the office that handles what happens there, and the places in it."""

    code: str
    region_id: int
    office_id: UUID
    office_name: str
    zone: str
    places: Sequence[str]


@dataclass(frozen=True)
class Text:
    """What is signed."""

    id: UUID
    content_hash: str


@dataclass(frozen=True)
class Ground:
    """`homes` are the areas of each election, `authorities` the offices that are written to."""

    homes: Mapping[str, Sequence[Home]]
    voting_on: Mapping[str, date]
    authorities: Mapping[str, UUID]
    law: Law
    text: Text


async def read_ground(session: AsyncSession) -> Ground:
    """Read all of it; LookupError where the reference data is not loaded."""
    places = await _places(session)
    offices = await _offices(session)
    homes = {
        course.code: [
            _home(offices[code], places)
            for code in sorted(await _areas(session, course))
            if code in offices
        ]
        for course in COURSES
    }
    if not all(homes.values()):
        raise LookupError("No areas of these elections are known here.")
    others = select(Office.code, Office.id).where(Office.kind != OfficeKind.BAWASLU)
    authorities = {row.code: row.id for row in await session.execute(others)}
    law = await LawRepository(session).law()
    votes = await session.execute(select(Election.code, Election.voting_on))
    voting_on = {row.code: row.voting_on for row in votes}
    return Ground(homes, voting_on, authorities, law, await _text(session))


def weigh(homes: Sequence[Home], seed: int) -> Counter[Home]:
    """How many matters of some ten thousand arise in each area: the provinces that led in 2020
    first, the others by the number of their areas."""
    areas = Counter(home.code[:_PROVINCE] for home in homes)
    led = {code: count for code, count in LEADING.items() if code in areas}
    left = (LEADING_OF - sum(led.values())) / sum(
        number for code, number in areas.items() if code not in led
    )
    chance = Chance(seed)
    weights: Counter[Home] = Counter()
    for home in homes:
        province = home.code[:_PROVINCE]
        each = led.get(province, left * areas[province]) / areas[province]
        # No two areas of a province are alike.
        weight = _SHARE * each / LEADING_OF * chance.uniform(0.4, 1.6)
        weights[home] = max(1, round(weight * _part(home, areas[province])))
    return weights


def _part(home: Home, areas: int) -> float:
    """Little happens in a province itself, besides its regencies, where it has any that vote."""
    is_beside = len(home.code) < _REGENCY and areas > 1
    return _OF_PROVINCE_ITSELF / 100 * areas if is_beside else 1


async def _areas(session: AsyncSession, course: Course) -> set[str]:
    query = select(ElectionArea.region_code).where(ElectionArea.election_code == course.code)
    return set(await session.scalars(query))


async def _offices(session: AsyncSession) -> dict[str, Office]:
    found = await session.scalars(select(Office).where(Office.kind == OfficeKind.BAWASLU))
    return {office.region_code: office for office in found}


async def _places(session: AsyncSession) -> dict[str, list[str]]:
    """The districts of each regency or city."""
    places: dict[str, list[str]] = {}
    query = select(Region.code).where(Region.level == "district").order_by(Region.code)
    for code in await session.scalars(query):
        places.setdefault(code[:_REGENCY], []).append(code)
    return places


def _home(office: Office, places: Mapping[str, list[str]]) -> Home:
    return Home(
        code=office.region_code,
        region_id=office.region_id,
        office_id=office.id,
        office_name=office.name,
        zone=office.time_zone,
        places=places.get(office.region_code, [office.region_code]),
    )


async def _text(session: AsyncSession) -> Text:
    query = select(PledgeText).order_by(PledgeText.added_at, PledgeText.version).limit(1)
    text = (await session.scalars(query)).first()
    if text is None:
        raise LookupError("No text of a pledge is known here.")
    return Text(text.id, text.content_hash)
