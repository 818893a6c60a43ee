"""Every page with a form tells on the page itself what could only not be taken now."""

import re

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

PATHS = (
    "/circular-answers",
    "/invitations",
    "/invitations/signing",
    "/consultations/answers",
    "/follow-ups",
)


@pytest.mark.parametrize("path", PATHS)
async def test_over_the_share_a_page_keeps_all_that_was_typed(
    app: FastAPI, spent: None, path: str
) -> None:
    transport = ASGITransport(app=app)
    fields = {"code": 'K"ode', "category": ["satu", "dua"], "note": ""}
    async with AsyncClient(transport=transport, base_url="http://test") as browser:
        await browser.get("/consultations")
        page = await browser.post(path, data=fields)

    assert page.status_code == 429
    assert int(page.headers["retry-after"]) > 0
    assert re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text) == [
        ("code", "K&quot;ode"),
        ("category", "satu"),
        ("category", "dua"),
        ("note", ""),
    ]
