import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.texts import choose_language


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "id"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("id,en;q=0.9", "id"),
        ("en;q=0.5, id", "id"),
        ("fr", "id"),
        ("en;q=0", "id"),
    ],
)
def test_the_language_is_the_one_preferred(accepted: str, language: str) -> None:
    assert choose_language(accepted) == language


@given(st.text())
def test_any_header_chooses_a_language(accepted: str) -> None:
    assert choose_language(accepted) in ("id", "en")
