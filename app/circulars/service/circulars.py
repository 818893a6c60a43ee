from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.circulars.models import Circular, CircularObligation
from app.circulars.repository.circulars import CircularRepository
from app.circulars.rules import circulars as rules
from app.circulars.schemas.circulars import (
    CircularFilter,
    CircularIn,
    CircularPatch,
    CircularPlan,
)
from app.circulars.schemas.parts import CircularAttachmentIn, ObligationIn
from app.circulars.schemas.shown import CircularDetailOut, CircularOut
from app.circulars.service.addressing import Addressing
from app.circulars.service.describing import Describing
from app.circulars.service.issuer import Issuer, unknown
from app.circulars.service.showing import show
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.database import Json
from app.core.errors import Fault, Invalid, Stale
from app.core.ids import new_id
from app.core.paging import Found
from app.core.places import area_of
from app.core.texts import Text
from app.evidence.files.metadata import open_metadata
from app.evidence.models import Evidence
from app.evidence.repository.evidence import EvidenceRepository
from app.evidence.rules.copies import DOCUMENT
from app.evidence.rules.subjects import SubjectKind
from app.evidence.service.subjects import SubjectService
from app.offices.models import Office
from app.regions.models import Region

_NOT_PDF = Text("Surat yang ditandatangani harus berupa PDF.", "The signed letter is a PDF.")


