from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.consultations.files.articles import read_articles
from app.consultations.repository.articles import ArticleRepository
from app.consultations.rules.articles import Article, overlapping
from app.consultations.schemas.answers import ArticleFilter
from app.core.paging import Found
from app.core.reference import Progress


class CatalogueService:
    """The articles of the law, which are data."""

    def __init__(self, session: AsyncSession) -> None:
        self.articles = ArticleRepository(session)

    async def find(self, wanted: ArticleFilter) -> Found[Article]:
        return await self.articles.find(wanted)

    async def load(self, progress: Progress) -> None:
        articles = read_articles()
        await self.replace(articles)
        progress(len(articles), len(articles))

    async def replace(self, articles: Sequence[Article]) -> None:
        """Know these articles and no others: what is not among them holds no more.

        Refuse two versions that hold on one day (ValueError): nobody would know which is cited.
        """
        twice = overlapping(articles)
        if twice:
            raise ValueError(f"two versions hold on one day: {', '.join(sorted(twice))}")
        for article in articles:
            await self.articles.put(article)
        await self.articles.keep_only([(each.code, each.version) for each in articles])
