"""What the organiser does with single signatures of a declaration."""

from typing import Annotated
from uuid import UUID

from app.core.actors import Permission
from app.declarations.rules.wishes import Recorded
from app.declarations.schemas.changes import (
    SignatureChangesOut,
    SignatureConfirmationIn,
    SignatureReinstatementIn,
    SignatureRejectionIn,
    SignatureWithdrawalIn,
    TargetCandidatesOut,
)
from app.declarations.schemas.signatures import SignatureOut
from app.declarations.service.checking import CheckingService
from app.web.door import needs
from app.web.idempotency import idempotent
from app.web.opening import opened
from app.web.operation import rooms
from app.web.rehearsal import can_be_rehearsed

router = rooms("/declarations/{declaration_id}/signatures/{signature_id}", "declarations")

may_manage = needs(Permission.MANAGE_DECLARATIONS)

Checking = Annotated[CheckingService, opened(CheckingService)]


@router.get("/candidates", dependencies=[may_manage])
async def list_candidates(
    declaration_id: UUID, signature_id: UUID, checking: Checking
) -> TargetCandidatesOut:
    """List who of the roster may have signed so, by name or office; reading names is recorded."""
    return await checking.candidates(declaration_id, signature_id)


@router.get("/changes", dependencies=[may_manage])
async def list_signature_changes(
    declaration_id: UUID, signature_id: UUID, checking: Checking
) -> SignatureChangesOut:
    """List what was done to a signature after it was given, and why; the reading is recorded."""
    return await checking.history(declaration_id, signature_id)


@router.post(
    "/confirmation",
    response_model=SignatureOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def confirm_signature(
    declaration_id: UUID, signature_id: UUID, form: SignatureConfirmationIn, checking: Checking
) -> Recorded:
    """Confirm a signature that waits, and perhaps say for whom of the roster it stands.

    It came by the open link, or in a document that was signed elsewhere: then compare the name in
    its certificate, which the capture shows, and read the pages, for nothing ties them to this
    declaration.

    So it is said of a sheet too: also where its target has signed electronically, which the rule
    `paper_and_electronic` finds.
    """
    return await checking.confirm(declaration_id, signature_id, form)


@router.post(
    "/rejection",
    response_model=SignatureOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def reject_signature(
    declaration_id: UUID, signature_id: UUID, form: SignatureRejectionIn, checking: Checking
) -> Recorded:
    """Reject a signature that somebody else gave: it counts no more, and a leaf of the log says so.

    Whoever really bears the name can sign after it: by the open link, or in the room.
    """
    return await checking.reject(declaration_id, signature_id, form)


@router.post(
    "/withdrawal",
    response_model=SignatureOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def withdraw_for_signer(
    declaration_id: UUID, signature_id: UUID, form: SignatureWithdrawalIn, checking: Checking
) -> Recorded:
    """Withdraw a signature for a signer who has asked for it by letter; it never counts again."""
    return await checking.withdraw(declaration_id, signature_id, form)


@router.post(
    "/reinstatement",
    response_model=SignatureOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def reinstate_signature(
    declaration_id: UUID, signature_id: UUID, form: SignatureReinstatementIn, checking: Checking
) -> Recorded:
    """Let an invalidated or rejected signature count again; one that was rejected waits anew.

    Refused where its person or target has signed in another way meanwhile.
    """
    return await checking.reinstate(declaration_id, signature_id, form)
