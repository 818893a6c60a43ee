"""invites"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

CATEGORY = sa.Enum(
    "regional_head",
    "regional_secretary",
    "regional_agency",
    "personnel_agency",
    "subdistrict_head",
    "urban_village_head",
    "village_head",
    "supervisor",
    "subdistrict_supervisor",
    "election_commission",
    "military",
    "police",
    "political_party",
    "press",
    "community",
    "other",
    name="invitationcategory",
    native_enum=False,
    length=40,
)


def upgrade() -> None:
    op.add_column("invitation", sa.Column("category", CATEGORY, nullable=True))
    op.add_column("invitation", sa.Column("duty_letter_number", sa.String(), nullable=True))
    op.add_column("invitation", sa.Column("queue_number", sa.Integer(), nullable=True))
    op.add_column(
        "invitation", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True)
    )
    for table in ("invitation_deputy", "invitation_address"):
        op.create_table(
            table,
            sa.Column("invitation_id", sa.Uuid(), nullable=False),
            sa.Column("sealed", sa.LargeBinary(), nullable=False),
            sa.ForeignKeyConstraint(
                ["invitation_id"], ["invitation.id"], name=op.f(f"fk_{table}_invitation_id")
            ),
            sa.PrimaryKeyConstraint("invitation_id", name=op.f(f"pk_{table}")),
        )
    # Who accepted before there were seats stands in the queue in the order of answering.
    op.execute(
        """
        UPDATE invitation SET queue_number = queue.number
        FROM (
            SELECT id, row_number() OVER (PARTITION BY event_id ORDER BY answered_at, id) AS number
            FROM invitation WHERE answer IN ('coming', 'sends_deputy')
        ) AS queue
        WHERE queue.id = invitation.id
        """
    )
    op.create_index(
        op.f("ix_invitation_event_id_queue_number"),
        "invitation",
        ["event_id", "queue_number"],
        unique=True,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_invitation_event_id_queue_number"), table_name="invitation")
    op.drop_table("invitation_address")
    op.drop_table("invitation_deputy")
    for column in ("withdrawn_at", "queue_number", "duty_letter_number", "category"):
        op.drop_column("invitation", column)
