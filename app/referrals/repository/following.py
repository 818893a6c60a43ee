from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Base
from app.core.paging import Found, Slice, newest_first
from app.referrals.models.following import (
    ControlAction,
    FollowUp,
    ReferralPerson,
    ReferralStage,
    Ruling,
)
from app.referrals.models.referrals import Referral

T = TypeVar("T", FollowUp, Ruling, ControlAction, ReferralStage)


class FollowingRepository:
    """What followed a referral that whoever asks was shown to see."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, *rows: Base) -> None:
        self.session.add_all(rows)

    async def persons(self, referral: Referral) -> Sequence[ReferralPerson]:
        query = select(ReferralPerson).where(ReferralPerson.referral_id == referral.id)
        return (await self.session.scalars(query.order_by(ReferralPerson.id))).all()

    async def rulings(self, referral: Referral) -> Sequence[Ruling]:
        return await self._all(Ruling, referral)

    async def controls(self, referral: Referral) -> Sequence[ControlAction]:
        return await self._all(ControlAction, referral)

    async def stages(self, referral: Referral) -> Sequence[ReferralStage]:
        """In the order in which they were reached; of one moment, as they were recorded."""
        return await self._all(ReferralStage, referral)

    async def find_follow_ups(self, referral: Referral, wanted: Slice) -> Found[FollowUp]:
        query = select(FollowUp).where(FollowUp.referral_id == referral.id)
        return await newest_first(self.session, query, (FollowUp.at, FollowUp.id), wanted)

    async def find_controls(self, referral: Referral, wanted: Slice) -> Found[ControlAction]:
        query = select(ControlAction).where(ControlAction.referral_id == referral.id)
        by = (ControlAction.at, ControlAction.id)
        return await newest_first(self.session, query, by, wanted)

    async def _all(self, kind: type[T], referral: Referral) -> Sequence[T]:
        query = select(kind).where(kind.referral_id == referral.id)
        return (await self.session.scalars(query.order_by(kind.at, kind.id))).all()
