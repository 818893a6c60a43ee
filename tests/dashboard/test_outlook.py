"""The forecast on the page: what was published for everybody, and nothing of weeks gone by."""

from datetime import UTC, datetime

from httpx import AsyncClient

from tests.dashboard.conftest import SetClock


async def test_the_weeks_to_come_are_drawn_with_their_bands(browser: AsyncClient) -> None:
    page = (await browser.get("/?election=pilkada-2024")).text

    assert page.count('<path class="most"') == page.count('<path class="half"') == 1
    assert "rentang 90%" in page
    assert "menurut model, keadaan 4 November 2024" in page
    assert "Pengumuman 17 September 2024, bukan hasil model" in page
    assert '<path class="most"' in (await browser.get("/?region=73")).text


async def test_there_is_no_forecast_of_what_is_over_or_too_small(
    browser: AsyncClient, set_clock: SetClock
) -> None:
    for address in ("/?region=73.04", "/?election=pilkada-2020"):
        assert '<path class="most"' not in (await browser.get(address)).text
    set_clock(datetime(2024, 11, 28, 3, tzinfo=UTC))
    assert '<path class="most"' not in (await browser.get("/?region=73&lang=en")).text
