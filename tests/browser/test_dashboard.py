"""The dashboard as people meet it: by eye, by keyboard, by ear, on paper, on a slow line."""

import gzip
import json
from io import BytesIO
from typing import Any, Final

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, Request, Route, expect
from pypdf import PdfReader

from app.dashboard.files.page import page_of
from app.dashboard.router import PAGE
from app.dashboard.rules.view import View
from tests.dashboard import views

MOST_BYTES: Final = 150_000
COMPLAINTS: Final = "/?election=all&unit=complaint"
DRAWN: Final = "/drawn"
"""Where a test puts a view of plain values, under the headers of the real page."""
LEVELS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPEN: Final = "for (const each of document.querySelectorAll('details')) each.open = true"
WATCH: Final = """
window.broken = [];
addEventListener("securitypolicyviolation", (event) => window.broken.push(event.violatedDirective));
"""


async def draw(page: Page, view: View) -> None:
    answer = PAGE.show(200, **page_of(view))

    async def fulfil(route: Route) -> None:
        await route.fulfill(body=bytes(answer.body), headers=dict(answer.headers))

    await page.route(f"**{DRAWN}", fulfil)
    await page.goto(DRAWN)


async def accuse(page: Page) -> list[str]:
    """What axe-core finds to be serious or critical."""
    found: Any = await Axe().run(page, options={"runOnly": LEVELS})
    return [
        f"{each['id']}: {json.dumps([node['html'][:200] for node in each['nodes'][:3]])}"
        for each in found.response["violations"]
        if each["impact"] in ("serious", "critical")
    ]


async def test_the_main_figures_need_no_script(chromium: Browser, origin: str) -> None:
    page = await chromium.new_page(base_url=origin, java_script_enabled=False)
    await page.goto(COMPLAINTS)

    number = page.locator(".number").first
    await expect(number.locator(".big")).to_have_text("10")
    await expect(number.locator("dl")).not_to_be_visible()
    await number.locator("summary").click()
    await expect(number.locator("dl")).to_contain_text("Aduan yang diterima Netra")
    await expect(page.locator("a.tile", has_text="Sulawesi Selatan")).to_contain_text("6 aduan")
    hidden = page.locator("a.tile", has_text="Sumatera Barat")
    await expect(hidden).to_contain_text("dirahasiakan")
    await page.close()


async def test_region_and_election_are_picked_by_address_and_by_form(page: Page) -> None:
    await page.goto("/?region=73&election=2024")
    await expect(page.locator("h1")).to_have_text("Sulawesi Selatan")
    await expect(page.locator("a.tile")).to_have_count(24)

    await page.locator("#region").select_option("13")
    await page.locator("#election").select_option("pilkada-2020")
    await page.locator(".pick button").click()
    await expect(page).to_have_url("/?region=13&election=pilkada-2020&unit=case")
    await expect(page.locator("h1")).to_have_text("Sumatera Barat")
    await page.locator(".language a", has_text="EN").click()
    await expect(page).to_have_url("/?region=13&election=pilkada-2020&unit=case&lang=en")
    await expect(page.locator(".election")).to_have_text("Regional Elections of 2020")


async def test_the_keyboard_alone_is_enough(page: Page) -> None:
    await page.goto(COMPLAINTS)
    keys = page.keyboard

    await keys.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await keys.press("Enter")
    await expect(page.locator("#main")).to_be_focused()
    await page.locator(".number summary").first.focus()
    await keys.press("Enter")
    await expect(page.locator(".number dl").first).to_be_visible()
    tile = page.locator("a.tile", has_text="Sulawesi Selatan")
    while not await tile.evaluate("each => each === document.activeElement"):
        await keys.press("Tab")
    await expect(tile.locator(".tip")).to_be_in_viewport(ratio=1)
    await keys.press("Escape")
    assert await tile.locator(".tip").evaluate("each => each.offsetWidth") == 1
    # Out of sight, it still names the link to who does not see.
    await expect(page.get_by_role("link", name="Sulawesi Selatan").first).to_be_visible()
    await keys.press("Enter")
    await expect(page.locator("h1")).to_have_text("Sulawesi Selatan")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious(page: Page, scheme: Any) -> None:
    await page.emulate_media(color_scheme=scheme)

    for address in ("/", "/?region=73&lang=en", "/?region=99"):
        await page.goto(address)
        assert await accuse(page) == [], address
    for view in (views.nation(), views.province()):
        await draw(page, view)
        await page.evaluate(OPEN)
        assert await accuse(page) == []


async def test_axe_finds_nothing_serious_on_the_other_pages(page: Page) -> None:
    for address in ("/verify", "/verify/rekaan", "/consultations", "/circulars", "/invitations"):
        await page.goto(address)
        assert await accuse(page) == [], address


async def test_nothing_is_asked_of_others_and_no_policy_is_broken(page: Page, origin: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    await page.add_init_script(WATCH)

    await page.goto("/")
    await page.locator("a.tile").first.hover()
    await draw(page, views.nation())

    assert asked == [f"{origin}/", f"{origin}{DRAWN}"]
    assert said == await page.evaluate("window.broken") == []


async def test_the_first_view_is_light(page: Page) -> None:
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("request", note)

    await page.goto("/")

    sizes = [await each.sizes() for each in asked]
    carried = sum(each["responseBodySize"] + each["responseHeadersSize"] for each in sizes)
    assert len(asked) == 1
    assert 1_000 < carried < MOST_BYTES
    packed = gzip.compress(bytes(PAGE.show(200, **page_of(views.nation())).body))
    assert len(packed) < MOST_BYTES / 5


@pytest.mark.parametrize("width", [320, 1024, 2560])
async def test_no_width_is_scrolled_sideways(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 740})

    for view in (views.nation(), views.province(), views.EMPTY):
        await draw(page, view)
        assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_on_paper_the_figures_stay_and_the_buttons_go(page: Page) -> None:
    await draw(page, views.nation())

    await page.emulate_media(media="print")

    for kept in (".big", "a.tile", ".chart svg", ".gauge", ".decisions", "h1"):
        await expect(page.locator(kept).first).to_be_visible()
    for gone in (".pick", ".parts", ".language", "#verify", ".units"):
        await expect(page.locator(gone).first).not_to_be_visible()
    paper = PdfReader(BytesIO(await page.pdf(format="A4")))
    assert 1 <= len(paper.pages) <= 4
    assert "1.158" in paper.pages[0].extract_text()
    # What a number means, and where it is found again, cannot be clicked on paper.
    said = "".join(each.extract_text() for each in paper.pages)
    told = len([each for each in views.nation().figures if each.told])
    assert said.count("rekaan. (versi 2)") >= told
    assert "/api/v1/stats/public/complaint/2024-11-21" in said.replace("\n", "")
    assert "Alamat halaman ini: https://netra.example/?" in said
