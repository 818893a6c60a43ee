from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.models import Circular, CircularAddressee
from app.circulars.repository.circulars import CircularRepository
from app.circulars.repository.dispatching import Dispatch, DispatchRepository
from app.circulars.rules import addressees as rules
from app.circulars.rules import cascade
from app.circulars.rules.circulars import day_of
from app.circulars.schemas.parts import AddresseeLineIn
from app.circulars.service.issuer import unknown
from app.core.actors import SYSTEM
from app.core.database import Json
from app.core.errors import Fault, Invalid
from app.core.places import area_of, lies_in
from app.core.texts import Text
from app.offices.models import Office
from app.posts.repository import PostRepository
from app.posts.rules.choices import Choice, may_be_meant
from app.posts.rules.titles import TITLES, post_of
from app.posts.service import Seat, SeatFinder, seat_at

_NOBODY = Text(
    "Tidak ada kantor seperti itu di wilayah ini; sebutkan namanya.",
    "There is no such office in this region; name it.",
)
_OUTSIDE = Text("Di luar wilayah surat ini.", "Outside the area of this letter.")
_AT_ONCE: Final = 5_000
"""Offices found at once: so many that 84,000 villages take a few seconds and no memory."""


class Addressing:
    """Finds who is meant by the lines of a letter, and addresses each office once."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.posts = PostRepository(session)
        self.finder = SeatFinder(session)
        self.circulars = CircularRepository(session, SYSTEM)
        self.dispatched = DispatchRepository(session, now)
        self.now = now

    async def check(self, lines: Sequence[AddresseeLineIn], area: str) -> None:
        """Name everything in the lines that is unknown, or out of reach of who addresses."""
        faults = [*await self._unknown(lines), *await self._misplaced(lines)]
        named = {each.pointer for each in faults}
        outside = rules.outside([each.region_code for each in lines], area)
        pointers = [f"/addressees/{place}/region_code" for place in outside]
        faults += [Fault(at, "outside-area", _OUTSIDE) for at in pointers if at not in named]
        if faults:
            raise Invalid(*faults)

    async def written(self, lines: Sequence[AddresseeLineIn]) -> list[Json]:
        """The lines as the letter keeps them, with the names of the offices that they choose and
        of their regions."""
        offices = await self._offices(lines)
        regions = await self.posts.known_regions({each.region_code for each in lines})
        return [
            each.model_dump(mode="json")
            | {
                "region_name": regions[each.region_code].name,
                "offices": [offices[id].name for id in each.office_ids],
            }
            for each in lines
        ]

    async def send(
        self,
        circular: Circular,
        lines: Sequence[AddresseeLineIn],
        parent: CircularAddressee | None = None,
    ) -> tuple[int, int]:
        """Address everybody; return how many offices were new, and how many were meant."""
        dispatch = await self._dispatch(circular, parent)
        new = meant = 0
        for place, line in sorted(enumerate(lines), key=_order):
            before = meant
            async for seats in self._meant(line):
                new += await self.dispatched.put(dispatch, line.category, seats)
                meant += len(seats)
                await self._check_number(dispatch, new)
                ids = [each.office_id for each in seats if each.office_id]
                await self.dispatched.show_to(ids, circular)
            if meant == before:
                raise Invalid(Fault(f"/addressees/{place}", "nobody-there", _NOBODY))
        return new, meant

    async def _check_number(self, dispatch: Dispatch, new: int) -> None:
        """The issuer has a limit of his own, which nobody else can use up."""
        if dispatch.bound is None:
            rules.check_addressed(new)
        else:
            named = await self.dispatched.count_named(dispatch.bound)
            rules.check_named(dispatch.bound.region_code, named)

    async def _dispatch(self, circular: Circular, parent: CircularAddressee | None) -> Dispatch:
        depth = parent.depth + 1 if parent else 1
        rules.check_depth(depth)
        obligations = await self.circulars.obligations(circular.id)
        return Dispatch(
            circular_id=circular.id,
            parent_id=parent.id if parent else None,
            ancestors=[*parent.ancestors, parent.id] if parent else [],
            bound=await self.dispatched.bound_of(parent) if parent else None,
            depth=depth,
            at=self.now,
            owed=len(obligations),
            next_due_on=cascade.next_due(
                acknowledged=False,
                acknowledge_by=circular.acknowledge_by,
                undone=[each.due_on for each in obligations],
                addressed_on=day_of(self.now, circular.time_zone),
                is_forwarded=parent is not None,
            ),
        )

    async def _meant(self, line: AddresseeLineIn) -> AsyncIterator[Sequence[Seat]]:
        """The offices of one line, in pieces: the chosen, and the named or all of the category."""
        if line.office_ids:
            offices = await self._offices([line])
            yield [
                seat_at(each, post_of(line.category, each.region_code)) for each in offices.values()
            ]
        if line.names or (line.category in TITLES and not line.office_ids):
            async for seats in self.finder.seats(_choice(line), _AT_ONCE):
                yield seats

    async def _offices(self, lines: Sequence[AddresseeLineIn]) -> Mapping[UUID, Office]:
        ids = {id for line in lines for id in line.office_ids}
        return await self.posts.offices(ids) if ids else {}

    async def _unknown(self, lines: Sequence[AddresseeLineIn]) -> list[Fault]:
        regions = await self.posts.known_regions({each.region_code for each in lines})
        coded = {each.election_code for each in lines if each.election_code}
        elections = {None, *(await self.posts.known_elections(coded) if coded else ())}
        return [
            unknown(f"/addressees/{place}/{field}")
            for place, each in enumerate(lines)
            for field, is_known in (
                ("region_code", each.region_code in regions),
                ("election_code", each.election_code in elections),
            )
            if not is_known
        ]

    async def _misplaced(self, lines: Sequence[AddresseeLineIn]) -> list[Fault]:
        """The chosen offices that are not there, or none of their category in their region."""
        offices = await self._offices(lines)
        return [
            unknown(f"/addressees/{place}/office_ids/{number}")
            for place, line in enumerate(lines)
            for number, id in enumerate(line.office_ids)
            if id not in offices or not _is_one(line, offices[id])
        ]


def _order(numbered: tuple[int, AddresseeLineIn]) -> tuple[str, str]:
    """The same for all who address at once: none waits for another who waits for him."""
    return numbered[1].category, numbered[1].region_code


def read_line(kept: Json) -> AddresseeLineIn:
    """A line as it was asked for, of what the letter keeps."""
    asked = {name: said for name, said in kept.items() if name in AddresseeLineIn.model_fields}
    return AddresseeLineIn.model_validate(asked)


def _is_one(line: AddresseeLineIn, office: Office) -> bool:
    is_there = lies_in(office.region_code, area_of(line.region_code))
    return is_there and may_be_meant(line.category, office.kind, office.region_code)


def _choice(line: AddresseeLineIn) -> Choice:
    names = tuple(dict.fromkeys(line.names))
    return Choice(line.category, line.region_code, line.level, line.election_code, names)
