"""What a phone does on a bad day: it repeats the same request until an answer arrives."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

from httpx import AsyncClient, Response, TransportError

from app.core.ids import new_id
from tests.complaints.filing import Body, complaint, receipt

ATTEMPTS = 200
AT_ONCE = 20
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 0.5


@dataclass(frozen=True)
class Filed:
    """A complaint that was acknowledged, and what was sent and answered."""

    id: UUID
    body: Body
    answer: Body


@dataclass
class Phone:
    """A client that never gives up, and keeps count of what it met."""

    client: AsyncClient
    met: Counter[str] = field(default_factory=Counter)

    async def file(self, id: UUID | None = None, body: Body | None = None) -> Filed:
        """File one complaint, however often it has to be sent."""
        id, body = id or new_id(), body or complaint()
        answer = await self._insist(id, body)
        assert answer.status_code in (HTTPStatus.OK, HTTPStatus.CREATED), answer.text
        return Filed(id, body, dict(answer.json()))

    async def follow(self, filed: Filed) -> Body:
        answer = await self.client.get("/receipt", headers=receipt(filed.answer))
        assert answer.status_code == HTTPStatus.OK, answer.text
        return dict(answer.json())

    async def follow_all(self, filed: Sequence[Filed]) -> list[Body]:
        """Follow each by its receipt, a few at a time."""
        turn = asyncio.Semaphore(AT_ONCE)

        async def follow(each: Filed) -> Body:
            async with turn:
                return await self.follow(each)

        return await asyncio.gather(*map(follow, filed))

    async def _insist(self, id: UUID, body: Body) -> Response:
        for attempt in range(ATTEMPTS):
            answer = await self._send(id, body)
            if answer is not None and answer.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
                return answer
            await asyncio.sleep(min(FIRST_PAUSE * 2**attempt, LONGEST_PAUSE))
        raise AssertionError(f"no answer after {ATTEMPTS} attempts: {self.met}")

    async def _send(self, id: UUID, body: Body) -> Response | None:
        try:
            answer = await self.client.put(f"/complaints/{id}", json=body)
        except TransportError:
            self.met["no answer"] += 1
            return None
        self.met[str(answer.status_code)] += 1
        if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            assert int(answer.headers["Retry-After"]) > 0
        return answer
