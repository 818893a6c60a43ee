"""Who takes a packed answer, and who does not."""

import pytest

from app.web.packing import takes_gzip


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("deflate, *", True),
        ("gzip;q=0.000, *", False),
        ("gzip; q=0", False),
        ("*;q=0", False),
        ("identity", False),
        ("", False),
        (";;,q=,gzip;q=", True),
    ],
)
def test_gzip_is_sent_to_who_takes_it(accepted: str, *, takes: bool) -> None:
    assert takes_gzip(accepted) is takes
