import html
import re
from datetime import UTC, datetime

import pytest
from httpx import AsyncClient

from app.circulars.router import pages
from tests.circulars.circulating import draft, issue
from tests.circulars.conftest import OpenDesk, SetClock
from tests.rakor.meeting import Desk, told

LATER = datetime(2024, 10, 20, 3, tzinfo=UTC)
NEWER = {"number": "800/9/REKAAN/2024", "dated_on": "2024-10-01", "acknowledge_by": None}


async def on(client: AsyncClient, day: str, region: str = "73.07") -> list[str]:
    found = await client.get(f"/circulars?in_force_on={day}&region={region}")
    return [each["number"] for each in told(found, 200)["items"]]


async def test_the_text_of_a_day_is_found_on_that_day(client: AsyncClient, sinjai: Desk) -> None:
    old = await issue(sinjai)
    ends = [{"circular_id": old["id"], "how": "superseded"}]
    new = await issue(sinjai, **NEWER, obligations=[], ends=ends)

    assert await on(client, "2024-09-16") == []
    assert await on(client, "2024-09-30") == [old["number"]]
    assert await on(client, "2024-10-01") == [new["number"]]
    ended = told(await client.get(f"/circulars/{old['id']}"), 200)
    assert (ended["state"], ended["ended_by"]) == ("superseded", new["id"])


async def test_a_circular_of_the_province_holds_in_its_regencies_and_not_elsewhere(
    client: AsyncClient, open_desk: OpenDesk
) -> None:
    province = await open_desk("bawaslu-73")
    issued = await issue(province)

    assert await on(client, "2024-09-30", "73.07") == [issued["number"]]
    assert await on(client, "2024-09-30", "74") == []


async def test_a_revocation_counts_from_its_day_and_says_why(
    client: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai)
    body = {"ended_on": "2024-12-01", "reason": "Pilkada usai."}

    revoked = told(await sinjai.post(f"/circulars/{issued['id']}/revocation", body), 200)

    assert (revoked["state"], revoked["is_in_force"]) == ("revoked", True)
    assert revoked["ending_reason"] == body["reason"]
    assert await on(client, "2024-11-30") == [issued["number"]]
    assert await on(client, "2024-12-01") == []


async def test_nothing_ends_before_it_began_nor_twice(sinjai: Desk) -> None:
    issued = await issue(sinjai)
    path = f"/circulars/{issued['id']}/revocation"

    early = await sinjai.post(path, {"ended_on": "2024-09-16", "reason": "Rekaan."})
    told(await sinjai.post(path, {"ended_on": "2024-09-18", "reason": "Rekaan."}), 200)
    again = await sinjai.post(path, {"ended_on": "2024-09-19", "reason": "Rekaan."})

    assert told(early, 422)["errors"][0]["pointer"] == "/ended_on"
    assert told(again, 409)["code"] == "circular-step-refused"


async def test_only_what_is_there_and_one_s_own_is_taken_out_of_force(
    open_desk: OpenDesk, sinjai: Desk
) -> None:
    other = await issue(
        await open_desk("bawaslu-73.08"),
        addressees=[{"category": "subdistrict_head", "region_code": "73.08"}],
    )
    ends = [{"circular_id": other["id"], "how": "revoked"}]
    drafted = await draft(sinjai, **NEWER, obligations=[], ends=ends)

    refused = await sinjai.post(f"/circulars/{drafted['id']}/issuance")

    assert told(refused, 422)["errors"][0]["pointer"] == "/ends/0/circular_id"


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_page_of_a_day_shows_its_text_and_nothing_runs_in_it(
    client: AsyncClient, sinjai: Desk, set_clock: SetClock, language: str
) -> None:
    issued = await issue(sinjai, subject="<script>alert(1)</script>")
    set_clock(LATER)

    listed = await client.get(
        f"http://test/circulars?in_force_on=2024-09-30&region=73.07&lang={language}"
    )
    page = await client.get(f"http://test/circulars/{issued['id']}?lang={language}")

    assert f"/circulars/{issued['id']}" in listed.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>alert" not in page.text
    assert issued["content_hash"] in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


async def test_a_draft_has_no_page(sinjai: Desk) -> None:
    drafted = await draft(sinjai)

    page = await sinjai.get(f"http://test/circulars/{drafted['id']}")

    assert page.status_code == 404


async def test_what_was_issued_by_mistake_is_stopped_before_it_began(
    client: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai, in_force_from="2024-10-01")
    body = {"ended_on": "2024-10-01", "reason": "Terbit keliru."}

    revoked = told(await sinjai.post(f"/circulars/{issued['id']}/revocation", body), 200)

    assert revoked["ended_on"] == "2024-10-01"
    assert await on(client, "2024-10-01") == []


async def test_an_erratum_of_the_same_day_takes_the_place_of_its_letter(
    client: AsyncClient, sinjai: Desk
) -> None:
    old = await issue(sinjai)
    ends = [{"circular_id": old["id"], "how": "superseded"}]

    new = await issue(sinjai, number="800/1A/REKAAN/2024", ends=ends)

    assert await on(client, "2024-09-17") == [new["number"]]


@pytest.mark.parametrize("day", ["2024-09-10", "2024-09-20"])
async def test_the_first_day_follows_the_date_of_the_letter_until_it_is_issued(
    sinjai: Desk, day: str
) -> None:
    path = f"/circulars/{(await draft(sinjai))['id']}"

    changed = await sinjai.patch(path, {"dated_on": day}, **{"If-Match": '"1"'})
    issued = told(await sinjai.post(f"{path}/issuance"), 200)

    assert told(changed, 200)["in_force_from"] is None
    assert issued["in_force_from"] == day


async def test_a_list_holds_no_letter_and_the_page_goes_on(
    client: AsyncClient, sinjai: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_SHOWN", 1)
    one = await issue(sinjai)
    two = await issue(sinjai, number="800/2/REKAAN/2024")

    [row, _] = told(await client.get("/circulars"), 200)["items"]
    first = await client.get("http://test/circulars?in_force_on=2024-09-30&region=73.07&lang=en")
    [following] = re.findall(r'rel="next" href="([^"]+)"', first.text)
    second = await client.get(f"http://test{html.unescape(following)}")

    assert not {"body", "addressees", "attachments", "legal_basis"} & row.keys()
    assert two["id"] in first.text
    assert one["id"] not in first.text
    assert one["id"] in second.text
    assert "lang=en" in following
    assert 'rel="next"' not in second.text


async def test_the_page_of_a_letter_says_how_it_stood_on_a_day(
    client: AsyncClient, sinjai: Desk
) -> None:
    old = await issue(sinjai)
    ends = [{"circular_id": old["id"], "how": "revoked"}]
    new = await issue(sinjai, **NEWER, obligations=[], ends=ends)
    path = f"http://test/circulars/{old['id']}"

    then = await client.get(f"{path}?in_force_on=2024-09-30")
    later = await client.get(f"{path}?in_force_on=2024-10-01")
    newer = await client.get(f"http://test/circulars/{new['id']}?in_force_on=2024-10-01")

    assert ">Berlaku pada 30 September 2024<" in then.text
    assert ">Tidak berlaku pada 1 Oktober 2024<" in later.text
    assert ">Dicabut oleh<" in then.text
    assert "Digantikan" not in then.text
    assert f'href="/circulars/{new["id"]}"' in then.text
    assert ">24 September 2024<" in then.text
    assert ">Mencabut<" in newer.text
    assert old["number"] in newer.text
