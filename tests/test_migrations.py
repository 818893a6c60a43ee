import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection


def test_the_models_and_the_migrations_agree(schema: Config) -> None:
    command.check(schema)


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE journal_entry SET action = 'nothing'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "DELETE FROM journal_sequence",
        "UPDATE evidence SET media_type = 'text/plain'",
        "UPDATE evidence SET content_index = sealed",
        "UPDATE evidence SET sealed = sealed_key",
        "DELETE FROM evidence",
        "TRUNCATE evidence CASCADE",
        "UPDATE evidence_opening SET officer_id = office_id",
        "DELETE FROM evidence_opening",
        "UPDATE minutes SET version = 9",
        "DELETE FROM minutes",
        "DELETE FROM minutes_approval",
        "UPDATE attendance_closing SET sha256 = ''",
        "DELETE FROM event_follow_up_report",
        "UPDATE ledger_leaf SET data = ''",
        "DELETE FROM ledger_leaf",
        "UPDATE ledger_tile SET hashes = ''",
        "DELETE FROM ledger_tile",
        "UPDATE ledger_checkpoint SET root = ''",
        "DELETE FROM ledger_checkpoint",
        "DELETE FROM ledger_cosignature",
        "CREATE TABLE mine (id int)",
        "ALTER TABLE complaint DROP COLUMN status",
        "DROP TABLE complaint",
    ],
)
async def test_the_application_cannot_rewrite_history(
    connection: AsyncConnection, attempt: str
) -> None:
    with pytest.raises(DBAPIError) as refused:
        await connection.execute(text(attempt))

    assert refused.value.orig.sqlstate == "42501"  # type: ignore[union-attr]
