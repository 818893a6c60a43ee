from typing import Final
from uuid import UUID

from app.circulars.models import Circular
from app.circulars.repository.circulars import CircularRepository
from app.circulars.rules import circulars as rules
from app.core.actors import Actor
from app.core.errors import Fault, Invalid
from app.core.texts import Text
from app.offices.models import Office

UNKNOWN: Final = Text(
    "Tidak ada yang bertanda seperti ini.", "There is nothing of this id or code."
)


def unknown(pointer: str) -> Fault:
    return Fault(pointer, "unknown", UNKNOWN)


class Issuer:
    """Lets only those work on a circular who act for the office that issues it."""

    def __init__(self, circulars: CircularRepository, actor: Actor) -> None:
        self.circulars = circulars
        self.actor = actor

    async def take(self, circular_id: UUID, *, lock: bool = True) -> Circular:
        """The circular; whoever it was merely addressed to sees it, and may not touch it."""
        circular = await self.circulars.get(circular_id, lock=lock)
        await self.check(circular.office_id)
        return circular

    async def check(self, office_id: UUID) -> Office:
        office = await self.circulars.office(office_id)
        if office is None:
            raise Invalid(unknown("/office_id"))
        place = (office.id, office.region_code)
        if not rules.may_issue(self.actor.area, self.actor.office_id, place):
            raise rules.NotIssuer
        return office
