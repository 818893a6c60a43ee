"""What the tests of the matrix ask about an invented office, and how they read the answer."""

from datetime import UTC, datetime
from typing import Any

from tests.rakor.meeting import Desk, told

OFFICE = {"office_name": "Dinas Rekaan", "region_code": "13.03", "post": "Kepala Dinas"}
LATER = datetime(2024, 11, 1, 3, tzinfo=UTC)
TO_OFFICE = {"category": "other", "region_code": "13.03", "names": ["Dinas Rekaan"]}
Body = dict[str, Any]


async def figures(desk: Desk, **asked: str) -> dict[str, Body]:
    wanted = "&".join(f"{name}={value}" for name, value in asked.items())
    found = told(await desk.get(f"/prevention/offices?{wanted}"), 200)
    return {each["office_name"]: each for each in found["items"]}


async def owed(desk: Desk, **asked: str) -> list[Body]:
    wanted = "&".join(f"{name}={value}" for name, value in asked.items())
    return list(told(await desk.get(f"/prevention/owed?{wanted}"), 200)["items"])
