from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Fault, Invalid
from app.core.forms import TextOut
from app.core.paging import Found
from app.core.texts import Text
from app.declarations.models.declarations import Declaration
from app.declarations.models.signing import Invalidation, InvalidationFind
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.finding import Find, FindingRepository, Span
from app.declarations.repository.invalidations import InvalidationRepository
from app.declarations.rules import changes as rules
from app.declarations.rules.changes import Change, Grounds, Rule
from app.declarations.rules.wishes import Recorded
from app.declarations.schemas.changes import (
    FindFilter,
    InvalidationFilter,
    InvalidationIn,
    InvalidationOut,
    PreviewedInvalidationOut,
)
from app.declarations.service.changes import SignatureChanger

MOST: Final = 10_000
"""Signatures in one preview: measured, so many are changed in 1.5 s, while others wait to
sign; where there are more, the organiser looks again."""
_BATCH: Final = 2_000
_NOT_SOUGHT: Final = Fault(
    "/rule",
    "rule-not-sought",
    Text(
        "Aturan ini diterapkan pada satu tanda tangan, bukan dicari.",
        "This rule is applied to a single signature, not sought.",
    ),
)


class InvalidationService:
    """Signatures that a rule does not let count: first counted and listed, then invalidated exactly
    as they were shown, and brought back if that was wrong."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.declarations = DeclarationRepository(session, actor)
        self.invalidations = InvalidationRepository(session, actor)
        self.finding = FindingRepository(session)
        self.changer = SignatureChanger(session, actor, now, keys)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now

    async def preview(self, declaration_id: UUID, form: InvalidationIn) -> PreviewedInvalidationOut:
        """Look for them and keep what was found; nothing else changes."""
        if form.rule not in rules.SOUGHT:
            raise Invalid(_NOT_SOUGHT)
        declaration = await self.declarations.get(declaration_id)
        finds = await self._find(declaration, form.rule)
        kept = finds[:MOST]
        invalidation = Invalidation(
            declaration_id=declaration.id,
            region_id=declaration.region_id,
            region_code=declaration.region_code,
            rule=form.rule,
            found=len(kept),
            is_complete=len(finds) <= MOST,
            previewed_at=self.now,
            previewed_by=self.actor.id,
        )
        await self.invalidations.add(
            invalidation, [self._kept(invalidation, each) for each in kept]
        )
        await self._record("invalidation.previewed", invalidation, found=len(kept))
        return PreviewedInvalidationOut(
            **dict(InvalidationOut.model_validate(invalidation)),
            source=TextOut.model_validate(rules.SOURCES[form.rule]),
        )

    async def previews(
        self, declaration_id: UUID, wanted: InvalidationFilter
    ) -> Found[Invalidation]:
        declaration = await self.declarations.get(declaration_id)
        return await self.invalidations.find(declaration.id, wanted)

    async def finds(
        self, declaration_id: UUID, invalidation_id: UUID, wanted: FindFilter
    ) -> Found[InvalidationFind]:
        invalidation = await self.invalidations.get(declaration_id, invalidation_id)
        return await self.invalidations.page(invalidation, wanted)

    async def apply(self, declaration_id: UUID, invalidation_id: UUID) -> Invalidation:
        """Invalidate exactly what the preview showed; refuse if that is not what is found now."""
        declaration = await self.declarations.get(declaration_id)
        invalidation = await self.invalidations.get(declaration.id, invalidation_id, lock=True)
        if invalidation.applied_at is not None:
            raise rules.AlreadyApplied
        shown = await self.invalidations.finds(invalidation)
        found = await self._find(declaration, invalidation.rule)
        if (found[:MOST], len(found) <= MOST) != (shown, invalidation.is_complete):
            raise rules.SetChanged
        declaration = await self.declarations.held(declaration.id)
        next_index = await self.changer.hold()
        places = [(each.region_id, each.signature_id) for each in shown]
        signatures = await self.changer.changes.these(places)
        # Those who had their turn before may have changed it; looking at all would hold up others.
        if await self._find_again(declaration, invalidation) != shown:
            raise rules.SetChanged
        grounds = Grounds(rule=invalidation.rule, invalidation_id=invalidation.id)
        await self._change(next_index, Change.INVALIDATED, signatures, grounds)
        invalidation.applied_at, invalidation.applied_by = self.now, self.actor.id
        await self._record("invalidation.applied", invalidation, found=invalidation.found)
        return invalidation

    async def reverse(self, declaration_id: UUID, invalidation_id: UUID) -> Invalidation:
        """Let those count again to which nothing was done since, and whose person has not signed
        in another way."""
        declaration = await self.declarations.get(declaration_id)
        invalidation = await self.invalidations.get(declaration.id, invalidation_id, lock=True)
        if invalidation.applied_at is None:
            raise rules.NotApplied
        if invalidation.reversed_at is not None:
            raise rules.AlreadyReversed
        await self.declarations.held(declaration.id)
        next_index = await self.changer.hold()
        places = await self.invalidations.reversible(invalidation)
        signatures = await self.changer.changes.these(places)
        grounds = Grounds(rule=invalidation.rule, invalidation_id=invalidation.id)
        await self._change(next_index, Change.REINSTATED, signatures, grounds)
        invalidation.reversed_at, invalidation.reversed_by = self.now, self.actor.id
        invalidation.reinstated = len(signatures)
        await self._record("invalidation.reversed", invalidation, found=len(signatures))
        return invalidation

    async def _find(self, declaration: Declaration, rule: Rule) -> list[Find]:
        """One more than a preview holds, to see whether it goes on."""
        span = await self._span(declaration) if rule is Rule.OUTSIDE_OPENING else None
        if rule is Rule.OUTSIDE_OPENING and span is None:
            return []
        return await self.finding.find(rule, declaration.id, span, MOST + 1)

    async def _find_again(self, declaration: Declaration, invalidation: Invalidation) -> list[Find]:
        rule = invalidation.rule
        span = await self._span(declaration) if rule is Rule.OUTSIDE_OPENING else None
        return await self.finding.again(rule, declaration.id, span, invalidation.id)

    async def _span(self, declaration: Declaration) -> Span | None:
        """When it was open; nothing for one that never was."""
        opened = await self.journal.times(declaration, "declaration.opened", 1)
        return Span(opened.latest[0], declaration.closed_at) if opened.latest else None

    async def _change(
        self, next_index: int, change: Change, signatures: Sequence[Recorded], grounds: Grounds
    ) -> None:
        for first in range(0, len(signatures), _BATCH):
            batch = signatures[first : first + _BATCH]
            next_index = await self.changer.apply(next_index, change, batch, grounds)

    def _kept(self, invalidation: Invalidation, found: Find) -> InvalidationFind:
        return InvalidationFind(
            invalidation_id=invalidation.id,
            region_id=found.region_id,
            region_code=found.region_code,
            signature_id=found.signature_id,
            leaf_index=found.leaf_index,
            found_at=self.now,
        )

    async def _record(self, action: str, invalidation: Invalidation, found: int) -> None:
        await self.journal.record(
            action,
            invalidation,
            declaration=str(invalidation.declaration_id),
            rule=invalidation.rule.value,
            count=found,
        )
