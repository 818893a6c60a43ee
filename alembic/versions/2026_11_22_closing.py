"""closing"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("declaration", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    # Until now only the journal said when.
    op.execute(
        """
        UPDATE declaration SET closed_at = told.at
        FROM (
            SELECT subject_id, max(at) AS at FROM journal_entry
            WHERE action = 'declaration.closed' GROUP BY subject_id
        ) AS told
        WHERE told.subject_id = declaration.id AND declaration.status = 'closed'
        """
    )


def downgrade() -> None:
    op.drop_column("declaration", "closed_at")
