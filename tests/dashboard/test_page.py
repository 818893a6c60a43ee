"""The page at `/`: what it asks for, what it refuses, and how it travels."""

import gzip
import re
from datetime import timedelta

import pytest
from httpx import AsyncClient

from app.core.database import Sessions
from app.stats.jobs import freeze_public_tables
from app.stats.service.folding import Folding
from tests.complaints.filing import file
from tests.dashboard.conftest import THE_FIFTH, SetClock


async def test_the_page_shows_what_was_published_and_nothing_smaller(
    client: AsyncClient, browser: AsyncClient, sessions: Sessions, set_clock: SetClock
) -> None:
    for region, times in (("73.04", 6), ("13.03", 2), ("51.03", 2)):
        for _ in range(times):
            await file(client, event={"region_code": region})
    set_clock(THE_FIFTH + timedelta(days=1))
    await Folding(sessions).fold(THE_FIFTH + timedelta(days=1))
    await freeze_public_tables(sessions, THE_FIFTH + timedelta(days=1))

    page = (await browser.get("/?election=all&unit=complaint")).text

    assert "Sulawesi Selatan (SN): 6 aduan" in page
    assert "Sumatera Barat (SB): aduan dirahasiakan" in page
    assert "Bali (BA): aduan dirahasiakan" in page
    assert '<p class="big">10</p>' in page
    assert re.search(r'<section id="clocks".*?Terlewat: [0-9].*?</section>', page, re.S)
    assert "belum terbit" not in page.split('<section id="funnel"')[0]


async def test_the_address_picks_region_election_and_language(browser: AsyncClient) -> None:
    page = (await browser.get("/?region=73&election=2024&lang=en")).text

    assert "<h1>Sulawesi Selatan</h1>" in page
    assert "Regional Elections of 2024" in page
    assert '<option value="73" selected>' in page
    assert 'href="/?region=73.04&amp;election=pilkada-2024' in page
    assert page.count('class="tile ') > 24
    assert (await browser.get("/?region=73.04")).text.count("<h1>Kabupaten Jeneponto</h1>") == 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/?region=99", 404),
        ("/?region=Jeneponto", 404),
        ("/?region=73.04.01", 404),
        ("/?election=1999", 404),
        ("/?election=%3Cscript%3E", 404),
        ("/?lang=de", 404),
        ("/?unit=report", 422),
        ("/?region=%00", 404),
    ],
)
async def test_what_is_not_there_is_a_page_with_a_way_back(
    browser: AsyncClient, address: str, status: int
) -> None:
    page = await browser.get(address)

    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    assert "Lihat seluruh Indonesia" in page.text
    assert "script>alert" not in page.text


async def test_every_election_and_every_province_has_a_view(browser: AsyncClient) -> None:
    whole = (await browser.get("/")).text

    for address in ("/?election=2020", "/?election=pemilu-2024", "/?region=34", "/?region=94"):
        page = await browser.get(address)
        assert page.status_code == 200
        assert page.text != whole


async def test_the_page_travels_packed_and_only_once(browser: AsyncClient) -> None:
    packed = await browser.get("/", headers={"Accept-Encoding": "gzip"})
    plain = await browser.get("/", headers={"Accept-Encoding": "identity, gzip;q=0"})

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert packed.headers["etag"] != plain.headers["etag"]
    for answer in (packed, plain):
        assert answer.headers["cache-control"] == "public, max-age=60"
        assert "Accept-Encoding" in answer.headers["vary"]
        known = {"If-None-Match": answer.headers["etag"]}
        asked = {"Accept-Encoding": answer.headers.get("content-encoding", "identity")}
        assert (await browser.get("/", headers=known | asked)).status_code == 304
    assert len(gzip.compress(plain.content)) < 50_000
