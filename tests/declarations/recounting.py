"""Counting a declaration from the leaves of the log alone, as anybody can."""

from uuid import UUID

from sqlalchemy import func, select

from app.core.database import Sessions
from app.declarations.models.declarations import Signature
from app.declarations.rules.kinds import SignatureState
from app.ledger.models import LedgerLeaf
from app.ledger.rules.acts import Act, ActLeaf, read_act
from app.ledger.rules.logs import LogName
from tests.declarations.declaring import Body

WORTH = {Act.SIGNED: 1, Act.WITHDRAWN: -1, Act.INVALIDATED: -1, Act.REINSTATED: 1}


async def leaves(sessions: Sessions, where: Body) -> list[ActLeaf]:
    """The leaves about a declaration, in the order of the log."""
    async with sessions.begin() as session:
        query = select(LedgerLeaf.data).where(LedgerLeaf.log == LogName.DECLARATIONS)
        acts = [read_act(each) for each in await session.scalars(query.order_by(LedgerLeaf.index))]
    return [each for each in acts if str(each.declaration) == where["id"]]


async def recount(sessions: Sessions, where: Body) -> int:
    return sum(WORTH[each.act] for each in await leaves(sessions, where))


async def valid(sessions: Sessions, where: Body) -> int:
    """How many signatures the table holds for valid."""
    async with sessions.begin() as session:
        query = (
            select(func.count())
            .select_from(Signature)
            .where(
                Signature.declaration_id == UUID(where["id"]),
                Signature.state == SignatureState.VALID,
            )
        )
        return await session.scalar(query, execution_options={"fan_out": True}) or 0
