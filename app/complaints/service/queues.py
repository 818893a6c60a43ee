from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.complaints.models.complaints import Complaint
from app.complaints.models.search import SavedQueue
from app.complaints.repository.desk import DeskRepository
from app.complaints.repository.queues import QueueRepository
from app.complaints.rules.desk import BUILT_IN, COUNTED, MOST_QUEUES, BuiltInQueue
from app.complaints.schemas.desk import ComplaintFilter
from app.complaints.schemas.queues import QueueIn, QueueOut, SavedQueueOut
from app.complaints.schemas.search import FilterIn
from app.core.actors import Actor
from app.core.errors import Conflict, NotAllowed
from app.core.forms import TextOut
from app.core.paging import Found, Slice
from app.core.texts import Text
from app.offices.models import Office
from app.offices.repository import OfficeRepository

_OF_ALL: Final = {each.id: each for each in BUILT_IN}


class TooManyQueues(Conflict):
    code = "too-many-queues"
    text = Text(
        f"Antrean tersimpan sudah {MOST_QUEUES}; hapus yang tidak dipakai.",
        f"There are {MOST_QUEUES} saved queues; delete what is not used.",
    )


@dataclass(frozen=True)
class Listed:
    """A queue before it is counted, whoever made it."""

    id: UUID
    name: Text
    filter: FilterIn
    is_built_in: bool
    is_shared: bool


class QueueService:
    """The lists that an officer comes back to, each with its length."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.queues = QueueRepository(session, actor)
        self.lists = DeskRepository(session, actor, now)
        self.offices = OfficeRepository(session)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now

    async def look_over(self) -> Found[QueueOut]:
        """The built-in queues, then the saved ones in the order in which they were saved."""
        listed = [*map(_built_in, BUILT_IN), *map(_saved, await self.queues.all())]
        counts = await self.lists.counts([each.filter for each in listed])
        pairs = zip(listed, counts, strict=True)
        return Found([_counted(queue, count) for queue, count in pairs])

    async def read(self, queue_id: UUID, page: Slice) -> Found[Complaint]:
        """One page of a queue; its cursor fits only this filter."""
        chosen = _OF_ALL.get(queue_id)
        filter = chosen.filter if chosen else (await self.queues.get(queue_id)).filter
        wanted = ComplaintFilter.model_validate({**filter, **page.model_dump()})
        return await self.lists.find(wanted, wanted)

    async def save(self, form: QueueIn) -> SavedQueueOut:
        owner = None if form.is_shared else self.actor.id
        if await self.queues.count(owner) >= MOST_QUEUES:
            raise TooManyQueues
        office = await self._office()
        queue = SavedQueue(
            region_id=office.region_id,
            region_code=office.region_code,
            office_id=office.id,
            officer_id=owner,
            name=form.name,
            filter=form.filter.model_dump(mode="json", exclude_unset=True),
            saved_at=self.now,
        )
        self.queues.add(queue)
        await self.journal.record("queue.saved", queue, is_shared=form.is_shared)
        return _as_saved(queue)

    async def delete(self, queue_id: UUID) -> SavedQueueOut:
        """Take a queue away and return it as it was."""
        queue = await self.queues.get(queue_id)
        await self.queues.delete(queue)
        await self.journal.record("queue.deleted", queue)
        return _as_saved(queue)

    async def _office(self) -> Office:
        if self.actor.office_id is None:
            raise NotAllowed
        return await self.offices.get(self.actor.office_id)


def _built_in(queue: BuiltInQueue) -> Listed:
    filter = FilterIn.model_validate(queue.filter)
    return Listed(queue.id, queue.name, filter, is_built_in=True, is_shared=True)


def _saved(queue: SavedQueue) -> Listed:
    name, filter = Text(queue.name, queue.name), FilterIn.model_validate(queue.filter)
    return Listed(queue.id, name, filter, is_built_in=False, is_shared=queue.officer_id is None)


def _counted(queue: Listed, count: int) -> QueueOut:
    return QueueOut(
        id=queue.id,
        name=TextOut.model_validate(queue.name),
        is_built_in=queue.is_built_in,
        is_shared=queue.is_shared,
        filter=queue.filter,
        count=min(count, COUNTED),
        is_capped=count > COUNTED,
    )


def _as_saved(queue: SavedQueue) -> SavedQueueOut:
    return SavedQueueOut(
        id=queue.id,
        name=queue.name,
        is_shared=queue.officer_id is None,
        filter=FilterIn.model_validate(queue.filter),
        saved_at=queue.saved_at,
    )