class CircularService:
    """Writing circulars, and reading them."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.circulars = CircularRepository(session, actor)
        self.issuer = Issuer(self.circulars, actor)
        self.addressing = Addressing(session, now)
        self.evidence = EvidenceRepository(session, actor)
        self.subjects = SubjectService(session)
        self.describing = Describing(self.circulars, now)
        self.journal = Journal(session, actor, now)
        self.keys = keys
        self.now = now

    async def draft(self, form: CircularIn) -> CircularDetailOut:
        """Begin a circular; from now on files can be uploaded to it."""
        office = await self.issuer.check(form.office_id)
        region = await self.circulars.region(form.region_code or office.region_code)
        if region is None:
            raise Invalid(unknown("/region_code"))
        rules.check_area(region.code, area_of(office.region_code))
        await self._check(form, region.code)
        circular = _drafted(form, office, region, self.now)
        circular.addressees = await self.addressing.written(form.addressees)
        obligations = _obligations(circular.id, form.obligations)
        self.circulars.add(circular, obligations)
        self.subjects.admit(SubjectKind.CIRCULAR, circular, circular.office_id)
        await self.journal.record("circular.drafted", circular, kind=circular.kind)
        return await self.describing.whole(circular)

    async def find(self, wanted: CircularFilter) -> Found[CircularOut]:
        found = await self.circulars.find(wanted)
        return Found([show(each) for each in found.items], found.next_cursor, found.total)

    async def describe(self, circular_id: UUID) -> CircularDetailOut:
        return await self.describing.whole(await self.circulars.get_open(circular_id))

    async def revise(
        self, circular_id: UUID, version: int, patch: CircularPatch
    ) -> CircularDetailOut:
        circular = await self.issuer.take(circular_id)
        if circular.version != version:
            raise Stale
        rules.check_draft(circular.state)
        office = await self.issuer.check(circular.office_id)
        plan = await self._planned(circular, patch)
        await self._check(plan, circular.region_code)
        _apply(circular, plan, office)
        circular.addressees = await self.addressing.written(plan.addressees)
        if "obligations" in patch.model_fields_set:
            obligations = _obligations(circular.id, plan.obligations)
            await self.circulars.put_obligations(circular.id, obligations)
        if "attachments" in patch.model_fields_set:
            circular.attachments = await self._attached(circular, patch.attachments)
        circular.version += 1
        await self.journal.record("circular.revised", circular, version=circular.version)
        return await self.describing.whole(circular)

    async def _planned(self, circular: Circular, patch: CircularPatch) -> CircularPlan:
        """The plan as it was, with what the patch names in its place."""
        before = await self.describing.whole(circular)
        kept = before.model_dump(include=set(CircularPlan.model_fields))
        for each in kept["obligations"]:
            del each["id"]
        for each in kept["addressees"]:
            del each["offices"], each["region_name"]
        changed = patch.model_dump(exclude_unset=True, exclude={"attachments"})
        return CircularPlan.model_validate(kept | changed)

    async def _check(self, plan: CircularPlan, region_code: str) -> None:
        """Hold the letter against the rules, and name every region that it cannot address."""
        days = {"/in_force_from": plan.in_force_from, "/acknowledge_by": plan.acknowledge_by}
        for place, each in enumerate(plan.obligations):
            days[f"/obligations/{place}/due_on"] = each.due_on
        rules.check_days(plan.dated_on, days)
        await self.addressing.check(plan.addressees, area_of(region_code))

    async def _attached(
        self, circular: Circular, forms: Sequence[CircularAttachmentIn]
    ) -> list[Json]:
        """The files that were uploaded to this circular, with their hashes."""
        ids = [each.evidence_id for each in forms]
        found = await self.evidence.among(circular.id, ids)
        faults = [
            unknown(f"/attachments/{place}/evidence_id")
            for place, id in enumerate(ids)
            if id not in found
        ]
        faults += [
            Fault(f"/attachments/{place}/evidence_id", "letter-not-pdf", _NOT_PDF)
            for place, each in enumerate(forms)
            if each.is_letter
            and each.evidence_id in found
            and found[each.evidence_id].media_type != DOCUMENT
        ]
        if faults:
            raise Invalid(*faults)
        return [self._hashed(each, found[each.evidence_id]) for each in forms]

    def _hashed(self, form: CircularAttachmentIn, file: Evidence) -> Json:
        said = open_metadata(file.sealed, file.id, self.keys)
        return form.model_dump(mode="json") | {
            "sha256": said.sha256,
            "media_type": file.media_type,
        }


def _drafted(form: CircularIn, office: Office, region: Region, now: datetime) -> Circular:
    return Circular(
        region_id=region.placement_id,
        region_code=region.code,
        time_zone=office.time_zone,
        office_id=office.id,
        office_name=office.name,
        kind=form.kind,
        issuer=form.issuer or office.name,
        signer_post=form.signer.post,
        signer_name=form.signer.name,
        number=form.number,
        dated_on=form.dated_on,
        place=form.place,
        nature=form.nature,
        subject=form.subject,
        body=form.body,
        legal_basis=form.legal_basis,
        ends=[each.model_dump(mode="json") for each in form.ends],
        copies_to=form.copies_to,
        in_force_from=form.in_force_from,
        acknowledge_by=form.acknowledge_by,
        drafted_at=now,
    )


def _apply(circular: Circular, plan: CircularPlan, office: Office) -> None:
    circular.kind = plan.kind
    circular.issuer = plan.issuer or office.name
    circular.signer_post = plan.signer.post
    circular.signer_name = plan.signer.name
    circular.number = plan.number
    circular.dated_on = plan.dated_on
    circular.place = plan.place
    circular.nature = plan.nature
    circular.subject = plan.subject
    circular.body = plan.body
    circular.legal_basis = plan.legal_basis
    circular.ends = [each.model_dump(mode="json") for each in plan.ends]
    circular.copies_to = plan.copies_to
    circular.in_force_from = plan.in_force_from
    circular.acknowledge_by = plan.acknowledge_by


def _obligations(circular_id: UUID, forms: Sequence[ObligationIn]) -> Sequence[CircularObligation]:
    return [
        CircularObligation(
            id=new_id(),
            circular_id=circular_id,
            place=place,
            what=each.what,
            due_on=each.due_on,
            report_to=each.report_to,
        )
        for place, each in enumerate(forms)
    ]
