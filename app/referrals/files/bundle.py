"""The bundle of a case file: a ZIP that is the same bytes for the same contents, with a manifest.

Every member is stored, not compressed, under one date and in one order, so that whoever has the
contents can write the very same file again, and no stray byte hides between them.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any, Final

FORMAT: Final = "netra-case-file/1"
MANIFEST: Final = "manifest.json"
PRINTED: Final = "file.pdf"
"""It prints the digest of all the others, so it cannot be one of them."""

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_MODE: Final = 0o600 << 16


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, without white space, in UTF-8: equal values are equal bytes."""
    plain = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return plain.encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def listed(contents: Mapping[str, bytes]) -> list[dict[str, str | int]]:
    """Name, size and SHA-256 of every member, by name."""
    return [
        {"name": name, "size": len(contents[name]), "sha256": sha256(contents[name])}
        for name in sorted(contents)
    ]


def data_digest(contents: Mapping[str, bytes]) -> str:
    """What is printed on paper: the SHA-256 of the list of all members but the paper itself."""
    rest = {name: each for name, each in contents.items() if name not in (PRINTED, MANIFEST)}
    return sha256(canonical(listed(rest)))


def manifest_of(contents: Mapping[str, bytes]) -> bytes:
    rest = {name: each for name, each in contents.items() if name != MANIFEST}
    said = {"format": FORMAT, "data_sha256": data_digest(rest), "members": listed(rest)}
    return canonical(said)


def bundle_of(contents: Mapping[str, bytes]) -> bytes:
    """The whole file, its manifest included; a manifest among the contents is written anew."""
    members = {**contents, MANIFEST: manifest_of(contents)}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system = _UNIX
            entry.external_attr = _MODE
            archive.writestr(entry, members[name])
    return whole.getvalue()
