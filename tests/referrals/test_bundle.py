"""Whatever is done to a bundle is seen, offline."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from app.cli import netra
from app.referrals.files.bundle import MANIFEST, PRINTED, bundle_of, canonical, data_digest
from app.referrals.files.checking import examine

CONTENTS: Final = {
    "case.json": canonical({"number": "001/REG/LP/PB/Kab/16.09/IX/2024"}),
    "evidence.json": canonical([{"sha256": "0" * 64}]),
    "referrals.json": canonical([]),
    PRINTED: b"%PDF rekaan",
}
BUNDLE: Final = bundle_of(CONTENTS)


def zipped(members: Mapping[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    """As somebody else would write it."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", how) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return whole.getvalue()


def members(data: bytes = BUNDLE) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def codes(data: bytes) -> set[str]:
    return {fault.code for fault in examine(data).faults}


def test_what_netra_wrote_is_whole() -> None:
    found = examine(BUNDLE, data_digest(CONTENTS))

    assert found.faults == ()
    assert found.members == len(CONTENTS) + 1


def test_the_same_contents_are_the_same_bytes() -> None:
    assert bundle_of(dict(reversed(CONTENTS.items()))) == BUNDLE


def test_the_paper_is_in_the_manifest_and_not_in_the_digest_that_it_prints() -> None:
    other = {**CONTENTS, PRINTED: b"%PDF lain"}

    assert data_digest(other) == data_digest(CONTENTS)
    assert bundle_of(other) != BUNDLE


@pytest.mark.parametrize("name", [*CONTENTS, MANIFEST])
def test_a_member_that_is_gone_is_missed(name: str) -> None:
    left = {each: content for each, content in members().items() if each != name}

    assert "missing" in codes(zipped(left))


@pytest.mark.parametrize("name", CONTENTS)
def test_a_member_that_was_changed_is_named(name: str) -> None:
    [fault, *_] = examine(zipped({**members(), name: b"rekaan"})).faults

    assert (fault.code, fault.member) == ("changed", name)


def test_a_member_that_was_added_is_named() -> None:
    [fault, *_] = examine(zipped({**members(), "lain.json": b"{}"})).faults

    assert (fault.code, fault.member) == ("added", "lain.json")


def test_a_member_that_was_renamed_is_named_once() -> None:
    changed = members()
    changed["lain.json"] = changed.pop("case.json")

    faults = examine(zipped(changed)).faults

    assert [(each.code, each.member) for each in faults if each.code != "wrong-digest"] == [
        ("renamed", "case.json")
    ]


def test_a_member_that_is_there_twice_is_refused() -> None:
    whole = io.BytesIO(BUNDLE)
    with zipfile.ZipFile(whole, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("case.json", b"{}")

    assert codes(whole.getvalue()) == {"twice"}


def test_another_order_of_the_members_is_seen() -> None:
    assert codes(zipped(dict(reversed(members().items())))) == {"not-as-written"}


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zipped({"case.json": bytes(50_000_000)}, zipfile.ZIP_DEFLATED)

    assert len(bomb) < 100_000
    assert codes(bomb) == {"not-stored"}


def test_a_crowd_of_members_is_not_unpacked() -> None:
    assert codes(zipped({f"{number}.json": b"" for number in range(65)})) == {"not-stored"}


def test_whoever_writes_a_whole_bundle_anew_does_not_match_the_paper() -> None:
    forged = bundle_of({**CONTENTS, "case.json": b"{}"})

    assert codes(forged) == set()
    assert [each.code for each in examine(forged, data_digest(CONTENTS)).faults] == ["other-bundle"]


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format":"netra-case-file/1"}',
        b'{"format":"netra-case-file/1","data_sha256":"","members":{}}',
        b'{"format":"netra-case-file/1","data_sha256":"","members":[[]]}',
        b'{"format":"netra-case-file/1","data_sha256":[],"members":[{"name":[],"size":{},"sha256":[]}]}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_a_strange_manifest_is_refused(manifest: bytes) -> None:
    assert codes(zipped({**CONTENTS, MANIFEST: manifest}))


def test_a_manifest_in_other_words_is_seen() -> None:
    loose = json.dumps(json.loads(members()[MANIFEST])).encode()

    assert codes(zipped({**members(), MANIFEST: loose})) == {"not-as-written"}


@given(st.binary(max_size=400))
def test_no_bytes_whatever_are_taken_for_a_bundle(data: bytes) -> None:
    assert examine(data).faults


@given(st.integers(0, len(BUNDLE) - 1), st.integers(1, 255))
def test_each_byte_counts(place: int, change: int) -> None:
    changed = bytearray(BUNDLE)
    changed[place] ^= change

    assert examine(bytes(changed)).faults


@given(st.integers(0, len(BUNDLE)), st.binary(min_size=1, max_size=40))
def test_nothing_can_be_put_in(place: int, more: bytes) -> None:
    assert examine(BUNDLE[:place] + more + BUNDLE[place:]).faults


@given(st.integers(0, len(BUNDLE) - 1), st.integers(1, 200))
def test_nothing_can_be_taken_out(place: int, length: int) -> None:
    assert examine(BUNDLE[:place] + BUNDLE[place + length :]).faults


@given(st.permutations(range(0, len(BUNDLE), 64)))
def test_pieces_cannot_change_places(order: list[int]) -> None:
    changed = b"".join(BUNDLE[start : start + 64] for start in order)
    assume(changed != BUNDLE)

    assert examine(changed).faults


@pytest.mark.parametrize(
    ("change", "exit_code", "said"),
    [
        (b"", 0, "Utuh"),
        (b"lagi", 1, "not as Netra writes it"),
        (None, 2, "tidak terbaca"),
    ],
)
def test_the_command_says_it_in_both_languages(
    tmp_path: Path, change: bytes | None, exit_code: int, said: str
) -> None:
    file = tmp_path / "berkas.zip"
    if change is not None:
        file.write_bytes(BUNDLE + change)

    result = CliRunner().invoke(netra, ["verify-bundle", str(file)])

    assert result.exit_code == exit_code
    assert said in result.output


def test_the_command_compares_with_the_paper(tmp_path: Path) -> None:
    file = tmp_path / "berkas.zip"
    file.write_bytes(BUNDLE)
    command = ["verify-bundle", str(file), "--expect"]

    same = CliRunner().invoke(netra, [*command, data_digest(CONTENTS).upper()])
    other = CliRunner().invoke(netra, [*command, "0" * 64])

    assert (same.exit_code, other.exit_code) == (0, 1)
    assert "bukan yang tercetak" in other.output


def test_a_name_cannot_command_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "berkas.zip"
    file.write_bytes(zipped({**members(), "\x1b[2J[bold]": b"{}"}))

    result = CliRunner().invoke(netra, ["verify-bundle", str(file)])

    assert "\x1b[2J" not in result.output
    assert "?[2J[bold]" in result.output
