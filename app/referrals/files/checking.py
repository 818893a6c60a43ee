"""Whether a bundle is as Netra wrote it: every byte is looked at, without any network."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.core.texts import Text
from app.referrals.files.bundle import FORMAT, MANIFEST, bundle_of, data_digest, sha256

MOST_BYTES: Final = 256 * 1024 * 1024
MOST_MEMBERS: Final = 64
# What reading a file that is no ZIP, or a broken one, can end in.
_BROKEN: Final = (
    zipfile.BadZipFile,
    ValueError,
    NotImplementedError,
    EOFError,
    RuntimeError,
    OSError,
    OverflowError,
    LookupError,
)


@dataclass(frozen=True)
class BundleFault:
    """One thing that is wrong, in which member, in both languages."""

    code: str
    text: Text
    member: str = ""


@dataclass(frozen=True)
class Examined:
    """What was found; the digests are empty where the bundle could not be read so far."""

    faults: tuple[BundleFault, ...]
    manifest_sha256: str = ""
    data_sha256: str = ""
    members: int = 0


@dataclass(frozen=True)
class _Listed:
    name: str
    size: int
    sha256: str


class _Refused(Exception):
    def __init__(self, *faults: BundleFault) -> None:
        self.faults = faults
        super().__init__()


def examine(data: bytes, expected: str | None = None) -> Examined:
    """Look at a bundle; `expected` is the digest that its paper prints."""
    try:
        members = _unpacked(data)
        manifest = _manifest(members)
    except _Refused as refusal:
        return Examined(refusal.faults)
    faults = [*_compared(members, manifest), *_digest_faults(members, manifest, expected)]
    if not faults and bundle_of(members) != data:
        faults.append(_NOT_AS_WRITTEN)
    return Examined(tuple(faults), sha256(members[MANIFEST]), data_digest(members), len(members))


def _unpacked(data: bytes) -> dict[str, bytes]:
    if len(data) > MOST_BYTES:
        raise _Refused(TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive.infolist(), len(data))
            return {each.filename: archive.read(each) for each in archive.infolist()}
    except _BROKEN as broken:
        raise _Refused(_NOT_A_BUNDLE) from broken


def _check_entries(entries: list[zipfile.ZipInfo], whole: int) -> None:
    """Refuse what could unpack into more than lies there, before anything is unpacked."""
    names = [each.filename for each in entries]
    if len(entries) > MOST_MEMBERS or sum(each.file_size for each in entries) > whole:
        raise _Refused(_BOMB)
    if any(each.compress_type != zipfile.ZIP_STORED or each.flag_bits & 1 for each in entries):
        raise _Refused(_BOMB)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _Refused(*(_of(_TWICE, name) for name in twice))


def _manifest(members: Mapping[str, bytes]) -> dict[str, Any]:
    if MANIFEST not in members:
        raise _Refused(_of(_MISSING, MANIFEST))
    try:
        said = json.loads(members[MANIFEST])
        known = {"format", "data_sha256", "members"}
        if said["format"] != FORMAT or said.keys() != known:
            raise _Refused(_of(_UNKNOWN_FORMAT, MANIFEST))
        listed = [
            _Listed(str(each["name"]), each["size"], str(each["sha256"]))
            for each in said["members"]
        ]
        return {"data_sha256": said["data_sha256"], "members": listed}
    except (ValueError, TypeError, KeyError, RecursionError) as broken:
        raise _Refused(_of(_UNKNOWN_FORMAT, MANIFEST)) from broken


def _compared(members: Mapping[str, bytes], manifest: Mapping[str, Any]) -> list[BundleFault]:
    listed: list[_Listed] = manifest["members"]
    names = {each.name for each in listed}
    extra = sorted(members.keys() - names - {MANIFEST})
    hashes = {sha256(members[name]): name for name in extra}
    faults = [fault for each in listed if (fault := _fault(each, members, hashes)) is not None]
    renamed = {hashes[each.sha256] for each in listed if _is_renamed(each, members, hashes)}
    return [*faults, *(_of(_ADDED, name) for name in extra if name not in renamed)]


def _fault(
    each: _Listed, members: Mapping[str, bytes], extra: Mapping[str, str]
) -> BundleFault | None:
    content = members.get(each.name)
    if content is None:
        return _of(_RENAMED if _is_renamed(each, members, extra) else _MISSING, each.name)
    if len(content) != each.size or sha256(content) != each.sha256:
        return _of(_CHANGED, each.name)
    return None


def _is_renamed(each: _Listed, members: Mapping[str, bytes], extra: Mapping[str, str]) -> bool:
    return each.name not in members and each.sha256 in extra


def _digest_faults(
    members: Mapping[str, bytes], manifest: Mapping[str, Any], expected: str | None
) -> list[BundleFault]:
    digest = data_digest(members)
    faults = [] if manifest["data_sha256"] == digest else [_of(_WRONG_DIGEST, MANIFEST)]
    if expected is not None and expected.strip().lower() != digest:
        faults.append(OTHER_BUNDLE)
    return faults


def _of(fault: BundleFault, member: str) -> BundleFault:
    return BundleFault(fault.code, fault.text, member)


TOO_LARGE: Final = BundleFault(
    "too-large", Text("Berkas ini terlalu besar untuk sebuah bundel.", "This is too large.")
)
OTHER_BUNDLE: Final = BundleFault(
    "other-bundle",
    Text(
        "Sidik data bundel ini bukan yang tercetak di kertas.",
        "The digest of this bundle is not the one that the paper prints.",
    ),
)
_NOT_A_BUNDLE: Final = BundleFault(
    "not-a-bundle",
    Text("Ini bukan bundel Netra, atau berkasnya rusak.", "This is no bundle, or it is damaged."),
)
_BOMB: Final = BundleFault(
    "not-stored",
    Text(
        "Bundel Netra tidak dimampatkan, dan isinya tidak lebih besar dari berkasnya.",
        "A bundle of Netra is not compressed, and holds no more than the file has.",
    ),
)
_TWICE: Final = BundleFault("twice", Text("Ada dua kali.", "It is there twice."))
_MISSING: Final = BundleFault("missing", Text("Hilang.", "It is missing."))
_ADDED: Final = BundleFault("added", Text("Ditambahkan kemudian.", "It was added."))
_RENAMED: Final = BundleFault("renamed", Text("Namanya diubah.", "It was renamed."))
_CHANGED: Final = BundleFault("changed", Text("Isinya diubah.", "It was changed."))
_UNKNOWN_FORMAT: Final = BundleFault(
    "unknown-manifest", Text("Daftar isinya tidak dikenal.", "Its manifest is not known.")
)
_WRONG_DIGEST: Final = BundleFault(
    "wrong-digest",
    Text("Sidik data di daftar isi keliru.", "The digest in the manifest is wrong."),
)
_NOT_AS_WRITTEN: Final = BundleFault(
    "not-as-written",
    Text(
        "Isinya utuh, tetapi berkasnya tidak seperti yang ditulis Netra.",
        "The contents are whole, but the file is not as Netra writes it.",
    ),
)
