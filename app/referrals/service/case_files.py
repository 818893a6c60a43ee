from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from app.audit.service import Journal
from app.cases.repository.cases import CaseRepository
from app.certificates.service.press import Press
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.referrals.files.bundle import data_digest
from app.referrals.files.case_file import bundled, members_of, paper_of
from app.referrals.rules.case_files import EXPORTED, check_holder
from app.referrals.schemas.case_file import CaseContents
from app.referrals.service.gathering import Gathering

PRESS: Final = Press(at_once=1, most_waiting=15)
"""Of its own: a long file must not hold up the receipts of reporters."""


class CaseFileService:
    """A whole case for the hand-over; it opens its own unit of work, so that no connection waits
    for the press, and nothing leaves that is not in the journal."""

    def __init__(self, sessions: Sessions, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.sessions = sessions
        self.actor = actor
        self.now = now
        self.keys = keys

    async def paper(self, case_id: UUID) -> bytes:
        """The file as PDF, with the digest of the bundle's data on its last page."""
        return await self._made(case_id, paper_of)

    async def bundle(self, case_id: UUID) -> bytes:
        """The file as a ZIP that `netra verify-bundle` checks."""
        return await self._made(case_id, bundled)

    async def _made(self, case_id: UUID, make: Callable[[CaseContents], bytes]) -> bytes:
        contents = await self._taken_out(case_id, make.__name__)
        return await PRESS.print(partial(make, contents))

    async def _taken_out(self, case_id: UUID, form: str) -> CaseContents:
        async with self.sessions.begin() as session:
            case = await CaseRepository(session, self.actor).get(case_id)
            check_holder(is_holder=self.actor.office_id == case.office_id)
            contents = await Gathering(session, self.actor, self.now, self.keys).gather(case)
            digest = data_digest(members_of(contents))
            journal = Journal(session, self.actor, self.now)
            await journal.record(EXPORTED, case, form=form, data_sha256=digest)
        return contents
