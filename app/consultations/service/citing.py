"""How citations look on the wire, and when an answer is stale."""

from collections.abc import Sequence
from uuid import UUID

from app.consultations.models.answers import Citation
from app.consultations.rules.articles import Article
from app.consultations.schemas.answers import CitationOut


def cite(answer_id: UUID, articles: Sequence[Article]) -> list[Citation]:
    """Keep the articles as they stand today."""
    return [
        Citation(
            answer_id=answer_id,
            position=position,
            code=each.code,
            version=each.version,
            law=each.law,
            article=each.article,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
            digest=each.digest,
        )
        for position, each in enumerate(articles)
    ]


def show(cited: Sequence[tuple[Citation, bool]]) -> list[CitationOut]:
    return [
        CitationOut(
            code=each.code,
            version=each.version,
            law=each.law,
            article=each.article,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
            is_current=is_current,
        )
        for each, is_current in cited
    ]


def is_stale(shown: Sequence[CitationOut]) -> bool:
    return not all(each.is_current for each in shown)
