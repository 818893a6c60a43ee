"""Who asks the same again before anything can have changed is told the same 304."""

from collections.abc import AsyncIterator

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.types import Receive, Scope, Send

from app.web import repeated
from app.web.front import Front
from app.web.repeated import Repeated

PATH = "/rekaan"
OFFICER = {"Authorization": "Bearer rekaan", "If-None-Match": '"1"'}


class Counting:
    """Answers how often it was asked, and for how long that holds."""

    def __init__(self) -> None:
        self.asked = 0
        self.status = 304
        self.is_same = True
        self.says_so = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        scope["operation"] = PATH
        scope["state"]["headers"] += [(b"vary", b"Accept"), (b"ratelimit", b"r=0;t=60")]
        if self.says_so:
            scope["state"]["same_while"] = lambda: self.is_same
        headers = [(b"etag", b'"%d"' % self.asked), (b"cache-control", b"private, no-cache")]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body"})


@pytest.fixture
def behind() -> Counting:
    return Counting()


@pytest.fixture
async def reader(behind: Counting) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(app=Front(Repeated(behind)))
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_it_is_told_again_for_as_long_as_it_says(
    reader: AsyncClient, behind: Counting
) -> None:
    first = await reader.get(PATH, headers=OFFICER)
    second = await reader.get(PATH, headers=OFFICER)

    assert (first.status_code, second.status_code, behind.asked) == (304, 304, 1)
    for name in ("etag", "cache-control", "vary"):
        assert second.headers[name] == first.headers[name]
    assert second.headers["trace-id"] != first.headers["trace-id"]
    assert ("ratelimit" in first.headers, "ratelimit" in second.headers) == (True, False)

    behind.is_same = False

    assert (await reader.get(PATH, headers=OFFICER)).headers["etag"] == '"2"'
    assert (await reader.get(PATH, headers=OFFICER)).headers["etag"] == '"3"'


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        (PATH, {"Authorization": "Bearer lain"}),
        (PATH, {"If-None-Match": '"2"'}),
        (PATH, {"Accept": "text/csv"}),
        (PATH, {"Accept-Language": "en"}),
        (f"{PATH}?region=73", {}),
        (PATH, {"Authorization": ""}),
        (PATH, {"If-None-Match": ""}),
    ],
)
async def test_whoever_asks_anything_else_is_told_for_himself(
    reader: AsyncClient, behind: Counting, path: str, changed: dict[str, str]
) -> None:
    await reader.get(PATH, headers=OFFICER)

    await reader.get(path, headers=OFFICER | changed)

    assert behind.asked == 2


async def test_nobody_fills_the_memory_with_odd_headers(
    reader: AsyncClient, behind: Counting
) -> None:
    for _ in range(2):
        await reader.get(PATH, headers=OFFICER | {"Accept": "x" * 3_000})

    assert behind.asked == 2


@pytest.mark.parametrize(("status", "says_so"), [(200, True), (401, True), (304, False)])
async def test_only_a_304_is_told_again_that_says_so(
    reader: AsyncClient, behind: Counting, status: int, *, says_so: bool
) -> None:
    behind.status, behind.says_so = status, says_so

    for _ in range(2):
        await reader.get(PATH, headers=OFFICER)

    assert behind.asked == 2


async def test_the_oldest_make_room(
    reader: AsyncClient, behind: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeated, "MOST", 2)
    for number in (1, 2, 3):
        await reader.get(f"{PATH}?{number}", headers=OFFICER)

    await reader.get(f"{PATH}?3", headers=OFFICER)
    assert behind.asked == 3
    await reader.get(f"{PATH}?1", headers=OFFICER)
    assert behind.asked == 4
