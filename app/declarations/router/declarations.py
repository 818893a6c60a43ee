"""Declarations of neutrality: the texts, who declares, signing, and the count."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Body, Depends, Query, Response

from app.core.actors import Permission
from app.core.paging import Found
from app.declarations.models.declarations import Declaration, PledgeText
from app.declarations.schemas.declarations import (
    CallingOffIn,
    DeclarationFilter,
    DeclarationIn,
    DeclarationOut,
    DeclarationPatch,
    HoldingIn,
)
from app.declarations.schemas.signatures import (
    SignatureFilter,
    SignatureIn,
    SignatureRow,
    SignedOut,
)
from app.declarations.schemas.texts import PledgeTextFilter, PledgeTextIn, PledgeTextOut
from app.declarations.service.declarations import DeclarationService
from app.declarations.service.signatures import SignatureService
from app.declarations.service.texts import PledgeTextService
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import CurrentActor, anyone, needs
from app.web.etags import IfMatch, cached, tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.outcome import REPEATABLE, Told
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed, never_rehearsed

router = rooms("", "declarations")

HOUR = 3_600

may_read = needs(Permission.READ_DECLARATIONS)
may_manage = needs(Permission.MANAGE_DECLARATIONS)

# A body is wanted only where there is something to explain.
_WITHOUT_REASON: Final = CallingOffIn()
Patch = Annotated[DeclarationPatch, Body(media_type="application/merge-patch+json")]


async def open_texts(session: Session) -> PledgeTextService:
    return PledgeTextService(session)


async def open_declarations(session: Session, actor: CurrentActor, now: Now) -> DeclarationService:
    return DeclarationService(session, actor, now)


async def open_signatures(
    session: Session, actor: CurrentActor, now: Now, keys: Keys
) -> SignatureService:
    return SignatureService(session, actor, now, keys)


Texts = Annotated[PledgeTextService, Depends(open_texts)]
Declarations = Annotated[DeclarationService, Depends(open_declarations)]
Signatures = Annotated[SignatureService, Depends(open_signatures)]


@router.get(
    "/pledge-texts", response_model=Page[PledgeTextOut], dependencies=[anyone, cached(HOUR)]
)
async def list_pledge_texts(
    wanted: Annotated[PledgeTextFilter, Query()], texts: Texts
) -> Found[PledgeText]:
    """List the texts that people sign, all versions, the latest first."""
    return await texts.find(wanted)


@router.post(
    "/pledge-texts",
    status_code=201,
    response_model=PledgeTextOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def publish_pledge_text(
    form: PledgeTextIn, texts: Texts, actor: CurrentActor, now: Now
) -> PledgeText:
    """Publish a version of a text, which never changes again; only the head office does."""
    return await texts.publish(form, actor, now)


@router.get(
    "/pledge-texts/{pledge_text_id}",
    response_model=PledgeTextOut,
    dependencies=[anyone, cached(HOUR)],
)
async def read_pledge_text(pledge_text_id: UUID, texts: Texts) -> PledgeText:
    """Read one version of a text, with its points and its hash."""
    return await texts.get(pledge_text_id)


@router.get("/declarations", response_model=Page[DeclarationOut], dependencies=[anyone])
async def list_declarations(
    wanted: Annotated[DeclarationFilter, Query()], declarations: Declarations
) -> Found[Declaration]:
    """List declarations, newest first; cancelled ones only for officers of their area."""
    return await declarations.find(wanted)


@router.post(
    "/declarations",
    status_code=201,
    response_model=DeclarationOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def plan_declaration(
    form: DeclarationIn, declarations: Declarations, response: Response
) -> Declaration:
    """Plan a declaration of one's own office; send an Idempotency-Key to repeat it safely."""
    return tagged(response, await declarations.plan(form))


@router.get("/declarations/{declaration_id}", response_model=DeclarationOut, dependencies=[anyone])
async def read_declaration(
    declaration_id: UUID, declarations: Declarations, response: Response
) -> Declaration:
    """Read one declaration; its ETag is what a change has to name."""
    return tagged(response, await declarations.get(declaration_id))


@router.patch(
    "/declarations/{declaration_id}",
    response_model=DeclarationOut,
    dependencies=[may_manage, can_be_rehearsed],
)
async def change_declaration(
    declaration_id: UUID,
    form: Patch,
    declarations: Declarations,
    version: IfMatch,
    response: Response,
) -> Declaration:
    """Change a declaration before it opens for signing."""
    return tagged(response, await declarations.change(declaration_id, form, version))


@router.post(
    "/declarations/{declaration_id}/opening",
    response_model=DeclarationOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def open_declaration(
    declaration_id: UUID, declarations: Declarations, response: Response
) -> Declaration:
    """Open a declaration for signing; from now on its content is fixed."""
    return tagged(response, await declarations.open(declaration_id))


@router.post(
    "/declarations/{declaration_id}/holding",
    response_model=DeclarationOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def hold_declaration(
    declaration_id: UUID, form: HoldingIn, declarations: Declarations, response: Response
) -> Declaration:
    """Record that the ceremony took place, where and when; signing goes on after it."""
    return tagged(response, await declarations.hold(declaration_id, form))


@router.post(
    "/declarations/{declaration_id}/closing",
    response_model=DeclarationOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def close_declaration(
    declaration_id: UUID, declarations: Declarations, response: Response
) -> Declaration:
    """Close a declaration: no signature comes after this."""
    return tagged(response, await declarations.close(declaration_id))


@router.post(
    "/declarations/{declaration_id}/cancellation",
    response_model=DeclarationOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def cancel_declaration(
    declaration_id: UUID,
    declarations: Declarations,
    response: Response,
    form: CallingOffIn = _WITHOUT_REASON,
) -> Declaration:
    """Cancel a declaration, with a reason where it was signed; the public no longer sees it."""
    return tagged(response, await declarations.cancel(declaration_id, form))


@router.put(
    "/declarations/{declaration_id}/signatures/{signature_id}",
    status_code=201,
    responses=REPEATABLE,
    # A rehearsal would tell anybody, and leave no trace, who has signed and who has not.
    dependencies=[anyone, never_rehearsed],
)
async def put_signature(
    declaration_id: UUID, signature_id: UUID, form: SignatureIn, signatures: Signatures, told: Told
) -> SignedOut:
    """Sign an open declaration under an id made by the phone; repeat it until an answer arrives.

    The same body gets the first answer again (200), another body is refused (409), and so is a
    second signature of the same person in the same regency or city (409, `already-signed`). The
    signature counts at once and waits for the organiser's check.
    """
    return told.of(await signatures.sign(declaration_id, signature_id, form))


@router.get(
    "/declarations/{declaration_id}/signatures",
    response_model=Page[SignatureRow],
    dependencies=[may_read],
)
async def list_signatures(
    declaration_id: UUID, wanted: Annotated[SignatureFilter, Query()], signatures: Signatures
) -> Found[SignatureRow]:
    """List who signed, newest first; officers of the area see names, and reading is recorded."""
    return await signatures.find(declaration_id, wanted)
