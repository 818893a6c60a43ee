"""What an authority is told of a case, as it lies sealed and as it is shown: this and no more."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from app.cases.rules.decisions import Category, SubjectGroup
from app.cases.rules.violations import Severity
from app.evidence.schemas.uploads import EXAMPLE_SHA256


class DossierPerson(BaseModel):
    """A person concerned; what is not known is null."""

    id: UUID
    name: str = Field(examples=["Terlapor Rekaan"])
    position: str | None = Field(None, examples=["Camat"])
    office: str | None = Field(None, examples=["Kantor Camat Contoh"])
    employee_number: str | None = Field(None, description="NIP or NI PPPK, where it is known.")
    subject_group: SubjectGroup | None = None


class DossierViolation(BaseModel):
    """A kind of violation that the plenary named, with its legal basis on the day of the act."""

    code: str = Field(examples=["D06_SOCIAL_ENGAGEMENT"])
    name: str = Field(examples=["Menyukai unggahan calon"])
    severity: Severity | None = None
    legal_basis: list[str] = Field(examples=[["PP 94/2021 Pasal 14 huruf i"]])


class DossierEvidence(BaseModel):
    """A piece of evidence, which stays with Bawaslu; by its hash it is known again."""

    id: UUID
    media_type: str = Field(examples=["image/jpeg"])
    size: int = Field(examples=[93_871])
    sha256: str = Field(examples=[EXAMPLE_SHA256])
    received_at: datetime


class DossierEvent(BaseModel):
    what: str = Field(examples=["Ajakan memilih dalam apel pagi"])
    place: str = Field(examples=["Halaman kantor kecamatan"])
    region_code: str = Field(examples=["73.04"])
    occurred_on: date


class Recommendation(BaseModel):
    severity: Severity | None = None
    note: str | None = Field(None, examples=["Agar dijatuhi hukuman disiplin berat."])


class Dossier(BaseModel):
    """Made at the moment of forwarding, sealed, and never changed afterwards."""

    register_number: str | None = Field(examples=["001/REG/LP/PB/Kab/16.09/IX/2024"])
    office: str = Field(description="Who forwards.", examples=["Bawaslu Kabupaten Jeneponto"])
    letter_number: str = Field(examples=["112/PP.00.02/K.SN-08/11/2024"])
    letter_on: date
    category: Category
    persons: list[DossierPerson]
    event: DossierEvent
    violations: list[DossierViolation]
    conclusion: str = Field(examples=["Rekaan: unsur keberpihakan terbukti."])
    minutes_number: str | None = Field(None, examples=["017/BA-PLENO/XI/2024"])
    decided_on: date | None = None
    recommendation: Recommendation
    evidence: list[DossierEvidence]
    made_at: datetime
