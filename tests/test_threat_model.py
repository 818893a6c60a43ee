"""Every line of the threat model that names a test still has it."""

import re
from pathlib import Path

import pytest

PAGE = Path("docs/threat-model.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


def test_tests_are_named() -> None:
    assert len(NAMED) >= 20


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_named_test_exists(file: str, name: str) -> None:
    assert re.search(rf"^(async )?def {name}\(", Path(file).read_text(encoding="utf-8"), re.M)
