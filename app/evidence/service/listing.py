from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.forms import TextOut
from app.core.paging import Found, Slice
from app.evidence.files.metadata import open_metadata
from app.evidence.models import Evidence, WorkingCopy
from app.evidence.repository.copies import CopyRepository
from app.evidence.repository.custody import HoldRepository, OpeningRepository
from app.evidence.repository.evidence import EvidenceRepository
from app.evidence.repository.retention import RetentionRepository
from app.evidence.rules.copies import CopyOutcome, Removed
from app.evidence.rules.custody import opened_by
from app.evidence.rules.media_types import differs
from app.evidence.rules.retention import EvidenceClass, RetentionRule, retention_of
from app.evidence.rules.uploads import STATES, UploadState
from app.evidence.schemas.custody import (
    CopyOut,
    EvidenceOut,
    OwnEvidenceOut,
    RemovedOut,
    RetentionOut,
)


@dataclass(frozen=True)
class Surroundings:
    """What is known of the files of one page beside themselves."""

    copies: Mapping[UUID, WorkingCopy]
    officers: Mapping[UUID, int]
    rules: Sequence[RetentionRule]
    is_held: bool


class ListingService:
    """The evidence of one complaint, as officers and as its reporter see it."""

    def __init__(self, session: AsyncSession, actor: Actor, keys: Keyring) -> None:
        self.evidence = EvidenceRepository(session, actor)
        self.copies = CopyRepository(session)
        self.openings = OpeningRepository(session, actor)
        self.holds = HoldRepository(session, actor)
        self.retention = RetentionRepository(session)
        self.keys = keys

    async def find(
        self, subject_id: UUID, kind: EvidenceClass, wanted: Slice
    ) -> Found[EvidenceOut]:
        found = await self.evidence.page(subject_id, wanted)
        ids = [each.id for each in found.items]
        around = Surroundings(
            copies=await self.copies.of_each(ids),
            officers=await self.openings.officers_of_each(ids),
            rules=await self.retention.rules(),
            is_held=await self.holds.is_held(subject_id),
        )
        items = [self._told(each, kind, around) for each in found.items]
        return Found(items, found.next_cursor, found.total)

    async def find_own(self, subject_id: UUID, wanted: Slice) -> Found[OwnEvidenceOut]:
        found = await self.evidence.page_of_reporter(subject_id, wanted)
        officers = await self.openings.officers_of_each([each.id for each in found.items])
        items = [self._told_reporter(each, officers.get(each.id, 0)) for each in found.items]
        return Found(items, found.next_cursor, found.total)

    def _told(self, evidence: Evidence, kind: EvidenceClass, around: Surroundings) -> EvidenceOut:
        said = open_metadata(evidence.sealed, evidence.id, self.keys)
        return EvidenceOut(
            id=evidence.id,
            file_name=said.file_name,
            media_type=evidence.media_type,
            declared_type=said.declared_type,
            declared_type_differs=differs(said.declared_type, evidence.media_type),
            size=evidence.size,
            sha256=said.sha256,
            captured_at=evidence.captured_at,
            received_at=evidence.received_at,
            working_copy=_copy(around.copies.get(evidence.id)),
            opened_by=around.officers.get(evidence.id, 0),
            retention=_retention(kind, evidence.received_at, around.rules),
            held=around.is_held,
        )

    def _told_reporter(self, evidence: Evidence, officers: int) -> OwnEvidenceOut:
        said = open_metadata(evidence.sealed, evidence.id, self.keys)
        return OwnEvidenceOut(
            id=evidence.id,
            file_name=said.file_name,
            media_type=evidence.media_type,
            size=evidence.size,
            sha256=said.sha256,
            captured_at=evidence.captured_at,
            received_at=evidence.received_at,
            state=UploadState.FINISHED,
            label=TextOut.model_validate(STATES[UploadState.FINISHED]),
            opened_by=officers,
            opened=TextOut.model_validate(opened_by(officers)),
        )


def _copy(copy: WorkingCopy | None) -> CopyOut:
    return CopyOut(
        outcome=copy.outcome if copy else CopyOutcome.WAITING,
        failure=copy.failure if copy else None,
        media_type=copy.media_type if copy else None,
        size=copy.size if copy else None,
        removed=[
            RemovedOut(kind=Removed(kind), count=count)
            for kind, count in sorted((copy.removed if copy else {}).items())
        ],
        made_at=copy.made_at if copy else None,
    )


def _retention(
    kind: EvidenceClass, received_at: datetime, rules: Sequence[RetentionRule]
) -> RetentionOut | None:
    retention = retention_of(kind, received_at, rules)
    if retention is None:
        return None
    return RetentionOut(
        rule_code=retention.rule.code,
        rule_version=retention.rule.version,
        years=retention.rule.years,
        start_event=retention.rule.start_event,
        confidence=retention.rule.confidence,
        retained_until=retention.until,
    )
