"""Creates that a phone may repeat: 201 the first time, 200 with the same body ever after."""

from http import HTTPStatus
from typing import Annotated, Any, Final, TypeVar

from fastapi import Depends, Request, Response

from app.core.once import Done

T = TypeVar("T")

REPEATABLE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "It was done before; this is the answer given then."},
    201: {"description": "Done."},
}
"""For `responses=` of an operation with a client-made id."""


class Outcome:
    def __init__(self, request: Request, response: Response) -> None:
        self._request = request
        self._response = response

    def of(self, done: Done[T]) -> T:
        """Choose the status; a repeat costs the caller nothing of its share."""
        if not done.first:
            self._response.status_code = HTTPStatus.OK
            self._request.app.state.limits.refund(self._request)
        return done.answer


async def outcome(request: Request, response: Response) -> Outcome:
    return Outcome(request, response)


Told = Annotated[Outcome, Depends(outcome)]


class Share:
    """What an answer costs the caller."""

    def __init__(self, request: Request) -> None:
        self._request = request

    def give_back(self, *, when: bool) -> None:
        if when:
            self._request.app.state.limits.refund(self._request)


async def share(request: Request) -> Share:
    return Share(request)


Cost = Annotated[Share, Depends(share)]
"""For what the public may read whole, though it is more than the share of a minute."""
