"""Two officers of a national office who change the law together."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from httpx import AsyncClient, Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.models import DeadlineClock
from app.clocks.rules.norms import Step
from tests.clocks.running import Thing, started

# 4 November 2024 is a Monday.
MONDAY: Final = datetime(2024, 11, 4, 3, tzinfo=UTC)
LATE_LEAVE: Final = {
    "day": "2024-11-06",
    "kind": "joint_leave",
    "name": "Cuti Bersama (contoh)",
    "source": "Contoh keputusan bersama",
    "confidence": "unverified",
}
PROPOSAL: Final = {"holidays_added": [LATE_LEAVE]}


def version(code: str, amount: int, unit: str, valid_from: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "amount": amount,
        "unit": unit,
        "source": "Contoh peraturan",
        "confidence": "unverified",
        "valid_from": valid_from,
        **more,
    }


@dataclass(frozen=True)
class Lawgivers:
    """One proposes, the other approves; both sit in the head office."""

    client: AsyncClient
    session: AsyncSession
    one: dict[str, str]
    other: dict[str, str]

    async def try_to_propose(self, form: Any) -> Response:
        await self.session.flush()
        return await self.client.post("/clocks/preview", json=form, headers=self.one)

    async def propose(self, **form: Any) -> Any:
        answer = await self.try_to_propose(form or PROPOSAL)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def try_to_approve(
        self, preview: Any, headers: dict[str, str] | None = None, **wanted: Any
    ) -> Response:
        path = f"/clocks/previews/{preview['id']}/approval"
        return await self.client.post(path, params=wanted, headers=headers or self.other)

    async def approve(self, preview: Any) -> Any:
        answer = await self.try_to_approve(preview)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def enact(self, **form: Any) -> Any:
        return await self.approve(await self.propose(**form))

    async def read(self, path: str, **wanted: Any) -> Any:
        answer = await self.client.get(path, params=wanted, headers=self.one)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def investigation(self, region_code: str = "13.03") -> DeadlineClock:
        """14 working days: 5 to 8, 11 to 15, 18 to 22 November 2024."""
        thing = Thing(region_code=region_code)
        return await started(self.session, Step.INVESTIGATION, MONDAY, subject=thing)

    async def fresh(self, clock: DeadlineClock) -> DeadlineClock:
        await self.session.flush()
        await self.session.refresh(clock)
        return clock
