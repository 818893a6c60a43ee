"""signing"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "invalidation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(
                "same_person_elsewhere",
                "outside_opening",
                "target_removed",
                "paper_and_electronic",
                "rejected_by_organiser",
                name="rule",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("previewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previewed_by", sa.Uuid(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_by", sa.Uuid(), nullable=True),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reversed_by", sa.Uuid(), nullable=True),
        sa.Column("reinstated", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name=op.f("fk_invalidation_declaration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invalidation")),
    )
    op.create_index(
        op.f("ix_invalidation_declaration_id_previewed_at_id"),
        "invalidation",
        ["declaration_id", "previewed_at", "id"],
        unique=False,
    )
    op.create_table(
        "invalidation_find",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invalidation_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("signature_id", sa.Uuid(), nullable=False),
        sa.Column("leaf_index", sa.BigInteger(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invalidation_id"],
            ["invalidation.id"],
            name=op.f("fk_invalidation_find_invalidation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invalidation_find")),
    )
    op.create_index(
        op.f("ix_invalidation_find_invalidation_id_found_at_id"),
        "invalidation_find",
        ["invalidation_id", "found_at", "id"],
        unique=False,
    )
    op.create_table(
        "signature_change",
        sa.Column("region_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("signature_id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column(
            "change",
            sa.Enum(
                "withdrawn",
                "invalidated",
                "reinstated",
                "confirmed",
                "rejected",
                name="change",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "rule",
            sa.Enum(
                "same_person_elsewhere",
                "outside_opening",
                "target_removed",
                "paper_and_electronic",
                "rejected_by_organiser",
                name="rule",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "why",
            sa.Enum(
                "mistake",
                "changed_mind",
                "pressured",
                "not_me",
                "other",
                name="withdrawalreason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("invalidation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "public",
                "receipt",
                "officer",
                "client",
                "system",
                name="actorkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leaf_index", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["region_id", "signature_id"],
            ["signature.region_id", "signature.id"],
            name=op.f("fk_signature_change_region_id_signature_id"),
        ),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_signature_change")),
    )
    op.create_index(
        "ix_signature_change_invalidation",
        "signature_change",
        ["region_id", "invalidation_id"],
        unique=False,
        postgresql_where=sa.text("invalidation_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_signature_change_region_id_signature_id_at"),
        "signature_change",
        ["region_id", "signature_id", "at"],
        unique=False,
    )
    op.add_column(
        "declaration",
        sa.Column("open_link", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    op.alter_column("declaration", "open_link", server_default=None)
    op.drop_constraint(
        op.f("uq_signature_region_id_declaration_id_person_key"), "signature", type_="unique"
    )
    op.create_index(
        "ix_signature_waiting",
        "signature",
        ["declaration_id", "recorded_at", "id"],
        unique=False,
        postgresql_where=sa.text("\"check\" = 'waiting'"),
    )
    op.create_index(
        "uq_signature_person",
        "signature",
        ["region_id", "declaration_id", "person_key"],
        unique=True,
        postgresql_where=sa.text("\"check\" <> 'rejected'"),
    )
    op.add_column("signer", sa.Column("secret_hash", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("signer", "secret_hash")
    op.drop_index(
        "uq_signature_person",
        table_name="signature",
        postgresql_where=sa.text("\"check\" <> 'rejected'"),
    )
    op.drop_index(
        "ix_signature_waiting",
        table_name="signature",
        postgresql_where=sa.text("\"check\" = 'waiting'"),
    )
    op.create_unique_constraint(
        op.f("uq_signature_region_id_declaration_id_person_key"),
        "signature",
        ["region_id", "declaration_id", "person_key"],
        postgresql_nulls_not_distinct=False,
    )
    op.drop_column("declaration", "open_link")
    op.drop_index(
        op.f("ix_signature_change_region_id_signature_id_at"), table_name="signature_change"
    )
    op.drop_index(
        "ix_signature_change_invalidation",
        table_name="signature_change",
        postgresql_where=sa.text("invalidation_id IS NOT NULL"),
    )
    op.drop_table("signature_change")
    op.drop_index(
        op.f("ix_invalidation_find_invalidation_id_found_at_id"), table_name="invalidation_find"
    )
    op.drop_table("invalidation_find")
    op.drop_index(op.f("ix_invalidation_declaration_id_previewed_at_id"), table_name="invalidation")
    op.drop_table("invalidation")
