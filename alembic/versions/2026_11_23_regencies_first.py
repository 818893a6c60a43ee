"""regencies first"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"

_TURN = """
    UPDATE figure_cell SET by_a = by_b, by_b = by_a, code_a = code_b, code_b = code_a
    WHERE {} = 'regency' AND by_a <> '' AND by_b <> ''
"""


def upgrade() -> None:
    # All that is kept of a regency lies together: its days are one short range of the index.
    op.execute(sa.text(_TURN.format("by_b")))


def downgrade() -> None:
    op.execute(sa.text(_TURN.format("by_a") + " AND by_b < 'regency'"))
