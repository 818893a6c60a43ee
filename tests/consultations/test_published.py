"""What was answered before is found by whoever is about to ask, and can be called helpful."""

from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.consultations.models.publications import PublishedVote
from app.core.database import Sessions
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


async def test_a_misspelt_word_is_found_in_a_whole_sentence(
    client: AsyncClient, desk: Desk, second: Desk
) -> None:
    social = await publish(client, desk, second)
    asked = "Tetangga kemarin bertanya, bagaimana hukumnya menyukaii gambar pejabat kabupaten itu?"

    assert await similar(client, asked) == [social["publication_id"]]


async def test_what_bears_more_of_the_words_comes_first(
    client: AsyncClient, desk: Desk, second: Desk
) -> None:
    texts = ["Bolehkah menyukai masakan?", "Bolehkah menyukai unggahan kampanye?"]
    one, other = [await publish(client, desk, second, question=each) for each in texts]

    found = await similar(client, "menyukaii unggahann kampanyee")

    assert found == [other["publication_id"], one["publication_id"]]


async def test_a_vote_leaves_no_trace_of_who_and_when(
    client: AsyncClient, sessions: Sessions, desk: Desk, second: Desk
) -> None:
    filed = await publish(client, desk, second)
    before = await desk.history(filed)
    path = f"/consultations/published/{filed['publication_id']}/rating"

    told(await client.put(path, json={"helpful": True}, headers=desk.headers))

    async with sessions.begin() as session:
        mine = PublishedVote.publication_id == UUID(filed["publication_id"])
        vote = (await session.scalars(select(PublishedVote).where(mine))).one()
    assert vote.id.version == 4
    assert await desk.history(filed) == before
