"""What joins an event with its declaration, its circulars and its devices."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.create_table(
        "explained_circular",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("circular_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["circular_id"], ["circular.id"], name=op.f("fk_explained_circular_circular_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_explained_circular_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explained_circular")),
    )
    op.create_index(
        op.f("ix_explained_circular_event_id_circular_id"),
        "explained_circular",
        ["event_id", "circular_id"],
        unique=True,
    )
    op.create_table(
        "invited_target",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("target_region_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("is_added", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name=op.f("fk_invited_target_declaration_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_invited_target_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_invited_target_invitation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invited_target")),
    )
    op.create_index(
        op.f("ix_invited_target_declaration_id_invitation_id"),
        "invited_target",
        ["declaration_id", "invitation_id"],
        unique=True,
    )
    op.create_index(
        op.f("ix_invited_target_event_id"), "invited_target", ["event_id"], unique=False
    )
    op.create_index(
        op.f("ix_invited_target_invitation_id"), "invited_target", ["invitation_id"], unique=False
    )
    op.create_table(
        "signing_device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_device_id", sa.Uuid(), nullable=False),
        sa.Column("collecting_device_id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("paired_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collecting_device_id"],
            ["collecting_device.id"],
            name=op.f("fk_signing_device_collecting_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name=op.f("fk_signing_device_declaration_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_device_id"], ["event_device.id"], name=op.f("fk_signing_device_event_device_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_device")),
    )
    op.create_index(
        op.f("ix_signing_device_collecting_device_id"),
        "signing_device",
        ["collecting_device_id"],
        unique=True,
    )
    op.create_index(
        op.f("ix_signing_device_event_device_id"),
        "signing_device",
        ["event_device_id"],
        unique=True,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_signing_device_event_device_id"), table_name="signing_device")
    op.drop_index(op.f("ix_signing_device_collecting_device_id"), table_name="signing_device")
    op.drop_table("signing_device")
    op.drop_index(op.f("ix_invited_target_invitation_id"), table_name="invited_target")
    op.drop_index(op.f("ix_invited_target_event_id"), table_name="invited_target")
    op.drop_index(
        op.f("ix_invited_target_declaration_id_invitation_id"), table_name="invited_target"
    )
    op.drop_table("invited_target")
    op.drop_index(
        op.f("ix_explained_circular_event_id_circular_id"), table_name="explained_circular"
    )
    op.drop_table("explained_circular")
