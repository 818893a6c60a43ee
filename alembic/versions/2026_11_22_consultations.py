"""consultations"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column(
            "asker",
            sa.Enum("civil_servant", "citizen", name="askerkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "answered",
                "turned",
                name="consultationstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unread_messages", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=True),
        sa.Column("sealed_complaint", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    op.create_index(
        op.f("ix_consultation_asked_at_id"), "consultation", ["asked_at", "id"], unique=False
    )
    op.create_index(
        "ix_consultation_region_code_prefix",
        "consultation",
        ["region_code", "asked_at"],
        unique=False,
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.create_index(
        "ix_consultation_unanswered",
        "consultation",
        ["asked_at", "id"],
        unique=False,
        postgresql_where=sa.text("answer_id IS NULL"),
    )
    op.create_table(
        "law_article",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("about_id", sa.String(), nullable=False),
        sa.Column("about_en", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "primary",
                "secondary",
                "known",
                "unverified",
                name="confidence",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", "version", name=op.f("pk_law_article")),
    )
    op.create_table(
        "consultation_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_answer_consultation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_answer")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_consultation_answer_consultation_id_number")
        ),
    )
    op.create_table(
        "consultation_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["consultation.id"], name=op.f("fk_consultation_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_question")),
    )
    op.create_table(
        "consultation_citation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["consultation_answer.id"],
            name=op.f("fk_consultation_citation_answer_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_citation")),
    )
    op.create_index(
        op.f("ix_consultation_citation_answer_id_position"),
        "consultation_citation",
        ["answer_id", "position"],
        unique=False,
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "drafted",
                "published",
                "rejected",
                "withdrawn",
                name="publicationstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["consultation_answer.id"], name=op.f("fk_publication_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_publication_consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_index(
        op.f("ix_publication_consultation_id_drafted_at"),
        "publication",
        ["consultation_id", "drafted_at"],
        unique=False,
    )
    op.create_index(
        "ix_publication_live",
        "publication",
        ["consultation_id"],
        unique=True,
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "published_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["publication.id"], name=op.f("fk_published_answer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_answer")),
    )
    op.create_index(
        op.f("ix_published_answer_published_at_id"),
        "published_answer",
        ["published_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_published_answer_question_trigrams",
        "published_answer",
        ["question"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"question": "gin_trgm_ops"},
    )
    op.create_index(
        op.f("ix_published_answer_words"),
        "published_answer",
        ["words"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "published_vote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("is_helpful", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_published_vote_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_vote")),
    )
    op.create_index(
        op.f("ix_published_vote_publication_id"), "published_vote", ["publication_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_published_vote_publication_id"), table_name="published_vote")
    op.drop_table("published_vote")
    op.drop_index(
        op.f("ix_published_answer_words"), table_name="published_answer", postgresql_using="gin"
    )
    op.drop_index(
        "ix_published_answer_question_trigrams",
        table_name="published_answer",
        postgresql_using="gin",
        postgresql_ops={"question": "gin_trgm_ops"},
    )
    op.drop_index(op.f("ix_published_answer_published_at_id"), table_name="published_answer")
    op.drop_table("published_answer")
    op.drop_index(
        "ix_publication_live",
        table_name="publication",
        postgresql_where=sa.text("state = 'published'"),
    )
    op.drop_index(op.f("ix_publication_consultation_id_drafted_at"), table_name="publication")
    op.drop_table("publication")
    op.drop_index(
        op.f("ix_consultation_citation_answer_id_position"), table_name="consultation_citation"
    )
    op.drop_table("consultation_citation")
    op.drop_table("consultation_question")
    op.drop_table("consultation_answer")
    op.drop_table("law_article")
    op.drop_index(
        "ix_consultation_unanswered",
        table_name="consultation",
        postgresql_where=sa.text("answer_id IS NULL"),
    )
    op.drop_index(
        "ix_consultation_region_code_prefix",
        table_name="consultation",
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.drop_index(op.f("ix_consultation_asked_at_id"), table_name="consultation")
    op.drop_table("consultation")
