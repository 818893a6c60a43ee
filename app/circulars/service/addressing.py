from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.models import Circular, CircularAddressee, CircularObligation
from app.circulars.repository.circulars import CircularRepository
from app.circulars.repository.dispatching import Dispatch, DispatchRepository, NewAddressee
from app.circulars.repository.seats import SeatRepository
from app.circulars.rules import addressees as rules
from app.circulars.rules import cascade
from app.circulars.rules.cascade import TooDeep, TooManyAddressed
from app.circulars.schemas.parts import AddresseeLineIn
from app.circulars.service.issuer import unknown
from app.core.actors import SYSTEM
from app.core.errors import Fault, Invalid
from app.core.ids import new_id
from app.core.places import area_of, lies_in
from app.core.texts import Text
from app.offices.models import Office
from app.regions.rules import level_of

_NOBODY = Text(
    "Tidak ada kantor seperti itu di wilayah ini; sebutkan namanya.",
    "There is no such office in this region; name it.",
)
_OUTSIDE = Text("Di luar wilayah kantor Anda.", "Outside the area of your office.")


class Addressing:
    """Finds who is meant by the lines of a letter, and addresses each office once."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.seats = SeatRepository(session)
        self.circulars = CircularRepository(session, SYSTEM)
        self.dispatched = DispatchRepository(session, now)
        self.now = now

    async def send(
        self,
        circular: Circular,
        lines: Sequence[AddresseeLineIn],
        parent: CircularAddressee | None = None,
    ) -> tuple[int, int]:
        """Address everybody; return how many offices were new, and how many were meant."""
        dispatch = await self._dispatch(circular, parent)
        new = meant = 0
        for place, line in enumerate(lines):
            before = meant
            async for offices in self._meant(line, place):
                new += await self.dispatched.put(dispatch, line.category, offices)
                meant += len(offices)
                ids = [each.office_id for each in offices if each.office_id]
                await self.dispatched.show_to(ids, circular)
            if meant == before:
                raise Invalid(Fault(f"/addressees/{place}", "nobody-there", _NOBODY))
        if await self.dispatched.count(circular.id) > rules.MOST_ADDRESSED:
            raise TooManyAddressed
        return new, meant

    def check_reach(self, lines: Sequence[AddresseeLineIn], area: str) -> None:
        """Whoever forwards reaches his own region and nothing beyond it."""
        outside = rules.outside([each.region_code for each in lines], area)
        if outside:
            raise Invalid(
                *(
                    Fault(f"/addressees/{place}/region_code", "outside-area", _OUTSIDE)
                    for place in outside
                )
            )

    async def _dispatch(self, circular: Circular, parent: CircularAddressee | None) -> Dispatch:
        depth = parent.depth + 1 if parent else 1
        if depth > rules.MOST_DEPTH:
            raise TooDeep
        obligations = await self.circulars.obligations(circular.id)
        return Dispatch(
            circular_id=circular.id,
            parent_id=parent.id if parent else None,
            depth=depth,
            at=self.now,
            owed=len(obligations),
            next_due_on=_first_due(circular, obligations),
        )

    async def _meant(
        self, line: AddresseeLineIn, place: int
    ) -> AsyncIterator[Sequence[NewAddressee]]:
        """The offices of one line, in pieces: those named by id alone, or all of the category."""
        if line.office_ids:
            yield await self._chosen(line, place)
        elif rules.is_of_regions(line.category) and not line.names:
            async for offices in self._of_regions(line):
                yield offices
        elif offices := [*await self._registered(line), *await self._named(line, place)]:
            yield offices

    async def _of_regions(self, line: AddresseeLineIn) -> AsyncIterator[Sequence[NewAddressee]]:
        category = line.category
        levels = rules.levels_wanted(category, line.level)
        async for regions in self.seats.regions(levels, line.region_code):
            offices = [
                NewAddressee(new_id(), placement, code, None, *rules.seat_in(category, code, name))
                for code, name, placement in regions
                if rules.is_meant(category, code)
            ]
            if offices:
                yield offices

    async def _registered(self, line: AddresseeLineIn) -> Sequence[NewAddressee]:
        levels = rules.levels_wanted(line.category, line.level)
        kinds = rules.REGISTERED.get(line.category, ())
        found = await self.seats.registered(kinds, levels, line.region_code)
        return [_addressed(line, office) for office in found]

    async def _chosen(self, line: AddresseeLineIn, place: int) -> Sequence[NewAddressee]:
        found = await self.seats.offices(set(line.office_ids))
        area = area_of(line.region_code)
        faults = [
            unknown(f"/addressees/{place}/office_ids/{number}")
            for number, id in enumerate(line.office_ids)
            if id not in found or not lies_in(found[id].region_code, area)
        ]
        if faults:
            raise Invalid(*faults)
        return [_addressed(line, office) for office in found.values()]

    async def _named(self, line: AddresseeLineIn, place: int) -> Sequence[NewAddressee]:
        region = await self.seats.region(line.region_code)
        if region is None:
            raise Invalid(unknown(f"/addressees/{place}/region_code"))
        post = rules.post_in(line.category, region.level)
        return [
            NewAddressee(new_id(), region.placement_id, region.code, None, name, post)
            for name in dict.fromkeys(line.names)
        ]


def _addressed(line: AddresseeLineIn, office: Office) -> NewAddressee:
    post = rules.post_in(line.category, level_of(office.region_code))
    return NewAddressee(
        new_id(), office.region_id, office.region_code, office.id, office.name, post
    )


def _first_due(circular: Circular, obligations: Sequence[CircularObligation]) -> date | None:
    return cascade.next_due(
        acknowledged=False,
        acknowledge_by=circular.acknowledge_by,
        undone=[each.due_on for each in obligations],
    )
