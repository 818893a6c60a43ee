"""In which formats figures are given, and that a sheet always says what its columns are."""

import csv
from io import StringIO

import pytest
from httpx import AsyncClient

from tests.stats.conftest import Headers
from tests.stats.test_figures import filed

__all__ = ["filed"]

CSV = {"Accept": "text/csv"}
COUNTED = {"unit": "case", "by": "source"}
QUESTIONS = {
    "summary": {},
    "table": COUNTED,
    "series": {"unit": "case"},
    "cross": COUNTED | {"across": "status"},
    "ranking": COUNTED,
    "map": {"unit": "case"},
    "funnel": {},
    "clocks": {},
    "timing": {},
    "ages": {},
    "coverage": {},
    "comparison": {"unit": "case", "election": "pilkada-2024", "other": "pilkada-2020"},
}


@pytest.mark.parametrize("path", QUESTIONS)
async def test_a_sheet_has_its_header_also_without_a_row(
    client: AsyncClient, sulsel: Headers, path: str
) -> None:
    answer = await client.get(f"/stats/{path}", headers=sulsel | CSV, params=QUESTIONS[path])

    header, *rows = csv.reader(StringIO(answer.text))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert {"as_of", "definition_version", "definition"} <= {*header}
    assert len(header) == len({*header})
    assert all(len(row) == len(header) for row in rows)
    if path == "ranking":
        assert header[:4] == ["key", "label_id", "label_en", "rank"]
        assert rows == []


@pytest.mark.parametrize("path", ["/stats/ranking", "/stats/stream"])
async def test_who_takes_none_of_the_formats_is_told_so(
    client: AsyncClient, sulsel: Headers, path: str
) -> None:
    asked = COUNTED if path == "/stats/ranking" else {}
    answer = await client.get(path, headers=sulsel | {"Accept": "text/html"}, params=asked)

    assert (answer.status_code, answer.json()["code"]) == (406, "not-acceptable")


async def test_open_tables_are_negotiated_alike(client: AsyncClient) -> None:
    for path in ("/stats/public/provinces", "/stats/public/case", "/open-data/dictionary"):
        lines = [("Accept", "application/json;q=0"), ("Accept", "text/csv")]
        sheet = await client.get(path, headers=lines)
        refused = await client.get(path, headers={"Accept": "application/x-ndjson"})

        assert sheet.headers["content-type"].startswith("text/csv")
        assert (refused.status_code, refused.headers["vary"]) == (406, "Accept")
