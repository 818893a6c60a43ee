"""keys"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# The first 48 bits of a UUIDv7 are the milliseconds at which it was made (RFC 9562, 5.7).
KEYS_BEGAN = """
UPDATE data_key SET in_use_from =
to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0)
"""
SIGNATURES_NAME_THEIR_KEY = """
UPDATE signature SET key_id =
(SELECT id FROM data_key WHERE purpose = 'index' ORDER BY generation DESC LIMIT 1)
"""
UPLOADS_NAME_THEIR_KEY = """
UPDATE upload SET key_id =
(SELECT id FROM data_key WHERE purpose = 'index' ORDER BY generation DESC LIMIT 1)
"""


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column("data_key", sa.Column("in_use_from", moment, nullable=True))
    op.add_column("data_key", sa.Column("emptied_at", moment, nullable=True))
    op.add_column("data_key", sa.Column("retired_at", moment, nullable=True))
    op.execute(KEYS_BEGAN)
    op.alter_column("data_key", "in_use_from", nullable=False)
    op.add_column("signature", sa.Column("key_id", sa.Uuid(), nullable=True))
    op.execute(SIGNATURES_NAME_THEIR_KEY)
    op.alter_column("signature", "key_id", nullable=False)
    op.add_column("upload", sa.Column("key_id", sa.Uuid(), nullable=True))
    op.execute(UPLOADS_NAME_THEIR_KEY)
    op.alter_column("upload", "key_id", nullable=False)
    op.alter_column("stored_answer", "sealed", new_column_name="answer")


def downgrade() -> None:
    op.alter_column("stored_answer", "answer", new_column_name="sealed")
    op.drop_column("upload", "key_id")
    op.drop_column("signature", "key_id")
    for column in ("retired_at", "emptied_at", "in_use_from"):
        op.drop_column("data_key", column)
