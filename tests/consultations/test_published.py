"""What was answered before is found by whoever is about to ask, and can be called helpful."""

import pytest
from httpx import AsyncClient

from tests.consultations.asking import Desk, publish, told


async def similar(client: AsyncClient, question: str) -> list[str]:
    answer = await client.post("/consultations/published/search", json={"question": question})
    return [each["id"] for each in told(answer)["items"]]


@pytest.mark.parametrize(
    "asked",
    [
        "Apakah saya boleh menyukai unggahan calon?",
        "unggah di medsos, boleh suka?",  # another form of the word
        "menyukaii unggahann",  # misspelt
    ],
)
async def test_a_similar_question_is_found(
    client: AsyncClient, desk: Desk, second: Desk, asked: str
) -> None:
    social = await publish(client, desk, second)
    gift = {
        "question": "Bolehkah pegawai menerima bingkisan lebaran?",
        "answer": "Bingkisan ditolak.",
    }
    other = await publish(client, desk, second, **gift)

    found = await similar(client, asked)

    assert found[0] == social["publication_id"]
    assert other["publication_id"] not in found


async def test_words_of_every_question_find_nothing(
    client: AsyncClient, desk: Desk, second: Desk
) -> None:
    await publish(client, desk, second)

    assert await similar(client, "apakah boleh saya") == []


@pytest.mark.parametrize("asked", ["'", "a & b | !c:*", "%_\\", "😀", "( ) <->"])
async def test_odd_characters_do_no_harm(client: AsyncClient, asked: str) -> None:
    assert await similar(client, asked) == []


async def test_one_voice_of_an_address_counts_on_a_day(
    client: AsyncClient, desk: Desk, second: Desk
) -> None:
    filed = await publish(client, desk, second)
    path = f"/consultations/published/{filed['publication_id']}/rating"

    first = told(await client.put(path, json={"helpful": True}))
    again = told(await client.put(path, json={"helpful": False}))

    assert first == {"counted": True, "helpful": 1, "not_helpful": 0}
    assert again == {"counted": False, "helpful": 1, "not_helpful": 0}


async def test_a_voice_for_nothing_is_refused(client: AsyncClient) -> None:
    path = "/consultations/published/01932b5e-7c00-7000-8000-00000000dead/rating"

    assert (await client.put(path, json={"helpful": True})).status_code == 404
