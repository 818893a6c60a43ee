"""How a batch is answered: each item in its place, in the reader's language."""

from collections import Counter
from collections.abc import Sequence

from app.core.errors import DomainError, Fault, Invalid
from app.core.texts import Language
from app.declarations.rules.choosing import refused
from app.declarations.rules.room import ItemOutcome
from app.declarations.schemas.batches import BatchOut, FaultOut, ItemOut, ItemProblem, Unreadable
from app.declarations.schemas.signatures import SignatureOut
from app.declarations.service.batches import Answer
from app.web.messages import faults_in


def answer_batch(answers: Sequence[Answer], language: Language) -> BatchOut:
    items = [_item(place, each, language) for place, each in enumerate(answers)]
    counts = Counter(each.outcome for each in items)
    return BatchOut(
        recorded=counts[ItemOutcome.RECORDED],
        repeated=counts[ItemOutcome.REPEATED],
        refused=counts[ItemOutcome.REFUSED],
        items=items,
    )


def _item(place: int, answer: Answer, language: Language) -> ItemOut:
    id, what, ticket = answer
    if isinstance(what, Unreadable):
        what = refused(Invalid(*faults_in(what.errors)))
    recorded, refusal = what.recorded, what.refusal
    return ItemOut(
        id=id,
        outcome=what.outcome,
        signature=SignatureOut.model_validate(recorded) if recorded else None,
        ticket=ticket,
        problem=_problem(place, refusal, language) if refusal else None,
    )


def _problem(place: int, refusal: DomainError, language: Language) -> ItemProblem:
    faults: Sequence[Fault] = refusal.faults if isinstance(refusal, Invalid) else ()
    return ItemProblem(
        code=refusal.code,
        detail=refusal.detail.to(language),
        errors=[
            FaultOut(
                pointer=f"/items/{place}{each.pointer}",
                code=each.code,
                message=each.message.to(language),
            )
            for each in faults
        ],
    )
