from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor, ActorKind
from app.core.errors import NotFound
from app.core.places import Subject
from app.core.visibility import granted_to, visible_to
from app.evidence.models import EvidenceSubject, Upload
from app.evidence.rules.subjects import (
    GRANTED_ONLY,
    SubjectKind,
    kinds_open_to,
    may_add_to_complaints,
)
from app.evidence.rules.uploads import Claimed, UploadState
from app.offices.models import Office
from app.receipts.models import Receipt
from app.receipts.rules import ReceiptKind


class UploadRepository:
    """The uploads that one actor can see: a reporter those that came by a receipt."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    async def place(self, subject_id: UUID) -> Subject:
        """Where a complaint belongs, by its receipt; locked, so that what it holds is counted
        by one request at a time."""
        query = select(Receipt).where(
            visible_to(self.actor, Receipt.subject_id, Receipt.region_code),
            Receipt.subject_id == subject_id,
            Receipt.kind == ReceiptKind.COMPLAINT,
        )
        receipt = await self.session.scalar(query.with_for_update())
        if receipt is None or not may_add_to_complaints(self.actor):
            raise NotFound
        return Subject(receipt.subject_id, receipt.region_id, receipt.region_code)

    async def place_of(self, kind: SubjectKind, subject_id: UUID) -> Subject:
        """The same for something that is no complaint."""
        seen = visible_to(self.actor, EvidenceSubject.id, EvidenceSubject.region_code)
        if kind in GRANTED_ONLY:
            seen = and_(seen, granted_to(self.actor, EvidenceSubject.id))
        query = select(EvidenceSubject).where(
            seen,
            EvidenceSubject.id == subject_id,
            EvidenceSubject.kind == kind,
            EvidenceSubject.is_open,
            self._of_own_office(),
        )
        subject = await self.session.scalar(query.with_for_update())
        if subject is None or kind not in kinds_open_to(self.actor):
            raise NotFound
        return Subject(subject.id, subject.region_id, subject.region_code)

    def add(self, upload: Upload) -> None:
        self.session.add(upload)

    async def get(self, upload_id: UUID, *, lock: bool = False) -> Upload:
        query = self._visible().where(Upload.id == upload_id)
        upload = await self.session.scalar(query.with_for_update() if lock else query)
        if upload is None:
            raise NotFound
        return upload

    async def same(
        self, subject_id: UUID, indexes: Collection[bytes], length: int, now: datetime
    ) -> Upload | None:
        """The upload of the very same file to the same complaint, finished or still to go on."""
        query = self._visible().where(
            Upload.subject_id == subject_id,
            Upload.content_index.in_(indexes),
            Upload.length == length,
            _lives(now),
        )
        finished_first = query.order_by(Upload.state == UploadState.OPEN, Upload.created_at)
        return await self.session.scalar(finished_first.limit(1))

    async def claimed(self, subject_id: UUID, now: datetime) -> Claimed:
        """What a complaint holds by whomever, seen or not: its limits are one for all."""
        sums = select(func.count(), func.coalesce(func.sum(Upload.length), 0))
        query = sums.where(Upload.subject_id == subject_id, _lives(now))
        files, size = (await self.session.execute(query)).one()
        return Claimed(files, int(size))

    async def expired(self, now: datetime) -> Sequence[UUID]:
        query = select(Upload.id).where(
            Upload.state == UploadState.OPEN, Upload.expires_at <= now, self._seen()
        )
        return (await self.session.scalars(query)).all()

    async def open_among(self, ids: Collection[UUID]) -> set[UUID]:
        query = select(Upload.id).where(
            Upload.id.in_(ids), Upload.state == UploadState.OPEN, self._seen()
        )
        return set(await self.session.scalars(query))

    async def forget(self, before: datetime) -> None:
        """Delete what ended without evidence and expired before this moment."""
        ended = and_(Upload.state == UploadState.ENDED, Upload.expires_at < before)
        await self.session.execute(delete(Upload).where(ended))

    def _visible(self) -> Select[Upload]:
        return select(Upload).where(self._seen())

    def _seen(self) -> ColumnElement[bool]:
        # What officers add to a report is not for its reporter to find by trying hashes.
        own = Upload.actor_kind == ActorKind.RECEIPT
        side = own if self.actor.kind is ActorKind.RECEIPT else true()
        return and_(
            visible_to(self.actor, Upload.subject_id, Upload.region_code), side, self._open()
        )

    def _of_own_office(self) -> ColumnElement[bool]:
        """Where a thing has an office: the actor's own, or one of his area."""
        area = self.actor.area
        if area == "":
            return true()
        office = EvidenceSubject.office_id
        in_area = exists().where(
            Office.id == office,
            or_(Office.region_code == area, Office.region_code.startswith(f"{area}.")),
        )
        return or_(office.is_(None), office == self.actor.office_id, in_area)

    def _open(self) -> ColumnElement[bool]:
        """Of the kinds of things to which the actor may add files at all."""
        subject = EvidenceSubject.id == Upload.subject_id
        of_kinds = exists().where(subject, EvidenceSubject.kind.in_(kinds_open_to(self.actor)))
        if not may_add_to_complaints(self.actor):
            return of_kinds
        return or_(of_kinds, ~exists().where(subject))


def _lives(now: datetime) -> ColumnElement[bool]:
    unfinished = and_(Upload.state == UploadState.OPEN, Upload.expires_at > now)
    return or_(Upload.state == UploadState.FINISHED, unfinished)
