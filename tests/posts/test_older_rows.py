"""What was invited before offices had a key is known again by the same key."""

from itertools import product
from uuid import UUID

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import ColumnClause, String, Uuid, bindparam, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.posts.rules.categories import PostCategory
from app.posts.rules.keys import office_key

CODES = ("00", "13", "13.03", "13.71", "13.03.03", "13.03.03.2001")
NAMES = ("Kantor Camat Rekaan", "Kab. Rekaan", "Dinas Rekaan Kab. Contoh")
ID = UUID("01932b5e-7c00-7000-8000-0000000000aa")


async def test_the_migration_writes_the_key_as_the_rule_does(
    schema: Config, connection: AsyncConnection
) -> None:
    module = ScriptDirectory.from_config(schema).get_revision("0032").module
    columns = {"region_code": String, "office_name": String, "office_id": Uuid, "category": String}
    invited = select(*(bindparam(name, type_=kind()).label(name) for name, kind in columns.items()))
    key: ColumnClause[str] = literal_column(module.KEY, String())
    query = select(key).select_from(invited.subquery())
    categories = (*PostCategory, None)
    for code, name, id, category in product(CODES, NAMES, (ID, None), categories):
        said = dict(zip(columns, (code, name, id, category), strict=True))
        assert await connection.scalar(query, said) == office_key(code, name, id, category), said
