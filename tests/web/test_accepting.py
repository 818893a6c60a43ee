"""Who asks for a format gets it, or is told that there is none (RFC 9110, 12.5.1)."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import NotAcceptable
from app.web.accepting import choose

JSON = "application/json"
CSV = "text/csv; charset=utf-8; header=present"
LINES = "application/x-ndjson"
FORMS = (JSON, CSV, LINES)


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("*", JSON),
        ("text/csv", CSV),
        ("TEXT/CSV", CSV),
        ("text/*", CSV),
        ("application/x-ndjson", LINES),
        ("application/ndjson", LINES),
        ("application/*", JSON),
        ("application/json, text/csv;q=0.5", JSON),
        ("text/csv, */*;q=0.1", CSV),
        ("text/csv;q=0.2, */*;q=0.1", CSV),
        ("*/*;q=0.1, text/csv;q=0.2", CSV),
        ("text/html,application/xhtml+xml,*/*;q=0.8", JSON),
        ("text/html, image/gif, *; q=.2, */*; q=.2", JSON),
        ("text/csv;q=rubbish, application/json", JSON),
        ("application/json;q=0, */*", CSV),
        ("text/csv;q=0, */*", JSON),
        ("application/json;q=0.1, */*;q=0.9", CSV),
        ("application/*;q=0, */*;q=0.5", CSV),
        ("text/csv;header=present;q=0.9, text/csv;q=0, */*;q=0.5", CSV),
        ("text/csv;header=absent, application/x-ndjson;q=0.3", LINES),
        ("application/json;charset=utf-8", JSON),
        ('application/json;charset="UTF-8"', JSON),
        ("application/json;q=0.000, application/*;q=0.001", LINES),
        ("rubbish", JSON),
        (" , ,", JSON),
    ],
)
def test_the_most_specific_range_decides(accepted: str, chosen: str) -> None:
    assert choose(accepted, FORMS) == chosen


@pytest.mark.parametrize(
    "accepted",
    [
        "text/html",
        "*/*;q=0",
        "text/csv;header=absent",
        "application/json;q=0, text/csv;q=0, application/ndjson;q=0, */*",
    ],
)
def test_what_there_is_not_is_refused(accepted: str) -> None:
    with pytest.raises(NotAcceptable):
        choose(accepted, FORMS)


RANGES = {
    JSON: ("application/json", "application/*", "*/*"),
    CSV: ("text/csv;header=present", "text/csv", "text/*", "*/*"),
    LINES: ("application/x-ndjson", "application/*", "*/*"),
}
"""The ranges that take each format, the most specific first."""
NAMES = sorted({name for names in RANGES.values() for name in names} | {"text/html", "image/*"})


def expected(said: dict[str, float]) -> str | None:
    """What the rule says, without any text to read."""
    if not said:
        return JSON
    weights = {
        form: next((said[name] for name in names if name in said), 0.0)
        for form, names in RANGES.items()
    }
    best = max(weights.values())
    return next(form for form in FORMS if weights[form] == best) if best else None


@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from([0.0, 0.3, 0.7, 1.0])), max_size=6),
    st.sampled_from([*product([",", " , "], [";q=", "; Q="])]),
)
def test_every_field_is_read_as_the_rule_says(
    parts: list[tuple[str, float]], written: tuple[str, str]
) -> None:
    said = dict(parts)
    comma, quality = written

    field = comma.join(f"{name}{quality}{weight}" for name, weight in said.items())

    try:
        chosen = choose(field, FORMS)
    except NotAcceptable:
        chosen = None
    assert chosen == expected(said)


@given(st.text(max_size=60))
def test_no_field_does_harm(field: str) -> None:
    try:
        assert choose(field, FORMS) in FORMS
    except NotAcceptable:
        return
