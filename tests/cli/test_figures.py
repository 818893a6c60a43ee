"""The operator makes the figures anew."""

import subprocess

from tests.cli.service import NETRA, Service
from tests.servers import ask

UNKNOWN = """
    SELECT array_agg(relname::text) FROM pg_stat_user_tables
    WHERE relname IN ('figure_cell', 'figure_fact', 'figure_stage') AND last_analyze IS NULL
"""


def test_the_server_knows_how_large_the_figures_are_once_they_were_made_anew(
    lasting: Service,
) -> None:
    subprocess.run(  # noqa: S603  our own program
        [NETRA, "stats", "rebuild", "--data", lasting.home], check=True
    )

    assert ask(lasting.server, UNKNOWN) is None
