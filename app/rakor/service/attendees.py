from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid
from app.rakor import files
from app.rakor.models.events import Event
from app.rakor.models.presence import CheckIn
from app.rakor.repository.certificates import CertificateRepository, Deputy
from app.rakor.rules.attendance import Presence
from app.rakor.rules.certificates import CAME, DEPUTY
from app.rakor.rules.events import ParticipantRole
from app.rakor.schemas.presence import PresenceOut
from app.rakor.service.events import unknown
from app.rakor.service.presence import AttendanceService


@dataclass(frozen=True)
class Attendee:
    """Who was at an event, by an invitation or by the check-ins of a walk-in."""

    ids: frozenset[UUID]
    is_invited: bool
    office_name: str
    post: str
    represents: str | None
    role: ParticipantRole
    presence: Presence
    name: str | None


class Attendees:
    """Those who were at an event, with the names that are known of them."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.attendance = AttendanceService(session, actor, now, keys)
        self.certificates = CertificateRepository(session)
        self.keys = keys

    async def all(self, event: Event) -> list[Attendee]:
        """Everybody who came: the invited, and the walk-ins who gave a name."""
        came = [each for each in await self._invited(event) if each.presence in CAME]
        return [*came, *await self._walk_ins(event)]

    async def one(
        self, event: Event, invitation_id: UUID | None, check_in_id: UUID | None
    ) -> Attendee:
        """This one, who may have been absent; a walk-in under any of his check-ins."""
        is_invited = invitation_id is not None
        known = await (self._invited(event) if is_invited else self._walk_ins(event))
        found = [each for each in known if (invitation_id or check_in_id) in each.ids]
        if not found:
            raise Invalid(unknown("/invitation_id" if is_invited else "/check_in_id"))
        return found[0]

    async def _invited(self, event: Event) -> list[Attendee]:
        listed = await self.attendance.attendance(event.id)
        deputies = await self.certificates.deputies(event)
        return [self._of_invited(each, deputies.get(each.invitation_id)) for each in listed.items]

    async def _walk_ins(self, event: Event) -> list[Attendee]:
        """One for each name of an office and post, however often it came through a door."""
        found: defaultdict[tuple[str, ...], list[Attendee]] = defaultdict(list)
        for row in await self.certificates.walk_ins(event):
            each = self._walk_in(row)
            who = (each.office_name, each.post, each.name or "")
            found[tuple(word.casefold() for word in who)].append(each)
        return [_together(seen) for seen in found.values()]

    def _of_invited(self, line: PresenceOut, deputy: Deputy | None) -> Attendee:
        """A deputy came under a post of his own; it and his name are known where the answer told
        them."""
        is_deputy = line.presence is Presence.REPRESENTED
        known = deputy.sealed if deputy and is_deputy else None
        own_post = deputy.post if deputy else DEPUTY
        return Attendee(
            ids=frozenset({line.invitation_id}),
            is_invited=True,
            office_name=line.office_name,
            post=own_post if is_deputy else line.post,
            represents=line.post if is_deputy else None,
            role=line.role,
            presence=line.presence,
            name=files.open_words(known, line.invitation_id, self.keys) if known else None,
        )

    def _walk_in(self, row: CheckIn) -> Attendee:
        return Attendee(
            ids=frozenset({row.id}),
            is_invited=False,
            office_name=row.office_name or "",
            post=row.post or "",
            represents=None,
            role=ParticipantRole.PARTICIPANT,
            presence=Presence.PRESENT,
            name=files.open_walk_in(row.sealed, row.id, self.keys) if row.sealed else None,
        )


def _together(seen: Sequence[Attendee]) -> Attendee:
    ids = frozenset(id for each in seen for id in each.ids)
    return replace(seen[0], ids=ids)
