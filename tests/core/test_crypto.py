from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.crypto import KeyFault, KeyPurpose, Keyring, MasterKey
from app.core.ids import new_id

MASTER = MasterKey(b"netra tests, netra tests, netra!")
KEYS = [MASTER.make(purpose) for purpose in KeyPurpose]
RING = Keyring(MASTER, KEYS)


@given(st.binary(max_size=2_000), st.uuids())
def test_what_was_sealed_opens_in_its_place(plain: bytes, place: UUID) -> None:
    assert RING.open(RING.seal(plain, place), place) == plain


def test_a_sealed_value_cannot_be_moved_to_another_row() -> None:
    sealed = RING.seal(b"rekaan", new_id())

    with pytest.raises(KeyFault):
        RING.open(sealed, new_id())


def test_old_values_stay_readable_after_a_new_data_key() -> None:
    place = new_id()
    sealed = RING.seal(b"rekaan", place)

    younger = Keyring(MASTER, [*KEYS, MASTER.make(KeyPurpose.SEAL)])

    assert younger.open(sealed, place) == b"rekaan"
    assert younger.seal(b"rekaan", place)[:16] != sealed[:16]


def test_another_master_key_opens_nothing() -> None:
    with pytest.raises(KeyFault):
        Keyring(MasterKey(b"another master key, 32 bytes it."), KEYS)


@pytest.mark.parametrize("text", ["", "not base64!", "c2hvcnQ="])
def test_a_malformed_master_key_is_refused(text: str) -> None:
    with pytest.raises(KeyFault):
        MasterKey.from_base64(text)


def test_the_key_file_is_made_once_and_only_for_us(tmp_path: Path) -> None:
    file = tmp_path / "master.key"

    MasterKey.from_file(file)
    made = file.read_text()
    MasterKey.from_file(file)

    assert file.read_text() == made
    assert file.stat().st_mode & 0o777 == 0o600


def test_equal_values_meet_in_the_blind_index_and_others_do_not() -> None:
    assert RING.blind("name", " Budi  REKAAN") == RING.blind("name", "budi rekaan")
    assert RING.blind("name", "budi rekaan") != RING.blind("login", "budi rekaan")
