"""The page of a follow-up: opened and reported on by its code, without a script or an account."""

import re
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from tests.rakor.following import planned
from tests.rakor.meeting import Desk, told

Planned = dict[str, Any]


@pytest.fixture
def browser(app: FastAPI) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(app=app), base_url="http://test")


@pytest.fixture
async def follow_up(sijunjung: Desk) -> Planned:
    event = await sijunjung.announce()
    return await planned(sijunjung, event, action="Menyampaikan <b>surat</b> edaran.")


async def send(browser: AsyncClient, follow_up: Planned, **fields: str) -> Response:
    return await browser.post("/follow-ups", data={"code": follow_up["code"]} | fields)


async def state(desk: Desk, follow_up: Planned) -> tuple[str, list[dict[str, Any]]]:
    seen = told(await desk.get(f"/follow-ups/{follow_up['id']}"), 200)
    return seen["state"], seen["reports"]


async def test_the_page_keeps_to_its_policy_and_asks_for_the_code(browser: AsyncClient) -> None:
    page = await browser.get("/follow-ups")

    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert len(re.findall(r"<(?:script|style)[^>]*>", page.text)) == policy.count("'sha256-")
    assert "{{" not in page.text
    assert 'name="code"' in page.text


async def test_the_code_opens_what_is_to_do_and_the_form(
    browser: AsyncClient, follow_up: Planned
) -> None:
    page = await send(browser, follow_up)

    assert page.status_code == 200
    for shown in (
        "Menyampaikan &lt;b&gt;surat&lt;/b&gt; edaran.",
        "Dinas Rekaan",
        "15 Oktober 2024",
        'value="beginning"',
        'value="completion"',
        f'<input type="hidden" name="code" value="{follow_up["code"]}">',
    ):
        assert shown in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_an_office_begins_and_reports_that_it_is_done(
    browser: AsyncClient, sijunjung: Desk, follow_up: Planned
) -> None:
    link = "https://contoh.go.id/bukti-rekaan"

    begun = await send(browser, follow_up, step="beginning", note="Sedang disiapkan.", link="")
    first, _ = await state(sijunjung, follow_up)
    done = await send(browser, follow_up, step="completion", note="", link=link)

    assert begun.status_code == done.status_code == 200
    assert first == "in_progress"
    assert "Sedang dikerjakan" in begun.text
    assert 'value="beginning"' not in begun.text
    after, reports = await state(sijunjung, follow_up)
    assert after == "done"
    assert [(each["note"], each["link"]) for each in reports] == [
        ("Sedang disiapkan.", None),
        (None, link),
    ]
    assert "Laporan tercatat" in done.text
    assert 'name="step"' not in done.text
    again = await send(browser, follow_up)
    late = await send(browser, follow_up, step="completion", note="Sekali lagi.")
    assert "Tidak ada lagi yang dilaporkan" in again.text
    assert late.status_code == 409


@pytest.mark.parametrize(
    "fields",
    [
        {"note": ""},
        {"note": "Selesai <rekaan>.", "link": "bukan tautan"},
        {"note": "Selesai <rekaan>.", "surprise": "x"},
        {"note": "a" * 2_001},
    ],
)
async def test_what_cannot_be_kept_is_refused_and_nothing_typed_is_lost(
    browser: AsyncClient, sijunjung: Desk, follow_up: Planned, fields: dict[str, str]
) -> None:
    refused = await send(browser, follow_up, step="completion", **fields)

    assert refused.status_code == 422
    assert "Periksa lagi isian di bawah." in refused.text
    assert fields["note"].replace("<", "&lt;").replace(">", "&gt;") in refused.text
    assert await state(sijunjung, follow_up) == ("open", [])


@pytest.mark.parametrize("fields", [{}, {"step": "completion", "note": "Selesai."}, {"step": "x"}])
async def test_a_wrong_code_is_told_on_the_page(
    browser: AsyncClient, fields: dict[str, str]
) -> None:
    refused = await send(browser, {"code": "bukan-kode"}, **fields)

    assert refused.status_code == 401
    assert "Kode tindak lanjut tidak ada atau tidak berlaku." in refused.text
    assert 'id="open"' in refused.text


async def test_only_a_form_is_read(browser: AsyncClient, follow_up: Planned) -> None:
    assert (await browser.post("/follow-ups", json=follow_up)).status_code == 415
