"""One ticket for the door and for signing."""

from typing import Annotated
from uuid import UUID

from app.core.actors import Permission
from app.declarations.router.answers import answer_batch
from app.declarations.schemas.devices import BundleOut
from app.prevention.schemas.one_qr import (
    GatheringBatchIn,
    GatheringBatchOut,
    GatheringBundleOut,
    OwnSigningIn,
    OwnSigningOut,
    PairingIn,
    PairingOut,
)
from app.prevention.service.one_qr import OneQrService
from app.prevention.service.own_signing import OwnSigningService
from app.rakor.router.check_ins import answer_check_ins
from app.rakor.schemas.tickets import EventBundleOut
from app.web.door import anyone, needs
from app.web.idempotency import idempotent
from app.web.language import ReadersLanguage
from app.web.opening import opened
from app.web.operation import rooms
from app.web.rehearsal import can_be_rehearsed

router = rooms("/events/{event_id}", "prevention")
own = rooms("/event-signing", "prevention")

may_record = needs(Permission.RECORD_CHECK_INS)
may_manage = needs(Permission.MANAGE_DECLARATIONS)

OneQr = Annotated[OneQrService, opened(OneQrService)]
OwnSigning = Annotated[OwnSigningService, opened(OwnSigningService)]


@router.post(
    "/signing-devices", status_code=201, dependencies=[may_manage, idempotent, can_be_rehearsed]
)
async def pair_signing_device(event_id: UUID, form: PairingIn, service: OneQr) -> PairingOut:
    """Let a device of the door collect signatures as well, under the credential that it has."""
    return await service.pair(event_id, form)


@router.get("/gathering-bundle", dependencies=[may_record])
async def read_gathering_bundle(event_id: UUID, service: OneQr) -> GatheringBundleOut:
    """Take along what a device needs to let in and to let sign: for the device itself.

    Two bundles and the table that says as which target the holder of a ticket signs, each signed.
    """
    bundles = await service.bundle(event_id)
    declaration = bundles.declaration
    return GatheringBundleOut(
        event=EventBundleOut.model_validate(bundles.event),
        declaration=BundleOut.model_validate(declaration) if declaration else None,
        seats=EventBundleOut.model_validate(bundles.seats),
    )


@router.post("/gathering-batch", dependencies=[may_record])
async def record_gathering(
    event_id: UUID, form: GatheringBatchIn, service: OneQr, language: ReadersLanguage
) -> GatheringBatchOut:
    """Deliver who came and who signed, up to 500 of each; repeat it in any order until answered.

    One transaction, and an answer for each item: what keeps a signature out keeps nobody's
    presence out. By the ticket of the door its holder signs as the target of the invitation.
    """
    delivered = await service.deliver(event_id, form)
    return GatheringBatchOut(
        check_ins=answer_check_ins(delivered.check_ins, language, under="check_ins"),
        signatures=answer_batch(delivered.signatures, language, under="signatures"),
    )


@own.post("", dependencies=[anyone])
async def read_own_signing(form: OwnSigningIn, service: OwnSigning) -> OwnSigningOut:
    """Read what the holder of an invitation signs, by its code, with the personal link of each.

    A POST, so that the code stands in no address. The ticket of the door does not open it: that
    one is shown to others.
    """
    return await service.read(form.code)
