"""The index opens the same doors as the framework's router, and leaves it the rest."""

import re

import pytest
from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from app.main import create_app
from app.web.index import RouteIndex

APP = create_app()
DOORS = [(method.upper(), path) for path, item in APP.openapi()["paths"].items() for method in item]


async def left(scope: Scope, receive: Receive, send: Send) -> None:
    scope["left"] = True


def found(
    method: str, path: str, root_path: str = ""
) -> tuple[RouteContext, dict[str, str]] | None:
    index = RouteIndex(left, iter_route_contexts(APP.routes))
    scope = {"type": "http", "method": method, "path": path, "root_path": root_path}
    return index._find(scope)


@pytest.mark.parametrize(("method", "path"), DOORS)
def test_every_operation_is_found_with_its_parameters(method: str, path: str) -> None:
    names = re.findall(r"{(\w+)}", path)
    asked = re.sub(r"{(\w+)}", r"a-\1", path)

    hit = found(method, asked)

    assert hit is not None
    assert hit[0].path_format == path
    assert hit[1] == {name: f"a-{name}" for name in names}


def test_the_place_of_a_tile_may_have_slashes() -> None:
    hit = found("GET", "/api/v1/ledger/journal/tile/0/x001/067.p/12")

    assert hit is not None
    assert hit[1] == {"log": "journal", "path": "0/x001/067.p/12"}


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/nowhere"), ("GET", "/api"), ("GET", "/healthz/"), ("GET", "//healthz")],
)
def test_what_it_does_not_know_is_left_to_the_framework(method: str, path: str) -> None:
    assert found(method, path) is None


def test_another_method_is_told_all_that_there_are() -> None:
    with pytest.raises(HTTPException) as refused:
        found("OPTIONS", "/api/v1/declarations")

    assert refused.value.headers == {"Allow": "GET, POST"}


async def test_the_lifespan_is_left_to_the_framework() -> None:
    scope: Scope = {"type": "lifespan"}

    async def nothing(*_: object) -> None: ...

    await RouteIndex(left, iter_route_contexts(FastAPI().routes))(scope, nothing, nothing)  # type: ignore[arg-type]

    assert scope["left"]
