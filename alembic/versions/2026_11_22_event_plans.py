"""event plans"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

TEXTS = (
    "other_kind",
    "other_stage",
    "description",
    "electoral_territory",
    "assignment_letter",
    "repository_link",
    "online_link",
)
IDS = ("declaration_id", "circular_id", "series_id", "copied_from_id")
FORMS = (
    "vulnerability_identification",
    "education",
    "public_participation",
    "cooperation",
    "official_letter",
    "publication",
    "other",
)


def upgrade() -> None:
    for name in TEXTS:
        op.add_column("event", sa.Column(name, sa.String(), nullable=True))
    for name in IDS:
        op.add_column("event", sa.Column(name, sa.Uuid(), nullable=True))
    form = sa.Enum(*FORMS, name="preventionform", native_enum=False, length=40)
    op.add_column("event", sa.Column("prevention_form", form, nullable=True))
    op.add_column("event", sa.Column("capacity", sa.Integer(), nullable=True))
    _add_number("event", "sequence", "0")
    _add_number("event_session", "version", "1")
    for name in ("series_id", "copied_from_id"):
        op.create_foreign_key(op.f(f"fk_event_{name}"), "event", "event", [name], ["id"])
    op.create_index(
        op.f("ix_event_series_id_drafted_at_id"),
        "event",
        ["series_id", "drafted_at", "id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_event_series_id_drafted_at_id"), table_name="event")
    for name in ("series_id", "copied_from_id"):
        op.drop_constraint(op.f(f"fk_event_{name}"), "event", type_="foreignkey")
    op.drop_column("event_session", "version")
    for name in ("sequence", "capacity", "prevention_form", *IDS, *TEXTS):
        op.drop_column("event", name)


def _add_number(table: str, column: str, first: str) -> None:
    """Rows that are there already begin where new ones do."""
    number = sa.Column(column, sa.Integer(), nullable=False, server_default=sa.text(first))
    op.add_column(table, number)
    op.alter_column(table, column, server_default=None)
