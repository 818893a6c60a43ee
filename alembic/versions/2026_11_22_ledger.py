"""ledger: tiles, checkpoints, keys and witnesses"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "ledger_chain",
        sa.Column("cluster", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("below", sa.BigInteger(), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("cluster", name=op.f("pk_ledger_chain")),
    )
    op.create_table(
        "ledger_checkpoint",
        sa.Column(
            "log",
            sa.Enum("declarations", "journal", name="logname", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("signer_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("log", "size", name=op.f("pk_ledger_checkpoint")),
    )
    op.create_table(
        "ledger_cosignature",
        sa.Column(
            "log",
            sa.Enum("declarations", "journal", name="logname", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("witness_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("log", "size", "witness_id", name=op.f("pk_ledger_cosignature")),
    )
    op.create_table(
        "ledger_edge",
        sa.Column(
            "log",
            sa.Enum("declarations", "journal", name="logname", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("index", sa.BigInteger(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log", "level", name=op.f("pk_ledger_edge")),
    )
    op.create_table(
        "ledger_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "log",
            sa.Enum("declarations", "journal", name="logname", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("verifier_key", sa.String(), nullable=False),
        sa.Column("sealed_private", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_key")),
    )
    op.create_index(
        op.f("ix_ledger_key_log"),
        "ledger_key",
        ["log"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "ledger_tile",
        sa.Column(
            "log",
            sa.Enum("declarations", "journal", name="logname", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log", "level", "index", name=op.f("pk_ledger_tile")),
    )
    op.create_table(
        "ledger_witness",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("verifier_key", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_witness")),
    )
    op.create_index(
        op.f("ix_ledger_witness_name"),
        "ledger_witness",
        ["name"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
    )
    op.add_column(
        "ledger_leaf",
        sa.Column(
            "added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
    )
    op.create_index(
        op.f("ix_ledger_leaf_subject_id"),
        "ledger_leaf",
        ["subject_id"],
        unique=False,
        postgresql_where=sa.text("log = 'journal'"),
    )


def downgrade() -> None:
    op.drop_index(
        op.f("ix_ledger_leaf_subject_id"),
        table_name="ledger_leaf",
        postgresql_where=sa.text("log = 'journal'"),
    )
    op.drop_column("ledger_leaf", "added_at")
    op.drop_index(
        op.f("ix_ledger_witness_name"),
        table_name="ledger_witness",
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_table("ledger_witness")
    op.drop_table("ledger_tile")
    op.drop_index(
        op.f("ix_ledger_key_log"),
        table_name="ledger_key",
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_table("ledger_key")
    op.drop_table("ledger_edge")
    op.drop_table("ledger_cosignature")
    op.drop_table("ledger_checkpoint")
    op.drop_table("ledger_chain")
