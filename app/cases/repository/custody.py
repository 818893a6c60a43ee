from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CaseReport
from app.cases.models.custody import Custody, TransferOffer
from app.cases.rules.transfers import OfferState
from app.cases.schemas.custody import TransferFilter
from app.complaints.models.complaints import Complaint
from app.core.actors import Actor, ActorKind
from app.core.errors import NotFound
from app.core.paging import Found, Slice, newest_first
from app.core.visibility import not_walled
from app.offices.models import Office

_NEWEST = (TransferOffer.offered_at, TransferOffer.id)


class CustodyRepository:
    """The chain of holders of a case that the caller has read."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def present(self, case: Case) -> Custody:
        query = select(Custody).where(Custody.case_id == case.id, Custody.until.is_(None))
        return (await self.session.scalars(query)).one()

    async def follow(self, link: Custody, following: Custody, at: datetime) -> None:
        """End a link, and add the one that begins at that moment."""
        link.until = at
        # At once: the next one refers to this end, and of a case only one may be open.
        await self.session.flush()
        self.session.add(following)

    def add(self, link: Custody) -> None:
        self.session.add(link)

    async def chain(self, case: Case) -> Sequence[Custody]:
        """Every holder, the first one first."""
        query = select(Custody).where(Custody.case_id == case.id)
        return (await self.session.scalars(query.order_by(Custody.since))).all()

    async def offices(self, ids: Collection[UUID]) -> dict[UUID, Office]:
        found = await self.session.scalars(select(Office).where(Office.id.in_(ids)))
        return {each.id: each for each in found}

    async def places(self, case: Case) -> set[str]:
        """Where the case happened, by each of its reports."""
        query = select(Complaint.region_code).join(
            CaseReport, CaseReport.complaint_id == Complaint.id
        )
        present = query.where(CaseReport.case_id == case.id, CaseReport.separated_at.is_(None))
        return {case.region_code, *await self.session.scalars(present)}


class OfferRepository:
    """The offers to and from the office of one actor; a wall before a case hides its offers."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    def add(self, offer: TransferOffer) -> None:
        self.session.add(offer)

    async def get(self, offer_id: UUID) -> TransferOffer:
        offer = await self.session.scalar(self._visible().where(TransferOffer.id == offer_id))
        if offer is None:
            raise NotFound
        return offer

    async def waiting_of(self, case: Case) -> TransferOffer | None:
        """The offer that has not been answered; read it with the case locked."""
        query = select(TransferOffer).where(
            TransferOffer.case_id == case.id, TransferOffer.answered_at.is_(None)
        )
        return await self.session.scalar(query.execution_options(populate_existing=True))

    async def of(self, case: Case, wanted: Slice) -> Found[TransferOffer]:
        """Every offer of a case that the actor has read, whoever made it."""
        query = select(TransferOffer).where(TransferOffer.case_id == case.id)
        return await newest_first(self.session, query, _NEWEST, wanted)

    async def find(self, wanted: TransferFilter) -> Found[TransferOffer]:
        query = self._visible()
        if wanted.state is not None:
            query = query.where(TransferOffer.state == wanted.state)
        if wanted.to_office_id is not None:
            query = query.where(TransferOffer.to_office_id == wanted.to_office_id)
        return await newest_first(self.session, query, _NEWEST, wanted)

    async def cases_of(self, offers: Sequence[TransferOffer]) -> Sequence[Case]:
        query = select(Case).where(Case.id.in_({each.case_id for each in offers}))
        return (await self.session.scalars(query)).all()

    async def overdue(self, now: datetime) -> Sequence[UUID]:
        """The offers whose time has run out unanswered, the oldest first."""
        query = self._visible().where(
            TransferOffer.state == OfferState.OFFERED, TransferOffer.expires_at <= now
        )
        ids = query.with_only_columns(TransferOffer.id).order_by(TransferOffer.expires_at)
        return (await self.session.scalars(ids)).all()

    def _visible(self) -> Select[TransferOffer]:
        query = select(TransferOffer)
        if self.actor.kind is ActorKind.SYSTEM:
            return query
        return query.where(self._concerns(), not_walled(self.actor, TransferOffer.case_id))

    def _concerns(self) -> ColumnElement[bool]:
        mine = self.actor.office_id
        return or_(TransferOffer.to_office_id == mine, TransferOffer.from_office_id == mine)
