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
from app.declarations.repository.invalidations import InvalidationRepository, Reversible
from app.declarations.rules import changes as rules
from app.declarations.rules.changes import Change, Grounds, Rule
from app.declarations.schemas.changes import (
    FindFilter,
    InvalidationFilter,
    InvalidationIn,
    InvalidationOut,
    PreviewedInvalidationOut,
)
from app.declarations.service.changes import SignatureChanger

MOST: Final = 100_000
"""Signatures in one preview; where there are more, the organiser looks again."""
STEP: Final = 2_500
"""Signatures in one transaction: while they are changed, others wait to sign."""
_BATCH: Final = 1_000
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
        await self.invalidations.add(invalidation, kept)
        await self._record("invalidation.previewed", invalidation, len(kept))
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
        """Invalidate the next of what the preview showed; refuse if that is not what is found now.

        The first step looks at everything again, each only at its own under the log.
        """
        declaration = await self.declarations.get(declaration_id)
        invalidation = await self.invalidations.get(declaration.id, invalidation_id, lock=True)
        rules.accept_approval(
            invalidation.applied_at, invalidation.reinstated, invalidation.reversed_at
        )
        if not invalidation.invalidated:
            await self._check_shown(declaration, invalidation)
        shown = await self.invalidations.finds(invalidation, invalidation.invalidated, STEP)
        await self._invalidate(declaration, invalidation, shown)
        invalidation.invalidated += len(shown)
        if invalidation.invalidated == invalidation.found:
            invalidation.applied_at, invalidation.applied_by = self.now, self.actor.id
        await self._record("invalidation.applied", invalidation, len(shown))
        return invalidation

    async def _invalidate(
        self, declaration: Declaration, invalidation: Invalidation, shown: Sequence[Find]
    ) -> None:
        beside = await self.finding.beside(invalidation.rule, declaration.id, shown)
        await self._accept_keys(declaration, invalidation.rule)
        declaration = await self.declarations.held(declaration.id)
        next_index = await self.changer.hold()
        # Those who had their turn before may have changed it; looking at all would hold up others.
        span = await self._span_of(declaration, invalidation.rule)
        found = await self.finding.again(invalidation.rule, declaration.id, span, beside)
        if not set(shown) <= set(found):
            raise rules.SetChanged
        places = [(each.region_id, each.signature_id) for each in shown]
        await self._change(next_index, Change.INVALIDATED, places, invalidation)

    async def reverse(self, declaration_id: UUID, invalidation_id: UUID) -> Invalidation:
        """Let the next of those count again to which nothing was done since, and whose person has
        not signed in another way."""
        declaration = await self.declarations.get(declaration_id)
        invalidation = await self.invalidations.get(declaration.id, invalidation_id, lock=True)
        rules.accept_reversal(
            invalidation.applied_at, invalidation.invalidated, invalidation.reversed_at
        )
        waiting = await self.invalidations.reversible(invalidation, STEP + 1)
        await self.declarations.held(declaration.id)
        next_index = await self.changer.hold()
        still = await self._still_reversible(invalidation, waiting[:STEP])
        places = [each.place for each in still]
        await self._change(next_index, Change.REINSTATED, places, invalidation)
        invalidation.reinstated += len(places)
        if len(waiting) <= STEP:
            invalidation.reversed_at, invalidation.reversed_by = self.now, self.actor.id
        await self._record("invalidation.reversed", invalidation, len(places))
        return invalidation

    async def _still_reversible(
        self, invalidation: Invalidation, waiting: Sequence[Reversible]
    ) -> list[Reversible]:
        if not waiting:
            return []
        first, last = waiting[0].leaf_index, waiting[-1].leaf_index
        return await self.invalidations.reversible(invalidation, STEP, first, last)

    async def _check_shown(self, declaration: Declaration, invalidation: Invalidation) -> None:
        shown = await self.invalidations.finds(invalidation)
        found = await self._find(declaration, invalidation.rule)
        if (found[:MOST], len(found) <= MOST) != (shown, invalidation.is_complete):
            raise rules.SetChanged

    async def _accept_keys(self, declaration: Declaration, rule: Rule) -> None:
        """Asked after the search, so that no rotation begins between."""
        if rule is not Rule.SAME_PERSON_ELSEWHERE:
            return
        if await self.finding.has_two_keys(declaration.id):
            raise rules.KeysInRotation

    async def _find(self, declaration: Declaration, rule: Rule) -> list[Find]:
        """One more than a preview holds, to see whether it goes on."""
        span = await self._span_of(declaration, rule)
        if rule is Rule.OUTSIDE_OPENING and span is None:
            return []
        found = await self.finding.find(rule, declaration.id, span, MOST + 1)
        await self._accept_keys(declaration, rule)
        return found

    async def _span_of(self, declaration: Declaration, rule: Rule) -> Span | None:
        return await self._span(declaration) if rule is Rule.OUTSIDE_OPENING else None

    async def _span(self, declaration: Declaration) -> Span | None:
        """When it was open; nothing for one that never was."""
        opened = await self.journal.times(declaration, "declaration.opened", 1)
        return Span(opened.latest[0], declaration.closed_at) if opened.latest else None

    async def _change(
        self,
        next_index: int,
        change: Change,
        places: Sequence[tuple[int, UUID]],
        invalidation: Invalidation,
    ) -> None:
        signatures = await self.changer.changes.these(places)
        grounds = Grounds(rule=invalidation.rule, invalidation_id=invalidation.id)
        for first in range(0, len(signatures), _BATCH):
            batch = signatures[first : first + _BATCH]
            next_index = await self.changer.apply(next_index, change, batch, grounds)

    async def _record(self, action: str, invalidation: Invalidation, count: int) -> None:
        await self.journal.record(
            action,
            invalidation,
            declaration=str(invalidation.declaration_id),
            rule=invalidation.rule.value,
            count=count,
            found=invalidation.found,
        )
