"""Documents that were signed elsewhere: what is found in them, and that none does any harm."""

import random
from collections.abc import AsyncIterator, Callable
from functools import reduce
from typing import TypeAlias

import pytest

from app.evidence.files.checker import CheckFailed, read_roots, signatures_in
from app.evidence.rules.documents import DocumentState, FoundSignature, state_of
from tests.evidence import samples
from tests.evidence.signed import archived, blank, long_lived, rewritten, signatory, signed

Later: TypeAlias = Callable[[bytes], bytes]


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 65_536):
        yield content[start : start + 65_536]


async def found_in(content: bytes, roots: bytes = b"") -> list[FoundSignature] | None:
    return await signatures_in(pieces(content), roots)


async def state(content: bytes) -> DocumentState:
    found = await found_in(content)
    return DocumentState.UNREADABLE if found is None else state_of(found)


@pytest.mark.parametrize("rsa_key", [True, False])
async def test_a_signature_says_whose_it_is_and_when(rsa_key: bool) -> None:
    found = await found_in(signed(rsa_key=rsa_key))

    assert found is not None
    [one] = found
    assert one.subject == "Common Name: Contoh Rekaan"
    assert one.issuer == "Common Name: Akar Rekaan"
    assert one.signed_at is not None
    assert (one.intact, one.whole, one.covers_file) == (True, True, True)


@pytest.mark.parametrize("listed", [True, False])
async def test_it_is_trusted_only_under_a_root_on_the_list(listed: bool) -> None:
    found = await found_in(signed(), signatory().root if listed else read_roots())

    assert found is not None
    assert [each.trusted for each in found] == [listed]
    assert state_of(found) is DocumentState.INTACT


async def test_two_may_sign_one_after_the_other() -> None:
    found = await found_in(signed(signed(), "Dua"))

    assert found is not None
    assert [each.covers_file for each in found] == [False, True]
    assert state_of(found) is DocumentState.INTACT


@pytest.mark.parametrize("steps", [[long_lived], [long_lived, archived], [archived]])
async def test_what_keeps_a_signature_provable_may_follow_it(steps: list[Later]) -> None:
    document = reduce(lambda so_far, step: step(so_far), steps, signed(signed(), "Dua"))

    found = await found_in(document)

    assert found is not None
    assert [(each.whole, each.covers_file) for each in found] == [(True, False), (True, True)]
    assert state_of(found) is DocumentState.INTACT


@pytest.mark.parametrize("step", [long_lived, archived])
async def test_behind_it_a_page_still_does_not_change(step: Later) -> None:
    assert await state(rewritten(step(signed()))) is DocumentState.EXTENDED
    assert await state(step(rewritten(signed()))) is DocumentState.EXTENDED


async def test_one_byte_less_true_is_altered() -> None:
    document = signed()

    assert await state(document.replace(b"612", b"613", 1)) is DocumentState.ALTERED


async def test_what_is_added_behind_the_signature_is_told() -> None:
    assert await state(rewritten(signed())) is DocumentState.EXTENDED
    assert await state(signed() + b"\n% rekaan\n") is DocumentState.EXTENDED


async def test_a_page_changed_between_two_signatures_is_told() -> None:
    assert await state(signed(rewritten(signed()), "Dua")) is DocumentState.EXTENDED


async def test_a_document_without_signatures_is_unsigned() -> None:
    assert await state(blank()) is DocumentState.UNSIGNED


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", signed()[:2_000], samples.RECURSIVE_DOCUMENT],
    ids=["empty", "head", "cut", "recursive"],
)
async def test_what_is_no_document_is_unreadable(content: bytes) -> None:
    assert await state(content) in (DocumentState.UNREADABLE, DocumentState.UNSIGNED)


async def test_a_bomb_does_no_harm() -> None:
    bomb = samples.document_bomb(1 << 30)

    assert await state(bomb) in (DocumentState.UNREADABLE, DocumentState.UNSIGNED)


@pytest.mark.parametrize("seed", range(4))
async def test_broken_signatures_never_pass_for_whole_ones(seed: int) -> None:
    dice, document = random.Random(seed), bytearray(signed())  # noqa: S311  no secret
    place = dice.randrange(len(document))
    document[place] ^= 1 << dice.randrange(8)

    found = await found_in(bytes(document))

    said = DocumentState.UNREADABLE if found is None else state_of(found)
    assert said is not DocumentState.INTACT or bytes(document) == signed()


async def test_a_check_that_takes_too_long_is_ended() -> None:
    with pytest.raises(CheckFailed):
        await signatures_in(pieces(signed()), b"", patience=0.01)
