"""The day-one rules for many machines, checked on one (docs/decisions/scale-from-day-one.md)."""

import io
import re
from contextlib import redirect_stdout

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Constraint, Enum, ForeignKeyConstraint, Index, Table, UniqueConstraint

from app.core.database import Base, Scale

TABLES = list(Base.metadata.tables.values())
NATIONAL = [table for table in TABLES if table.info.get("scale") is Scale.NATIONAL]
LONGEST_NAME = 54
FORBIDDEN = (
    r"\bCREATE\s+(OR REPLACE\s+)?TRIGGER\b",
    r"\bCREATE\s+TYPE\b",
    r"\bCREATE\s+DOMAIN\b",
    r"\bMERGE\s+INTO\b",
    r"\bON\s+UPDATE\s+CASCADE\b",
    r"\bSET\s+NULL\b",
    r"\bSERIAL\b",
    r"\bIDENTITY\b",
    r"\bEXCLUDE\s+USING\b",
)


def names(table: Table) -> list[str]:
    parts: list[Constraint | Index] = [*table.constraints, *table.indexes]
    return [str(part.name) for part in parts]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_says_how_it_grows(table: Table) -> None:
    assert isinstance(table.info.get("scale"), Scale)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_key_is_named_after_its_table_and_short_enough(table: Table) -> None:
    assert all(len(name) <= LONGEST_NAME for name in names(table)), names(table)
    assert all(table.name in name for name in names(table)), names(table)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_enumerations_are_text(table: Table) -> None:
    kinds = [column.type for column in table.columns if isinstance(column.type, Enum)]

    assert not any(kind.native_enum for kind in kinds)


@pytest.mark.parametrize("table", NATIONAL, ids=lambda table: table.name)
def test_every_key_of_a_national_table_begins_with_the_region(table: Table) -> None:
    unique = [
        part
        for part in [*table.constraints, *table.indexes]
        if isinstance(part, UniqueConstraint) or (isinstance(part, Index) and part.unique)
    ]

    keys = [[column.name for column in part.columns] for part in [table.primary_key, *unique]]

    assert "region_code" in table.columns
    assert all(key[0] == "region_id" for key in keys), keys


@pytest.mark.parametrize("table", NATIONAL, ids=lambda table: table.name)
def test_a_national_table_points_only_to_reference_or_within_its_region(table: Table) -> None:
    for key in (part for part in table.constraints if isinstance(part, ForeignKeyConstraint)):
        target = key.elements[0].column.table
        colocated = target.info["scale"] is Scale.NATIONAL and "region_id" in key.column_keys
        assert target.info["scale"] is Scale.REFERENCE or colocated, key.name


def test_national_tables_were_found() -> None:
    assert {"signature", "check_in"} <= {table.name for table in NATIONAL}


def test_the_migrations_use_nothing_that_many_machines_cannot_do() -> None:
    script = io.StringIO()
    config = Config("alembic.ini", output_buffer=script)

    with redirect_stdout(script):
        command.upgrade(config, "head", sql=True)

    found = [rule for rule in FORBIDDEN if re.search(rule, script.getvalue(), re.IGNORECASE)]
    assert "CREATE TABLE complaint " in script.getvalue()
    assert found == []
