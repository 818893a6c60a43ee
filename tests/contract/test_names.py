"""A name in the contract is kept: what one domain adds renames nothing of another."""

import pytest

from app.web.schema_names import TOLD_APART, NameTaken, lasting_names
from tests.contract.document import SCHEMAS


def test_a_class_bears_its_own_name_and_a_page_that_of_its_items() -> None:
    names = lasting_names(["RegionOut", "Page_RegionOut_", "Page_ComplaintRow_"])

    assert list(names.values()) == ["RegionOut", "RegionPage", "ComplaintPage"]


def test_what_several_domains_have_is_told_apart_by_the_domain() -> None:
    names = lasting_names(["app__rakor__rules__events__Level", "app__regions__rules__Level"])

    assert list(names.values()) == ["RakorLevel", "RegionsLevel"]


@pytest.mark.parametrize(
    "given",
    [
        ["app__regions__schemas__RegionOut", "app__stats__schemas__RegionOut"],
        ["app__rakor__rules__events__Level", "app__rakor__rules__attendance__Level"],
        ["Page_ComplaintOut_", "Page_ComplaintRow_"],
        ["ComplaintsStatus", "app__complaints__rules__Status", "app__rakor__rules__Status"],
    ],
    ids=["two domains", "one domain", "pages", "a name made for another"],
)
def test_a_second_bearer_is_refused_by_name(given: list[str]) -> None:
    with pytest.raises(NameTaken) as refused:
        lasting_names(given)

    assert all(each.replace("__", ".") in str(refused.value) for each in given[:2])


def test_a_class_that_lost_its_twins_does_not_lose_its_domain() -> None:
    with pytest.raises(NameTaken, match="Level"):
        lasting_names(["Level"])


@pytest.mark.parametrize("name", sorted(TOLD_APART))
def test_a_name_is_told_apart_only_where_it_must_be(name: str) -> None:
    assert len([each for each in SCHEMAS if each.endswith(name) and each != name]) > 1
