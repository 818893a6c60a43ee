"""Which region, election and map a view is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.places import NATION
from app.core.texts import Text
from app.dashboard.rules.pick import ALL, election_meant
from app.dashboard.rules.view import Choice, Stage
from app.elections.models import ElectionStage
from app.elections.rules import STAGES, StageCode, takes_part
from app.elections.schemas import ElectionOut
from app.elections.service import ElectionService
from app.regions.models import Region
from app.regions.rules import Level, parent_of
from app.regions.schemas import RegionFilter
from app.regions.service import RegionService

NATION_NAME: Final = Text("Indonesia", "Indonesia")
_ALL_NAME: Final = Text("Semua pemilihan, dan di luar pemilihan", "All elections, and outside them")
_DEEPEST: Final = len("73.04")
_MOST: Final = 200
_NO_ELECTION: Final = Text(
    "Pemilihan itu tidak ada di sini. Pilih satu dari daftar.",
    "There is no such election here. Pick one of the list.",
)
_TOO_DEEP: Final = Text(
    "Halaman ini menampilkan angka sampai kabupaten dan kota.",
    "This page shows figures down to regencies and cities.",
)
# Stages that follow each other, so that the bands of the series do not lie one upon another.
_DRAWN: Final = (
    StageCode.VERIFICATION,
    StageCode.CAMPAIGN,
    StageCode.QUIET_PERIOD,
    StageCode.RECAPITULATION,
)


@dataclass(frozen=True)
class Place:
    """The picked region with the choices around it; `below` are the tiles of the map."""

    code: str
    name: Text
    trail: Sequence[Choice]
    choices: Sequence[Choice]
    below: Sequence[Choice]


@dataclass(frozen=True)
class Vote:
    """The picked election: what it is called, who takes part, and when; or all of them."""

    code: str
    name: Text
    choices: Sequence[Choice]
    voting_on: date | None = None
    areas: frozenset[str] = frozenset()
    stages: Sequence[Stage] = ()

    def includes(self, code: str) -> bool:
        """Whether people of this place, or of any part of it, elect somebody; without an election
        everybody does."""
        return code == NATION or not self.areas or takes_part(self.areas, code)


class Places:
    """Looks up what the address names, and refuses what there is not."""

    def __init__(self, session: AsyncSession) -> None:
        self.regions = RegionService(session)
        self.elections = ElectionService(session)

    async def locate(self, code: str) -> Place:
        if len(code) > _DEEPEST:
            raise NotFound(_TOO_DEEP)
        provinces = await self._below(NATION, Level.PROVINCE)
        picked = None if code == NATION else await self.regions.locate(code)
        province = None if picked is None else code[:2]
        below = await self._regencies(province) if province else provinces
        nation = Choice(NATION, NATION_NAME)
        choices = [nation, *provinces]
        if province is not None:
            place = _after(choices, province)
            choices[place:place] = [_indented(each) for each in below]
        name = NATION_NAME if picked is None else Text(picked.name, picked.name)
        return Place(code, name, _trail(picked, nation, provinces), choices, below)

    async def vote(self, asked: str, region: str) -> Vote:
        found = (await self.elections.find()).items
        code = election_meant(asked, [each.code for each in found])
        if code is None:
            raise NotFound(_NO_ELECTION)
        choices = [*(_named(each) for each in found), Choice(ALL, _ALL_NAME)]
        if code == ALL:
            return Vote(ALL, _ALL_NAME, choices)
        election = next(each for each in found if each.code == code)
        calendar = await self.elections.calendar(code, region)
        return Vote(
            code=code,
            name=_named(election).name,
            choices=choices,
            voting_on=election.voting_on,
            areas=frozenset(await self.elections.elections.area_codes(code)),
            stages=_stages(calendar),
        )

    async def _below(self, parent: str, level: Level) -> list[Choice]:
        found = await self.regions.find(RegionFilter(parent=parent, level=level, limit=_MOST))
        return [_choice(each) for each in found.items]

    async def _regencies(self, province: str) -> list[Choice]:
        found = await self.regions.regencies_in(province)
        return [Choice(code, Text(name, name)) for code, name in found]


def _named(election: ElectionOut) -> Choice:
    return Choice(election.code, Text(election.name.id, election.name.en))


def _choice(region: Region) -> Choice:
    return Choice(region.code, Text(region.name, region.name))


def _indented(choice: Choice) -> Choice:
    # An em space: lists of choices show no other sign of what lies in what.
    return Choice(choice.value, Text(f"\u2003{choice.name.id}", f"\u2003{choice.name.en}"))


def _after(choices: Sequence[Choice], code: str) -> int:
    return next(place for place, each in enumerate(choices, start=1) if each.value == code)


def _trail(picked: Region | None, nation: Choice, provinces: Sequence[Choice]) -> list[Choice]:
    if picked is None:
        return []
    around = parent_of(picked.code)
    return [nation, *(each for each in provinces if each.value == around)]


def _stages(calendar: Sequence[ElectionStage]) -> list[Stage]:
    return [
        Stage(STAGES[each.stage], each.from_on, each.to_on)
        for each in calendar
        if each.stage in _DRAWN and each.from_on is not None and each.to_on is not None
    ]
