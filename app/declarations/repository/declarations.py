from collections.abc import Collection, Sequence
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import Select, exists, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Found, newest_first
from app.core.places import area_of
from app.core.visibility import visible_to
from app.declarations.models.declarations import (
    Declaration,
    Signature,
    Signer,
    Target,
)
from app.declarations.repository.gates import pass_gates, shut_gate
from app.declarations.repository.writing import RECORDED
from app.declarations.rules.kinds import Status
from app.declarations.rules.wishes import Recorded
from app.declarations.schemas.declarations import DeclarationFilter
from app.declarations.schemas.signatures import SignatureFilter

# On Citus such a statement asks every shard; on one PostgreSQL it costs the same.
_FAN_OUT: Final = {"fan_out": True}


class Keyed(Protocol):
    """Whatever lies under the key of a national table."""

    @property
    def region_id(self) -> int: ...

    @property
    def id(self) -> UUID: ...


class KeptSigner(NamedTuple):
    """Who signed under an id of its own, as it lies in the table."""

    sealed: bytes
    secret_hash: bytes | None


class DeclarationRepository:
    """The declarations that one reader can see; changing one asks for more than reading it."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    def add(self, declaration: Declaration) -> None:
        self.session.add(declaration)

    async def get(self, declaration_id: UUID, *, lock: bool = False) -> Declaration:
        """One of the reader's own area; `lock` waits for those who sign and keeps others out."""
        query = self._visible().where(Declaration.id == declaration_id)
        if not lock:
            return await self._one(query)
        # Those who sign have no lock of the row, so that whoever waits for it holds up nobody.
        declaration = await self._fresh(query.with_for_update(key_share=True))
        await shut_gate(self.session, declaration.id)
        return declaration

    async def free(self, declaration_id: UUID) -> Declaration | None:
        """The same with `lock`, or nothing where somebody has it in hand or it is out of sight."""
        query = self._visible().where(Declaration.id == declaration_id)
        free = query.with_for_update(key_share=True, skip_locked=True)
        declaration = await self.session.scalar(free.execution_options(populate_existing=True))
        if declaration is not None:
            await shut_gate(self.session, declaration.id)
        return declaration

    async def read(self, declaration_id: UUID) -> Declaration:
        return await self._one(self._readable().where(Declaration.id == declaration_id))

    async def published(self, declaration_id: UUID) -> Declaration:
        return await self._one(self._published().where(Declaration.id == declaration_id))

    async def of_ticket(self, declaration_id: UUID) -> Declaration:
        """Whatever became of it: whoever holds a ticket of it may read what he signs."""
        return await self._one(select(Declaration).where(Declaration.id == declaration_id))

    async def held(self, declaration_id: UUID) -> Declaration:
        """Whatever became of it: those who sign hold it together, whoever closes it waits."""
        await pass_gates(self.session, [declaration_id])
        return await self._fresh(select(Declaration).where(Declaration.id == declaration_id))

    async def kept(self, declaration_id: UUID) -> Declaration:
        """Whatever became of it, against whoever changes it; those who sign wait for nobody."""
        query = select(Declaration).where(Declaration.id == declaration_id)
        return await self._fresh(query.with_for_update(read=True))

    async def count_change(self, declaration_id: UUID) -> None:
        """Whatever was read of it or of its roster before has to be read again."""
        change = update(Declaration).where(Declaration.id == declaration_id)
        await self.session.execute(
            change.values(version=Declaration.version + 1),
            execution_options={"synchronize_session": False},
        )

    async def was_signed(self, declaration_id: UUID) -> bool:
        """By anybody, whatever became of the signature."""
        query = select(exists().where(Signature.declaration_id == declaration_id))
        return bool(await self.session.scalar(query, execution_options=_FAN_OUT))

    async def find(
        self, wanted: DeclarationFilter, among: Collection[Status] = ()
    ) -> Found[Declaration]:
        query = self._readable()
        if among:
            query = query.where(Declaration.status.in_(among))
        for column, value in (
            (Declaration.status, wanted.status),
            (Declaration.kind, wanted.kind),
            (Declaration.election_code, wanted.election),
        ):
            query = query if value is None else query.where(column == value)
        if wanted.region is not None:
            query = query.where(Declaration.region_code.startswith(area_of(wanted.region)))
        by = (Declaration.created_at, Declaration.id)
        return await newest_first(self.session, query, by, wanted)

    async def _fresh(self, query: Select[Declaration]) -> Declaration:
        """As it is now, whatever this unit of work had read of it before."""
        return await self._one(query.execution_options(populate_existing=True))

    async def _one(self, query: Select[Declaration]) -> Declaration:
        declaration = await self.session.scalar(query)
        if declaration is None:
            raise NotFound
        return declaration

    def _visible(self) -> Select[Declaration]:
        mine = visible_to(self.actor, Declaration.id, Declaration.region_code)
        return select(Declaration).where(mine)

    def _published(self) -> Select[Declaration]:
        """What everybody may read: a cancelled declaration was never made."""
        return select(Declaration).where(Declaration.status != Status.CANCELLED)

    def _readable(self) -> Select[Declaration]:
        mine = visible_to(self.actor, Declaration.id, Declaration.region_code)
        return select(Declaration).where(or_(Declaration.status != Status.CANCELLED, mine))


