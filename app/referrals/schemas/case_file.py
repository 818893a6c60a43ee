"""What a case file is made of, in the shapes in which the officers of the holder read it."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from app.cases.schemas.cases import CaseOut
from app.cases.schemas.custody import CustodyOut
from app.cases.schemas.handling import ClarificationOut, OpenedDocumentOut
from app.cases.schemas.persons import CasePersonOut
from app.cases.schemas.plenaries import PlenaryOut
from app.cases.schemas.review import RequirementOut
from app.complaints.schemas.contact import SupplementOut
from app.complaints.schemas.desk import ComplaintOut
from app.referrals.schemas.dossier import DossierEvidence
from app.referrals.schemas.referrals import ReferralOut
from app.referrals.schemas.steps import ControlOut, FollowUpOut


class FiledReport(BaseModel):
    """A report of the case; who reported stays closed."""

    report: ComplaintOut
    supplements: list[SupplementOut]


class FiledReferral(BaseModel):
    referral: ReferralOut
    authority: str
    follow_ups: list[FollowUpOut]
    bkn_actions: list[ControlOut]


class Deed(BaseModel):
    """One line of the chronology."""

    at: datetime
    action: str
    actor_kind: str
    office_id: UUID | None


class CaseContents(BaseModel):
    """Everything of a case that a file holds, and no moment of its own making."""

    case: CaseOut
    holder: str
    time_zone: str
    persons: list[CasePersonOut]
    requirements: list[RequirementOut]
    reports: list[FiledReport]
    clarifications: list[ClarificationOut]
    documents: list[OpenedDocumentOut]
    decisions: list[PlenaryOut]
    custody: list[CustodyOut]
    referrals: list[FiledReferral]
    evidence: list[DossierEvidence]
    chronology: list[Deed]
