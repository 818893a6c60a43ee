"""What takes no files any more: withdrawn invitations, follow-ups that are done or cancelled."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    op.add_column(
        "evidence_subject",
        sa.Column("is_open", sa.Boolean(), server_default=sa.text("true"), nullable=False),
    )
    op.execute(
        "UPDATE evidence_subject SET is_open = false WHERE id IN (SELECT id FROM invitation"
        " WHERE withdrawn_at IS NOT NULL OR answer IS DISTINCT FROM 'sends_deputy' UNION ALL"
        " SELECT id FROM event_follow_up WHERE state IN ('done', 'cancelled'))"
    )


def downgrade() -> None:
    op.drop_column("evidence_subject", "is_open")
