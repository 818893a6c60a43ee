"""The threat model keeps its word: the tests that it names exist, and nothing is stored or sent
where it says that nothing is."""

import re
from pathlib import Path

import pytest

from app.core.database import Base
from tests.contract.document import OPERATIONS

PAGE = Path("docs/threat-model.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
ORIGIN = re.compile(r"(^|_)(ip|address|device|agent|browser|fingerprint|host|referrer)(_|$)")
PERSONAL = {
    "name",
    "person",
    "reporter",
    "reason",
    "email",
    "phone",
    "words",
    "text",
    "account",
    "employee_number",
    "population_number",
    "receipt",
    "code",
}


def test_tests_are_named() -> None:
    assert len(NAMED) >= 30


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED)))
def test_a_named_test_exists(file: str, name: str) -> None:
    assert re.search(rf"^(async )?def {name}\(", Path(file).read_text(encoding="utf-8"), re.M)


def test_no_table_keeps_where_anybody_came_from() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
    }

    assert len(columns) > 200
    # That of a request, which only its own Idempotency-Key leads to; and the devices that an
    # organiser registered to collect signatures in a room, or to let people in at a door.
    known = {
        "stored_answer.fingerprint",
        "signature_capture.device_id",
        "check_in.device_id",
        "failed_scan.device_id",
        "signing_device.event_device_id",
        "signing_device.collecting_device_id",
    }
    suspect = sorted(columns - known)
    assert [each for each in suspect if ORIGIN.search(each.partition(".")[2])] == []


def test_no_personal_value_stands_in_an_address() -> None:
    asked = {
        f"{operation.name} {each['name']}"
        for operation in OPERATIONS
        for each in operation.parameters
        if each["in"] in ("path", "query")
    }

    assert len(asked) > 50
    assert [each for each in sorted(asked) if each.partition(" ")[2] in PERSONAL] == []
