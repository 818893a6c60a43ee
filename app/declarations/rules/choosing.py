"""Which items of a batch are written, and what is answered for the others: each item once, in
whatever order and however often it comes."""

import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.core.errors import ConflictingBody, DomainError
from app.core.outcomes import ItemOutcome
from app.declarations.rules import steps
from app.declarations.rules.certified import DocumentSignatureUsed, Source
from app.declarations.rules.room import NonceUsed
from app.declarations.rules.wishes import Recorded, Wish


@dataclass(frozen=True)
class Candidate:
    """One item, everything about it checked but whether it is the first: a wish, or a refusal."""

    item_id: UUID
    body_mac: bytes
    sequence: int | None
    source: Source | None = None
    wish: Wish | None = None
    refusal: DomainError | None = None
    on_roster: bool = False


@dataclass(frozen=True)
class Earlier:
    """What is known of an item that came before, and which device collected it, if any; without a
    mac its person was erased."""

    item_id: UUID
    body_mac: bytes | None
    device_id: UUID | None
    recorded: Recorded


@dataclass(frozen=True)
class Result:
    """What became of one item; `known` is what it repeats, where that came before this batch."""

    outcome: ItemOutcome
    recorded: Recorded | None = None
    refusal: DomainError | None = None
    known: Earlier | None = None


@dataclass
class Choice:
    """The places of the candidates to be written, and the answers of those that are not."""

    written: list[int] = field(default_factory=list)
    answers: dict[int, Result] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)


def refused(refusal: DomainError) -> Result:
    return Result(ItemOutcome.REFUSED, refusal=refusal)


def choose(
    candidates: Sequence[Candidate], earlier: Mapping[UUID, Earlier], used: Collection[int | Source]
) -> Choice:
    """Repeats are told first, so that nothing that was recorded is ever refused later."""
    choice, first, taken = Choice(), dict[UUID, int](), set[object](used)
    for place, each in enumerate(candidates):
        known = earlier.get(each.item_id)
        if known is not None:
            choice.answers[place] = _repeat(each, known)
        elif each.item_id in first:
            _copy(choice, candidates, place, first[each.item_id])
        elif (refusal := each.refusal or _served(each, taken)) is not None:
            choice.answers[place] = refused(refusal)
        else:
            first[each.item_id] = place
            taken |= {each.sequence, each.source} - {None}
            choice.written.append(place)
    return choice


def settle(
    choice: Choice, candidates: Sequence[Candidate], recorded: Sequence[Recorded], now: object
) -> list[Result]:
    """The answers to all, when it is known what was recorded for those that were to be written."""
    told: set[UUID] = set()
    answers = dict(choice.answers)
    for place, mine in zip(choice.written, recorded, strict=True):
        answers[place] = _written(candidates[place], mine, mine.recorded_at == now, told)
    for place, original in choice.copies.items():
        answers[place] = _again(answers[original])
    return [answers[place] for place in range(len(candidates))]


def _served(candidate: Candidate, taken: Collection[object]) -> DomainError | None:
    """A number of a device and a signature in a document serve one person each."""
    if candidate.sequence in taken:
        return NonceUsed()
    return DocumentSignatureUsed() if candidate.source in taken else None


def _repeat(candidate: Candidate, known: Earlier) -> Result:
    same = known.body_mac is None or hmac.compare_digest(known.body_mac, candidate.body_mac)
    if not same:
        return refused(ConflictingBody())
    return Result(ItemOutcome.REPEATED, known.recorded, known=known)


def _copy(choice: Choice, candidates: Sequence[Candidate], place: int, original: int) -> None:
    """The same id twice in one batch."""
    if candidates[place].body_mac == candidates[original].body_mac:
        choice.copies[place] = original
    else:
        choice.answers[place] = refused(ConflictingBody())


def _written(candidate: Candidate, mine: Recorded, is_new: bool, told: set[UUID]) -> Result:
    if candidate.wish is None or mine.id != candidate.wish.id or mine.id in told:
        return refused(steps.AlreadySigned())
    if not is_new:
        # Signed by the own link, or under an id that was used for something else.
        return refused(steps.AlreadySigned() if candidate.on_roster else ConflictingBody())
    told.add(mine.id)
    return Result(ItemOutcome.RECORDED, mine)


def _again(answer: Result) -> Result:
    if answer.outcome is ItemOutcome.RECORDED:
        return Result(ItemOutcome.REPEATED, answer.recorded)
    return answer
