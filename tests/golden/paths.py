"""The way of a meeting from its invitations to its report, as its office and its guests go it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from app.core.actors import Role
from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.doors import Body, Phone, outcomes, register
from tests.rakor.following import approved
from tests.rakor.meeting import Desk, answer, told
from tests.rakor.meetings import Meeting, announced

LETTER: Final = "005/PM.00/IX/2024/REKAAN"


@dataclass
class Path:
    """A meeting that was announced: its desk, its chair, and its address."""

    desk: Desk
    chair: Desk
    event: str
    set_clock: SetClock

    @property
    def id(self) -> str:
        return self.event.rpartition("/")[2]

    async def invite(
        self, invited: Sequence[Mapping[str, Any]], groups: Sequence[Mapping[str, Any]] = ()
    ) -> list[Body]:
        """By one letter; each with its code, those named first."""
        body = {"letter_number": LETTER, "invited": list(invited), "groups": list(groups)}
        return list(told(await self.desk.post(f"{self.event}/invitations", body), 201)["items"])

    async def accept(self, invitation: Body, **said: Any) -> str:
        """The office answers by its code; returns the ticket of who comes."""
        said = {"answer": "coming"} | said
        answered = told(await answer(self.desk.client, invitation["code"], **said), 200)
        return str(answered["ticket"]["ticket"])

    async def door(self, morning: datetime) -> Phone:
        """The first day has come, and a phone stands at the door."""
        self.set_clock(morning)
        return await register(self.desk, self.event)

    async def admit(
        self, phone: Phone, at: datetime, tickets: Sequence[str], **changes: Any
    ) -> None:
        """Without network; what it saw is delivered in the evening, twice."""
        seen = [phone.scan(each, at, **changes) for each in tickets]
        self.set_clock(at + timedelta(hours=8))
        assert set(outcomes(await phone.deliver(*seen))) == {"recorded"}
        assert set(outcomes(await phone.deliver(*reversed(seen)))) == {"repeated"}

    async def presence(self) -> dict[str, str]:
        """By office."""
        seen = told(await self.desk.get(f"{self.event}/attendance"), 200)
        return {each["office_name"]: each["presence"] for each in seen["items"]}

    async def minute(self) -> None:
        told(await self.desk.post(f"{self.event}/holding"), 200)
        await approved(self.desk, self.chair, self.event)

    async def follow_up(self, **changes: Any) -> Body:
        """Something that an office is to do, with the code by which it reports."""
        body = {"action": "Rekaan: menyampaikan hasil rapat.", "due_on": "2024-11-20"} | changes
        return told(await self.desk.post(f"{self.event}/follow-ups", body), 201)

    async def report(self) -> Body:
        """Report it; returns the activity report."""
        reported = told(await self.desk.post(f"{self.event}/reporting"), 200)
        assert reported["stage"] == "reported"
        return told(await self.desk.get(f"{self.event}/report"), 200)

    async def owed(self, **asked: str) -> list[Body]:
        wanted = "&".join(f"{name}={value}" for name, value in asked.items())
        return list(told(await self.desk.get(f"/prevention/owed?{wanted}"), 200)["items"])

    async def figures(self, region: str) -> dict[str, Body]:
        path = f"/prevention/offices?region={region}&limit=200"
        found = told(await self.desk.get(path), 200)["items"]
        return {each["office_name"]: each for each in found}


async def announce(open_desk: OpenDesk, set_clock: SetClock, meeting: Meeting) -> Path:
    """Ten days before, at the desk of its organiser."""
    begins = datetime.fromisoformat(meeting.plan["starts_on"]).replace(tzinfo=UTC)
    set_clock(begins - timedelta(days=10))
    desk = await open_desk(meeting.organiser)
    chair = await open_desk(meeting.organiser, role=Role.MEMBER)
    return Path(desk, chair, await announced(desk, meeting), set_clock)
