from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import Select, delete, func, select, text, union
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.consultations.models.publications import Publication, PublishedAnswer, PublishedVote
from app.consultations.models.questions import Consultation
from app.core.errors import NotFound
from app.core.paging import Found, Slice, newest_first

TEXT_SEARCH: Final = "indonesian"
_MOST_SPELT: Final = 12
"""Words that are compared by trigrams, the longest."""
_MOST_RANKED: Final = 100
"""Rows found by each way that are compared with all words: that is what takes time."""
_FOUND: Final = select(PublishedAnswer.id)


class Votes(NamedTuple):
    helpful: int
    not_helpful: int


class PublicationRepository:
    """The texts for the public of one question, which whoever asks has been shown to see."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, publication: Publication) -> None:
        self.session.add(publication)
        await self.session.flush()

    async def of(self, consultation: Consultation) -> Sequence[Publication]:
        query = _of(consultation).order_by(Publication.drafted_at, Publication.id)
        return (await self.session.scalars(query)).all()

    async def get(self, consultation: Consultation, publication_id: UUID) -> Publication:
        query = _of(consultation).where(Publication.id == publication_id)
        publication = await self.session.scalar(query)
        if publication is None:
            raise NotFound
        return publication

    async def publish(
        self, publication: Publication, question: str, answer: str, now: datetime
    ) -> None:
        """Lay it open to the public; the words for the search are made by the database."""
        await self.session.flush()
        words = func.to_tsvector(TEXT_SEARCH, f"{question}\n{answer}")
        await self.session.execute(
            insert(PublishedAnswer).values(
                id=publication.id,
                answer_id=publication.answer_id,
                question=question,
                answer=answer,
                words=words,
                published_at=now,
            )
        )

    async def close(self, publication: Publication) -> None:
        """Take it from the public, whole."""
        gone = delete(PublishedAnswer).where(PublishedAnswer.id == publication.id)
        await self.session.execute(gone)
        await self.session.flush()


class PublishedRepository:
    """What the public reads: the same for everybody."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def find(self, wanted: Slice) -> Found[PublishedAnswer]:
        by = (PublishedAnswer.published_at, PublishedAnswer.id)
        return await newest_first(self.session, select(PublishedAnswer), by, wanted)

    async def get(self, publication_id: UUID) -> PublishedAnswer:
        found = await self.session.get(PublishedAnswer, publication_id)
        if found is None:
            raise NotFound
        return found

    async def similar(self, words: Sequence[str], most: int) -> Sequence[PublishedAnswer]:
        """By words in any form, and by trigrams where one is misspelt; the nearest first."""
        query = func.to_tsquery(TEXT_SEARCH, " | ".join(words))
        # Each word for itself: of a sentence as a whole, one misspelt word is too little.
        spelt = sorted(words, key=len, reverse=True)[:_MOST_SPELT]
        question = PublishedAnswer.question
        by_words = func.ts_rank(PublishedAnswer.words, query)
        bearing = _FOUND.where(PublishedAnswer.words.bool_op("@@")(query))
        near = [
            bearing.order_by(by_words.desc()),
            *(_FOUND.where(question.bool_op("%>")(word)) for word in spelt),
        ]
        alike = (func.word_similarity(word, question) for word in spelt)
        rank = sum(alike, start=by_words)
        few = union(*(select(each.limit(_MOST_RANKED).subquery()) for each in near))
        ordered = select(PublishedAnswer).where(PublishedAnswer.id.in_(few))
        ordered = ordered.order_by(rank.desc(), PublishedAnswer.id)
        # The planner takes a comparison of trigrams to cost no more than one of numbers, and would
        # compare every row with every word.
        await self.session.execute(text("SET LOCAL enable_seqscan = off"))
        return (await self.session.scalars(ordered.limit(most))).all()

    async def superseded(self, ids: Collection[UUID]) -> set[UUID]:
        """Those on an answer that the office has replaced since."""
        query = select(Publication.id).join(
            Consultation, Publication.consultation_id == Consultation.id
        )
        otherwise = Consultation.answer_id != Publication.answer_id
        return set(await self.session.scalars(query.where(Publication.id.in_(ids), otherwise)))

    async def add_vote(self, vote: PublishedVote) -> None:
        self.session.add(vote)
        await self.session.flush()

    async def votes(self, ids: Collection[UUID]) -> dict[UUID, Votes]:
        helpful = func.count().filter(PublishedVote.is_helpful)
        query = select(PublishedVote.publication_id, helpful, func.count() - helpful)
        query = query.where(PublishedVote.publication_id.in_(ids))
        rows = await self.session.execute(query.group_by(PublishedVote.publication_id))
        counted = {id: Votes(yes, no) for id, yes, no in rows}
        return {id: counted.get(id, Votes(0, 0)) for id in ids}


def _of(consultation: Consultation) -> Select[Publication]:
    return select(Publication).where(Publication.consultation_id == consultation.id)
