"""The tally from the leaves alone."""

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledger.rules.acts import Act, ActLeaf, read_act, write_act
from app.ledger.rules.recounting import LeafWrong, recount, tally_of
from tests.ledger.made import later, logs, many, signed
from tests.ledger.tampering import FIRST, WRONG_ACTS, WRONG_SECONDS


def written(*leaves: ActLeaf) -> list[bytes]:
    return [write_act(leaf) for leaf in leaves]


@given(logs)
def test_a_signature_counts_while_it_is_neither_withdrawn_nor_invalidated(
    leaves: list[bytes],
) -> None:
    acts = [read_act(leaf) for leaf in leaves]
    last = {(index if leaf.of is None else leaf.of): leaf.act for index, leaf in enumerate(acts)}
    counted = [acts[of] for of, act in last.items() if act in (Act.SIGNED, Act.REINSTATED)]

    lines = tally_of(recount(leaves))

    expected = Counter((each.text, each.region, each.group, each.role) for each in counted)
    for line in lines:
        key = (line.text, line.region, line.group)
        assert line.witnesses == expected[*key, "witness"]
        assert line.signatures == expected[*key, "signatory"] + expected[*key, "representative"]
    assert sum(line.signatures + line.witnesses for line in lines) == len(counted)


def test_one_declaration_can_be_counted_alone() -> None:
    numbers = recount(written(*(signed(number) for number in range(5))))

    assert [line.signatures for line in tally_of(numbers, UUID(int=0))] == [3]
    assert [line.signatures for line in tally_of(numbers, UUID(int=1))] == [2]
    assert tally_of(numbers, UUID(int=2)) == []


@pytest.mark.parametrize("wrong", WRONG_SECONDS)
def test_a_leaf_that_refers_to_nothing_or_signs_twice_is_an_error(wrong: ActLeaf) -> None:
    with pytest.raises(LeafWrong) as refused:
        recount(written(FIRST, wrong, signed(1)))

    assert refused.value.index == 1


@pytest.mark.parametrize("acts", WRONG_ACTS)
def test_what_no_longer_counts_is_not_taken_away_twice(acts: tuple[Act, Act]) -> None:
    with pytest.raises(LeafWrong) as refused:
        recount(written(FIRST, *(later(act, FIRST, 0) for act in acts)))

    assert refused.value.index == 2


def test_what_became_of_a_withdrawal_is_an_error() -> None:
    with pytest.raises(LeafWrong):
        recount(written(FIRST, later(Act.INVALIDATED, FIRST, 0), later(Act.REINSTATED, FIRST, 1)))


@given(st.data())
def test_a_leaf_changed_by_one_byte_is_no_longer_the_same(data: st.DataObject) -> None:
    leaves = many(20)
    index = data.draw(st.integers(0, 19))
    at = data.draw(st.integers(0, len(leaves[index]) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda each: each != leaves[index][at]))
    leaves[index] = leaves[index][:at] + bytes([byte]) + leaves[index][at + 1 :]

    try:
        changed = recount(leaves)
    except LeafWrong:
        return

    # What is still a leaf is another one: the root tells, whatever the numbers say.
    assert changed.total() <= 20
    assert read_act(leaves[index]) != read_act(many(20)[index])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"netra-leaf/1",
        write_act(FIRST) + b"\n",
        write_act(FIRST) + b" 0",
        write_act(FIRST).replace(b" 13.03", b"  13.03"),
        write_act(FIRST).replace(b" 13.03 ", b"  "),
        write_act(FIRST).replace(b"13.03", b"13\t03"),
        write_act(FIRST._replace(commitment=b"short")),
        write_act(FIRST).replace(b"netra-leaf/1", b"netra-leaf/2"),
        write_act(FIRST).replace(b"signed", b"Signed"),
        write_act(later(Act.WITHDRAWN, FIRST, 0))[:-2],
        write_act(later(Act.WITHDRAWN, FIRST, 0)).replace(b" 0", b" 00", 1),
        write_act(FIRST).replace(b"asn_pns", "asn_pn\u00e9".encode()),
    ],
)
def test_what_is_no_leaf_is_an_error(data: bytes) -> None:
    with pytest.raises(LeafWrong):
        recount([data])
