from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.files.handling import open_plenary
from app.cases.models.cases import Case, CasePerson
from app.cases.models.handling import DecidedCategory, Plenary
from app.cases.repository.handling import HandlingRepository
from app.cases.repository.persons import PersonRepository
from app.complaints.files.sealing import SealedContent, open_content
from app.complaints.models.complaints import Complaint
from app.complaints.repository.complaints import ComplaintRepository
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.evidence.files.metadata import open_metadata
from app.evidence.repository.evidence import EvidenceRepository
from app.offices.repository import OfficeRepository
from app.referrals.files.dossier import open_person
from app.referrals.repository.facts import FactsRepository
from app.referrals.schemas.dossier import (
    Dossier,
    DossierEvent,
    DossierEvidence,
    DossierPerson,
    DossierViolation,
    Recommendation,
)
from app.referrals.schemas.referrals import ReferralIn


class DossierMaker:
    """Puts together what an authority may know of a case, as it is at this moment.

    Neither who reported, nor the reporter's own words: an account betrays who wrote it.
    """

    def __init__(self, session: AsyncSession, now: datetime, keys: Keyring) -> None:
        self.facts = FactsRepository(session)
        self.handling = HandlingRepository(session)
        self.persons = PersonRepository(session)
        self.complaints = ComplaintRepository(session, SYSTEM)
        self.evidence = EvidenceRepository(session, SYSTEM)
        self.offices = OfficeRepository(session)
        self.now = now
        self.keys = keys

    async def make(
        self, case: Case, decided: DecidedCategory, persons: Sequence[CasePerson], form: ReferralIn
    ) -> Dossier:
        plenary = await self.handling.decision(case)
        office = await self.offices.get(case.office_id)
        violations = await self._violations(case, decided)
        reports = await self.facts.complaints(case)
        return Dossier(
            register_number=case.number,
            office=office.name,
            letter_number=form.letter_number,
            letter_on=form.letter_on,
            category=form.category,
            persons=await self._persons(persons),
            event=await self._event(case, reports, form.event, _named(violations)),
            violations=violations,
            conclusion=_conclusion(plenary, self.keys),
            minutes_number=plenary.minutes_number if plenary else None,
            decided_on=plenary.held_on if plenary else None,
            recommendation=Recommendation(**dict(form.recommendation)),
            evidence=await self.evidence_of([each.id for each in reports]),
            made_at=self.now,
        )

    async def _persons(self, persons: Sequence[CasePerson]) -> list[DossierPerson]:
        sources = await self.persons.sources(persons)
        return [open_person(each, sources, self.keys) for each in persons]

    async def _violations(self, case: Case, decided: DecidedCategory) -> list[DossierViolation]:
        kinds = await self.facts.violation_kinds(decided.violation_kinds, case.occurred_on)
        return [
            DossierViolation(
                code=each.code,
                name=each.name_id,
                severity=each.severity,
                legal_basis=list(each.legal_basis),
            )
            for each in kinds
        ]

    async def _event(
        self, case: Case, reports: Sequence[Complaint], said: str | None, named: str
    ) -> DossierEvent:
        """In the words of the letter, or of the redacted summary, or else by what was decided."""
        summary = next((each.summary for each in reports if each.summary), None)
        first = await self._content(reports[0]) if reports else None
        return DossierEvent(
            what=said or summary or named,
            place=first.place if first else "",
            region_code=case.region_code,
            occurred_on=case.occurred_on,
        )

    async def _content(self, report: Complaint) -> SealedContent:
        return open_content(await self.complaints.content_of(report), report.id, self.keys)

    async def evidence_of(self, complaint_ids: Collection[UUID]) -> list[DossierEvidence]:
        """The files of these reports by their hashes, in the order in which they came."""
        files = await self.evidence.in_all(complaint_ids)
        ordered = sorted(files, key=lambda each: (each.received_at, each.id))
        return [
            DossierEvidence(
                id=each.id,
                media_type=each.media_type,
                size=each.size,
                sha256=open_metadata(each.sealed, each.id, self.keys).sha256,
                received_at=each.received_at,
            )
            for each in ordered
        ]


def _named(violations: Sequence[DossierViolation]) -> str:
    return "; ".join(each.name for each in violations)


def _conclusion(plenary: Plenary | None, keys: Keyring) -> str:
    """The reasons that the plenary gave; who voted how does not leave the house."""
    return open_plenary(plenary, keys).reasoning if plenary else ""
