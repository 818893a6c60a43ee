"""An office that carries cases through the procedure, day by day; all of it invented."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from httpx import AsyncClient, Response

from tests.cases.handling import Body, case_of
from tests.cases.reviewing import checked
from tests.complaints import filing

PLENARY: Final[Body] = {
    "members": 5,
    "present": [
        {"name": "Anggota Rekaan Satu", "vote": "agree"},
        {"name": "Anggota Rekaan Dua", "vote": "agree"},
        {"name": "Anggota Rekaan Tiga", "vote": "dissent", "opinion": "Rekaan: bukti kurang."},
    ],
}


class Time:
    """What the clock on the wall says: it stands still between two acts."""

    def __init__(self) -> None:
        self.now = datetime.fromisoformat("2024-11-08T10:00:00+07:00")

    def read(self) -> datetime:
        return self.now

    def is_now(self, written: str) -> None:
        self.now = datetime.fromisoformat(written)


@dataclass(frozen=True)
class Office:
    """The staff of one office, and what they do with a case."""

    client: AsyncClient
    time: Time
    region: str
    handler: dict[str, str]
    member: dict[str, str]

    async def receives(self, **changes: Any) -> Body:
        """A report reaches it, under the law of the Pilkada of 2024 unless said otherwise."""
        event = {"region_code": self.region} | changes.pop("event", {})
        said = {"election_code": "pilkada-2024"} | changes
        filed = await filing.file(self.client, event=event, **said)
        return filed | {"receipt": filing.receipt(filed)}

    async def takes_up(self, filed: Body) -> Body:
        path = f"/complaints/{filed['id']}/review"
        told(await self.client.post(path, headers=self.handler))
        case = await case_of(self.client, self.handler, filed["id"])
        return case | {"receipt": filed["receipt"], "complaint_id": filed["id"]}

    async def does(self, case: Body, noun: str, body: Body | None = None) -> Body:
        """A step that its staff may take, by the handler."""
        return await self._step(case, noun, body, self.handler)

    async def decides(self, case: Body, noun: str, body: Body | None = None) -> Body:
        """A step of which only members decide."""
        return await self._step(case, noun, body, self.member)

    async def checks(self, case: Body, *unmet: str) -> Body:
        return await checked(self.client, case, self.handler, *unmet)

    async def reads(self, case: Body, part: str = "") -> Body:
        answer = await self.client.get(f"/cases/{case['id']}{part}", headers=self.handler)
        return told(answer)

    async def deadline(self, case: Body, step: str) -> Body:
        """The latest clock of a step, with its trace."""
        found: list[Body] = (await self.reads(case, "/deadlines"))["items"]
        return [each for each in found if each["step"] == step][-1]

    async def hears(self, case: Body, invitation: Body, minutes: Body) -> None:
        """Invites somebody, and writes down what became of it."""
        await self.does(case, "clarifications", invitation)
        invited = (await self.reads(case, "/clarifications"))["items"][-1]
        await self.does(case, f"clarifications/{invited['id']}/minutes", minutes)

    async def groups(self, case: Body, group: str) -> Body:
        """Says which law binds the one reported person; return the person."""
        [person] = (await self.reads(case, "/persons"))["items"]
        path = f"/cases/{case['id']}/persons/{person['id']}"
        headers = self.handler | {"If-Match": f'"{person["version"]}"'}
        body = {"subject_group": group}
        return told(await self.client.patch(path, json=body, headers=headers))

    async def reporter_sees(self, case: Body) -> Body:
        return told(await self.client.get("/receipt", headers=case["receipt"]))

    async def is_refused(self, case: Body, noun: str, body: Body | None = None) -> Body:
        path = f"/cases/{case['id']}/{noun}"
        answer = await self.client.post(path, json=body, headers=self.member)
        assert answer.status_code == 409, answer.text
        return dict(answer.json())

    async def _step(
        self, case: Body, noun: str, body: Body | None, headers: dict[str, str]
    ) -> Body:
        path = f"/cases/{case['id']}/{noun}"
        return told(await self.client.post(path, json=body, headers=headers))


@dataclass(frozen=True)
class Agencies:
    """Whoever answers what was forwarded: BKN, the personnel agency, the police of Gakkumdu."""

    client: AsyncClient
    bkn: dict[str, str]
    bkn_id: str
    personnel_agency: dict[str, str]
    personnel_agency_id: str
    police: dict[str, str]
    centre_id: str

    async def answers(self, referral: Body, step: str, who: dict[str, str], **body: Any) -> Body:
        path = f"/referrals/{referral['id']}/{step}"
        return told(await self.client.post(path, json=body, headers=who))


def told(answer: Response) -> Body:
    assert answer.is_success, answer.text
    return dict(answer.json())
