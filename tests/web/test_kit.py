"""The kit's promises that hold for every operation."""

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
