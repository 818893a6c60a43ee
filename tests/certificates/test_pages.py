"""The pages that everybody sees: nothing of them comes from elsewhere, and nothing gets out."""

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from typing import Final

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations.rules.changes import WithdrawalReason
from tests.certificates.test_verification import NAME, code_of, signed
from tests.declarations.declaring import Headers
from tests.people import officer

_KILO: Final = 1_000
HREFS: Final = re.compile(r"""(?:href|src|action)=["']([^"']*)""")


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as browser:
        yield browser


@pytest.fixture
async def staff(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role="prevention_staff", office_code="bawaslu-13.03")


@pytest.fixture
async def addresses(client: AsyncClient, staff: Headers, keys: Keyring) -> list[str]:
    paper = await signed(client, staff)
    code, where = code_of(keys, paper), f"/sign/{paper['declaration_id']}"
    return ["/sign", where, "/verify", "/verify?lang=en", "/verify/rekaan", f"/verify/{code}"]


async def test_a_page_fetches_nothing_from_elsewhere(
    browser: AsyncClient, addresses: list[str]
) -> None:
    for address in addresses:
        page = (await browser.get(address)).text

        assert "://" not in page.replace("http://www.w3.org/2000/svg", "")
        assert all(each.startswith(("/", "?", "#", "data:")) for each in HREFS.findall(page))
        assert not any(each.startswith("//") for each in HREFS.findall(page))


async def test_a_page_keeps_to_its_policy(browser: AsyncClient, addresses: list[str]) -> None:
    for address in addresses:
        page = await browser.get(address)

        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        inline = re.findall(r"<(?:script|style)[^>]*>(.*?)</(?:script|style)>", page.text, re.S)
        assert len(inline) == len(re.findall("'sha256-", policy)) >= 2
        for each in inline:
            digest = base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy
        assert not re.search(r"""\s(style|on[a-z]+)=["']""", page.text)


async def test_a_page_is_small(browser: AsyncClient, addresses: list[str]) -> None:
    for address in addresses:
        assert len((await browser.get(address)).content) < 60 * _KILO


async def test_a_page_speaks_two_languages(browser: AsyncClient, addresses: list[str]) -> None:
    for address in addresses:
        page = (await browser.get(address)).text

        assert page.count('<span lang="id">') == page.count('<span lang="en">') > 3
        assert "{{" not in page


async def test_what_the_pages_ask_for_is_there(
    app: FastAPI, browser: AsyncClient, addresses: list[str]
) -> None:
    page, paths = (await browser.get("/sign")).text, app.openapi()["paths"]

    asked = {"", *re.findall(r"""(?:insist|send)\("(/[a-z/]*)""", page)}
    assert asked == {"", "/lookup", "/withdrawal", "/certificate", "/certificate/paper"}
    assert all("post" in paths[f"/api/v1/signatures{each}"] for each in asked)
    assert "/api/v1/verify/" in (await browser.get(addresses[-1])).text


async def test_the_page_keeps_each_click_until_we_have_answered(browser: AsyncClient) -> None:
    page = (await browser.get("/sign")).text

    for promise in (
        "localStorage.setItem(KEPT + pending.ticket,",
        "localStorage.removeItem(KEPT + ticket)",
        "deliverOthers(ticket);",
        'startsWith("application/problem+json")',
        "captured_at: captured()",
    ):
        assert promise in page


async def test_the_page_tells_what_does_not_count_and_what_is_not_checked(
    browser: AsyncClient,
) -> None:
    page = (await browser.get("/sign")).text

    for promise in (
        'if (status === "cancelled") return status;',
        'signature.check === "waiting"',
        'at("proof-later").textContent = trouble.message;',
        "decodeURIComponent(location.hash.slice(1)).trim(); } catch { return null; }",
    ):
        assert promise in page


async def test_who_signs_for_a_post_is_asked_for_a_name(browser: AsyncClient) -> None:
    page = (await browser.get("/sign")).text

    for promise in (
        'at("holder").hidden = !own.needs_name;',
        "if (said === null) return;",
        "captured_at: captured(), name: said }",
        "captured_at: pending.captured_at, name: pending.name }",
    ):
        assert promise in page


async def test_a_withdrawal_is_asked_for_twice_and_with_the_reasons_that_we_take(
    browser: AsyncClient,
) -> None:
    page = (await browser.get("/sign")).text

    offered = re.findall(r'<option value="(\w+)">', page)
    assert offered == [each.value for each in WithdrawalReason]
    assert 'at("withdraw").onclick = () => ask(true);' in page
    assert page.count('insist("/withdrawal"') == 1
    assert re.search(r'at\("take-back"\)\.onclick = async .*?insist\("/withdrawal"', page, re.S)


async def test_the_page_of_a_code_says_what_became_of_it(
    browser: AsyncClient, addresses: list[str]
) -> None:
    page = await browser.get(addresses[-1])

    assert page.status_code == 200
    assert page.headers["cache-control"] == "public, max-age=60"
    assert "Gedung Rekaan, Sijunjung" in page.text
    assert NAME.split()[1] not in page.text


async def test_what_nobody_has_checked_is_amber_on_the_page(
    browser: AsyncClient, client: AsyncClient, staff: Headers, keys: Keyring
) -> None:
    code = code_of(keys, await signed(client, staff, by_organiser=False))

    page = (await browser.get(f"/verify/{code}")).text

    assert 'class="state waiting"' in page
    assert "belum mencocokkan siapa yang menandatangani" in page
    assert 'class="state valid"' not in page


async def test_the_page_of_an_unknown_code_is_not_found_and_friendly(browser: AsyncClient) -> None:
    page = await browser.get("/verify/rekaan")

    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "Kode tidak dikenal" in page.text


async def test_a_typed_code_is_looked_up(browser: AsyncClient, addresses: list[str]) -> None:
    code = addresses[-1].rpartition("/")[2]

    page = await browser.get("/verify", params={"code": f" {code.lower()} "})

    assert page.text == (await browser.get(addresses[-1])).text


async def test_what_somebody_typed_never_comes_back_as_markup(browser: AsyncClient) -> None:
    page = await browser.get("/verify", params={"code": "<script>alert(1)</script>{{form}}"})

    assert "alert(1)" not in page.text


async def test_whoever_has_the_page_is_not_sent_it_again(
    browser: AsyncClient, addresses: list[str]
) -> None:
    # Every open link is handed out with a form of its own.
    for address in (each for each in addresses if "/sign/" not in each):
        tag = (await browser.get(address)).headers["etag"]

        assert (await browser.get(address, headers={"If-None-Match": tag})).status_code == 304
