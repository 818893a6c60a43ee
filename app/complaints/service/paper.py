from functools import partial
from typing import Final

from app.certificates.service.press import Press
from app.complaints.files.paper import print_paper
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.rules.paper import Facts, paper_of
from app.core.actors import Actor
from app.core.database import Sessions
from app.offices.repository import OfficeRepository

PRESS: Final = Press(at_once=2, most_waiting=62)


class PaperService:
    """What a reporter can carry home; it opens its own unit of work, so that no connection waits
    for the press."""

    def __init__(self, sessions: Sessions, actor: Actor) -> None:
        self.sessions = sessions
        self.actor = actor

    async def print(self, code: str, *, discreet: bool) -> bytes:
        """Print the receipt as it stands now; the code is the one that the reporter showed us."""
        paper = paper_of(await self._facts(), code, discreet=discreet)
        return await PRESS.print(partial(print_paper, paper))

    async def _facts(self) -> Facts:
        async with self.sessions.begin() as session:
            complaint = await ComplaintRepository(session, self.actor).get(self.actor.subject)
            office = await OfficeRepository(session).get(complaint.office_id)
        return Facts(
            office=office.name,
            kind=complaint.kind,
            status=complaint.status,
            submitted_at=complaint.submitted_at,
            officially_received_at=complaint.officially_received_at,
            next_due_on=complaint.next_due_on,
            zone=office.time_zone,
        )
