"""following"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    op.create_index(
        "ix_journal_entry_of_things",
        "journal_entry",
        ["transaction_id", "id"],
        postgresql_where=sa.text("action <> 'signature.added'"),
    )
    op.create_table(
        "covered_log",
        sa.Column(
            "log",
            sa.Enum(
                "declarations",
                "circulars",
                "journal",
                name="logname",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_covered_log")),
    )
    op.execute("INSERT INTO covered_log (log, size) SELECT log, size FROM counted_log")


def downgrade() -> None:
    # There was one place for both: where coverage is behind, let the worker bring it along first.
    op.execute(
        """
        DO $$ BEGIN
            IF EXISTS (SELECT FROM counted_log JOIN covered_log USING (log)
                       WHERE counted_log.size <> covered_log.size) THEN
                RAISE 'coverage is behind the tallies';
            END IF;
        END $$
        """
    )
    op.drop_table("covered_log")
    op.drop_index("ix_journal_entry_of_things", table_name="journal_entry")
