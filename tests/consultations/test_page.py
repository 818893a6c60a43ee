"""The page of questions: look first, then ask, then read; it works without a script."""

import html
import re
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy.ext.asyncio import create_async_engine

from app.core.database import open_sessions
from app.web.limits import Limits
from tests.complaints.filing import file
from tests.consultations.asking import Desk, ask, publish, receipt, told


@pytest.fixture
def browser(app: FastAPI) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(app=app), base_url="http://test")


async def look(browser: AsyncClient, question: str) -> Response:
    return await browser.post("/consultations", data={"question": question})


def hidden(page: Response) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page.text))


def form(page: Response, **fields: str) -> dict[str, str]:
    said = {"question": "Rekaan: bolehkah?", "asker": "civil_servant", "region_code": "73.04"}
    return hidden(page) | said | fields


async def test_the_page_keeps_to_its_policy(browser: AsyncClient) -> None:
    page = await browser.get("/consultations")

    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    inline = re.findall(r"<(?:script|style)[^>]*>", page.text)
    assert len(inline) == policy.count("'sha256-")
    assert not re.search(r"""\s(style|on[a-z]+)=["']""", page.text)
    assert "{{" not in page.text
    assert page.text.count('<span lang="id">') == page.text.count('<span lang="en">') > 3


async def test_similar_answers_come_before_the_form_to_ask(
    browser: AsyncClient, client: AsyncClient, desk: Desk, second: Desk
) -> None:
    await publish(client, desk, second, answer="Tidak <b>boleh</b>.\n\nSama sekali.")

    page = await look(browser, 'Rekaan: <b>menyukaii</b> "unggahan"?')

    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    answered, asking = page.text.index("Tidak &lt;b&gt;boleh"), page.text.index('id="ask"')
    assert answered < asking
    assert "UU 20/2023, Pasal 2" in page.text
    assert page.text.count("Rekaan: &lt;b&gt;menyukaii&lt;/b&gt; &quot;unggahan&quot;?") == 2
    assert '<option value="73.04">' in page.text


async def test_the_latest_answers_are_there_to_read(
    browser: AsyncClient, client: AsyncClient, desk: Desk, second: Desk
) -> None:
    await publish(client, desk, second, question="Bolehkah rekaan terbaru?")

    assert "Bolehkah rekaan terbaru?" in (await browser.get("/consultations")).text


async def test_sent_twice_it_is_asked_once(
    browser: AsyncClient, client: AsyncClient, desk: Desk
) -> None:
    fields = form(await look(browser, "Rekaan?"))

    first, again = [await browser.post("/consultations/questions", data=fields) for _ in range(2)]

    assert first.status_code == again.status_code == 200
    assert first.text == again.text
    assert "Bawaslu Kabupaten Jeneponto" in first.text
    [code] = re.findall(r'class="code">([^<]+)<', first.text)
    own = told(await client.get("/receipt/consultation", headers=receipt({"receipt_code": code})))
    assert own["id"] == fields["id"]
    assert fields["receipt_secret"] not in first.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"region_code": "99.99"}, "Kode wilayah ini tidak ada."),
        ({"asker": "siapa"}, "Anda bertanya sebagai"),
        ({"question": ""}, "Wajib diisi."),
        ({"id": "bukan"}, "Isian tidak memenuhi ketentuan."),
        ({"tambahan": "x"}, "tidak dikenal"),
    ],
)
async def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    browser: AsyncClient, wrong: dict[str, str], said: str
) -> None:
    fields = form(await look(browser, "Rekaan?"), question="Rekaan panjang?") | wrong

    page = await browser.post("/consultations/questions", data=fields)

    assert page.status_code == 422
    assert said in page.text
    assert "Rekaan panjang?" in page.text or "question" in wrong
    mended = hidden(page) | form(page)
    assert (await browser.post("/consultations/questions", data=mended)).status_code == 200


async def test_another_question_on_the_same_page_needs_a_new_form(browser: AsyncClient) -> None:
    page = await look(browser, "Rekaan?")
    await browser.post("/consultations/questions", data=form(page))

    other = await browser.post("/consultations/questions", data=form(page, question="Lain?"))

    assert other.status_code == 409
    assert "sudah terkirim" in other.text
    again = await browser.post("/consultations/questions", data=form(other, question="Lain?"))
    assert again.status_code == 200


