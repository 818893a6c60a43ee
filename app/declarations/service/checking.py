from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Fault, Invalid, NotFound
from app.core.texts import Text
from app.declarations import files
from app.declarations.models.declarations import Declaration, Target
from app.declarations.models.signing import SignatureChange
from app.declarations.repository.counts import CountRepository
from app.declarations.repository.covering import CoveringRepository
from app.declarations.repository.declarations import DeclarationRepository, SignatureRepository
from app.declarations.repository.invited import InvitedRepository
from app.declarations.rules import changes as rules
from app.declarations.rules.changes import Change, Grounds, Rule
from app.declarations.rules.kinds import Check, Method, SignatureState
from app.declarations.rules.wishes import Recorded
from app.declarations.schemas.changes import (
    SignatureChangeOut,
    SignatureChangesOut,
    SignatureConfirmationIn,
    SignatureReinstatementIn,
    SignatureRejectionIn,
    SignatureWithdrawalIn,
    TargetCandidateOut,
    TargetCandidatesOut,
)
from app.declarations.service.changes import SignatureChanger
from app.declarations.service.counting import settle_states

MOST: Final = 20
UNKNOWN_TARGET: Final = Fault(
    "/stands_for",
    "unknown-target",
    Text(
        "Tidak ada orang dengan id ini di daftar deklarasi untuk daerah tanda tangan ini.",
        "Nobody with this id is on the roster of the declaration in the region of the signature.",
    ),
)


