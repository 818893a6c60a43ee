"""What a signer keeps, and what it shows to somebody who trusts a log and some witnesses."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledger.rules.cosigning import CosignatureVerifier
from app.ledger.rules.merkle import ProofWrong
from app.ledger.rules.proofs import LogProof, Policy, verify_proof
from tests.ledger.made import LOG, PARTNERS, checkpoint, many, proof

WITNESSES = [each.verifier for each in PARTNERS]
LEAVES = many(21)


@given(st.integers(1, 21), st.data())
def test_every_leaf_is_shown_by_its_proof(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    given_out = proof(LEAVES[:size], index, partners=2).write()

    shown = verify_proof(
        LogProof.read(given_out), LEAVES[index], Policy(LOG.verifier, WITNESSES, 2)
    )

    assert shown.checkpoint.size == size
    assert shown.cosigned == [each.name for each in PARTNERS[:2]]


def test_a_proof_is_written_as_the_specification_says() -> None:
    lines = proof(LEAVES[:3], 2).write().split("\n")

    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert lines[1] == "extra " + base64.b64encode(LEAVES[2]).decode()
    assert lines[2] == "index 2"
    assert len(base64.b64decode(lines[3])) == 32
    assert lines[4] == ""
    assert "\n".join(lines[5:]) == checkpoint(LEAVES[:3])


def test_fewer_witnesses_than_the_policy_wants_are_not_enough() -> None:
    one = proof(LEAVES, 3, partners=1)

    verify_proof(one, LEAVES[3], Policy(LOG.verifier, WITNESSES, 1))
    with pytest.raises(ProofWrong):
        verify_proof(one, LEAVES[3], Policy(LOG.verifier, WITNESSES, 2))
    with pytest.raises(ProofWrong):
        verify_proof(one, LEAVES[3], Policy(LOG.verifier, WITNESSES[1:], 1))


def test_one_cosignature_twice_is_one() -> None:
    one = proof(LEAVES, 3, partners=1)
    line = one.checkpoint.splitlines(keepends=True)[-1]
    twice = LogProof(one.index, one.hashes, one.checkpoint + line)

    with pytest.raises(ProofWrong):
        verify_proof(twice, LEAVES[3], Policy(LOG.verifier, WITNESSES, 2))


def test_a_policy_that_nobody_or_one_key_twice_could_meet_is_refused() -> None:
    again = CosignatureVerifier("lain.example/saksi", WITNESSES[0].public_key)

    for witnesses, quorum in ((WITNESSES, 4), (WITNESSES, -1), ([WITNESSES[0], again], 1)):
        with pytest.raises(ProofWrong):
            Policy(LOG.verifier, witnesses, quorum)


@given(st.data())
def test_a_proof_changed_by_one_character_is_refused(data: st.DataObject) -> None:
    text = proof(LEAVES, 13, partners=3).write()
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters().filter(lambda each: each != text[at]))
    policy = Policy(LOG.verifier, WITNESSES, 3)
    changed = text[:at] + other + text[at + 1 :]

    try:
        read = LogProof.read(changed)
        verify_proof(read, read.extra, policy)
    except ProofWrong:
        return

    pytest.fail("taken")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1\n\n" + checkpoint(LEAVES),
        "c2sp.org/tlog-proof@v2\nindex 0\n\n" + checkpoint(LEAVES),
        "c2sp.org/tlog-proof@v1\nindex 00\n\n" + checkpoint(LEAVES),
        "c2sp.org/tlog-proof@v1\nindex -1\n\n" + checkpoint(LEAVES),
        "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n" + checkpoint(LEAVES),
        "c2sp.org/tlog-proof@v1\nindex 0\n" + checkpoint(LEAVES),
        "c2sp.org/tlog-proof@v1\nextra ?\nindex 0\n\n" + checkpoint(LEAVES),
    ],
)
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(ProofWrong):
        LogProof.read(text)
