import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from app.complaints.files.paper import print_paper
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.rules.paper import Facts, Paper, paper_of
from app.core.actors import Actor
from app.core.database import Sessions
from app.core.errors import Unavailable
from app.offices.repository import OfficeRepository


class Press:
    """Typesets a few sheets at a time, beside the event loop; a long queue is turned away."""

    def __init__(self, *, at_once: int, most_waiting: int) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="press")
        self._most = at_once + most_waiting
        self._taken = 0

    async def print(self, paper: Paper) -> bytes:
        if self._taken >= self._most:
            raise Unavailable(retry_after=1)
        self._taken += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, print_paper, paper)
        finally:
            self._taken -= 1


PRESS: Final = Press(at_once=2, most_waiting=62)


class PaperService:
    """What a reporter can carry home; it opens its own unit of work, so that no connection waits
    for the press."""

    def __init__(self, sessions: Sessions, actor: Actor) -> None:
        self.sessions = sessions
        self.actor = actor

    async def print(self, code: str, *, discreet: bool) -> bytes:
        """Print the receipt as it stands now; the code is the one that the reporter showed us."""
        return await PRESS.print(paper_of(await self._facts(), code, discreet=discreet))

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
