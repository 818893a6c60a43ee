"""Whom a letter invites: the offices that it names, and the posts of the groups that it chooses."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from app.core.errors import Fault, Invalid
from app.core.texts import Text
from app.offices.models import Office
from app.offices.rules import office_code
from app.rakor.models.events import Event
from app.rakor.repository.guests import GuestRepository
from app.rakor.rules.attendance import MOST_INVITED
from app.rakor.rules.categories import (
    REGISTERED,
    TITLES,
    InvitationCategory,
    InvitedPost,
    Title,
    named_office,
    reach_of,
    title_of,
)
from app.rakor.rules.events import ParticipantRole
from app.rakor.schemas.invitations import InvitationsIn, InvitedGroupIn, InvitedIn
from app.rakor.service.events import unknown
from app.regions.models import Region

_NO_REGION = Text(
    "Tidak ada wilayah yang cocok untuk kategori ini di sini.",
    "There is no region here that fits this category.",
)
Offices: TypeAlias = Mapping[str, Office]


@dataclass(frozen=True)
class Guest:
    """A post in an office, as a letter invites it; only a registered office has an id."""

    office_name: str
    region_code: str
    post: str
    role: ParticipantRole
    office_id: UUID | None = None
    category: InvitationCategory | None = None
    letter_number: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class Group:
    """What one group comes to: whom it reaches, and who of them is new."""

    asked: InvitedGroupIn
    found: Sequence[Guest]
    new: Sequence[Guest]


@dataclass(frozen=True)
class Letter:
    named: Sequence[Guest]
    groups: Sequence[Group]

    @property
    def guests(self) -> list[Guest]:
        return [*self.named, *(guest for group in self.groups for guest in group.new)]


class GuestList:
    """Makes out whom a letter invites; all that is unknown in it is named at once."""

    def __init__(self, guests: GuestRepository) -> None:
        self.guests = guests

    async def of(self, event: Event, form: InvitationsIn) -> Letter:
        named, faults = await self._named(form.invited)
        found = [await self._found(number, each) for number, each in enumerate(form.groups)]
        faults += [each for each in found if isinstance(each, Fault)]
        if faults:
            raise Invalid(*faults)
        reached = [each for each in found if not isinstance(each, Fault)]
        before = await self.guests.invited_before(event) if reached else set()
        groups = [
            Group(asked, guests, _new(guests, before))
            for asked, guests in zip(form.groups, reached, strict=True)
        ]
        return Letter(named, groups)

    async def _named(self, invited: Sequence[InvitedIn]) -> tuple[list[Guest], list[Fault]]:
        offices = await self.guests.offices({e.office_id for e in invited if e.office_id})
        codes = {each.region_code for each in invited if each.region_code}
        regions = await self.guests.known_regions(codes)
        found = [_named(each, offices, regions) for each in invited]
        faults = [
            unknown(f"/invited/{number}/{'office_id' if each.office_id else 'region_code'}")
            for number, each in enumerate(invited)
            if found[number] is None
        ]
        return [each for each in found if each is not None], faults

    async def _found(self, number: int, asked: InvitedGroupIn) -> list[Guest] | Fault:
        at = f"/groups/{number}"
        if asked.election_code and not await self.guests.is_election(asked.election_code):
            return unknown(f"{at}/election_code")
        if not await self.guests.known_regions({asked.region}):
            return unknown(f"{at}/region")
        reach = reach_of(asked.category, asked.region, asked.level, asked.election_code)
        regions = await self.guests.regions(reach, MOST_INVITED + 1)
        if not regions:
            return Fault(f"{at}/category", "no-region", _NO_REGION)
        kind = REGISTERED.get(asked.category)
        codes = {office_code(kind, region.code) for region in regions} if kind else set()
        offices = await self.guests.offices_coded(codes) if codes else {}
        return [guest for region in regions for guest in _in(region, asked, offices)]


def _new(found: Sequence[Guest], before: set[InvitedPost]) -> list[Guest]:
    """Those not invited before, nor by a group of the same letter: `before` grows by them."""
    new = []
    for guest in found:
        post = InvitedPost(guest.category, guest.region_code, guest.office_name, guest.post)
        if post not in before:
            before.add(post)
            new.append(guest)
    return new


def _named(
    each: InvitedIn, offices: Mapping[UUID, Office], regions: Collection[str]
) -> Guest | None:
    office = offices.get(each.office_id) if each.office_id else None
    if office is not None:
        place = (office.name, office.region_code)
    elif each.office_name and each.region_code and each.region_code in regions:
        place = (each.office_name, each.region_code)
    else:
        return None
    return Guest(
        *place,
        post=each.post,
        role=each.role,
        office_id=office.id if office else None,
        category=each.category,
        letter_number=each.letter_number,
        email=each.email,
    )


def _in(region: Region, asked: InvitedGroupIn, offices: Offices) -> Iterator[Guest]:
    """The posts of a group in one region."""
    kind = REGISTERED.get(asked.category)
    office = offices.get(office_code(kind, region.code)) if kind else None
    for title in _titles(region, asked):
        yield Guest(
            office_name=office.name if office else title.office,
            region_code=region.code,
            post=asked.post or title.post,
            role=asked.role,
            office_id=office.id if office else None,
            category=asked.category,
            letter_number=asked.letter_number,
        )


def _titles(region: Region, asked: InvitedGroupIn) -> list[Title]:
    if asked.category in TITLES:
        title = title_of(asked.category, region.level, region.code)
        return [Title(title.office.format(region.name), title.post)]
    repeats = asked.level is not None
    names = [
        named_office(name, region.name, region.level, repeats=repeats)
        for name in asked.office_names
    ]
    return [Title(name, asked.post or "") for name in names]
