"""The sealed format: any cut gives back the same bytes, any change is noticed."""

import secrets
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.ids import new_id
from app.evidence.files.frames import LARGEST, Damaged, Opener, Sealer
from app.evidence.files.staging import held, staged_ids

KEY, ID = secrets.token_bytes(32), new_id()
LONG = 3 * LARGEST
cuts = st.lists(st.integers(0, LONG), max_size=8)


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    ends = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    return [data[start:end] for start, end in pairwise(ends)]


def seal(data: bytes, cuts: list[int]) -> list[bytes]:
    """The frames of this file, as it arrives in pieces."""
    sealer, frames, offset = Sealer(KEY, ID), [], 0
    for piece in pieces(data, cuts):
        frames += list(sealer.seal(piece, offset))
        offset += len(piece)
    return frames


def open_all(sealed: list[bytes], size: int) -> bytes:
    opener = Opener(Sealer(KEY, ID))
    plain = b"".join(b"".join(opener.feed(piece)) for piece in sealed)
    opener.close(size)
    return plain


@given(st.binary(max_size=500), st.integers(1, 400), cuts, cuts)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_cut_of_the_stream_gives_back_the_same_bytes(
    grain: bytes, times: int, arrived: list[int], read: list[int]
) -> None:
    data = grain * times

    sealed = b"".join(seal(data, arrived))

    assert open_all(pieces(sealed, read), len(data)) == data


def test_a_frame_holds_no_more_than_64_kib() -> None:
    frames = seal(bytes(LONG + 1), [])

    assert [len(each) - 32 for each in frames] == [LARGEST, LARGEST, LARGEST, 1]


@given(st.integers(0, 1_000), st.integers(1, 255))
@settings(deadline=None)
def test_no_byte_can_be_altered(at: int, by: int) -> None:
    sealed = bytearray(b"".join(seal(bytes(968), [500])))
    sealed[at] ^= by

    with pytest.raises(Damaged):
        open_all([bytes(sealed)], 968)


def test_no_frame_can_change_places_or_be_left_out() -> None:
    first, second, third = seal(b"Rekaan" * 3, [6, 12])

    for order in ([second, first, third], [first, third], [first, second, second, third]):
        with pytest.raises(Damaged):
            open_all(order, 18)


@given(st.integers(1, 50))
@settings(deadline=None)
def test_a_file_cut_short_is_refused(missing: int) -> None:
    sealed = b"".join(seal(b"Rekaan" * 3, [6]))

    with pytest.raises(Damaged):
        open_all([sealed[:-missing]], 18)


def test_a_file_of_another_id_or_key_is_refused() -> None:
    for sealer in (Sealer(KEY, new_id()), Sealer(secrets.token_bytes(32), ID)):
        opener = Opener(Sealer(KEY, ID))
        with pytest.raises(Damaged):
            list(opener.feed(b"".join(sealer.seal(b"Rekaan", 0))))


def test_equal_files_look_different() -> None:
    assert not set(seal(b"Rekaan", [])) & set(seal(b"Rekaan", []))


def test_what_was_not_acknowledged_is_cut_off(tmp_path: Path) -> None:
    sealer = Sealer(KEY, ID)
    with held(tmp_path, ID) as staged:
        kept = staged.append(sealer, b"Rekaan", 0)
        staged.append(sealer, b" yang hilang", 6)

    with held(tmp_path, ID) as staged:
        assert staged.cut(kept)
        staged.append(sealer, b" yang tiba", 6)

        assert b"".join(staged.plain(sealer)) == b"Rekaan yang tiba"
        assert staged.head(sealer, 3) == b"Rek"
        assert not staged.cut(10_000)


def test_one_file_is_held_once_at_a_time(tmp_path: Path) -> None:
    with held(tmp_path, ID), pytest.raises(BlockingIOError), held(tmp_path, ID):
        pass


def test_whoever_waited_for_a_file_that_was_removed_holds_the_new_one(tmp_path: Path) -> None:
    with held(tmp_path, ID) as first:
        first.remove()
        with held(tmp_path, ID) as second:
            second.append(Sealer(KEY, ID), b"Rekaan", 0)

    assert staged_ids(tmp_path) == [ID]
