"""The dictionary knows every column that an answer has, and every code that it can hold."""

import csv
from io import StringIO
from typing import Any

import pytest

from app.core.texts import Text
from app.main import create_app
from app.open_data.files.columns import read_columns
from app.open_data.files.dictionary import write_dictionary
from app.open_data.rules.datasets import REGIONS, Dataset
from app.open_data.rules.lists import LISTED, list_datasets
from app.open_data.rules.tables import COLUMNS, table_dataset, value_codes
from app.open_data.schemas import DictionaryOut
from app.open_data.service.describing import code_lists_out, described_out
from app.registry import LABELS
from app.stats.files.sheets import Format, write_public_table
from app.stats.rules.public import TABLES
from app.stats.schemas.public import PUBLIC_TREE, PublicTableOut
from app.web.door import PUBLIC_DOOR
from tests.stats.reading import Body

CONTRACT = create_app().openapi()
LISTS = {each.code: each for each in list_datasets(read_columns())}


def tables() -> list[Dataset]:
    return [table_dataset(each, read_columns()[COLUMNS], []) for each in TABLES.values()]


def properties(path: str) -> Body:
    """What an item of a list has, as the contract says."""
    schemas: Any = CONTRACT["components"]["schemas"]
    answer = CONTRACT["paths"][f"/api/v1{path}"]["get"]["responses"]["200"]
    page = schemas[answer["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]]
    item = page["properties"]["items"]["items"]["$ref"].rpartition("/")[2]
    return dict(schemas[item]["properties"])


def test_every_public_list_is_a_dataset() -> None:
    listed = {each.path for dataset in LISTS.values() for each in dataset.distributions}
    public = {
        path.removeprefix("/api/v1")
        for path, item in CONTRACT["paths"].items()
        if "{" not in path
        and item.get("get", {}).get("x-permission") == PUBLIC_DOOR
        and "Page" in str(item["get"]["responses"]["200"]["content"].get("application/json"))
    }

    assert len(public) > 10
    assert public <= listed


@pytest.mark.parametrize("code", [each for each in LISTED if not each.startswith("ledger")])
def test_the_columns_of_a_list_are_those_of_its_answer(code: str) -> None:
    [path] = [each.path for each in LISTS[code].distributions if each.media_type.endswith("json")]

    assert [each.name for each in LISTS[code].columns] == list(properties(path))


def test_the_columns_of_a_table_are_those_of_its_sheet() -> None:
    sheet = write_public_table(PublicTableOut.model_validate(PUBLIC_TREE), Format.CSV).decode()
    [head, *_] = csv.reader(StringIO(sheet))

    for table in tables():
        assert [each.name for each in table.columns] == head


def test_every_number_has_a_unit_and_every_code_its_list() -> None:
    known = {*LABELS, *value_codes(), REGIONS}

    for dataset in (*tables(), *LISTS.values()):
        for column in dataset.columns:
            assert (column.unit is not None) is (column.kind in ("integer", "number"))
            assert (column.codes is not None) is (column.kind in ("code", "codes"))
            assert column.codes is None or column.codes in known
            assert all(column.meaning)


def test_the_sheet_has_a_row_for_each_code() -> None:
    [table] = [each for each in tables() if each.code == "complaint_by_kind"]
    kinds = {"complaint.kind": {"report": Text("Laporan", "Report")}}
    dictionary = DictionaryOut(
        datasets=[described_out(table)], code_lists=code_lists_out([table], kinds)
    )

    rows = list(csv.DictReader(StringIO(write_dictionary(dictionary).decode())))

    [kind] = [row for row in rows if row["code"] == "report"]
    assert (kind["dataset"], kind["column"]) == ("complaint_by_kind", "value")
    assert (kind["label_id"], kind["label_en"]) == ("Laporan", "Report")
    [count] = [row for row in rows if row["column"] == "count"]
    assert (count["unit_id"], count["unit_en"]) == ("Aduan", "Complaint")
    assert [row["column"] for row in rows if not row["code"]] == [
        each.name for each in table.columns
    ]