class SignatureRepository:
    """The signatures of declarations that the reader was allowed to open."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def named(self, signature_id: UUID) -> Recorded | None:
        """The signature with this id, wherever it lies: a repeat may name another region."""
        query = select(*RECORDED).where(Signature.id == signature_id)
        query = query.order_by(Signature.recorded_at).limit(1)
        row = (await self.session.execute(query, execution_options=_FAN_OUT)).first()
        return Recorded(*row) if row else None

    async def kept_signer(self, signature: Recorded) -> KeptSigner | None:
        """Nobody where the signature is that of a target, under whose id it lies."""
        here = (Signer.region_id == signature.region_id, Signer.signature_id == signature.id)
        query = select(Signer.sealed, Signer.secret_hash).where(*here, ~Signer.for_target)
        row = (await self.session.execute(query)).first()
        return KeptSigner(*row) if row else None

    async def sealed_signers(self, signatures: Sequence[Keyed]) -> dict[UUID, bytes]:
        """Who signed, by signature: as he wrote it himself, or as the roster names him."""
        keys = [(signature.region_id, signature.id) for signature in signatures]
        by_link = select(Signer.signature_id, Signer.sealed).where(
            tuple_(Signer.region_id, Signer.signature_id).in_(keys)
        )
        by_roster = select(Target.id, Target.sealed).where(
            tuple_(Target.region_id, Target.id).in_(keys)
        )
        # Who holds a post is known better than the post.
        listed = dict((await self.session.execute(by_roster)).all())
        return listed | dict((await self.session.execute(by_link)).all())

    async def is_target(self, region_id: int, id: UUID) -> bool:
        """Whether somebody on a roster bears this id."""
        query = select(exists().where(Target.region_id == region_id, Target.id == id))
        return bool(await self.session.scalar(query))

    async def find(self, declaration_id: UUID, wanted: SignatureFilter) -> Found[Signature]:
        query = select(Signature).where(Signature.declaration_id == declaration_id)
        if wanted.region is not None:
            query = query.where(Signature.region_code.startswith(area_of(wanted.region)))
        if wanted.group is not None:
            query = query.where(Signature.group == wanted.group)
        if wanted.role is not None:
            query = query.where(Signature.role == wanted.role)
        if wanted.state is not None:
            query = query.where(Signature.state == wanted.state)
        if wanted.check is not None:
            query = query.where(Signature.check == wanted.check)
        everywhere = query.execution_options(fan_out=True)
        by = (Signature.recorded_at, Signature.id)
        return await newest_first(self.session, everywhere, by, wanted)
