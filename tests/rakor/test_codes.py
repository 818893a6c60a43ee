"""The code of an invitation is believed in one place; and what was said with it stays."""

from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from tests.rakor.following import listed, nobody, uploaded
from tests.rakor.meeting import NAGARI, Desk, answer, told

DEPUTY = {
    "answer": "sends_deputy",
    "deputy_post": "Sekretaris Nagari",
    "deputy_name": "Wakil Rekaan",
}


@pytest.fixture
async def event(sijunjung: Desk) -> str:
    return await sijunjung.announce()


@pytest.fixture
async def invited(sijunjung: Desk, event: str) -> dict[str, Any]:
    [invitation] = await sijunjung.invite(event, NAGARI)
    return invitation


async def kept(desk: Desk, event: str, invited: dict[str, Any]) -> tuple[str, str]:
    seen = told(await desk.get(f"{event}/invitations/{invited['id']}"), 200)
    return seen["deputy_name"], seen["duty_letter_number"]


async def test_a_withdrawn_invitation_opens_no_materials(
    sijunjung: Desk, event: str, invited: dict[str, Any]
) -> None:
    shown = await listed(sijunjung, event, await uploaded(sijunjung, event), audience="invited")
    told(await sijunjung.post(f"{event}/invitations/{invited['id']}/withdrawal"), 200)
    guest, code = nobody(sijunjung.client), {"code": invited["code"]}

    answers = [
        await guest.post("/invitation-materials", code),
        await guest.post("/invitation-materials/copy", code | {"material_id": shown["id"]}),
    ]

    assert [told(each, 409)["code"] for each in answers] == ["invitation-withdrawn"] * 2


async def test_every_operation_refuses_a_wrong_code_in_the_same_words(sijunjung: Desk) -> None:
    guest, code = nobody(sijunjung.client), {"code": "rekaan"}

    refused = [
        await guest.post("/invitation-answers", code | {"answer": "coming"}),
        await guest.post("/invitation-answers/lookup", code),
        await guest.post("/event-tickets", code),
        await guest.post("/invitation-materials", code),
    ]

    assert {told(each, 401)["detail"] for each in refused} == {
        "Kode undangan tidak ada atau tidak berlaku."
    }


async def test_adding_the_number_of_a_letter_keeps_the_name(
    client: AsyncClient, sijunjung: Desk, event: str, invited: dict[str, Any]
) -> None:
    first = told(await answer(client, invited["code"], **DEPUTY), 200)
    more = {"answer": "sends_deputy", "deputy_post": "Sekretaris Nagari"}

    own = told(await answer(client, invited["code"], **more, duty_letter_number="094/12"), 200)

    assert first["deputy_is_named"] is own["deputy_is_named"] is True
    assert "Wakil Rekaan" not in str(own)
    assert await kept(sijunjung, event, invited) == ("Wakil Rekaan", "094/12")


async def test_the_page_keeps_the_name_and_says_so(
    app: FastAPI, sijunjung: Desk, event: str, invited: dict[str, Any]
) -> None:
    browser = AsyncClient(transport=ASGITransport(app=app), base_url="http://test")
    form = {"code": invited["code"], "step": "answer"} | DEPUTY
    page = await browser.post("/invitations", data=form)

    again = form | {"deputy_name": "", "duty_letter_number": "094/12"}
    await browser.post("/invitations", data=again)

    assert "Nama wakil yang sudah dikirim tetap disimpan" in page.text
    assert await kept(sijunjung, event, invited) == ("Wakil Rekaan", "094/12")


async def test_another_deputy_is_not_called_by_the_name_of_the_first(
    client: AsyncClient, sijunjung: Desk, event: str, invited: dict[str, Any]
) -> None:
    told(await answer(client, invited["code"], **DEPUTY), 200)
    other = {"answer": "sends_deputy", "deputy_post": "Kepala Jorong"}

    own = told(await answer(client, invited["code"], **other), 200)

    assert own["deputy_is_named"] is False
    assert (await kept(sijunjung, event, invited))[0] is None


async def test_another_name_takes_the_place_of_the_first(
    client: AsyncClient, sijunjung: Desk, event: str, invited: dict[str, Any]
) -> None:
    told(await answer(client, invited["code"], **DEPUTY), 200)

    told(await answer(client, invited["code"], **DEPUTY | {"deputy_name": "Contoh Lain"}), 200)

    assert (await kept(sijunjung, event, invited))[0] == "Contoh Lain"
