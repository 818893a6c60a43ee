"""Of single persons who have not signed, the public learns nothing."""

from itertools import chain, combinations

from httpx import AsyncClient
from hypothesis import given
from hypothesis import strategies as st

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations.rules.disclosure import FEWEST, RegionCoverage, disclosed
from tests.declarations.declaring import Headers, opened
from tests.declarations.enlisting import add
from tests.people import officer


def cell(number: int, targets: int) -> RegionCoverage:
    return RegionCoverage(f"13.{number:02}", "Kabupaten Rekaan", targets, targets // 2)


@given(st.lists(st.integers(0, 12), max_size=8))
def test_nothing_public_tells_of_fewer_than_five(sizes: list[int]) -> None:
    told = disclosed(cell(number, size) for number, size in enumerate(sizes))

    published = [each.targets for each in told.regions]
    published += [told.rest.targets] if told.rest else []
    every = (combinations(published, size) for size in range(len(published)))
    # The total less any of the cells beside it: what is left is a sum that anybody can compute.
    left = [(told.targets or 0) - sum(some) for some in chain(*every)]
    assert all(rest >= FEWEST for rest in left if told.targets is not None)
    assert told.rest is None or told.rest.regions > 1 or len(told.regions) == 0
    assert told.targets == (sum(sizes) if sum(sizes) >= FEWEST else None)
    assert sum(published) == (told.targets or 0)


def test_a_larger_one_joins_a_small_one_that_would_stand_alone() -> None:
    told = disclosed([cell(1, 1), cell(2, 9), cell(3, 7)])

    assert told.rest is not None
    assert (told.rest.regions, told.rest.targets) == (2, 8)
    assert [each.region_code for each in told.regions] == ["13.02"]


async def test_of_a_small_roster_the_public_is_told_nothing(
    client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    await add(client, sijunjung, where)

    answer = (await client.get(f"/declarations/{where['id']}/coverage")).json()

    assert {name: answer[name] for name in ("targets", "signed", "regions", "rest")} == {
        "targets": None,
        "signed": None,
        "regions": [],
        "rest": None,
    }


async def test_offices_are_told_to_the_organiser_alone(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions, keys: Keyring
) -> None:
    where = await opened(client, sijunjung)
    reader = await officer(sessions, keys, role=Role.MEMBER, office_code="bawaslu-13.03")
    path = f"/declarations/{where['id']}/coverage/offices"

    answers = [(await client.get(path, headers=each)).status_code for each in (sijunjung, reader)]

    assert answers == [200, 403]
