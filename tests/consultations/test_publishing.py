"""A second person reads before the public does, and no person is in what the public reads."""

from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.consultations.models.publications import Publication, PublishedAnswer
from app.core.database import Sessions
from tests.consultations.asking import TEXT, Desk, ask, publish, told


async def _published(client: AsyncClient) -> list[str]:
    page = told(await client.get("/consultations/published", params={"limit": 200}))
    return [each["id"] for each in page["items"]]


async def test_its_author_cannot_approve_it(client: AsyncClient, desk: Desk) -> None:
    filed = await ask(client)
    await desk.answer(filed)
    publication_id = await desk.drafted(filed)

    answer = await desk.step(filed, publication_id, "approval")

    assert answer.status_code == 403
    assert answer.json()["code"] == "own-text"
    assert publication_id not in await _published(client)


async def test_a_second_person_publishes_it(client: AsyncClient, desk: Desk, second: Desk) -> None:
    filed = await publish(client, desk, second)

    shown = told(await client.get(f"/consultations/published/{filed['publication_id']}"))

    assert shown["question"] == TEXT["question"]
    assert [each["code"] for each in shown["articles"]] == ["uu-20-2023-2", "pp-42-2004-11-c"]
    assert shown["is_stale"] is False
    told_of = {"region_code", "office_id", "consultation_id", "drafted_by"}
    assert told_of.isdisjoint(shown)
    assert filed["id"] not in str(shown)


async def test_the_original_stays_as_it_was(client: AsyncClient, desk: Desk, second: Desk) -> None:
    filed = await publish(client, desk, second)

    read = await desk.read(filed)

    assert (
        read["answers"][0]["text"] == "Rekaan: menyukai unggahan bakal calon melanggar kode etik."
    )
    assert read["question"].startswith("Rekaan: bolehkah saya")
    assert [each["state"] for each in read["publications"]] == ["published"]


async def test_a_draft_lies_sealed_until_it_is_approved(
    client: AsyncClient, sessions: Sessions, desk: Desk
) -> None:
    filed = await ask(client)
    await desk.answer(filed)
    publication_id = UUID(await desk.drafted(filed, question="Rekaan: naskah-rahasia-77?"))

    async with sessions.begin() as session:
        publication = await session.get_one(Publication, publication_id)
        open_rows = await session.scalar(
            select(PublishedAnswer).where(PublishedAnswer.id == publication_id)
        )

    assert b"rahasia" not in publication.sealed
    assert open_rows is None


@pytest.mark.parametrize(
    "planted",
    [
        "NIP 198001012005011001 bertanya",
        "hubungi 0812-3456-7890",
        "kirim ke penanya@contoh.example",
        "akun @penanya_rekaan",
        "lihat https://contoh.example/unggahan",
        "Saudari SITIRAHMA bertanya",
    ],
)
@pytest.mark.parametrize("field", ["question", "answer"])
async def test_what_points_at_a_person_is_refused(
    client: AsyncClient, desk: Desk, planted: str, field: str
) -> None:
    filed = await ask(client, name="Sitirahma Rekaan")
    await desk.answer(filed)

    answer = await desk.draft(filed, **{field: f"Naskah: {planted}."})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{field}"
    assert answer.json()["errors"][0]["code"] == "names-somebody"
    assert "sitirahma" not in answer.text.lower()


async def test_without_an_answer_there_is_nothing_to_publish(
    client: AsyncClient, desk: Desk
) -> None:
    answer = await desk.draft(await ask(client))

    assert answer.json()["code"] == "not-answered"


async def test_a_text_on_a_replaced_answer_is_not_published(
    client: AsyncClient, desk: Desk, second: Desk
) -> None:
    filed = await ask(client)
    await desk.answer(filed)
    publication_id = await desk.drafted(filed)
    await desk.answer(filed, text="Rekaan: kini lain.")

    answer = await second.step(filed, publication_id, "approval")

    assert answer.json()["code"] == "answer-superseded"


async def test_a_new_text_takes_the_place_of_the_old_one(
    client: AsyncClient, desk: Desk, second: Desk
) -> None:
    filed = await publish(client, desk, second)
    newer = await second.drafted(filed, question="Rekaan: naskah yang lebih baik?")

    told(await desk.step(filed, newer, "approval"))

    seen = await _published(client)
    assert newer in seen
    assert filed["publication_id"] not in seen


