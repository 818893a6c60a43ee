"""Codes that people copy by hand: lenient about how they write, strict about what they write."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.certificates.rules.codes import EXAMPLE, Code, CodeKind, read_code, write_code
from app.certificates.service.codes import CodeMaker, UnknownCode
from app.core.base32 import DIGITS, WrongCode
from app.core.crypto import KeyPurpose, Keyring, MasterKey

MASTER = MasterKey(b"rekaan-rekaan-rekaan-rekaan-0001")

codes = st.builds(
    Code,
    st.sampled_from(CodeKind),
    st.integers(0, 2**35 - 1),
    st.text(DIGITS, min_size=9, max_size=9),
)
indexes = st.integers(0, 2**35 - 1)


def keyring() -> Keyring:
    return Keyring(MASTER, [MASTER.make(purpose) for purpose in KeyPurpose])


KEYS = keyring()


@given(codes)
def test_what_is_written_is_read_back(code: Code) -> None:
    assert read_code(write_code(code)) == code


@given(codes, st.data())
def test_one_wrong_symbol_is_always_refused(code: Code, data: st.DataObject) -> None:
    written = write_code(code).replace("-", "")
    place = data.draw(st.integers(0, len(written) - 1))
    other = data.draw(st.sampled_from(DIGITS))
    assume(other != written[place])

    with pytest.raises(WrongCode):
        read_code(written[:place] + other + written[place + 1 :])


@given(codes, st.data())
def test_two_neighbours_exchanged_are_refused(code: Code, data: st.DataObject) -> None:
    written = write_code(code).replace("-", "")
    place = data.draw(st.integers(0, len(written) - 2))
    one, two = written[place], written[place + 1]
    assume(one != two)

    with pytest.raises(WrongCode):
        read_code(written[:place] + two + one + written[place + 2 :])


@given(codes)
def test_it_is_read_however_people_type_it(code: Code) -> None:
    written = write_code(code)
    typed = written.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert read_code(typed) == code
    assert read_code(written.replace("-", "")) == code


@pytest.mark.parametrize("written", ["", "D", "-", "ß" * 18, "D" * 400, "\x00", EXAMPLE + "0"])
def test_what_is_no_code_is_refused(written: str) -> None:
    with pytest.raises(WrongCode):
        read_code(written)


@given(codes)
def test_another_kind_of_paper_is_refused(code: Code) -> None:
    other = Code(CodeKind.SIGNATURE, code.number, code.tag)

    assert (read_code(write_code(other)).kind is code.kind) is (code.kind is CodeKind.SIGNATURE)


def test_a_number_beyond_the_digits_is_no_code() -> None:
    with pytest.raises(ValueError, match="digits"):
        write_code(Code(CodeKind.SIGNATURE, 2**35, "0" * 9))


@given(st.sampled_from(CodeKind), indexes)
def test_a_code_of_ours_is_known(kind: CodeKind, index: int) -> None:
    maker = CodeMaker(KEYS)

    code = maker.read(maker.write(kind, index).lower())

    assert (code.kind, code.number) == (kind, index)


@given(st.sampled_from(CodeKind), indexes)
def test_what_we_write_survives_in_a_message(kind: CodeKind, index: int) -> None:
    written = CodeMaker(KEYS).write(kind, index)

    assert written.replace("-", "").isalnum()
    assert written.isascii()


@given(codes)
def test_a_code_with_another_tag_is_unknown(code: Code) -> None:
    ours = read_code(CodeMaker(KEYS).write(code.kind, code.number))
    assume(ours.tag != code.tag)

    with pytest.raises(UnknownCode):
        CodeMaker(KEYS).read(write_code(code))


@given(indexes)
def test_a_code_under_another_key_is_unknown(index: int) -> None:
    written = CodeMaker(keyring()).write(CodeKind.SIGNATURE, index)

    with pytest.raises(UnknownCode):
        CodeMaker(KEYS).read(written)
