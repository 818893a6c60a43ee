"""What can be refused, said without HTTP; `app.web.problems` translates each kind once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.core.texts import Text


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a body: where (a JSON pointer), a stable code, and what to do."""

    pointer: str
    code: str
    message: Text


class RuleBroken(ValueError):
    """Raised inside a schema where a rule of the domain is broken, with words for the reader."""

    def __init__(self, code: str, text: Text) -> None:
        self.code = code
        self.text = text
        super().__init__(code)


class DomainError(Exception):
    """A refusal that the caller can understand and act on: a stable code and a full sentence.

    `members` are what the caller needs beyond the sentence (RFC 9457, 3.2).
    """

    code: ClassVar[str] = "refused"
    text: ClassVar[Text] = Text("Permintaan ini tidak dapat dipenuhi.", "This was refused.")

    def __init__(self, detail: Text | None = None, *, retry_after: int | None = None) -> None:
        self.detail = detail or self.text
        self.retry_after = retry_after
        self.members: Mapping[str, object] = {}
        """What this refusal says beyond what all of them say (RFC 9457, 3.2)."""
        super().__init__(self.code)


class NotFound(DomainError):
    """It does not exist, or not for this reader: we never say which."""

    code = "not-found"
    text = Text("Data yang diminta tidak ditemukan.", "There is no such thing.")


class Conflict(DomainError):
    """It was possible once, but not in the present state."""

    code = "conflict"
    text = Text(
        "Tindakan ini tidak mungkin pada keadaan sekarang.", "This is not possible any more."
    )


class Invalid(DomainError):
    """The request is well formed, yet breaks a rule that only the domain knows."""

    code = "invalid"
    text = Text("Isian tidak memenuhi ketentuan.", "The content breaks a rule.")

    def __init__(self, *faults: Fault) -> None:
        super().__init__()
        self.faults = faults


class Unauthenticated(DomainError):
    """We do not know who asks."""

    code = "unauthenticated"
    text = Text("Kredensial tidak ada atau tidak berlaku.", "The credential is missing or invalid.")


class NotAllowed(DomainError):
    """We know who asks, and they may not do this."""

    code = "not-allowed"
    text = Text("Anda tidak berwenang melakukan ini.", "You may not do this.")


class Stale(DomainError):
    """The caller would change a version that is no longer the present one."""

    code = "stale"
    text = Text(
        "Data sudah berubah sejak Anda membacanya; baca lagi, lalu ulangi.",
        "It has changed since you read it; read it again and repeat.",
    )


class TooMany(DomainError):
    """More than the caller's share; `retry_after` says in how many seconds it goes on."""

    code = "too-many-requests"
    text = Text("Terlalu banyak permintaan; coba lagi nanti.", "Too many requests; try later.")


class Unavailable(DomainError):
    """Something we depend on is away for a moment; nothing was lost, repeat safely."""

    code = "unavailable"
    text = Text(
        "Layanan sedang dipulihkan; ulangi permintaan yang sama sebentar lagi.",
        "The service is recovering; repeat the same request in a moment.",
    )


class StorageNearlyFull(Unavailable):
    """So little disk is left that we keep it for what matters more, or for what is under way."""

    code = "storage-nearly-full"
    text = Text(
        "Ruang penyimpanan hampir penuh; ulangi permintaan yang sama nanti.",
        "Storage is nearly full; repeat the same request later.",
    )


class Malformed(DomainError):
    """The request names something that the protocol does not know."""

    code = "malformed"
    text = Text("Permintaan tidak sesuai dengan protokol.", "This is not how the protocol goes.")


class LineBroken(Malformed):
    """The caller hung up in the middle of the body: nobody's mistake, and nobody to tell."""

    code = "line-broken"
    text = Text("Sambungan terputus.", "The line broke.")


class TooSlow(DomainError):
    """The body stopped arriving; what came before is kept, where the operation says so."""

    code = "too-slow"
    text = Text("Kiriman terhenti terlalu lama.", "The body stopped arriving for too long.")


class Ended(DomainError):
    """It was here, and will not come back."""

    code = "ended"
    text = Text("Data ini sudah berakhir.", "This has ended.")


class VersionUnknown(DomainError):
    """The caller speaks a version of the protocol that we do not."""

    code = "version-unknown"
    text = Text("Versi protokol ini tidak dikenal.", "This version of the protocol is unknown.")


class TooLarge(DomainError):
    """More than one file, or all of them together, may have."""

    code = "too-large"
    text = Text("Kiriman terlalu besar.", "This is too large.")


class KindRefused(DomainError):
    """Content of this kind is not taken here."""

    code = "kind-refused"
    text = Text("Jenis isi ini tidak diterima.", "Content of this kind is not accepted.")


class Locked(DomainError):
    """Somebody else has it in hand at this moment."""

    code = "locked"
    text = Text(
        "Sedang dikerjakan permintaan lain; ulangi sebentar lagi.",
        "Another request has it in hand; repeat in a moment.",
    )


class ChecksumMismatch(DomainError):
    """What arrived is not what was sent."""

    code = "checksum-mismatch"
    text = Text(
        "Isi yang tiba tidak sama dengan yang dikirim; kirim lagi.",
        "What arrived is not what was sent; send it again.",
    )


class WrongCredential(Unauthenticated):
    """A credential that fits nothing; each one in a row costs the caller a longer wait."""


class GrantRefused(DomainError):
    """The token end point refuses in the words of OAuth 2.0 (RFC 6749, 5.2)."""

    code = "invalid_request"
    text = Text("Sebutkan grant_type, satu kali.", "Name the grant_type, once.")


class NotAcceptable(DomainError):
    """The caller takes none of the formats that there are."""

    code = "not-acceptable"
    text = Text(
        "Jawaban ini tidak ada dalam format yang diminta dengan Accept.",
        "This is not there in any format that Accept asks for.",
    )


class UnsupportedMedia(DomainError):
    """The body comes in a format that this operation does not read."""

    code = "unsupported-media-type"
    text = Text(
        "Isi permintaan ini tidak dalam format yang dibaca di sini.",
        "The body is in a format that is not read here.",
    )


class PreconditionMissing(DomainError):
    """A change must say which version it changes."""

    code = "precondition-required"
    text = Text(
        "Sertakan If-Match berisi ETag dari data yang Anda ubah.",
        "Send If-Match with the ETag of what you change.",
    )


class ConflictingBody(Conflict):
    """The same id was filed before with another body."""

    code = "conflicting-body"
    text = Text(
        "Id ini sudah dipakai untuk kiriman dengan isi lain.",
        "This id was used before for another body.",
    )


class KeyReused(DomainError):
    """The same Idempotency-Key came with another request."""

    code = "idempotency-key-reused"
    text = Text(
        "Idempotency-Key ini sudah dipakai untuk permintaan lain.",
        "This Idempotency-Key was used for another request.",
    )


class InProgress(Conflict):
    """The same request is being carried out at this moment."""

    code = "in-progress"
    text = Text(
        "Permintaan yang sama sedang dikerjakan; ulangi sebentar lagi.",
        "The same request is being carried out; repeat in a moment.",
    )
