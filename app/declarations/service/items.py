from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import ConflictingBody, DomainError, Fault, Invalid
from app.core.places import Place as RegionPlace
from app.core.texts import Text
from app.declarations.models.declarations import Declaration
from app.declarations.models.room import CollectingDevice
from app.declarations.repository.room import CaptureRepository, Invited, Place
from app.declarations.repository.writing import WritingRepository
from app.declarations.rules import room
from app.declarations.rules.choosing import Candidate
from app.declarations.rules.holders import accept_name
from app.declarations.rules.persons import canonical
from app.declarations.rules.room import Phase, Reach, Validity
from app.declarations.rules.wishes import Wish
from app.declarations.schemas.batches import ItemIn, SignerIn, TargetRef
from app.declarations.schemas.signatures import SignerOut
from app.declarations.service.item_papers import Shown, shown_by
from app.declarations.service.room_keys import RoomKeys
from app.declarations.service.wishes import Somebody, WishMaker
from app.evidence.repository.checks import CheckRepository
from app.evidence.repository.evidence import EvidenceRepository
from app.evidence.schemas.checks import DocumentCheckOut
from app.evidence.service.checks import told_of
from app.regions.service import RegionService

UNKNOWN_TARGET = Fault(
    "/target",
    "unknown-target",
    Text("Orang ini tidak ada dalam daftar deklarasi ini.", "This roster does not name them."),
)
UNKNOWN_REGION = Fault(
    "/signer/region_code",
    "unknown-region",
    Text("Kode wilayah ini tidak ada.", "There is no region with this code."),
)
TIME_MISSING = Fault(
    "/captured_at", "missing", Text("Wajib diisi perangkat.", "This is required of devices.")
)


@dataclass(frozen=True)
class Origin:
    """Where a batch comes from: which declaration, how it stands, and which device, if any;
    `reach` is where the device itself sends."""

    declaration: Declaration
    phase: Phase
    device: CollectingDevice | None
    reach: Reach | None


@dataclass(frozen=True)
class Surroundings:
    """What the items of one batch name, as far as it exists."""

    targets: Mapping[Place, Invited]
    regions: Mapping[str, RegionPlace]
    papers: Collection[UUID]
    checks: Mapping[UUID, DocumentCheckOut]


class ItemReader:
    """Turns the items of a batch into signatures to be written, or says why not."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.captures = CaptureRepository(session)
        self.signatures = WritingRepository(session)
        self.evidence = EvidenceRepository(session, actor)
        self.checks = CheckRepository(session)
        self.regions = RegionService(session)
        self.room = RoomKeys(keys)
        self.wishes = WishMaker(keys)
        self.keys = keys
        self.now = now

    async def read(self, origin: Origin, items: Sequence[ItemIn]) -> list[Candidate]:
        around = await self._around(origin.declaration, items)
        candidates = [self._candidate(origin, each, around) for each in items]
        brought = [each.wish for each in candidates if each.wish and each.wish.has_own_id]
        taken = await self.signatures.under_targets(brought)
        return [_unless_taken(each, taken) for each in candidates]

    async def _around(self, declaration: Declaration, items: Sequence[ItemIn]) -> Surroundings:
        places = {_place(each.target) for each in items if each.target is not None}
        codes = {
            each.signer.region_code or declaration.region_code
            for each in items
            if each.signer is not None
        }
        found = await self.regions.locate_each(codes) if codes else {}
        papers = {each.paper.evidence_id for each in items if each.paper is not None}
        return Surroundings(
            await self.captures.invited(declaration.id, places),
            {code: RegionPlace(each.placement_id, code) for code, each in found.items()},
            await self.evidence.among(declaration.id, papers) if papers else {},
            await self._checks(papers) if papers else {},
        )

    async def _checks(self, papers: Collection[UUID]) -> dict[UUID, DocumentCheckOut]:
        found = await self.checks.of_each(papers)
        told = {id: told_of(check, self.keys) for id, check in found.items()}
        return {id: check for id, check in told.items() if check is not None}

    def _candidate(self, origin: Origin, item: ItemIn, around: Surroundings) -> Candidate:
        body = canonical(item.model_dump(mode="json"))
        wish: Wish | None = None
        refusal: DomainError | None = None
        shown = Shown(item.method)
        try:
            self._check(origin, item)
            shown = shown_by(item, around.papers, around.checks)
            wish = self._wish(origin, item, around)
            wish = wish._replace(method=shown.method, check=shown.check)
        except DomainError as refused:
            refusal = refused
        return Candidate(
            item_id=item.id,
            body_mac=self.room.body_mac(item.id, body),
            sequence=item.sequence,
            source=shown.source,
            wish=wish,
            refusal=refusal,
            on_roster=item.target is not None,
        )

    def _check(self, origin: Origin, item: ItemIn) -> None:
        """Whether it can come from where it says that it does, at the moment it says."""
        device = origin.device
        on_device = item.sequence is not None and item.nonce is not None and device is not None
        room.accept_origin(item.method, on_device=on_device, on_paper=item.paper is not None)
        if on_device and device is not None:
            self._check_device(device, item)
        room.accept_phase(origin.phase, item.captured_at, self.now)

    def _check_device(self, device: CollectingDevice, item: ItemIn) -> None:
        secret = self.room.secret_of(device.id)
        room.accept_nonce(secret, item.sequence or 0, item.nonce or "")
        if item.captured_at is None:
            raise Invalid(TIME_MISSING)
        until = min(device.expires_at, device.revoked_at or device.expires_at)
        room.accept_moment(item.captured_at, Validity(device.registered_at, until), self.now)

    def _wish(self, origin: Origin, item: ItemIn, around: Surroundings) -> Wish:
        if item.signer is not None:
            accept_name(item.name, needs_name=False)
            code = item.signer.region_code or origin.declaration.region_code
            region = around.regions.get(code)
            if region is None:
                raise Invalid(UNKNOWN_REGION)
            room.accept_guest(origin.reach, region.region_code)
            who = Somebody(_signer(item.signer), region, item.signer.group, item.signer.role)
            return self.wishes.of_somebody(origin.declaration, item.id, item, who)
        target = _target(item, around)
        if target is None:
            raise Invalid(UNKNOWN_TARGET)
        room.accept_target(origin.reach, target.region_code, target.office)
        return self.wishes.of_target(origin.declaration, item, target)


def _unless_taken(candidate: Candidate, taken: Collection[tuple[int, UUID]]) -> Candidate:
    """Nobody is recorded under the id of a target but the target."""
    wish = candidate.wish
    if wish is None or (wish.region_id, wish.id) not in taken:
        return candidate
    return replace(candidate, wish=None, refusal=ConflictingBody())


def _target(item: ItemIn, around: Surroundings) -> Invited | None:
    return around.targets.get(_place(item.target)) if item.target else None


def _place(target: TargetRef) -> Place:
    return Place(target.region_id, target.id)


def _signer(form: SignerIn) -> SignerOut:
    return SignerOut(
        name=form.name,
        position=form.position,
        office=form.office,
        employee_number=form.employee_number,
        represents=form.represents,
    )
