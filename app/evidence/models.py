from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text, true
from sqlalchemy.orm import Mapped, mapped_column

from app.clocks.rules.norms import Confidence
from app.core.actors import ActorKind
from app.core.database import Base, Json, Model, Scale
from app.evidence.rules.copies import CopyFailure, CopyOutcome
from app.evidence.rules.documents import DocumentState
from app.evidence.rules.retention import EvidenceClass, RetentionStart
from app.evidence.rules.subjects import SubjectKind
from app.evidence.rules.uploads import UploadState


class Upload(Model):
    """A file on its way to a complaint: how much of it has come, and who may send the rest.

    `sealed` and `sealed_key` are what the evidence will carry; they leave with the last byte, for
    then the evidence holds them, and with an upload that ends before it.
    """

    __tablename__ = "upload"
    __table_args__ = (
        Index(None, "subject_id", "content_index"),
        Index(None, "state", "expires_at"),
        {"info": {"scale": Scale.LOCAL}},
    )

    subject_id: Mapped[UUID]
    region_id: Mapped[int]
    region_code: Mapped[str]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[UUID | None]
    length: Mapped[int] = mapped_column(BigInteger)
    # The blind index of the hash, here and in the evidence, and the index key that made it.
    key_id: Mapped[UUID]
    content_index: Mapped[bytes]
    sealed: Mapped[bytes | None]
    sealed_key: Mapped[bytes | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    stored: Mapped[int] = mapped_column(BigInteger, default=0)
    state: Mapped[UploadState] = mapped_column(default=UploadState.OPEN)


class Evidence(Model):
    """A file as it arrived, sealed; it keeps the id of the upload that brought it.

    `captured_at` is what the phone said, `received_at` when the last byte had come.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        Index(None, "subject_id", "received_at"),
        Index(None, "content_index"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    subject_id: Mapped[UUID]
    region_id: Mapped[int]
    region_code: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    captured_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    sealed: Mapped[bytes]
    content_index: Mapped[bytes]
    sealed_key: Mapped[bytes]


class EvidenceSubject(Model):
    """What officers can add files to beside complaints, and where it belongs; under its own id.

    Where it has an office, only who acts for that adds files: whoever was merely shown the thing
    would use up what it may hold. What is closed takes no file any more; those that came stay.
    """

    __tablename__ = "evidence_subject"
    __table_args__ = ({"info": {"scale": Scale.LOCAL}},)

    kind: Mapped[SubjectKind]
    region_id: Mapped[int]
    region_code: Mapped[str]
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"), default=None)
    is_open: Mapped[bool] = mapped_column(default=True, server_default=true())


class WorkingCopy(Model):
    """The cleaned copy of a piece of evidence for daily work, or why there is none.

    Its id is that of the stored file; each attempt takes a new one, for nothing that an earlier
    attempt left in the store is ever overwritten.
    """

    __tablename__ = "working_copy"
    __table_args__ = (
        Index(None, "evidence_id", unique=True),
        Index(
            "ix_working_copy_waiting",
            "claimed_at",
            postgresql_where=text("outcome = 'waiting'"),
        ),
        {"info": {"scale": Scale.LOCAL}},
    )

    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"))
    outcome: Mapped[CopyOutcome] = mapped_column(default=CopyOutcome.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(default=None)
    failure: Mapped[CopyFailure | None] = mapped_column(default=None)
    media_type: Mapped[str | None] = mapped_column(default=None)
    size: Mapped[int | None] = mapped_column(BigInteger, default=None)
    sealed: Mapped[bytes | None] = mapped_column(default=None)
    sealed_key: Mapped[bytes | None] = mapped_column(default=None)
    removed: Mapped[Json] = mapped_column(default_factory=dict)
    made_at: Mapped[datetime | None] = mapped_column(default=None)


class DocumentCheck(Model):
    """What was found when the signatures in a document were checked; who signed lies sealed."""

    __tablename__ = "document_check"
    __table_args__ = (
        Index(None, "evidence_id", unique=True),
        Index(
            "ix_document_check_waiting",
            "claimed_at",
            postgresql_where=text("state = 'waiting'"),
        ),
        {"info": {"scale": Scale.LOCAL}},
    )

    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"))
    state: Mapped[DocumentState] = mapped_column(default=DocumentState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(default=None)
    sealed: Mapped[bytes | None] = mapped_column(default=None)
    checked_at: Mapped[datetime | None] = mapped_column(default=None)


class EvidenceOpening(Model):
    """An officer opened an original, and said why; the reason is sealed."""

    __tablename__ = "evidence_opening"
    __table_args__ = (
        Index(None, "evidence_id", "opened_at"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"))
    officer_id: Mapped[UUID]
    office_id: Mapped[UUID]
    opened_at: Mapped[datetime]
    sealed: Mapped[bytes]


class LegalHold(Model):
    """Whatever retention says, this complaint's evidence is kept until the hold is released."""

    __tablename__ = "legal_hold"
    __table_args__ = (Index(None, "subject_id", "placed_at"), {"info": {"scale": Scale.LOCAL}})

    subject_id: Mapped[UUID]
    region_id: Mapped[int]
    region_code: Mapped[str]
    placed_by: Mapped[UUID]
    placed_at: Mapped[datetime]
    sealed: Mapped[bytes]
    released_by: Mapped[UUID | None] = mapped_column(default=None)
    released_at: Mapped[datetime | None] = mapped_column(default=None)


class StoredRetention(Base):
    """One version of a retention period; `rules.RetentionRule` says what the columns mean."""

    __tablename__ = "retention_rule"
    __table_args__ = ({"info": {"scale": Scale.REFERENCE}},)

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    evidence_class: Mapped[EvidenceClass]
    years: Mapped[int]
    start_event: Mapped[RetentionStart]
    source: Mapped[str]
    confidence: Mapped[Confidence]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
