"""How a batch is answered: each item in its place, in the reader's language."""

from collections import Counter
from collections.abc import Sequence

from app.core.batches import Unreadable
from app.core.outcomes import ItemOutcome
from app.core.texts import Language
from app.declarations.schemas.batches import BatchOut, ItemOut
from app.declarations.schemas.signatures import SignatureOut
from app.declarations.service.batches import Answer
from app.web.batches import problem_in


def answer_batch(
    answers: Sequence[Answer], language: Language, *, under: str = "items"
) -> BatchOut:
    items = [_item(place, each, language, under) for place, each in enumerate(answers)]
    counts = Counter(each.outcome for each in items)
    return BatchOut(
        recorded=counts[ItemOutcome.RECORDED],
        repeated=counts[ItemOutcome.REPEATED],
        refused=counts[ItemOutcome.REFUSED],
        items=items,
    )


def _item(place: int, answer: Answer, language: Language, under: str) -> ItemOut:
    id, what, ticket = answer
    if isinstance(what, Unreadable):
        problem = problem_in(place, what, language, under=under)
        return ItemOut(
            id=id, outcome=ItemOutcome.REFUSED, signature=None, ticket=None, problem=problem
        )
    recorded, refusal = what.recorded, what.refusal
    return ItemOut(
        id=id,
        outcome=what.outcome,
        signature=SignatureOut.model_validate(recorded) if recorded else None,
        ticket=ticket,
        problem=problem_in(place, refusal, language, under=under) if refusal else None,
    )
