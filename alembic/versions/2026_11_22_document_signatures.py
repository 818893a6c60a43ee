"""document signatures"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("signature_capture", sa.Column("document_signature", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("signature_capture", "document_signature")
