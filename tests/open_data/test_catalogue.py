"""The catalogue says what DCAT 3 asks for, of all that is published, and never points nowhere."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from app.core.texts import Text
from app.ledger.rules.logs import LogName
from app.main import create_app
from app.open_data.files.addresses import Addresses
from app.open_data.files.catalogue import write_catalogue
from app.open_data.files.columns import read_columns
from app.open_data.files.vocabulary import CONTEXT
from app.open_data.rules.datasets import Dataset, Licence, Snapshots
from app.open_data.rules.lists import LISTED, list_datasets
from app.open_data.rules.tables import COLUMNS, election_named, table_dataset
from app.stats.rules.public import TABLES
from app.web.door import PUBLIC_DOOR
from tests.stats.reading import Body

AT = Addresses("https://netra.example")
THE_FIFTH = date(2024, 11, 5)
PILKADA = Snapshots("pilkada-2024", Text("Pilkada 2024", "2024"), date(2024, 9, 1), THE_FIFTH)
WHOLE = Snapshots("", election_named("", {}), date(2024, 9, 1), THE_FIFTH)
CONTRACT = create_app().openapi()


def datasets() -> list[Dataset]:
    columns = read_columns()
    tables = [table_dataset(each, columns[COLUMNS], [WHOLE, PILKADA]) for each in TABLES.values()]
    return [*tables, *list_datasets(columns)]


def graph() -> dict[str, Body]:
    catalogue: Any = write_catalogue(datasets(), AT, datetime(2024, 11, 5, tzinfo=UTC))
    return {each["@id"]: each for each in catalogue["@graph"]}


def of_kind(kind: str) -> list[Body]:
    return [node for node in graph().values() if node["@type"] == kind]


def within(value: object) -> Iterator[Body]:
    """Every node, however deep."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from within(each)


def test_each_dataset_is_listed_once_with_all_that_it_must_say() -> None:
    nodes = graph()
    [catalogue] = of_kind("dcat:Catalog")

    assert catalogue["dataset"] == [AT.dataset(each) for each in (*TABLES, *LISTED)]
    for address in catalogue["dataset"]:
        dataset = nodes[address]
        for words in (dataset["title"], dataset["description"]):
            assert all(words[language] for language in ("id", "en"))
        assert nodes[dataset["publisher"]]["@type"] == "foaf:Agent"
        assert "vcard:Organization" in nodes[dataset["contact"]]["@type"]
        assert nodes[dataset["spatial"]]["notation"] == "00"
        assert dataset["frequency"].startswith("http://publications.europa.eu/resource/authority/")


def test_a_frozen_table_is_a_series_and_leads_to_its_newest_snapshots() -> None:
    nodes = graph()
    series = nodes[AT.dataset("complaint_by_kind")]
    newest = nodes[AT.snapshot("complaint_by_kind", THE_FIFTH, "pilkada-2024")]

    assert series["@type"] == "dcat:DatasetSeries"
    assert series["issued"] == "2024-09-01"
    assert (newest["@type"], newest["in_series"]) == ("dcat:Dataset", series["@id"])
    assert newest["temporal"]["end_date"] == "2024-11-04"
    assert newest["title"]["id"] == f"{series['title']['id']}: Pilkada 2024, 2024-11-05"
    assert newest["@id"] == (
        "https://netra.example/api/v1/stats/public/complaint_by_kind/2024-11-05"
        "?election=pilkada-2024"
    )
    kinds = {
        each["media_type"]["@id"].partition("media-types/")[2] for each in newest["distribution"]
    }
    assert kinds == {"application/json", "text/csv"}


def test_what_was_never_frozen_is_still_listed() -> None:
    table = table_dataset(TABLES["complaint"], read_columns()[COLUMNS], [])

    catalogue: Any = write_catalogue([table], AT, datetime(2024, 11, 5, tzinfo=UTC))

    assert any(each["@id"] == AT.dataset("complaint") for each in catalogue["@graph"])


def test_each_distribution_has_its_licence_and_carries_the_notice_of_the_regions() -> None:
    for dataset in datasets():
        found = within(graph()[AT.dataset(dataset.code)])
        for form in (each for each in found if each.get("@type") == "dcat:Distribution"):
            assert form["licence"] in graph()
            assert ("rights" in form) is dataset.names_regions
    licences = {each.code: each.licence for each in datasets()}
    assert licences["regions"] is Licence.ODBL
    assert {licences[name] for name in TABLES} == {Licence.CC_BY}


def test_every_name_is_a_term_of_the_context() -> None:
    for node in graph().values():
        for each in within(node):
            assert {name for name in each if name[0] != "@"} - {"id", "en"} <= CONTEXT.keys()


def test_every_identifier_is_told_once() -> None:
    catalogue: Any = write_catalogue(datasets(), AT, datetime(2024, 11, 5, tzinfo=UTC))
    names = [each["@id"] for each in catalogue["@graph"]]
    forms = [
        each["@id"]
        for each in within(catalogue["@graph"])
        if each.get("@type") == "dcat:Distribution"
    ]

    assert len(names) == len(set(names))
    assert len(forms) == len(set(forms))


def test_every_address_is_an_open_door_of_the_contract() -> None:
    doors = {
        path: item["get"]["x-permission"]
        for path, item in CONTRACT["paths"].items()
        if "get" in item
    }
    addresses = [
        each["access_url"] for each in within(list(graph().values())) if "access_url" in each
    ]

    assert len(addresses) > len(TABLES)
    for address in addresses:
        path = address.removeprefix(AT.home).partition("?")[0]
        fitting = [door for door in doors if re.fullmatch(re.sub(r"{[^}]+}", ".+", door), path)]
        assert PUBLIC_DOOR in [doors[each] for each in fitting], path


def test_every_log_is_published() -> None:
    assert {f"ledger-{each}" for each in LogName} <= set(LISTED)
