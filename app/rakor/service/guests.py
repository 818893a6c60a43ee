"""Whom a letter invites: the offices that it names, and the posts of the groups that it chooses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import Fault, Invalid
from app.core.texts import Text
from app.offices.models import Office
from app.posts.repository import PostRepository, SeatRegion
from app.posts.rules.categories import PostCategory
from app.posts.rules.choices import Choice
from app.posts.rules.keys import post_key
from app.posts.service import Register, Seat, SeatFinder, seat_at, seat_called
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation
from app.rakor.repository.guests import GuestRepository
from app.rakor.rules.attendance import MOST_INVITED, check_number
from app.rakor.rules.events import ParticipantRole
from app.rakor.schemas.invitations import InvitationsIn, InvitedGroupIn, InvitedIn
from app.rakor.service.events import unknown

_NO_REGION = Text(
    "Tidak ada wilayah yang cocok untuk kategori ini di sini.",
    "There is no region here that fits this category.",
)
Posts: TypeAlias = set[tuple[str, str]]
"""Posts by which others are known again."""


@dataclass(frozen=True)
class Guest:
    """A post in an office, as a letter invites it; only a registered office has an id."""

    office_name: str
    region_code: str
    office_key: str
    post: str
    role: ParticipantRole
    office_id: UUID | None = None
    category: PostCategory | None = None
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
    """Who is invited by name, how many of the named were left out, and the groups."""

    named: Sequence[Guest]
    known: int
    groups: Sequence[Group]

    @property
    def guests(self) -> list[Guest]:
        return [*self.named, *(guest for group in self.groups for guest in group.new)]


class GuestList:
    """Makes out whom a letter invites; all that is unknown in it is named at once."""

    def __init__(self, session: AsyncSession) -> None:
        self.guests = GuestRepository(session)
        self.posts = PostRepository(session)
        self.finder = SeatFinder(session)

    async def of(self, event: Event, form: InvitationsIn) -> Letter:
        named, faults = await self._named(form.invited)
        faults += await self._unknown(form.groups)
        if faults:
            raise Invalid(*faults)
        before = await self.guests.invited_before(event)
        new = _new(named, before)
        invited = named if form.again else new
        groups = [await self._group(each, before) for each in form.groups]
        nobody = [at for at, each in enumerate(groups) if not each.found]
        if nobody:
            raise Invalid(
                *(Fault(f"/groups/{at}/category", "no-region", _NO_REGION) for at in nobody)
            )
        return Letter(invited, len(named) - len(invited), groups)

    async def again(
        self, event: Event, before: Sequence[Invitation], emails: Mapping[UUID, str]
    ) -> list[Guest]:
        """Those invited to an earlier event who are not invited to this one."""
        offices = await self.posts.offices({each.office_id for each in before if each.office_id})
        guests = [_again(each, offices, emails.get(each.id)) for each in before]
        return _new(guests, await self.guests.invited_before(event))

    async def _named(self, invited: Sequence[InvitedIn]) -> tuple[list[Guest], list[Fault]]:
        offices = await self.posts.offices({e.office_id for e in invited if e.office_id})
        regions = await self.posts.known_regions({e.region_code for e in invited if e.region_code})
        register = await self.posts.offices_called(regions.keys())
        seats = [_seat(each, offices, regions, register) for each in invited]
        faults = [
            unknown(f"/invited/{number}/{'office_id' if each.office_id else 'region_code'}")
            for number, each in enumerate(invited)
            if seats[number] is None
        ]
        return [
            _guest(seat, each, each.email)
            for seat, each in zip(seats, invited, strict=True)
            if seat is not None
        ], faults

    async def _unknown(self, groups: Sequence[InvitedGroupIn]) -> list[Fault]:
        regions = await self.posts.known_regions({each.region for each in groups})
        coded = {each.election_code for each in groups if each.election_code}
        elections = {None, *await self.posts.known_elections(coded)}
        faults = []
        for number, each in enumerate(groups):
            if each.region not in regions:
                faults.append(unknown(f"/groups/{number}/region"))
            if each.election_code not in elections:
                faults.append(unknown(f"/groups/{number}/election_code"))
        return faults

    async def _group(self, asked: InvitedGroupIn, before: Posts) -> Group:
        """More than one event can hold is refused before it is made out to its end."""
        found: list[Guest] = []
        async for seats in self.finder.seats(_choice(asked), MOST_INVITED):
            check_number(len(found) + len(seats))
            found += [_guest(seat, asked) for seat in seats]
        return Group(asked, found, _new(found, before))


def _new(found: Iterable[Guest], before: Posts) -> list[Guest]:
    """Those not invited before, nor by the same letter: `before` grows by them."""
    new = []
    for guest in found:
        post = post_key(guest.office_key, guest.post)
        if post not in before:
            before.add(post)
            new.append(guest)
    return new


def _choice(asked: InvitedGroupIn) -> Choice:
    names = tuple(dict.fromkeys(asked.office_names))
    return Choice(asked.category, asked.region, asked.level, asked.election_code, names, asked.post)


def _seat(
    each: InvitedIn,
    offices: Mapping[UUID, Office],
    regions: Mapping[str, SeatRegion],
    register: Register,
) -> Seat | None:
    office = offices.get(each.office_id) if each.office_id else None
    if office is not None:
        return seat_at(office, each.post)
    region = regions.get(each.region_code or "")
    if region is None or each.office_name is None:
        return None
    return seat_called(region, each.office_name, each.post, register, each.category)


def _guest(seat: Seat, asked: InvitedIn | InvitedGroupIn, email: str | None = None) -> Guest:
    return Guest(
        office_name=seat.office_name,
        region_code=seat.region_code,
        office_key=seat.office_key,
        post=seat.post,
        role=asked.role,
        office_id=seat.office_id,
        category=asked.category,
        letter_number=asked.letter_number,
        email=email,
    )


def _again(earlier: Invitation, offices: Mapping[UUID, Office], email: str | None) -> Guest:
    """As before, a registered office under the name that it has now."""
    office = offices.get(earlier.office_id) if earlier.office_id else None
    return Guest(
        office_name=office.name if office else earlier.office_name,
        region_code=earlier.region_code,
        office_key=earlier.office_key,
        post=earlier.post,
        role=earlier.role,
        office_id=earlier.office_id,
        category=earlier.category,
        email=email,
    )
