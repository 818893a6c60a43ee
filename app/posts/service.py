"""Finds the offices and posts that letters mean; the same for invitations and for circulars."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.offices.models import Office
from app.posts.repository import PostRepository, SeatRegion
from app.posts.rules.categories import REGISTERED, PostCategory, category_of, codes_of
from app.posts.rules.choices import Choice, named_office, reach_of
from app.posts.rules.keys import office_key
from app.posts.rules.titles import named_after, post_of, title_of
from app.regions.rules import comparable, level_of

Register: TypeAlias = Mapping[tuple[str, str], Office]
"""Offices by region and comparable name."""


class Seat(NamedTuple):
    """A post in an office, as a letter names it; only a registered office has an id."""

    region_id: int
    region_code: str
    office_id: UUID | None
    office_name: str
    post: str
    office_key: str


class SeatFinder:
    """Makes out who is meant: all of a category, or offices by name."""

    def __init__(self, session: AsyncSession) -> None:
        self.posts = PostRepository(session)

    async def seats(self, choice: Choice, at_once: int) -> AsyncIterator[Sequence[Seat]]:
        """All that a choice means, in the order of their regions, about so many at once."""
        reach = reach_of(choice)
        most = max(1, at_once // max(1, len(choice.names)))
        after = ""
        while regions := await self.posts.regions(reach, after, most):
            yield await (self._named if choice.names else self._posts)(choice, regions)
            after = regions[-1].code

    async def _posts(self, choice: Choice, regions: Sequence[SeatRegion]) -> Sequence[Seat]:
        kind = REGISTERED.get(choice.category)
        codes = {code for each in regions for code in codes_of(kind, each.code)} if kind else set()
        offices = await self.posts.offices_coded(codes) if codes else {}
        return [
            seat
            for region in regions
            if (seat := _post_in(region, choice, offices.get(region.code))) is not None
        ]

    async def _named(self, choice: Choice, regions: Sequence[SeatRegion]) -> Sequence[Seat]:
        repeats = choice.level is not None
        # Of many regions each has its own name put behind: no name means one of those below.
        below = [] if repeats else await self.posts.directly_below(choice.region_code)
        register = await self.posts.offices_called([each.code for each in (*regions, *below)])
        found: dict[str, Seat] = {}
        for region in regions:
            for each in choice.names:
                name = named_office(each, region.name, level_of(region.code), repeats=repeats)
                place = _place_of(name, region, below, register)
                post = choice.post or post_of(choice.category, place.code)
                seat = seat_called(place, name, post, register)
                found.setdefault(seat.office_key, seat)
        return list(found.values())


def _place_of(
    name: str, region: SeatRegion, below: Sequence[SeatRegion], register: Register
) -> SeatRegion:
    """Where an office of this name is: in the one region below that has just this one, if it is
    none of the region's own."""
    is_own = named_after(region.code, region.name, name) is not None
    if is_own or (region.code, comparable(name)) in register:
        return region
    found = [each for each in below if named_after(each.code, each.name, name) is not None]
    return found[0] if len(found) == 1 else region


def seat_called(
    region: SeatRegion,
    name: str,
    post: str,
    register: Register,
    category: PostCategory | None = None,
) -> Seat:
    """An office that somebody named: the registered one of this name, where there is one."""
    office = register.get((region.code, comparable(name)))
    if office is not None:
        return seat_at(office, post)
    known = category
    if known is None or title_of(known, region.code) is None:
        known = named_after(region.code, region.name, name)
    key = office_key(region.code, name, category=known)
    return Seat(region.placement_id, region.code, None, name, post, key)


def seat_at(office: Office, post: str) -> Seat:
    """A registered office, under the name that it has there."""
    category = category_of(office.kind, office.code, office.region_code, office.level)
    key = office_key(office.region_code, office.name, office.id, category)
    return Seat(office.region_id, office.region_code, office.id, office.name, post, key)


def _post_in(region: SeatRegion, choice: Choice, office: Office | None) -> Seat | None:
    """The post that this region has once."""
    title = title_of(choice.category, region.code)
    if title is None:
        return None
    post = choice.post or title.post
    if office is not None:
        return seat_at(office, post)
    name = title.office.format(region.name)
    key = office_key(region.code, name, category=choice.category)
    return Seat(region.placement_id, region.code, None, name, post, key)
