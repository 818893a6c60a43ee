from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.paging import Found, Slice, newest_first
from app.rakor.models.events import Event
from app.rakor.models.materials import Material
from app.rakor.rules.materials import Audience
from app.rakor.schemas.materials import MaterialFilter


class MaterialRepository:
    """The materials of an event that was found for a reader, as far as they are for him."""

    def __init__(self, session: AsyncSession, event: Event, shown: Collection[Audience]) -> None:
        self.session = session
        self.event = event
        self.shown = shown

    def add(self, material: Material) -> None:
        self.session.add(material)

    async def get(self, material_id: UUID, *, lock: bool = False) -> Material:
        query = self._visible().where(Material.id == material_id)
        material = await self.session.scalar(query.with_for_update() if lock else query)
        if material is None:
            raise NotFound
        return material

    async def has(self, evidence_id: UUID) -> bool:
        query = self._visible().where(Material.evidence_id == evidence_id)
        return await self.session.scalar(query) is not None

    async def page(self, wanted: Slice) -> Found[Material]:
        query = self._visible()
        if isinstance(wanted, MaterialFilter) and wanted.kind is not None:
            query = query.where(Material.kind == wanted.kind)
        by = (Material.added_at, Material.id)
        return await newest_first(self.session, query, by, wanted)

    def _visible(self) -> Select[Material]:
        return select(Material).where(
            Material.event_id == self.event.id,
            Material.audience.in_(self.shown),
            Material.withdrawn_at.is_(None),
        )
