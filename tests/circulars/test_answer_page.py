"""The page of a link: everything on it works without a script, and is refused with nothing lost."""

import html
import re

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from tests.circulars.circulating import AGENCIES, TO_DISTRICTS, codes, issue, reach
from tests.rakor.meeting import Desk, told

REPORTED = {"done_on": "2024-09-17", "note": "Dibacakan.", "letter_number": "1/REKAAN"}


@pytest.fixture
def browser(app: FastAPI) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(app=app), base_url="http://test")


async def take(browser: AsyncClient, code: str, step: str, **fields: str | list[str]) -> Response:
    form = {"code": code, "step": step} | fields
    return await browser.post("/circular-answers", data=form)


async def test_the_page_keeps_to_its_policy_and_asks_for_the_code(browser: AsyncClient) -> None:
    page = await browser.get("/circular-answers")

    policy = page.headers["content-security-policy"]
    assert page.status_code == 200
    assert "form-action 'self'" in policy
    assert len(re.findall(r"<(?:script|style)[^>]*>", page.text)) == policy.count("'sha256-")
    assert 'name="code"' in page.text
    assert "{{" not in page.text


async def test_an_office_acknowledges_and_reports_on_the_page(
    browser: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai)
    code = (await codes(sinjai, issued))[AGENCIES[0]]
    obligation = issued["obligations"][0]["id"]

    opened = await browser.post("/circular-answers", data={"code": code})
    acknowledged = await take(browser, code, "acknowledge")
    reported = await take(browser, code, "report", obligation_id=obligation, **REPORTED)

    assert 'id="acknowledge"' in opened.text
    assert 'value="2024-09-17"' in opened.text
    assert 'id="acknowledge"' not in acknowledged.text
    assert obligation in acknowledged.text
    assert obligation not in reported.text
    total = (await reach(sinjai, issued))["total"]
    assert (total["acknowledged"], total["done"]) == (1, 1)


async def test_a_report_that_came_already_is_told_so_and_not_lost(
    browser: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai)
    code = (await codes(sinjai, issued))[AGENCIES[0]]
    obligation = issued["obligations"][0]["id"]

    for _ in range(2):
        page = await take(browser, code, "report", obligation_id=obligation, **REPORTED)

    assert page.status_code == 409
    assert "Kewajiban ini sudah dilaporkan." in page.text
    assert "Belum tercatat" not in page.text
    assert obligation not in page.text


async def test_what_was_typed_wrongly_is_told_beside_its_field_and_kept(
    browser: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai)
    code = (await codes(sinjai, issued))[AGENCIES[0]]
    fields = REPORTED | {"obligation_id": issued["obligations"][0]["id"], "done_on": "2024-09-18"}

    page = await take(browser, code, "report", **fields)

    assert page.status_code == 422
    assert 'id="done_on-wrong"' in page.text
    assert 'value="Dibacakan."' in page.text


async def test_a_camat_forwards_and_hands_on_the_links_without_a_script(
    browser: AsyncClient, client: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai, addressees=[TO_DISTRICTS])
    (_, code), *_ = sorted((await codes(sinjai, issued)).items())
    opened = await browser.post("/circular-answers", data={"code": code})

    sent = await take(browser, code, "forward", category=["village_head"], names="UPTD <A>\nUPTD B")
    links = await take(browser, code, "codes")

    assert set(re.findall(r'name="category" value="(\w+)"', opened.text)) == {
        "subdistrict_head",
        "urban_village_head",
        "village_head",
        "subdistrict_supervisor",
    }
    assert sent.status_code == 200
    assert ">Yang Anda teruskan<" in sent.text
    assert "UPTD &lt;A&gt;" in links.text
    handed = re.findall(r"/circular-answers#([\w-]{48})", html.unescape(links.text))
    assert len(handed) > 2
    read = await client.post("/circular-answers/reading", json={"code": handed[0]})
    assert told(read, 200)["addressee"]["depth"] == 2


async def test_of_a_forwarding_that_is_refused_nothing_stays(
    browser: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai, addressees=[TO_DISTRICTS])
    (_, code), *_ = sorted((await codes(sinjai, issued)).items())

    page = await take(
        browser, code, "forward", category=["village_head", "personnel_agency"], names="UPTD"
    )

    assert page.status_code == 422
    assert 'value="village_head" checked' in page.text
    assert ">UPTD</textarea>" in page.text
    assert (await reach(sinjai, issued))["total"]["addressed"] == 9


async def test_an_address_is_kept_and_deleted_on_the_page(
    browser: AsyncClient, sinjai: Desk
) -> None:
    code = (await codes(sinjai, await issue(sinjai)))[AGENCIES[0]]

    kept = await take(browser, code, "contact", email="kantor@contoh.example")
    wrong = await take(browser, code, "contact", email="kantor@")
    gone = await take(browser, code, "contact", email="")

    assert "k***@c***.example" in kept.text
    assert wrong.status_code == 422
    assert 'id="email-wrong"' in wrong.text
    assert "k***@c***.example" not in gone.text


async def test_nothing_can_be_done_for_what_is_out_of_force(
    browser: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai)
    code = (await codes(sinjai, issued))[AGENCIES[0]]
    body = {"ended_on": "2024-09-17", "reason": "Rekaan."}
    told(await sinjai.post(f"/circulars/{issued['id']}/revocation", body), 200)

    page = await browser.post("/circular-answers", data={"code": code})
    refused = await take(browser, code, "acknowledge")

    assert "tidak berlaku lagi" in page.text
    assert 'id="acknowledge"' not in page.text
    assert refused.status_code == 409


@pytest.mark.parametrize("code", ["A" * 44, "salah", ""])
async def test_an_invented_code_opens_nothing(browser: AsyncClient, code: str) -> None:
    page = await browser.post("/circular-answers", data={"code": code})

    assert page.status_code == 401
    assert 'id="open"' in page.text
