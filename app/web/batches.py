"""How the refusal of one item of a batch is told, in the reader's language."""

from collections.abc import Sequence

from app.core.batches import FaultOut, ItemProblem, Unreadable
from app.core.errors import DomainError, Fault, Invalid
from app.core.texts import Language
from app.web.messages import faults_in


def problem_in(
    place: int, what: DomainError | Unreadable, language: Language, *, under: str = "items"
) -> ItemProblem:
    """Why the item in this place of the list `under` this name, counted from 0, was refused."""
    refusal = Invalid(*faults_in(what.errors)) if isinstance(what, Unreadable) else what
    faults: Sequence[Fault] = refusal.faults if isinstance(refusal, Invalid) else ()
    return ItemProblem(
        code=refusal.code,
        detail=refusal.detail.to(language),
        errors=[
            FaultOut(
                pointer=f"/{under}/{place}{each.pointer}",
                code=each.code,
                message=each.message.to(language),
            )
            for each in faults
        ],
    )
