"""A case before which a wall stands that others lift."""

from typing import NamedTuple

from tests.cases.handing import Body, Scene, sees


class Walled(NamedTuple):
    """A case, and a member who is walled off from it; another member agrees."""

    case: Body
    id: str
    headers: dict[str, str]
    second: dict[str, str]
    conflict: Body


async def see(scene: Scene, walled: Walled, officer: dict[str, str]) -> list[bool]:
    paths = (f"/cases/{walled.case['id']}", f"/complaints/{walled.case['complaint_id']}")
    return [await sees(scene.client, officer, each) for each in paths]
