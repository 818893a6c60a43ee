"""The worker that writes to invited offices, and their boxes, as the tests see them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.rakor.jobs import remind_of_answers, sending_invitations
from tests.correspondence.mail import Post
from tests.rakor.calendars import Calendar, Read, read_calendar
from tests.rakor.meeting import NAGARI, Desk, told

ADDRESS = "nagari@contoh.example"
OTHER = "lain@contoh.example"
WRITTEN_TO: dict[str, Any] = NAGARI | {"email": ADDRESS}
PUBLIC = "https://netra.contoh.example"


@dataclass(frozen=True)
class Arrived:
    """A letter in the box of an office."""

    to: str
    subject: str
    sender: str
    text: str
    method: str
    calendar: Calendar
    raw: bytes

    @property
    def entry(self) -> Read:
        [entry] = self.calendar.entries
        return entry

    @property
    def partstat(self) -> str:
        [(_, _, partstat, _)] = self.entry.attendees
        return partstat

    @property
    def written_calendar(self) -> str:
        return str(_part(self.raw, "text/calendar").get_content())


@dataclass
class Worker:
    """The rounds of the worker, at the moment of the test, which is that of the requests too."""

    sessions: Sessions
    keys: Keyring
    post: Post
    set_clock: Callable[[datetime], None]
    now: datetime
    public: str | None = PUBLIC

    def wait(self, later: timedelta) -> None:
        self.until(self.now + later)

    def until(self, moment: datetime) -> None:
        self.now = moment
        self.set_clock(moment)

    async def remind(self) -> int:
        return await remind_of_answers(self.sessions, self.now)

    async def send(self) -> list[Arrived]:
        """Send what is due; what arrived by it."""
        before = len(self.post.letters)
        server, clock = self.post.server(), lambda: self.now
        await sending_invitations(self.sessions, self.keys, server, clock, self.public)()
        return [arrived(each.raw) for each in self.post.letters[before:]]

    async def send_one(self) -> Arrived:
        [letter] = await self.send()
        return letter


def arrived(raw: bytes) -> Arrived:
    letter = _parsed(raw)
    calendar = _part(raw, "text/calendar")
    return Arrived(
        to=str(letter["To"]),
        subject=str(letter["Subject"]),
        sender=str(letter["From"]),
        text=str(_part(raw, "text/plain").get_content()).replace("\r\n", "\n"),
        method=str(calendar.get_param("method")),
        calendar=read_calendar(calendar.get_content()),
        raw=raw,
    )


def _parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def _part(raw: bytes, kind: str) -> EmailMessage:
    [part] = [each for each in _parsed(raw).walk() if each.get_content_type() == kind]
    return part


async def revise(desk: Desk, event: str, **changes: Any) -> None:
    version = told(await desk.get(event), 200)["version"]
    told(await desk.patch(event, changes, **{"If-Match": f'"{version}"'}), 200)
