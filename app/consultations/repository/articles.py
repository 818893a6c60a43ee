from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.consultations.models.answers import Citation, StoredArticle
from app.consultations.rules.articles import Article
from app.consultations.schemas.answers import ArticleFilter
from app.core.paging import Found, count, cursor_after, place_of
from app.core.texts import Text

_ARTICLE = StoredArticle


class ArticleRepository:
    """The articles of the law, the same for every reader, and what cites them."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def in_force(self, codes: Collection[str], day: date) -> dict[str, Article]:
        """By code, the version of each that holds on this day; none where none does."""
        query = select(_ARTICLE).where(_ARTICLE.code.in_(codes), _holds_on(day))
        return {row.code: article_of(row) for row in await self.session.scalars(query)}

    async def find(self, wanted: ArticleFilter) -> Found[Article]:
        """One page in the order of code and version."""
        query = select(_ARTICLE)
        if wanted.on is not None:
            query = query.where(_holds_on(wanted.on))
        if wanted.law is not None:
            query = query.where(_ARTICLE.law == wanted.law)
        total = await count(self.session, query) if wanted.count else None
        if wanted.cursor:
            query = query.where(tuple_(_ARTICLE.code, _ARTICLE.version) > place_of(wanted, _place))
        query = query.order_by(_ARTICLE.code, _ARTICLE.version).limit(wanted.limit + 1)
        rows = (await self.session.scalars(query)).all()
        page = [article_of(row) for row in rows[: wanted.limit]]
        last = page[-1] if len(rows) > wanted.limit else None
        after = cursor_after(wanted, last.code, str(last.version)) if last else None
        return Found(page, after, total)

    async def put(self, article: Article) -> None:
        await self.session.merge(_stored(article))

    async def keep_only(self, versions: Collection[tuple[str, int]]) -> None:
        """Delete every other: answers keep copies, and become stale where theirs is gone."""
        await self.session.flush()
        known = tuple_(_ARTICLE.code, _ARTICLE.version)
        await self.session.execute(delete(_ARTICLE).where(known.not_in(versions)))

    async def citations(
        self, answer_ids: Collection[UUID], day: date
    ) -> dict[UUID, list[tuple[Citation, bool]]]:
        """What each answer cites, in its order, and whether it still holds as it was cited."""
        query = select(Citation, ~has_changed(day)).where(Citation.answer_id.in_(answer_ids))
        rows = await self.session.execute(query.order_by(Citation.answer_id, Citation.position))
        cited: dict[UUID, list[tuple[Citation, bool]]] = {id: [] for id in answer_ids}
        for citation, is_current in rows:
            cited[citation.answer_id].append((citation, is_current))
        return cited


def has_changed(day: date) -> ColumnElement[bool]:
    """Of a citation: on this day no row of the law says any more what was cited.

    It has ended, another version has taken its place, or the row was corrected.
    """
    as_cited = (
        _ARTICLE.code == Citation.code,
        _ARTICLE.version == Citation.version,
        _ARTICLE.digest == Citation.digest,
    )
    return ~exists().where(*as_cited, _holds_on(day))


def _holds_on(day: date) -> ColumnElement[bool]:
    lasts = or_(_ARTICLE.valid_to.is_(None), _ARTICLE.valid_to >= day)
    return (_ARTICLE.valid_from <= day) & lasts


def _place(code: str, version: str) -> tuple[str, int]:
    return code, int(version)


def _stored(article: Article) -> StoredArticle:
    return StoredArticle(
        code=article.code,
        version=article.version,
        law=article.law,
        article=article.article,
        about_id=article.about.id,
        about_en=article.about.en,
        source=article.source,
        confidence=article.confidence,
        valid_from=article.valid_from,
        valid_to=article.valid_to,
        digest=article.digest,
    )


def article_of(row: StoredArticle) -> Article:
    return Article(
        code=row.code,
        version=row.version,
        law=row.law,
        article=row.article,
        about=Text(row.about_id, row.about_en),
        source=row.source,
        confidence=row.confidence,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