async def test_the_code_opens_the_answer(
    browser: AsyncClient, client: AsyncClient, desk: Desk
) -> None:
    filed = await ask(client)
    code = {"code": filed["receipt_code"]}
    before = await browser.post("/consultations/answers", data=code)

    await desk.answer(filed, text="Rekaan <i>tidak</i>.")

    after = await browser.post("/consultations/answers", data=code)
    assert "Pertanyaan diterima" in before.text
    assert "Rekaan &lt;i&gt;tidak&lt;/i&gt;." in after.text
    assert "UU 20/2023, Pasal 2" in after.text


async def test_a_code_of_something_else_opens_nothing(
    browser: AsyncClient, client: AsyncClient
) -> None:
    complaint = await file(client)

    for code in (complaint["receipt_code"], "0000-0000-0000-0000-0", ""):
        page = await browser.post("/consultations/answers", data={"code": code})
        assert page.status_code == 401
        assert "tidak membuka apa pun" in page.text


async def test_what_is_no_form_is_refused(browser: AsyncClient) -> None:
    answer = await browser.post("/consultations", json={"question": "Rekaan?"})

    assert answer.status_code == 415


async def test_where_the_share_is_used_up_nothing_typed_is_lost(
    app: FastAPI, browser: AsyncClient
) -> None:
    fields = form(await look(browser, "Rekaan?"), question='Rekaan "panjang"?')
    app.state.limits = Limits(anonymous=1, credential=1)
    await browser.get("/consultations")

    page = await browser.post("/consultations/questions", data=fields)

    assert page.status_code == 429
    assert int(page.headers["retry-after"]) > 0
    kept = {name: html.unescape(value) for name, value in hidden(page).items()}
    assert kept == fields
    app.state.limits = Limits(anonymous=100, credential=100)
    assert (await browser.post("/consultations/questions", data=kept)).status_code == 200


async def test_where_the_database_is_away_nothing_typed_is_lost(
    app: FastAPI, browser: AsyncClient
) -> None:
    fields = form(await look(browser, "Rekaan?"))
    engine = create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
    app.state.sessions = open_sessions(engine)

    page = await browser.post("/consultations/questions", data=fields)

    assert page.status_code == 503
    assert page.headers["content-type"].startswith("text/html")
    assert hidden(page) == fields


async def test_who_asked_writes_and_reads_messages_on_the_page(
    browser: AsyncClient, client: AsyncClient, desk: Desk
) -> None:
    filed = await ask(client)
    code = {"code": filed["receipt_code"]}
    told(await desk.post(_messages(filed), {"text": "Rekaan: <b>kapan</b>?"}), 201)
    page = await browser.post("/consultations/answers", data=code)
    written = hidden(page) | {"text": "Rekaan: kemarin."}

    for _ in range(2):
        page = await browser.post("/consultations/answers", data=written)

    assert page.status_code == 200
    assert "Rekaan: &lt;b&gt;kapan&lt;/b&gt;?" in page.text
    said = told(await desk.get(_messages(filed)))["items"]
    assert [each["text"] for each in said] == ["Rekaan: kemarin.", "Rekaan: <b>kapan</b>?"]
    assert said[1]["is_read"] is True


def _messages(filed: dict[str, Any]) -> str:
    return f"/consultations/{filed['id']}/messages"


async def test_who_asked_rates_the_answer_on_the_page(
    browser: AsyncClient, client: AsyncClient, desk: Desk
) -> None:
    filed = await ask(client)
    rated = {"code": filed["receipt_code"], "step": "rate", "helpful": "true"}
    early = await browser.post("/consultations/answers", data=rated)
    await desk.answer(filed)

    page = await browser.post("/consultations/answers", data=rated)

    assert (early.status_code, page.status_code) == (409, 200)
    assert "Anda mengatakan: membantu." in page.text
    assert (await desk.read(filed))["helpful"] is True
    assert "/api/v1/receipt/consultation/complaint" in page.text


async def test_a_message_that_is_refused_is_not_lost(
    browser: AsyncClient, client: AsyncClient
) -> None:
    filed = await ask(client)
    sent = {"code": filed["receipt_code"], "step": "write", "message_id": "x", "text": "Rekaan."}

    page = await browser.post("/consultations/answers", data=sent)

    assert page.status_code == 422
    assert ">Rekaan.</textarea>" in page.text