async def test_what_is_withdrawn_is_gone_from_the_public(
    client: AsyncClient, desk: Desk, second: Desk
) -> None:
    filed = await publish(client, desk, second)

    told(await desk.step(filed, filed["publication_id"], "withdrawal"))

    gone = await client.get(f"/consultations/published/{filed['publication_id']}")
    assert gone.status_code == 404
    [text] = (await desk.read(filed))["publications"]
    assert (text["state"], text["reason"]) == ("withdrawn", "Alasan rekaan.")


async def test_what_is_rejected_is_never_published(
    client: AsyncClient, desk: Desk, second: Desk
) -> None:
    filed = await ask(client)
    await desk.answer(filed)
    publication_id = await desk.drafted(filed)
    assert filed["id"] in await second.rows(publication="drafted")

    told(await second.step(filed, publication_id, "rejection"))

    late = await second.step(filed, publication_id, "approval")
    assert late.json()["code"] == "illegal-publication-step"
    assert filed["id"] not in await second.rows(publication="drafted")


async def test_each_step_is_in_the_history(client: AsyncClient, desk: Desk, second: Desk) -> None:
    filed = await publish(client, desk, second)

    assert await desk.history(filed) == [
        "consultation.publication_approved",
        "consultation.publication_drafted",
        "consultation.answered",
        "consultation.filed",
    ]


async def test_what_is_replaced_says_by_whom_and_when(
    client: AsyncClient, desk: Desk, second: Desk
) -> None:
    filed = await publish(client, desk, second)
    newer = await second.drafted(filed, question="Rekaan: naskah yang lebih baik?")

    told(await desk.step(filed, newer, "approval"))

    old, new = (await desk.read(filed))["publications"]
    assert (old["state"], new["state"]) == ("withdrawn", "published")
    assert (old["decided_by"], old["decided_at"]) == (new["decided_by"], new["decided_at"])
    assert "consultation.publication_replaced" in await desk.history(filed)


@pytest.mark.parametrize(
    "planted",
    ["di Kabupaten Jeneponto", "pegawai jeneponto", "SULAWESI  SELATAN", "camat Bangkala"],
)
async def test_the_place_of_the_question_is_refused(
    client: AsyncClient, desk: Desk, planted: str
) -> None:
    filed = await ask(client, region_code="73.04.01")
    await desk.answer(filed)

    answer = await desk.draft(filed, answer=f"Naskah: {planted}.")

    assert answer.status_code == 422
    [fault] = answer.json()["errors"]
    assert (fault["pointer"], fault["code"]) == ("/answer", "names-place")


async def test_words_that_only_resemble_a_place_are_let_through(
    client: AsyncClient, desk: Desk
) -> None:
    filed = await ask(client, region_code="73.04.01")
    await desk.answer(filed)

    answer = await desk.draft(filed, answer="Contoh: Makassar, selatan, bangkala.")

    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("planted", ["Saudari Sitirahma", "Saudara Budiono"])
async def test_who_may_not_read_the_name_cannot_guess_it(
    client: AsyncClient, desk: Desk, province: Desk, planted: str
) -> None:
    filed = await ask(client, name="Sitirahma Rekaan")
    await desk.answer(filed)

    answer = await province.draft(filed, answer=f"Naskah: {planted}.")

    assert (answer.status_code, answer.json()["code"]) == (403, "named-asker")
    assert "errors" not in answer.json()


async def test_who_may_not_read_the_name_approves_nothing(
    client: AsyncClient, desk: Desk, province: Desk
) -> None:
    filed = await ask(client, name="Sitirahma Rekaan")
    await desk.answer(filed)

    answer = await province.step(filed, await desk.drafted(filed), "approval")

    assert answer.json()["code"] == "named-asker"


async def test_where_no_name_was_given_the_office_above_drafts(
    client: AsyncClient, desk: Desk, province: Desk
) -> None:
    filed = await ask(client)
    await desk.answer(filed)

    assert (await province.draft(filed)).status_code == 201
