"""Notes, checkpoints and cosignatures, against what other implementations wrote."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledger.rules.checkpoints import Checkpoint, NotACheckpoint, open_checkpoint
from app.ledger.rules.cosigning import CosignatureSigner, CosignatureVerifier, cosigned_at
from app.ledger.rules.merkle import (
    leaf_hash,
)
from app.ledger.rules.notes import (
    NoteSigner,
    NoteVerifier,
    NoteWrong,
    open_note,
    read_note,
    write_note,
)
from tests.ledger.foreign import FOREIGN

# From the tests of golang.org/x/mod/sumdb/note.
PETER: Final = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_TEXT: Final = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETERS_LINE: Final = (
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n"
)
# A checkpoint of a log of certificates as a public witness cosigned it, and the witness's key.
WITNESS: Final = (
    "witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G"
)
WITNESSED: Final = (
    "coachandhorses2026h1.staging.certificate.transparency.goog\n185550722\n"
    "YXAM0VmnrfvLaBCOOYSJhCaE5F10oGBOo+hkbDa1kng=\n\n"
    "\u2014 coachandhorses2026h1.staging.certificate.transparency.goog MpXgsHy8ZwxXnO+WjtVrPxAzL49"
    "Rs1gWTkNVNeEa//5peAzaocRCB3qt3EaibjzY5GILLtGgBP7dBhgcSHy+JQh0OAc=\n"
    "\u2014 witness.navigli.sunlight.geomys.org o+AP4gAAAABqb7DzNrGFRJnQ9vrJ8xpnwZytnr/ZYczDIsvwvou"
    "iSjwOjn7a72ccxBk+lKnZ7dKqkYKER1s/KxLTaVwQD7lJZTC/CQ==\n"
)

LOG: Final = NoteSigner("bawaslu.example/declarations", bytes(range(32)))
PARTNER: Final = CosignatureSigner("kpk.example/saksi", bytes(range(32, 64)))


def test_a_note_of_a_foreign_implementation_is_opened() -> None:
    note = write_note(PETERS_TEXT, [PETERS_LINE])

    opened = open_note(note, [NoteVerifier.parse(PETER)])

    assert opened.text == PETERS_TEXT
    assert opened.is_signed_by(NoteVerifier.parse(PETER))


def test_our_notes_are_those_of_a_foreign_implementation() -> None:
    for each in FOREIGN["Notes"]:
        signer = NoteSigner(each["Key"].partition("+")[0], bytes.fromhex(each["Seed"]))
        text, _ = read_note(each["Note"])

        assert signer.verifier_key == each["Key"]
        assert write_note(text, [signer.sign(text)]) == each["Note"]


def test_the_cosignature_of_a_public_witness_is_confirmed() -> None:
    witness = CosignatureVerifier.parse(WITNESS)

    opened = open_note(WITNESSED, [witness])

    assert cosigned_at(opened.signatures[0].signature) == 1785704691
    assert [each.name for each in opened.unknown] == [Checkpoint.read(opened.text).origin]
    assert witness.verifier_key == WITNESS
    for altered in (
        WITNESSED.replace("185550722", "185550721"),
        WITNESSED.replace("b7DzN", "b7DyN"),
    ):
        with pytest.raises(NoteWrong):
            open_note(altered, [witness])


def test_every_part_of_a_key_is_needed() -> None:
    mangled = {PETER[:at] + PETER[at + 1 :] for at in range(len(PETER))}

    for each in {*mangled, *(PETER[:at] for at in range(len(PETER))), PETER + "A", PETER + "\n"}:
        with pytest.raises(NoteWrong):
            NoteVerifier.parse(each)
    with pytest.raises(NoteWrong):
        CosignatureVerifier.parse(PETER)


NOTE: Final = write_note(PETERS_TEXT, [PETERS_LINE])


@pytest.mark.parametrize(
    "note",
    [
        "",
        PETERS_TEXT,
        PETERS_TEXT + "\n",
        PETERS_TEXT + PETERS_LINE,
        NOTE[:-1],
        NOTE + "\n",
        NOTE.replace("\u2014", "-"),
        NOTE.replace("PeterNeumann ", "Peter Neumann "),
        NOTE.replace("problem,", "problem\r"),
        NOTE.replace("problem,", "problem\ud800"),
        NOTE.replace("x08g", "x08h"),
        NOTE.replace("x08g", "x08"),
        NOTE.replace("JnAM=", "JnAN="),
        NOTE.replace("answer", "question"),
        PETERS_TEXT + "\n" + PETERS_LINE * 101,
        PETERS_TEXT + "\n\u2014 PeterNeumann AAAAAA==\n",
    ],
)
def test_a_note_that_was_altered_or_is_none_is_refused(note: str) -> None:
    with pytest.raises(NoteWrong):
        open_note(note, [NoteVerifier.parse(PETER)])


def test_a_note_of_strangers_is_refused_and_strangers_beside_a_known_one_are_named() -> None:
    verifier = NoteVerifier.parse(PETER)

    opened = open_note(NOTE + LOG.sign(PETERS_TEXT), [verifier])

    assert [each.name for each in opened.unknown] == [LOG.name]
    with pytest.raises(NoteWrong):
        open_note(NOTE, [LOG.verifier])


def test_a_bad_signature_of_one_known_key_spoils_the_note() -> None:
    note = write_note(PETERS_TEXT, [PETERS_LINE, LOG.sign("another text\n")])

    with pytest.raises(NoteWrong):
        open_note(note, [NoteVerifier.parse(PETER), LOG.verifier])


@given(st.text(st.characters(exclude_characters="\n", exclude_categories=["C"]), min_size=1))
def test_a_checkpoint_comes_back(extension: str) -> None:
    checkpoint = Checkpoint(LOG.name, 12, leaf_hash(b""), (extension,))

    note = write_note(checkpoint.write(), [LOG.sign(checkpoint.write())])

    assert open_checkpoint(note, LOG.verifier) == checkpoint


ROOT = "YXAM0VmnrfvLaBCOOYSJhCaE5F10oGBOo+hkbDa1kng="


@pytest.mark.parametrize(
    "text",
    [
        "",
        "log\n1\n",
        f"log\n1\n{ROOT}",
        f"\n1\n{ROOT}\n",
        f"log\n01\n{ROOT}\n",
        f"log\n-1\n{ROOT}\n",
        f"log\n1 \n{ROOT}\n",
        f"log\n\u0661\n{ROOT}\n",
        f"log\n{10**30}\n{ROOT}\n",
        f"log\n1\n{ROOT[:-2]}==\n",
        "log\n1\nAAAA\n",
        f"log\n1\n{ROOT}\n\nmore\n",
    ],
)
def test_no_other_text_is_a_checkpoint(text: str) -> None:
    with pytest.raises(NotACheckpoint):
        Checkpoint.read(text)


def test_a_checkpoint_of_another_log_or_of_a_witness_alone_is_refused() -> None:
    other = Checkpoint("kpu.example/log", 1, leaf_hash(b"")).write()
    ours = Checkpoint(LOG.name, 1, leaf_hash(b"")).write()
    cosigned = write_note(ours, [PARTNER.sign(ours, 7)])

    for note in (write_note(other, [LOG.sign(other)]), cosigned):
        with pytest.raises(NotACheckpoint):
            open_checkpoint(note, LOG.verifier, [PARTNER.verifier])


def test_a_cosignature_binds_its_moment_and_its_text() -> None:
    text = Checkpoint(LOG.name, 1, leaf_hash(b"")).write()
    line = PARTNER.sign(text, 1_727_666_100)
    signature = read_note(write_note(text, [line]))[1][0].signature

    assert PARTNER.verifier.confirms(text, signature)
    assert cosigned_at(signature) == 1_727_666_100
    assert not PARTNER.verifier.confirms(text.replace("1\n", "2\n", 1), signature)
    assert not PARTNER.verifier.confirms(text, bytes(8) + signature[8:])
    assert not PARTNER.verifier.confirms(text, signature[:8])
    late = read_note(write_note(text, [PARTNER.sign(text, 2**63)]))[1][0].signature
    assert not PARTNER.verifier.confirms(text, late)
