from sqlalchemy.ext.asyncio import AsyncSession

from app.consultations.files.articles import read_articles
from app.consultations.repository.articles import ArticleRepository
from app.consultations.rules.articles import Article
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
        for article in articles:
            await self.articles.put(article)
        progress(len(articles), len(articles))
