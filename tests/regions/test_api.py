from typing import Any

import pytest
from httpx import AsyncClient


async def get(client: AsyncClient, path: str, **wanted: str | int) -> Any:
    answer = await client.get(path, params=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_anybody_can_list_the_provinces_with_their_zones(client: AsyncClient) -> None:
    page = await get(client, "/regions", level="province", count="exact")

    assert (len(page["items"]), page["total"], page["next_cursor"]) == (38, 38, None)
    zones = {each["code"]: each["time_zone"] for each in page["items"]}
    assert (zones["13"], zones["73"], zones["96"]) == (
        "Asia/Jakarta",
        "Asia/Makassar",
        "Asia/Jayapura",
    )


async def test_pages_follow_each_other_in_the_order_of_the_codes(client: AsyncClient) -> None:
    wanted: dict[str, str | int] = {"level": "city", "limit": 40}
    codes: list[str] = []

    while "cursor" not in wanted or wanted["cursor"]:
        page = await get(client, "/regions", **wanted)
        codes += [each["code"] for each in page["items"]]
        wanted["cursor"] = page["next_cursor"]

    assert codes == sorted(set(codes))
    assert len(codes) == 98


@pytest.mark.parametrize("change", [{"level": "regency"}, {"cursor": "73.04"}, {"cursor": "ÿ"}])
async def test_a_cursor_of_another_list_is_refused(
    client: AsyncClient, change: dict[str, str]
) -> None:
    page = await get(client, "/regions", level="city", limit=1)
    wanted = {"level": "city", "cursor": page["next_cursor"], **change}

    answer = await client.get("/regions", params=wanted)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "wrong-cursor"


@pytest.mark.parametrize("written", ["palangkaraya", "Palangka Raya", "Kota Palangka-Raya"])
async def test_a_name_is_found_however_it_is_written(client: AsyncClient, written: str) -> None:
    page = await get(client, "/regions", q=written)

    assert [each["code"] for each in page["items"]] == ["62.71"]


async def test_signs_of_a_pattern_do_not_count_in_a_name(client: AsyncClient) -> None:
    page = await get(client, "/regions", q="%sin_jai\\", level="regency")

    assert [each["code"] for each in page["items"]] == ["73.07"]


async def test_what_lies_directly_below_is_listed(client: AsyncClient) -> None:
    page = await get(client, "/regions", parent="73.04")

    assert {each["level"] for each in page["items"]} == {"district"}
    assert {each["parent_code"] for each in page["items"]} == {"73.04"}
    assert page["items"][0]["code"] == "73.04.01"


async def test_a_region_is_read_with_the_names_around_it(client: AsyncClient) -> None:
    region = await get(client, "/regions/73.04.01.1004")

    assert (region["level"], region["name"]) == ("village", "Bontorannu")
    assert [(each["code"], each["name"]) for each in region["ancestors"]] == [
        ("73", "Sulawesi Selatan"),
        ("73.04", "Kabupaten Jeneponto"),
        ("73.04.01", "Bangkala"),
    ]


async def test_the_nation_has_nothing_around_it(client: AsyncClient) -> None:
    region = await get(client, "/regions/00")

    assert (region["name"], region["parent_code"], region["ancestors"]) == ("Indonesia", None, [])


async def test_a_code_keeps_its_zeros(client: AsyncClient) -> None:
    region = await get(client, "/regions/11.10")

    assert region["name"] == "Kabupaten Aceh Singkil"


@pytest.mark.parametrize(("code", "status"), [("97", 404), ("11.1", 422), ("73.04.", 422)])
async def test_an_unknown_code_is_told_from_a_malformed_one(
    client: AsyncClient, code: str, status: int
) -> None:
    answer = await client.get(f"/regions/{code}")

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "wanted", [{"level": "hamlet"}, {"parent": "7"}, {"q": "a"}, {"limit": "0"}, {"nama": "Sinjai"}]
)
async def test_a_filter_that_means_nothing_is_refused(
    client: AsyncClient, wanted: dict[str, str]
) -> None:
    answer = await client.get("/regions", params=wanted)

    assert answer.status_code == 422


async def test_a_phone_keeps_the_list_for_a_day(client: AsyncClient) -> None:
    first = await client.get("/regions", params={"level": "province"})

    again = await client.get(
        "/regions", params={"level": "province"}, headers={"If-None-Match": first.headers["etag"]}
    )

    assert first.headers["cache-control"] == "public, max-age=86400"
    assert again.status_code == 304
