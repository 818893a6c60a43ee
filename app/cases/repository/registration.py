from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case
from app.cases.models.registration import Registration, RegistrationCounter
from app.cases.rules.numbers import ElectionType, NumberKind
from app.core.errors import NotFound


class RegistrationRepository:
    """The numbers of cases that whoever asks was shown to see."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, registration: Registration) -> None:
        self.session.add(registration)

    async def of(self, case: Case) -> Registration:
        registration = await self.session.get(Registration, case.id)
        if registration is None:
            raise NotFound
        return registration

    async def next_in(
        self, office_id: UUID, kind: NumberKind, election: ElectionType, year: int
    ) -> int:
        """The next number of a series, which waits for whoever took the one before: it becomes
        his if he succeeds, and ours if he does not; so none is missing and none is there twice."""
        first = insert(RegistrationCounter).values(
            office_id=office_id, kind=kind, election=election, year=year, last=1
        )
        following = first.on_conflict_do_update(
            index_elements=["office_id", "kind", "election", "year"],
            set_={"last": RegistrationCounter.last + 1},
        )
        given = await self.session.execute(following.returning(RegistrationCounter.last))
        return given.scalar_one()
