"""What changes while an invalidation waits for its turn."""

import asyncio
from uuid import UUID

import pytest

from app.core.actors import PUBLIC, Actor
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.declarations.rules.changes import Rule, SetChanged
from app.declarations.schemas.changes import (
    InvalidationIn,
    SignatureRejectionIn,
    SignatureWithdrawalIn,
)
from app.declarations.schemas.signatures import SignatureIn
from app.declarations.service.checking import CheckingService
from app.declarations.service.invalidations import InvalidationService
from app.declarations.service.signatures import SignatureService
from app.web.clock import present
from tests.declarations.declaring import Body, signature
from tests.declarations.recounting import valid


async def test_what_is_applied_is_what_the_rule_finds_in_its_turn(
    committing: Sessions, where: Body, organiser: Actor, keys: Keyring
) -> None:
    """One person signed in two regions, and takes the first back: the second is the first now."""
    declaration_id, first = UUID(where["id"]), new_id()
    async with committing.begin() as session:
        service = SignatureService(session, PUBLIC, present(), keys)
        for id, region in ((first, "13.03"), (new_id(), "73.07")):
            form = SignatureIn.model_validate(signature() | {"region_code": region})
            await service.sign(declaration_id, id, form)
    async with committing.begin() as session:
        seen = await InvalidationService(session, organiser, present(), keys).preview(
            declaration_id, InvalidationIn(rule=Rule.SAME_PERSON_ELSEWHERE)
        )

    async def apply() -> None:
        async with committing.begin() as session:
            await InvalidationService(session, organiser, present(), keys).apply(
                declaration_id, seen.id
            )

    async with committing.begin() as session:
        letter = SignatureWithdrawalIn(letter_number="1/REKAAN/2026", reason="Ditarik kembali.")
        checking = CheckingService(session, organiser, present(), keys)
        await checking.withdraw(declaration_id, first, letter)
        applying = asyncio.create_task(apply())
        await asyncio.sleep(0.3)
    with pytest.raises(SetChanged):
        await applying

    assert (seen.found, await valid(committing, where)) == (1, 1)


async def test_who_is_rejected_while_a_reversal_waits_does_not_count_again(
    committing: Sessions, where: Body, organiser: Actor, keys: Keyring
) -> None:
    declaration_id, second = UUID(where["id"]), new_id()
    async with committing.begin() as session:
        service = SignatureService(session, PUBLIC, present(), keys)
        for id, region in ((new_id(), "13.03"), (second, "73.07")):
            form = SignatureIn.model_validate(signature() | {"region_code": region})
            await service.sign(declaration_id, id, form)
    async with committing.begin() as session:
        invalidations = InvalidationService(session, organiser, present(), keys)
        wanted = InvalidationIn(rule=Rule.SAME_PERSON_ELSEWHERE)
        seen = await invalidations.preview(declaration_id, wanted)
        await invalidations.apply(declaration_id, seen.id)

    async def reverse() -> int:
        async with committing.begin() as session:
            invalidations = InvalidationService(session, organiser, present(), keys)
            return (await invalidations.reverse(declaration_id, seen.id)).reinstated

    async with committing.begin() as session:
        rejection = SignatureRejectionIn(reason="Orang rekaan yang lain.")
        checking = CheckingService(session, organiser, present(), keys)
        await checking.reject(declaration_id, second, rejection)
        reversing = asyncio.create_task(reverse())
        await asyncio.sleep(0.3)

    assert (await reversing, await valid(committing, where)) == (0, 1)
