"""Version 1 of the public contract: which routers it is made of, and nothing else."""

from fastapi import APIRouter

from app.accounts.router import router as accounts
from app.cases.router.clarifications import router as clarifications
from app.cases.router.conflicts import router as conflicts
from app.cases.router.custody import router as custody
from app.cases.router.desk import router as work_list
from app.cases.router.notices import router as notices
from app.cases.router.persons import router as case_persons
from app.cases.router.plenaries import router as plenaries
from app.cases.router.reports import router as case_reports
from app.cases.router.review import router as case_review
from app.cases.router.study import router as study
from app.cases.router.tracing import router as tracing
from app.cases.router.violations import router as violations
from app.certificates.router.verification import router as verification
from app.circulars.router.answers import router as circular_answers
from app.circulars.router.cascade import router as cascade
from app.circulars.router.circulars import router as circulars
from app.circulars.router.reminders import router as circular_reminders
from app.clocks.router.law import router as clocks
from app.clocks.router.previews import router as clock_previews
from app.clocks.router.reminders import router as clock_reminders
from app.complaints.router.contact import desk as supplements
from app.complaints.router.contact import receipt as additions
from app.complaints.router.desk import router as desk
from app.complaints.router.entries import router as entries
from app.complaints.router.evidence import of_receipt as own_evidence
from app.complaints.router.evidence import router as complaint_evidence
from app.complaints.router.filing import router as filing
from app.complaints.router.identity import router as identity
from app.complaints.router.importing import router as importing
from app.complaints.router.links import router as links
from app.complaints.router.paper import router as paper
from app.complaints.router.queues import router as queues
from app.complaints.router.receipt import router as receipt
from app.complaints.router.search import router as search
from app.consultations.router.desk import router as consultations
from app.consultations.router.public import router as asking
from app.consultations.router.receipt import router as own_consultation
from app.correspondence.router.complaints import router as desk_messages
from app.correspondence.router.consultations import desk as consultation_messages
from app.correspondence.router.consultations import receipt as asker_messages
from app.correspondence.router.receipt import router as receipt_messages
from app.credentials.router import router as credentials
from app.declarations.router.certificates import router as signers_certificates
from app.declarations.router.checking import router as checking
from app.declarations.router.declarations import router as declarations
from app.declarations.router.invalidations import router as invalidations
from app.declarations.router.links import router as personal_links
from app.declarations.router.room import router as signing_room
from app.declarations.router.rosters import router as rosters
from app.declarations.router.signing import router as signing
from app.declarations.router.tallies import router as tallies
from app.elections.router import router as elections
from app.evidence.router.retention import router as retention
from app.evidence.router.uploads import router as uploads
from app.ledger.router import router as ledger
from app.offices.router import router as offices
from app.open_data.router import router as open_data
from app.prevention.router.gatherings import router as gatherings
from app.prevention.router.matrix import router as prevention_figures
from app.prevention.router.one_qr import own as own_signing
from app.prevention.router.one_qr import router as one_qr
from app.prevention.router.turning import router as turning
from app.rakor.router.certificates import of_invited as invitation_certificates
from app.rakor.router.certificates import router as event_certificates
from app.rakor.router.check_ins import router as check_ins
from app.rakor.router.closings import router as attendance_closings
from app.rakor.router.copies import router as event_copies
from app.rakor.router.duty_letters import router as duty_letters
from app.rakor.router.events import router as events
from app.rakor.router.feeds import router as event_calendar
from app.rakor.router.followups import of_event as follow_up_plans
from app.rakor.router.followups import owing as follow_up_offices
from app.rakor.router.followups import own as follow_up_answers
from app.rakor.router.followups import reminders as follow_up_reminders
from app.rakor.router.followups import router as follow_ups
from app.rakor.router.invitations import answers as invitation_answers
from app.rakor.router.invitations import router as invitations
from app.rakor.router.mails import router as invitation_mails
from app.rakor.router.materials import of_invited as invitation_materials
from app.rakor.router.materials import router as materials
from app.rakor.router.minutes import router as minutes
from app.rakor.router.presence import router as presence
from app.rakor.router.prevention_forms import of_area as prevention_forms
from app.rakor.router.prevention_forms import router as prevention_form_of_event
from app.rakor.router.reports import router as activity_reports
from app.rakor.router.sessions import router as run_downs
from app.rakor.router.tickets import router as event_doors
from app.rakor.router.tickets import tickets as event_tickets
from app.referrals.router.case_files import router as case_files
from app.referrals.router.law import router as authorities
from app.referrals.router.referrals import router as referrals
from app.referrals.router.steps import router as referral_steps
from app.regions.router import router as regions
from app.stats.router.coverage import router as figure_coverage
from app.stats.router.feeds import router as figure_feeds
from app.stats.router.figures import router as stats
from app.stats.router.forecast import router as forecasts
from app.stats.router.public import router as public_tables
from app.stats.router.questions import router as questions
from app.web.reference import router as reference

