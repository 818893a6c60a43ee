"""Texts with signatures of Ed25519 under them: c2sp.org/signed-note."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519: Final = b"\x01"
KEY_ID_BYTES: Final = 4
KEY_BYTES: Final = 32
MOST_SIGNATURES: Final = 100

_DASH: Final = "\u2014 "


class NoteWrong(ValueError):
    """The note is not well-formed, or not signed by whom it should be."""


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One line under a note: who signed, the id of the key, and the signature itself."""

    name: str
    key_id: bytes
    signature: bytes

    def line(self) -> str:
        """The line as it stands under the note, with its end."""
        return f"{_DASH}{self.name} {write64(self.key_id + self.signature)}\n"


class Verifier(Protocol):
    """Knows one key that signs notes."""

    @property
    def name(self) -> str: ...
    @property
    def key_id(self) -> bytes: ...
    def confirms(self, text: str, signature: bytes) -> bool: ...


@dataclass(frozen=True)
class NoteVerifier:
    """The public half of a key, by the name it signs under."""

    name: str
    public_key: bytes

    @classmethod
    def parse(cls, verifier_key: str) -> "NoteVerifier":
        """Read `<name>+<key id in hex>+<base64 of 0x01 and the key>`."""
        return cls(*read_verifier_key(verifier_key, ED25519))

    @cached_property
    def key_id(self) -> bytes:
        return key_id_of(self.name, ED25519, self.public_key)

    @property
    def verifier_key(self) -> str:
        return write_verifier_key(self.name, ED25519, self.public_key)

    def confirms(self, text: str, signature: bytes) -> bool:
        return is_signed(self.public_key, text.encode(), signature)


@dataclass(frozen=True)
class NoteSigner:
    """Signs notes under a name with the 32 bytes of a private key of Ed25519."""

    name: str
    private_key: bytes

    @cached_property
    def verifier(self) -> NoteVerifier:
        return NoteVerifier(self.name, public_key_of(self.private_key))

    @property
    def verifier_key(self) -> str:
        return self.verifier.verifier_key

    def sign(self, text: str) -> str:
        """The line of the signature, to be put under the text and an empty line."""
        signature = Ed25519PrivateKey.from_private_bytes(self.private_key).sign(text.encode())
        return NoteSignature(self.name, self.verifier.key_id, signature).line()


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A text, the signatures that known keys gave it, and those of keys nobody here knows."""

    text: str
    signatures: Sequence[NoteSignature]
    unknown: Sequence[NoteSignature]

    def is_signed_by(self, verifier: Verifier) -> bool:
        keys = {(each.name, each.key_id) for each in self.signatures}
        return (verifier.name, verifier.key_id) in keys


def write_note(text: str, lines: Iterable[str]) -> str:
    """Put lines of signatures under a text that ends its last line."""
    if not text.endswith("\n"):
        raise NoteWrong
    return f"{text}\n{''.join(lines)}"


def read_note(note: str) -> tuple[str, Sequence[NoteSignature]]:
    """Part the text from the signatures, of which there is at least one; none is checked."""
    text, parted, below = note.rpartition("\n\n")
    if not parted or not below.endswith("\n") or not _is_plain(note):
        raise NoteWrong
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoteWrong
    return f"{text}\n", [read_signature(line) for line in lines]


def open_note(note: str, verifiers: Iterable[Verifier]) -> OpenedNote:
    """Read a note; a bad signature of a known key, or none of any, is refused."""
    text, signatures = read_note(note)
    known = {(each.name, each.key_id): each for each in verifiers}
    # A second signature of the same key says nothing that the first does not.
    firsts = {(each.name, each.key_id): each for each in reversed(signatures)}
    ours = [firsts[key] for key in reversed(firsts) if key in known]
    if not ours or not all(
        known[each.name, each.key_id].confirms(text, each.signature) for each in ours
    ):
        raise NoteWrong
    unknown = [each for each in signatures if (each.name, each.key_id) not in known]
    return OpenedNote(text, ours, unknown)


def read_signature(line: str) -> NoteSignature:
    """Read one line under a note, without its end."""
    name, parted, written = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not parted or not is_name(name):
        raise NoteWrong
    content = read64(written)
    if len(content) <= KEY_ID_BYTES:
        raise NoteWrong
    return NoteSignature(name, content[:KEY_ID_BYTES], content[KEY_ID_BYTES:])


def is_name(name: str) -> bool:
    """Whether a key can have this name: something, without spaces and without a plus."""
    return bool(name) and "+" not in name and not any(each.isspace() for each in name)


def key_id_of(name: str, kind: bytes, public_key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + kind + public_key).digest()[:KEY_ID_BYTES]


def write_verifier_key(name: str, kind: bytes, public_key: bytes) -> str:
    return f"{name}+{key_id_of(name, kind, public_key).hex()}+{write64(kind + public_key)}"


def read_verifier_key(verifier_key: str, kind: bytes) -> tuple[str, bytes]:
    """The name and the public key of a verifier key of this kind; anything else is refused."""
    name, _, rest = verifier_key.partition("+")
    written = rest.partition("+")[2]
    content = read64(written)
    public_key = content[1:]
    if content[:1] != kind or len(public_key) != KEY_BYTES or not is_name(name):
        raise NoteWrong
    if write_verifier_key(name, kind, public_key) != verifier_key:
        raise NoteWrong
    return name, public_key


def public_key_of(private_key: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def write64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def read64(written: str) -> bytes:
    """Read base64; only what `write64` would write is taken."""
    try:
        content = base64.b64decode(written, validate=True)
    except ValueError as wrong:
        raise NoteWrong from wrong
    if write64(content) != written:
        raise NoteWrong
    return content


def _is_plain(note: str) -> bool:
    """Whether a note is UTF-8 without control characters other than the ends of lines."""
    return not any((each < " " and each != "\n") or "\ud800" <= each <= "\udfff" for each in note)
