"""One kind of route for every operation: it names its door in the contract, keeps the answer of
an Idempotency-Key, and answers conditional requests."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.params import Depends
from fastapi.routing import APIRoute

from app.web.door import PUBLIC_DOOR, Door
from app.web.etags import conditional
from app.web.idempotency import keep_answer

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Operation(APIRoute):
    """A route of the contract; its `operationId` is the verb phrase that names its function."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        options["operation_id"] = options.get("operation_id") or endpoint.__name__
        options["summary"] = (endpoint.__doc__ or "").split("\n", 1)[0].removesuffix(".")
        extra = dict(options.get("openapi_extra") or {})
        extra["x-permission"] = _permission(options.get("dependencies") or ())
        super().__init__(path, endpoint, **{**options, "openapi_extra": extra})

    def get_route_handler(self) -> Handler:
        carry_out = super().get_route_handler()

        async def handle(request: Request) -> Response:
            answer = await carry_out(request)
            if hasattr(request.state, "idempotency"):
                keep_answer(request, answer)
            if hasattr(request.state, "cache"):
                answer = conditional(answer, *request.state.cache)
            return answer

        return handle


def _permission(dependencies: Sequence[Depends]) -> str:
    doors = [each.dependency for each in dependencies if isinstance(each.dependency, Door)]
    if len(doors) != 1:
        raise TypeError("An operation stands behind exactly one door: needs(…) or anyone.")
    return doors[0].permission or PUBLIC_DOOR


def rooms(prefix: str, tag: str) -> APIRouter:
    """The router of a domain, whose routes are operations."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=Operation)
