"""ledger_and_rosters

Signatures from before the ledger become its first leaves. What they commit to is drawn at random,
as if their salts had been erased: they count, and nobody is named by them.
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import context, op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "ledger_leaf",
        sa.Column(
            "log",
            sa.Enum("declarations", "journal", name="logname", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("log", "index", name=op.f("pk_ledger_leaf")),
    )
    op.create_table(
        "ledger_log",
        sa.Column(
            "name",
            sa.Enum("declarations", "journal", name="logname", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_ledger_log")),
    )
    op.create_table(
        "target",
        sa.Column("region_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column(
            "group",
            sa.Enum(
                "asn_pns",
                "asn_pppk",
                "asn_pppk_part_time",
                "non_asn",
                "tni",
                "polri",
                "village_head",
                "village_official",
                "bpd",
                "state_official",
                "regional_official",
                "state_enterprise",
                "election_organiser",
                "other",
                name="group",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "role",
            sa.Enum(
                "signatory",
                "representative",
                "witness",
                name="signatoryrole",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("person_key", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("person_hash", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name=op.f("fk_target_declaration_id")
        ),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_target")),
        sa.UniqueConstraint(
            "region_id",
            "declaration_id",
            "person_key",
            name=op.f("uq_target_region_id_declaration_id_person_key"),
        ),
    )
    op.create_index(
        op.f("ix_target_declaration_id_region_id_office"),
        "target",
        ["declaration_id", "region_id", "office"],
        unique=False,
    )
    op.add_column("declaration", sa.Column("text_hash", sa.String(), nullable=True))
    op.add_column("signature", sa.Column("leaf_index", sa.BigInteger(), nullable=True))
    op.add_column(
        "signature",
        sa.Column(
            "state",
            sa.Enum(
                "valid",
                "withdrawn",
                "invalidated",
                name="signaturestate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
            server_default="valid",
        ),
    )
    op.alter_column("signature", "state", server_default=None)
    op.add_column(
        "signature",
        sa.Column(
            "check",
            sa.Enum(
                "not_needed",
                "waiting",
                "confirmed",
                "rejected",
                name="check",
                native_enum=False,
                length=40,
            ),
            nullable=False,
            server_default="not_needed",
        ),
    )
    op.alter_column("signature", "check", server_default=None)
    op.add_column("signature", sa.Column("stands_for", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_signature_stands_for",
        "signature",
        ["region_id", "stands_for"],
        unique=False,
        postgresql_where=sa.text("stands_for IS NOT NULL"),
    )
    op.add_column("signer", sa.Column("salt", sa.LargeBinary(), nullable=True))
    if not context.is_offline_mode():
        _hash_texts()
    _sequence()
    op.alter_column("declaration", "text_hash", nullable=False)
    op.alter_column("signature", "leaf_index", nullable=False)


def _hash_texts() -> None:
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            "SELECT d.id, d.local_points, t.content_hash FROM declaration d"
            " JOIN pledge_text t ON t.id = d.pledge_text_id"
        )
    )
    for id, points, text_hash in rows.all():
        signed = text_hash
        if points:
            content = {"text": text_hash, "local_points": points}
            plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            signed = hashlib.sha256(plain.encode()).hexdigest()
        connection.execute(
            sa.text("UPDATE declaration SET text_hash = :hash WHERE id = :id"),
            {"hash": signed, "id": id},
        )


def _sequence() -> None:
    op.execute(
        "WITH numbered AS (SELECT region_id, id,"
        " row_number() OVER (ORDER BY recorded_at, id) - 1 AS place FROM signature)"
        " UPDATE signature s SET leaf_index = place FROM numbered n"
        " WHERE n.region_id = s.region_id AND n.id = s.id"
    )
    op.execute(
        "INSERT INTO ledger_leaf (log, index, data, region_id, subject_id)"
        " SELECT 'declarations', leaf_index, convert_to(concat_ws(' ', 'netra-leaf/1 signed',"
        " declaration_id, rtrim(translate(encode(decode(d.text_hash, 'hex'), 'base64'),"
        " '+/', '-_'), '='), left(s.region_code, 5), s.\"group\", s.role,"
        " rtrim(translate(encode(sha256(uuid_send(gen_random_uuid()) ||"
        " uuid_send(gen_random_uuid())), 'base64'), '+/', '-_'), '=')), 'UTF8'),"
        " s.region_id, s.id"
        " FROM signature s JOIN declaration d ON d.id = s.declaration_id"
    )
    op.execute("INSERT INTO ledger_log SELECT 'declarations', count(*) FROM ledger_leaf")


def downgrade() -> None:
    op.drop_column("signer", "salt")
    op.drop_index(
        "ix_signature_stands_for",
        table_name="signature",
        postgresql_where=sa.text("stands_for IS NOT NULL"),
    )
    op.drop_column("signature", "stands_for")
    op.drop_column("signature", "check")
    op.drop_column("signature", "state")
    op.drop_column("signature", "leaf_index")
    op.drop_column("declaration", "text_hash")
    op.drop_index(op.f("ix_target_declaration_id_region_id_office"), table_name="target")
    op.drop_table("target")
    op.drop_table("ledger_log")
    op.drop_table("ledger_leaf")
