from dataclasses import replace
from pathlib import Path
from time import monotonic
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.crypto import KeyFault, KeyPurpose, Keyring, KeysOutdated, MasterKey
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


def test_a_key_is_used_from_its_time_on_and_read_from_the_first_moment() -> None:
    place = new_id()
    announced = replace(MASTER.make(KeyPurpose.SEAL, 2), starts_in=60.0)
    early = Keyring(MASTER, [*KEYS, announced])
    late = Keyring(MASTER, [*KEYS, replace(announced, starts_in=-0.1)])

    assert early.seal(b"rekaan", place)[:16] == RING.seal(b"rekaan", place)[:16]
    assert early.open(late.seal(b"rekaan", place), place) == b"rekaan"
    assert late.seal_key() == announced.id


def test_values_are_found_under_every_index_key_that_has_rows() -> None:
    old, fresh = MASTER.make(KeyPurpose.INDEX), MASTER.make(KeyPurpose.INDEX, 2)
    ring = Keyring(MASTER, [old, fresh])
    emptied = Keyring(MASTER, [replace(old, is_empty=True), fresh])

    before = Keyring(MASTER, [old]).blind("name", "rekaan")

    assert ring.blinds("name", "rekaan") == [ring.blind("name", "rekaan"), before]
    assert emptied.blinds("name", "rekaan") == [emptied.blind("name", "rekaan")]
    assert len(emptied.secrets_of("idempotency", "rekaan")) == 2


def test_an_unknown_key_is_asked_for_once_and_then_said_to_be_lost() -> None:
    place, asked = new_id(), []
    stranger = Keyring(MASTER, [MASTER.make(KeyPurpose.SEAL)]).seal(b"rekaan", place)
    ring = Keyring(MASTER, KEYS)
    ring.on_outdated = lambda: asked.append("again")

    with pytest.raises(KeysOutdated):
        ring.open(stranger, place)
    ring.load(KEYS, MASTER.unwrap)
    with pytest.raises(KeyFault) as lost:
        ring.open(stranger, place)

    assert asked == ["again"]
    assert not isinstance(lost.value, KeysOutdated)


def test_a_process_that_could_not_read_the_keys_writes_nothing_more() -> None:
    place, ring = new_id(), Keyring(MASTER, KEYS)
    sealed = ring.seal(b"rekaan", place)

    ring.load(KEYS, MASTER.unwrap, trusted_until=monotonic() - 1)

    assert ring.open(sealed, place) == b"rekaan"
    for write in (
        lambda: ring.seal(b"rekaan", place),
        lambda: ring.blind("name", "rekaan"),
        ring.receipt_key,
    ):
        with pytest.raises(KeysOutdated):
            write()


def test_a_key_just_retired_opens_what_was_read_before_but_nothing_after_a_start() -> None:
    place, ring = new_id(), Keyring(MASTER, KEYS)
    sealed = ring.seal(b"rekaan", place)
    now = [*(replace(key, wrapped=b"") for key in KEYS), *map(MASTER.make, KeyPurpose)]

    ring.load(now, MASTER.unwrap)

    assert ring.open(sealed, place) == b"rekaan"
    with pytest.raises(KeyFault):
        Keyring(MASTER, now).open(sealed, place)


def test_keys_in_hand_need_no_master_key_again() -> None:
    ring = Keyring(MASTER, KEYS)

    ring.load(KEYS, MasterKey(b"another master key, 32 bytes it.").unwrap)

    assert ring.open(RING.seal(b"rekaan", KEYS[0].id), KEYS[0].id) == b"rekaan"
