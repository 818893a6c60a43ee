from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from app.consultations.models.publications import PublishedAnswer, PublishedVote
from app.consultations.repository.articles import ArticleRepository
from app.consultations.repository.publications import PublishedRepository
from app.consultations.rules.articles import day_of_law
from app.consultations.rules.searching import MOST_FOUND, telling_words
from app.consultations.schemas.publications import PublishedAnswerOut, SimilarOut, VoteOut
from app.consultations.service.citing import is_stale, show
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.paging import Found, Slice


class PublishedService:
    """What everybody can read and find of earlier answers, and say of them."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.published = PublishedRepository(session)
        self.articles = ArticleRepository(session)
        self.day = day_of_law(now)

    async def find(self, wanted: Slice) -> Found[PublishedAnswerOut]:
        found = await self.published.find(wanted)
        return Found(await self._shown(found.items), found.next_cursor, found.total)

    async def read(self, publication_id: UUID) -> PublishedAnswerOut:
        [shown] = await self._shown([await self.published.get(publication_id)])
        return shown

    async def similar(self, asked: str) -> SimilarOut:
        """What was answered before to a question like this one; the question is not kept."""
        words = telling_words(asked)
        found = await self.published.similar(words, MOST_FOUND) if words else []
        return SimilarOut(items=await self._shown(found))

    async def vote(
        self, publication_id: UUID, *, helpful: bool, first: Callable[[str], bool]
    ) -> VoteOut:
        """Count one voice, if it is the first of its kind; nothing is kept of whose it was.

        Nor when: it is not in the journal, and its id tells no time.
        """
        await self.published.get(publication_id)
        counts = first(str(publication_id))
        if counts:
            vote = PublishedVote(id=uuid4(), publication_id=publication_id, is_helpful=helpful)
            await self.published.add_vote(vote)
        votes = (await self.published.votes([publication_id]))[publication_id]
        return VoteOut(counted=counts, helpful=votes.helpful, not_helpful=votes.not_helpful)

    async def _shown(self, found: Sequence[PublishedAnswer]) -> list[PublishedAnswerOut]:
        cited = await self.articles.citations([each.answer_id for each in found], self.day)
        votes = await self.published.votes([each.id for each in found])
        replaced = await self.published.superseded([each.id for each in found])
        articles = {each.id: show(cited[each.answer_id]) for each in found}
        return [
            PublishedAnswerOut(
                id=each.id,
                question=each.question,
                answer=each.answer,
                articles=articles[each.id],
                published_at=each.published_at,
                is_stale=is_stale(articles[each.id]) or each.id in replaced,
                is_superseded=each.id in replaced,
                helpful=votes[each.id].helpful,
                not_helpful=votes[each.id].not_helpful,
            )
            for each in found
        ]
