"""What an officer sees and does, and what stays closed."""

from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.complaints.filing import complaint, file, put, receipt
from tests.people import officer


async def test_the_desk_reads_the_account_and_not_the_reporter(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = await file(client)
    desk = await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")

    answer = await client.get(f"/complaints/{filed['id']}", headers=desk)

    read = answer.json()
    assert answer.status_code == 200, answer.text
    assert read["account"].startswith("Rekaan: pejabat")
    assert read["reported_persons"][0]["name"] == "Terlapor Rekaan"
    assert read["reporter"].startswith("REP-")
    assert "Pelapor Rekaan" not in answer.text


async def test_reading_is_part_of_the_history(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = await file(client)
    desk = await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")
    await client.get(f"/complaints/{filed['id']}", headers=desk)
    await client.post(f"/complaints/{filed['id']}/review", headers=desk)

    answer = await client.get(f"/complaints/{filed['id']}/history", headers=desk)

    assert [(line["action"], line["actor_kind"]) for line in answer.json()["items"]] == [
        ("complaint.initial_review", "officer"),
        ("complaint.read", "officer"),
        ("complaint.filed", "public"),
    ]


async def test_another_province_is_out_of_sight(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = await file(client)
    other = await officer(sessions, keys, role="handler", office_code="bawaslu-13")

    answers = [
        await client.get(f"/complaints/{filed['id']}", headers=other),
        await client.get(f"/complaints/{filed['id']}/history", headers=other),
        await client.post(f"/complaints/{filed['id']}/review", headers=other),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


async def test_the_list_is_filtered_and_paged(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = [await file(client) for _ in range(3)]
    await file(client, reporter=None)
    await file(client, event={"region_code": "73.71"})
    desk = await officer(sessions, keys, role="handler", office_code="bawaslu-73")
    asked: dict[str, str | int] = {
        "region": "73.04",
        "kind": "report",
        "status": "submitted",
        "limit": 2,
    }

    first = await client.get("/complaints", params={**asked, "count": "exact"}, headers=desk)
    cursor = first.json()["next_cursor"]
    second = await client.get("/complaints", params={**asked, "cursor": cursor}, headers=desk)
    other = await client.get("/complaints", params={"cursor": cursor}, headers=desk)

    seen = [row["id"] for page in (first, second) for row in page.json()["items"]]
    assert first.json()["total"] == 3
    assert seen == [each["id"] for each in reversed(filed)]
    assert second.json()["next_cursor"] is None
    assert other.status_code == 422
    assert other.json()["errors"][0]["code"] == "wrong-cursor"


async def test_a_review_begins_once(client: AsyncClient, sessions: Sessions, keys: Keyring) -> None:
    filed = await file(client)
    desk = await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")
    review = f"/complaints/{filed['id']}/review"

    first = await client.post(review, headers=desk)
    second = await client.post(review, headers=desk)

    assert first.json()["status"] == "initial_review"
    assert second.status_code == 409
    assert second.json()["code"] == "illegal-step"


async def test_a_receipt_opens_nothing_but_its_own_view(client: AsyncClient) -> None:
    mine, other = await file(client), await file(client)

    answers = [
        await client.get("/complaints", headers=receipt(mine)),
        await client.get(f"/complaints/{other['id']}", headers=receipt(mine)),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]


async def test_no_personal_word_is_repeated_in_a_refusal(client: AsyncClient) -> None:
    body = complaint()
    body["reporter"]["phone"] = "bukan nomor Rahasia"
    body["Rahasia Sekali"] = 1

    answer = await put(client, body)

    assert answer.status_code == 422
    assert "Rahasia" not in answer.text
