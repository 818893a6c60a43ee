"""Whoever opens the sealed reasons about a case is in its history."""

import pytest

from tests.cases.handing import ABOVE, Scene, offered
from tests.cases.handling import opened, read


@pytest.mark.parametrize(
    ("path", "action"),
    [
        ("/conflicts", "case.read_conflicts"),
        ("/break-glass", "case.read_break_glass"),
        ("/transfers", "case.read_transfers"),
        ("/custody", "case.read_custody"),
        ("/requirements", "case.read_requirements"),
    ],
)
async def test_that_they_were_read_is_recorded(scene: Scene, *, path: str, action: str) -> None:
    case = await opened(scene.client, scene.desk)
    before = await read(scene.client, case, scene.desk, "/history")

    await read(scene.client, case, scene.province, path)

    newest = (await read(scene.client, case, scene.desk, "/history"))["items"][0]
    assert action not in [each["action"] for each in before["items"]]
    assert (newest["action"], newest["office_id"]) == (action, scene.offices[ABOVE])


async def test_the_list_of_all_transfers_is_read_in_the_history_of_each(scene: Scene) -> None:
    cases = [await opened(scene.client, scene.desk) for _ in range(2)]
    for each in cases:
        await offered(scene.client, each, scene.desk, scene.offices[ABOVE])

    listed = await scene.client.get("/transfers", headers=scene.province)

    newest = [
        (await read(scene.client, each, scene.desk, "/history"))["items"][0] for each in cases
    ]
    assert len(listed.json()["items"]) == 2
    assert [each["action"] for each in newest] == ["case.read_transfers"] * 2
