"""The kit's promises that hold for every operation."""

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient


async def test_an_unknown_path_is_a_problem_in_indonesian(client: AsyncClient) -> None:
    answer = await client.get("/nowhere")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "Tidak ditemukan"


async def test_a_problem_is_in_english_for_who_asks(client: AsyncClient) -> None:
    answer = await client.get("/nowhere", headers={"Accept-Language": "en, id;q=0.5"})

    assert answer.json()["title"] == "Not found"


async def test_labels_are_public_and_kept(client: AsyncClient) -> None:
    answer = await client.get("/reference/problems")

    again = await client.get(
        "/reference/problems", headers={"If-None-Match": answer.headers["etag"]}
    )

    assert answer.status_code == 200, answer.text
    assert again.status_code == 304
    assert again.content == b""


async def test_the_trace_of_the_caller_goes_on(client: AsyncClient) -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    answer = await client.get("/nowhere", headers={"traceparent": f"00-{trace}-{'0' * 15}1-01"})

    assert answer.headers["trace-id"] == answer.json()["trace_id"] == trace


async def in_pieces() -> AsyncIterator[bytes]:
    for _ in range(3):
        yield b" " * 500_000


@pytest.mark.parametrize("body", [b" " * 1_500_000, in_pieces()], ids=["announced", "in pieces"])
async def test_a_body_over_the_limit_is_refused_as_a_problem(
    client: AsyncClient, body: bytes | AsyncIterator[bytes]
) -> None:
    answer = await client.post("/complaints", content=body)

    assert answer.status_code == 413
    assert answer.json()["title"] == "Kiriman terlalu besar"


async def test_broken_json_is_a_problem_that_repeats_nothing(client: AsyncClient) -> None:
    answer = await client.post(
        "/complaints", content=b'{"rahasia": ', headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 422
    assert "rahasia" not in answer.text


async def test_every_answer_tells_the_share_that_is_left(client: AsyncClient) -> None:
    answer = await client.get("/reference")

    assert answer.headers["ratelimit-policy"].startswith('"anonymous";q=')
    assert answer.headers["ratelimit"].startswith('"anonymous";r=')


async def test_nothing_is_kept_by_caches_unless_it_is_public(client: AsyncClient) -> None:
    refused = await client.get("/complaints")
    public = await client.get("/reference")

    assert refused.headers["cache-control"] == "no-store"
    assert public.headers["cache-control"] == "public, max-age=3600"


async def test_the_documentation_needs_no_other_host(client: AsyncClient) -> None:
    page = await client.get("http://test/docs")

    assert page.status_code == 200
    assert "/swagger/swagger-ui-bundle.js" in page.text
    assert "cdn" not in page.text
