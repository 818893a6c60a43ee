from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from app.circulars.models import Circular, CircularObligation
from app.circulars.rules.circulars import CircularState
from app.circulars.schemas.circulars import CircularFilter
from app.core.actors import Actor, Permission
from app.core.errors import NotFound
from app.core.paging import Found, newest_first
from app.core.places import NATION, area_of
from app.core.visibility import visible_to
from app.offices.models import Office
from app.regions.models import Region
from app.regions.rules import ancestors

_BY: Final = (Circular.drafted_at, Circular.id)
_LIGHT: Final = [
    defer(column, raiseload=True)
    for column in (
        Circular.body,
        Circular.content,
        Circular.addressees,
        Circular.attachments,
        Circular.legal_basis,
        Circular.copies_to,
        Circular.ends,
    )
]
"""For lists: one letter may be a megabyte."""


class CircularRepository:
    """The circulars that one actor can see; those once issued everybody can."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    def add(self, circular: Circular, obligations: Sequence[CircularObligation]) -> None:
        self.session.add(circular)
        self.session.add_all(obligations)

    async def get(self, circular_id: UUID, *, lock: bool = False) -> Circular:
        """A circular of the actor's area, or one that was addressed to his office."""
        query = self._visible().where(Circular.id == circular_id)
        return await self._one(query.with_for_update() if lock else query)

    async def get_open(self, circular_id: UUID) -> Circular:
        return await self._one(self._open().where(Circular.id == circular_id))

    async def readable(self, ids: Collection[UUID]) -> Sequence[Circular]:
        """Those of these that `get_open` would give, in the order in which they were drafted."""
        query = self._open().where(Circular.id.in_(ids)).options(*_LIGHT)
        return (await self.session.scalars(query.order_by(*_BY))).all()

    async def issued(self, circular_id: UUID) -> Circular:
        """One that was issued, for whoever holds a code of it."""
        query = select(Circular).where(Circular.id == circular_id, Circular.issued_at.is_not(None))
        return await self._one(query)

    async def ended_by(self, ids: Collection[UUID]) -> Mapping[UUID, Circular]:
        """Older ones that another takes out of force, held until the commit, in one order."""
        query = self._visible().where(Circular.id.in_(ids)).order_by(Circular.id)
        return {each.id: each for each in await self.session.scalars(query.with_for_update())}

    async def find(self, wanted: CircularFilter) -> Found[Circular]:
        query = self._open().options(*_LIGHT)
        for column, value in (
            (Circular.state, wanted.state),
            (Circular.kind, wanted.kind),
            (Circular.office_id, wanted.office_id),
            (Circular.number, wanted.number),
        ):
            query = query if value is None else query.where(column == value)
        if wanted.in_force_on is not None:
            query = query.where(
                Circular.state != CircularState.DRAFT,
                Circular.in_force_from <= wanted.in_force_on,
                or_(Circular.ended_on.is_(None), Circular.ended_on > wanted.in_force_on),
            )
        if wanted.region is not None:
            query = query.where(_concerns(wanted.region))
        return await newest_first(self.session, query, _BY, wanted)

    async def has_number(self, circular: Circular) -> bool:
        """Whether another one of this issuer, number and date was issued."""
        same = exists().where(
            Circular.id != circular.id,
            Circular.issued_at.is_not(None),
            Circular.region_code == circular.region_code,
            Circular.issuer == circular.issuer,
            Circular.number == circular.number,
            Circular.dated_on == circular.dated_on,
        )
        return bool(await self.session.scalar(select(same)))

    async def obligations(self, circular_id: UUID) -> Sequence[CircularObligation]:
        query = select(CircularObligation).where(CircularObligation.circular_id == circular_id)
        return (await self.session.scalars(query.order_by(CircularObligation.place))).all()

    async def put_obligations(
        self, circular_id: UUID, obligations: Sequence[CircularObligation]
    ) -> None:
        """Put these in the place of those of the draft before."""
        before = delete(CircularObligation).where(CircularObligation.circular_id == circular_id)
        await self.session.execute(before)
        self.session.add_all(obligations)

    async def named(self, ids: Collection[UUID]) -> Mapping[UUID, Circular]:
        """The circulars of a page of addressees, whoever may see these."""
        query = select(Circular).where(Circular.id.in_(ids)).options(*_LIGHT)
        return {each.id: each for each in await self.session.scalars(query)}

    async def public(self, ids: Collection[UUID]) -> Mapping[UUID, Circular]:
        """Those of these that were issued: what a letter names of others."""
        query = select(Circular).where(Circular.id.in_(ids), Circular.issued_at.is_not(None))
        rows = await self.session.scalars(query.options(*_LIGHT))
        return {each.id: each for each in rows}

    async def office(self, office_id: UUID) -> Office | None:
        return await self.session.get(Office, office_id)

    async def region(self, code: str) -> Region | None:
        return await self.session.get(Region, code)

    async def _one(self, query: Select[Circular]) -> Circular:
        circular = await self.session.scalar(query)
        if circular is None:
            raise NotFound
        return circular

    def _visible(self) -> Select[Circular]:
        return select(Circular).where(self._seen_by_staff())

    def _open(self) -> Select[Circular]:
        return select(Circular).where(or_(Circular.issued_at.is_not(None), self._seen_by_staff()))

    def _seen_by_staff(self) -> ColumnElement[bool]:
        # A door open to everybody does not ask for the permission, so the query does.
        if not self.actor.may(Permission.READ_CIRCULARS):
            return false()
        return visible_to(self.actor, Circular.id, Circular.region_code)


def _concerns(region: str) -> ColumnElement[bool]:
    """Circulars of the region, of regions within it, and of those around it."""
    around = Circular.region_code.in_([*ancestors(region), NATION])
    return or_(Circular.region_code.startswith(area_of(region), autoescape=True), around)
