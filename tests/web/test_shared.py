"""What everybody may keep is made once a moment, and given to all who ask meanwhile."""

from collections.abc import AsyncIterator

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.types import Message, Receive, Scope, Send

from app.main import create_app
from app.web import shared
from app.web.front import Front
from app.web.shared import SharedCache

PATH = "/rekaan"


class Counting:
    """Answers how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.policy = b"public, max-age=60, stale-while-revalidate=60"
        self.body = b"x"
        self.status = 200

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        scope["operation"] = PATH
        scope["state"]["headers"] += [(b"vary", b"Accept"), (b"ratelimit", b"r=0;t=60")]
        headers = [(b"etag", b'"%d"' % self.asked), (b"cache-control", self.policy)]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_000.0]
    monkeypatch.setattr(shared, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def behind() -> Counting:
    return Counting()


@pytest.fixture
async def reader(behind: Counting) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(app=Front(SharedCache(behind, 5)))
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_it_is_made_once_for_so_many_seconds(
    reader: AsyncClient, behind: Counting, moment: list[float]
) -> None:
    first = await reader.get(PATH)
    moment[0] += 4.0
    second = await reader.get(PATH)

    assert (first.headers["etag"], "age" in first.headers) == ('"1"', False)
    assert (second.headers["etag"], second.headers["age"]) == ('"1"', "4")
    assert second.headers["vary"] == first.headers["vary"] == "Accept"
    assert second.headers["trace-id"] != first.headers["trace-id"]
    assert ("ratelimit" in first.headers, "ratelimit" in second.headers) == (True, False)
    assert second.content == b"x"

    moment[0] += 1.5

    assert (await reader.get(PATH)).headers["etag"] == '"2"'
    assert behind.asked == 2


async def test_nothing_is_given_out_that_is_no_more(
    reader: AsyncClient, behind: Counting, moment: list[float]
) -> None:
    await reader.get(PATH)
    behind.status, behind.policy = 404, b"no-store"
    moment[0] += 6.0

    # One asks anew; for two seconds after the five the others may still get the old one.
    assert [(await reader.get(PATH)).status_code for _ in range(2)] == [404, 200]

    moment[0] += 2.0

    assert [(await reader.get(PATH)).status_code for _ in range(3)] == [404, 404, 404]


async def test_after_a_quiet_night_nobody_gets_what_is_of_yesterday(
    reader: AsyncClient, behind: Counting, moment: list[float]
) -> None:
    await reader.get(PATH)
    moment[0] += 28_800.0

    assert [(await reader.get(PATH)).headers["etag"] for _ in range(2)] == ['"2"', '"2"']


async def test_while_one_makes_it_anew_the_others_get_the_old_one(
    reader: AsyncClient, behind: Counting, moment: list[float]
) -> None:
    await reader.get(PATH)
    moment[0] += 6.0
    meanwhile: list[str] = []
    answer = behind.__call__

    async def asked_meanwhile(scope: Scope, receive: Receive, send: Send) -> None:
        meanwhile.append((await reader.get(PATH)).headers["etag"])
        await answer(scope, receive, send)

    application = reader._transport.app.app  # type: ignore[attr-defined]
    application.app = asked_meanwhile

    assert (await reader.get(PATH)).headers["etag"] == '"2"'
    assert meanwhile == ['"1"']


async def test_who_has_it_is_told_so_whether_it_is_kept_or_made(
    reader: AsyncClient, behind: Counting
) -> None:
    made = await reader.get(PATH, headers={"If-None-Match": '"1"'})
    kept = await reader.get(PATH, headers={"If-None-Match": '"1"'})
    other = await reader.get(PATH, headers={"If-None-Match": '"7"'})

    assert (made.status_code, kept.status_code, other.status_code) == (304, 304, 200)
    assert kept.headers["cache-control"] == behind.policy.decode()
    assert kept.content == b""
    assert behind.asked == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"Authorization": "Bearer rekaan"},
        {"Range": "bytes=0-1"},
        {"Accept": "text/csv"},
        {"Accept-Encoding": "identity"},
        {"Accept-Language": "en"},
        {"Host": "lain.example"},
    ],
)
async def test_what_is_asked_otherwise_is_answered_by_itself(
    reader: AsyncClient, behind: Counting, sent: dict[str, str]
) -> None:
    await reader.get(PATH)
    await reader.get(PATH, headers=sent)
    await reader.get(f"{PATH}?a=1")

    assert behind.asked == 3


@pytest.mark.parametrize("policy", [b"no-store", b"private, max-age=60", b"public, max-age=0"])
async def test_what_is_not_for_everybody_is_not_kept(
    reader: AsyncClient, behind: Counting, policy: bytes
) -> None:
    behind.policy = policy
    await reader.get(PATH)
    await reader.get(PATH)

    assert behind.asked == 2


async def test_a_field_in_several_lines_is_read_whole(
    reader: AsyncClient, behind: Counting
) -> None:
    await reader.get(PATH, headers=[("Accept", "text/csv"), ("Accept", "*/*;q=0.1")])

    other = await reader.get(PATH, headers=[("Accept", "text/csv"), ("Accept", "*/*")])

    assert other.headers["etag"] == '"2"'


async def test_a_credential_is_never_answered_from_what_is_kept(
    reader: AsyncClient, behind: Counting
) -> None:
    behind.policy = b"no-store"
    secret = await reader.get(PATH, headers={"Authorization": "Bearer rekaan"})
    open_to_all = await reader.get(PATH)

    assert secret.headers["etag"] != open_to_all.headers["etag"]


async def test_the_oldest_make_room(
    reader: AsyncClient, behind: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "MOST_BYTES", 2_600)
    monkeypatch.setattr(shared, "LARGEST", 100)
    behind.body = b"x" * 100
    for number in (1, 2, 3, 3, 1):
        await reader.get(f"{PATH}?{number}")

    assert behind.asked == 4

    behind.body = b"x" * 101
    for _ in range(2):
        await reader.get(f"{PATH}?large")

    assert behind.asked == 6


async def test_odd_headers_do_not_fill_the_memory(reader: AsyncClient, behind: Counting) -> None:
    for _ in range(2):
        await reader.get(PATH, headers={"Accept": "x" * 3_000})

    assert behind.asked == 2


async def test_an_answer_in_pieces_goes_on_piece_by_piece() -> None:
    sent: list[Message] = []

    async def stream(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"cache-control", b"public, max-age=60")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"a", "more_body": True})
        assert len(sent) == 2
        await send({"type": "http.response.body", "body": b"b"})

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    async def note(message: Message) -> None:
        sent.append(message)

    cache = SharedCache(stream, 5)
    for _ in range(2):
        sent.clear()
        scope = {"type": "http", "method": "GET", "scheme": "http", "path": PATH, "headers": []}
        await cache(scope | {"query_string": b"", "state": {"headers": []}}, nothing, note)
        assert [each.get("body") for each in sent] == [None, b"a", b"b"]


async def test_the_service_keeps_what_is_public() -> None:
    transport = ASGITransport(app=create_app())
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        first, second = [await client.get("/reference") for _ in range(2)]

    assert (first.status_code, second.status_code) == (200, 200)
    assert second.headers["age"] == "0"
    assert second.content == first.content