class CheckingService:
    """What the organiser does with single signatures: confirm, reject, withdraw, reinstate."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.session = session
        self.counts = CountRepository(session)
        self.covering = CoveringRepository(session)
        self.declarations = DeclarationRepository(session, actor)
        self.signatures = SignatureRepository(session)
        self.targets = InvitedRepository(session)
        self.changer = SignatureChanger(session, actor, now, keys)
        self.changes = self.changer.changes
        self.journal = Journal(session, actor, now)
        self.keys = keys

    async def candidates(self, declaration_id: UUID, signature_id: UUID) -> TargetCandidatesOut:
        """Who of the roster may have signed; names are opened, and the journal says so."""
        declaration = await self.declarations.get(declaration_id)
        signature = await self._named(declaration, signature_id)
        sealed = await self.signatures.sealed_signers([signature])
        if signature.id not in sealed:
            raise rules.NothingToCheck
        if signature.check is not Check.WAITING:
            await self._check_signer(signature)
        signer = files.open_signer(sealed[signature.id], signature.id, self.keys)
        marks = self.keys.blinds(files.SIGNER, files.person_in(signer))
        found = await self.targets.like(
            declaration.id, signature.region_id, marks, signer.office, MOST
        )
        await self.journal.record("targets.read", declaration, names=len(found))
        signed = await self.targets.signed_of(found)
        return TargetCandidatesOut(
            candidates=[self._candidate(each, marks, signed) for each in found]
        )

    async def history(self, declaration_id: UUID, signature_id: UUID) -> SignatureChangesOut:
        """What was done to it; the reasons are opened, and the journal says so."""
        declaration = await self.declarations.get(declaration_id)
        signature = await self._named(declaration, signature_id)
        found = await self.changes.history(signature)
        await self.journal.record("signature.changes_read", signature, count=len(found))
        return SignatureChangesOut(changes=[self._change(each, sealed) for each, sealed in found])

    async def confirm(
        self, declaration_id: UUID, signature_id: UUID, form: SignatureConfirmationIn
    ) -> Recorded:
        """Say that who signed is known, and perhaps as whom of the roster; what was said of that
        before need not be said again."""
        counts = form.stands_for is not None
        signature, next_index = await self._held(declaration_id, signature_id, counts=counts)
        rules.accept_confirmation(signature.check, form.stands_for)
        wanted = form.stands_for or signature.stands_for
        if (signature.check, signature.stands_for) == (Check.CONFIRMED, wanted):
            return signature
        rules.accept_stand_in(signature.stands_for, wanted)
        rules.accept_valid(signature.state)
        if wanted is not None:
            await self._check_signer(signature)
        rules.accept_beside(signature.method, await self._others(signature, wanted))
        await self._check_target(signature, wanted)
        await self.changes.put_check(signature, Check.CONFIRMED, wanted)
        await self.changer.apply(next_index, Change.CONFIRMED, [signature], Grounds())
        if form.stands_for is not None:
            await self._cover(signature)
        return signature._replace(check=Check.CONFIRMED, stands_for=wanted)

    async def reject(
        self, declaration_id: UUID, signature_id: UUID, form: SignatureRejectionIn
    ) -> Recorded:
        """Say that nobody of this name signs here: it counts no more, and is in nobody's way.

        Whatever was signed may be rejected: a link can fall into other hands.
        """
        signature, next_index = await self._held(declaration_id, signature_id)
        if signature.check is Check.REJECTED:
            return signature
        counts = signature.state is SignatureState.VALID
        change = Change.INVALIDATED if counts else Change.REJECTED
        grounds = Grounds(rule=Rule.REJECTED_BY_ORGANISER, reason=form.reason)
        await self.changes.put_check(signature, Check.REJECTED, signature.stands_for)
        await self.changer.apply(next_index, change, [signature], grounds)
        state = SignatureState.INVALIDATED if counts else signature.state
        return signature._replace(state=state, check=Check.REJECTED)

    async def withdraw(
        self, declaration_id: UUID, signature_id: UUID, form: SignatureWithdrawalIn
    ) -> Recorded:
        """Take a signature back for a signer who has asked for it by letter."""
        signature, next_index = await self._held(declaration_id, signature_id)
        if signature.state is SignatureState.WITHDRAWN:
            return signature
        rules.accept_withdrawal(signature.state)
        grounds = Grounds(reason="\n".join(filter(None, (form.letter_number, form.reason))))
        await self.changer.apply(next_index, Change.WITHDRAWN, [signature], grounds)
        return signature._replace(state=SignatureState.WITHDRAWN)

    async def reinstate(
        self, declaration_id: UUID, signature_id: UUID, form: SignatureReinstatementIn
    ) -> Recorded:
        """Let an invalidated signature count again, unless its person has signed meanwhile."""
        signature, next_index = await self._held(declaration_id, signature_id)
        rules.accept_reinstatement(signature.state)
        check = signature.check
        if check is Check.REJECTED:
            await self._check_person(signature)
            check = rules.check_again(signature.method, signature.stands_for)
            await self.changes.put_check(signature, check, signature.stands_for)
        if await self._others(signature, signature.stands_for):
            raise rules.TargetHasSigned
        await self._check_target(signature, signature.stands_for)
        grounds = Grounds(reason=form.reason)
        await self.changer.apply(next_index, Change.REINSTATED, [signature], grounds)
        return signature._replace(state=SignatureState.VALID, check=check)

    async def _held(
        self, declaration_id: UUID, signature_id: UUID, *, counts: bool = False
    ) -> tuple[Recorded, int]:
        """The signature as it stands while nobody signs or changes beside, and the next index."""
        declaration = await self.declarations.get(declaration_id)
        await self._named(declaration, signature_id)
        if counts:
            # Before the gate and the log: whoever signs waits for those, and never for the counts.
            await self.counts.hold()
        await self.declarations.held(declaration.id)
        next_index = await self.changer.hold()
        return await self._named(declaration, signature_id), next_index

    async def _named(self, declaration: Declaration, signature_id: UUID) -> Recorded:
        found = await self.changes.named(declaration.id, signature_id)
        if found is None:
            raise NotFound
        return found

    async def _others(self, signature: Recorded, stands_for: UUID | None) -> list[Method]:
        """How else the target has signed for whom this one stands."""
        target_id = signature.id if stands_for is None else stands_for
        found = await self.changes.standing_for(signature.region_id, target_id)
        return [each.method for each in found if each.id != signature.id]

    async def _check_signer(self, signature: Recorded) -> None:
        """Who signed as a target stands for nobody else."""
        if await self.signatures.kept_signer(signature) is None:
            raise rules.NothingToCheck

    async def _check_target(self, signature: Recorded, stands_for: UUID | None) -> None:
        if stands_for is None:
            return
        target = await self.targets.at(signature.region_id, stands_for)
        if target is None or target.declaration_id != signature.declaration_id:
            raise Invalid(UNKNOWN_TARGET)

    async def _cover(self, signature: Recorded) -> None:
        """Its target has signed from now on; no leaf says so, for nothing counts otherwise. The
        caller holds the counts."""
        await self.covering.settle([(signature.region_id, signature.id)], any_ended=False)
        await settle_states(self.session, [signature.declaration_id])

    async def _check_person(self, signature: Recorded) -> None:
        if await self.changes.has_namesake(signature):
            raise rules.TargetHasSigned

    def _change(self, change: SignatureChange, sealed: bytes | None) -> SignatureChangeOut:
        return SignatureChangeOut(
            change=change.change,
            rule=change.rule,
            why=change.why,
            reason=None if sealed is None else self.keys.open(sealed, change.id).decode(),
            invalidation_id=change.invalidation_id,
            at=change.at,
            actor_id=change.actor_id,
            leaf_index=change.leaf_index,
        )

    def _candidate(
        self, target: Target, marks: Collection[bytes], signed: Collection[UUID]
    ) -> TargetCandidateOut:
        return TargetCandidateOut(
            target_id=target.id,
            region_code=target.region_code,
            same_person=target.person_key in marks,
            has_signed=target.id in signed,
            person=files.open_signer(target.sealed, target.id, self.keys),
        )