router = APIRouter(prefix="/api/v1")
router.include_router(filing)
router.include_router(search)
router.include_router(entries)
router.include_router(importing)
router.include_router(desk)
router.include_router(queues)
router.include_router(links)
router.include_router(receipt)
router.include_router(identity)
router.include_router(complaint_evidence)
router.include_router(own_evidence)
router.include_router(uploads)
router.include_router(retention)
router.include_router(additions)
router.include_router(supplements)
router.include_router(desk_messages)
router.include_router(receipt_messages)
router.include_router(paper)
router.include_router(work_list)
router.include_router(custody)
router.include_router(conflicts)
router.include_router(clarifications)
router.include_router(study)
router.include_router(violations)
router.include_router(plenaries)
router.include_router(notices)
router.include_router(case_reports)
router.include_router(case_persons)
router.include_router(case_review)
router.include_router(tracing)
router.include_router(case_files)
router.include_router(authorities)
router.include_router(referrals)
router.include_router(referral_steps)
router.include_router(rosters)
router.include_router(declarations)
router.include_router(signers_certificates)
router.include_router(verification)
router.include_router(signing)
router.include_router(ledger)
router.include_router(tallies)
router.include_router(signing_room)
router.include_router(checking)
router.include_router(invalidations)
router.include_router(personal_links)
router.include_router(stats)
router.include_router(questions)
router.include_router(figure_feeds)
router.include_router(figure_coverage)
router.include_router(forecasts)
router.include_router(open_data)
router.include_router(public_tables)
router.include_router(events)
router.include_router(run_downs)
router.include_router(event_copies)
router.include_router(invitations)
router.include_router(invitation_answers)
router.include_router(invitation_mails)
router.include_router(duty_letters)
router.include_router(event_calendar)
router.include_router(presence)
router.include_router(check_ins)
router.include_router(event_doors)
router.include_router(event_tickets)
router.include_router(minutes)
router.include_router(attendance_closings)
router.include_router(materials)
router.include_router(invitation_materials)
router.include_router(event_certificates)
router.include_router(activity_reports)
router.include_router(prevention_form_of_event)
router.include_router(prevention_forms)
router.include_router(invitation_certificates)
router.include_router(follow_up_plans)
router.include_router(follow_ups)
router.include_router(follow_up_offices)
router.include_router(follow_up_answers)
router.include_router(follow_up_reminders)
router.include_router(gatherings)
router.include_router(one_qr)
router.include_router(own_signing)
router.include_router(prevention_figures)
router.include_router(asking)
router.include_router(own_consultation)
router.include_router(turning)
router.include_router(consultations)
router.include_router(consultation_messages)
router.include_router(asker_messages)
router.include_router(circulars)
router.include_router(cascade)
router.include_router(circular_answers)
router.include_router(circular_reminders)
router.include_router(clocks)
router.include_router(clock_previews)
router.include_router(clock_reminders)
router.include_router(credentials)
router.include_router(accounts)
router.include_router(offices)
router.include_router(elections)
router.include_router(regions)
router.include_router(reference)
