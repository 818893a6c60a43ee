"""What the domains bring to the house: who listens to whom, what is loaded, and what codes mean."""

from typing import Final

from app.accounts import rules as account_rules
from app.audit.service import Listeners
from app.cases.jobs.violations import REFERENCE as VIOLATION_KINDS
from app.cases.rules.labels import LABELS as CASE_LABELS
from app.cases.service.access import settle_access
from app.cases.service.answers import note_file, note_supplement, note_withdrawal
from app.cases.service.following import follow_clocks
from app.cases.service.opening import open_case, open_finding
from app.certificates.rules.states import LABELS as PAPER_LABELS
from app.circulars.rules import labels as circular_labels
from app.clocks.jobs.loading import REFERENCE as CLOCKS
from app.clocks.rules import labels as clock_labels
from app.complaints.jobs.indexing import MARKS
from app.complaints.rules import desk as desk_rules
from app.complaints.rules import identity as identity_rules
from app.complaints.rules import labels as complaint_labels
from app.complaints.rules import likeness, links
from app.complaints.service.indexing import note_new_facts
from app.complaints.service.unread import count_message, count_reading
from app.consultations.jobs import REFERENCE as LAW_ARTICLES
from app.consultations.rules.labels import LABELS as CONSULTATION_LABELS
from app.consultations.service.unread import (
    count_asker_message,
    count_asker_reading,
    refuse_turned,
)
from app.core.reference import ReferenceSet
from app.core.rotation import Blinded
from app.correspondence.rules import messages as message_rules
from app.credentials.jobs import end_sign_ins
from app.declarations.jobs import PERSONS
from app.declarations.jobs import REFERENCE as PLEDGE_TEXTS
from app.declarations.rules.labels import LABELS as DECLARATION_LABELS
from app.declarations.service.admitting import admit_papers
from app.declarations.service.counting import count_leaves
from app.elections import rules as election_rules
from app.elections.jobs import REFERENCE as ELECTIONS
from app.evidence.jobs.indexes import FILES
from app.evidence.jobs.retention import REFERENCE as RETENTION
from app.evidence.rules import copies as copy_rules
from app.evidence.rules import documents as document_rules
from app.evidence.rules import retention as retention_rules
from app.evidence.rules import uploads as upload_rules
from app.ledger.rules import logs as log_rules
from app.ledger.rules.logs import LogName
from app.ledger.service.publishing import Following
from app.offices import rules as office_rules
from app.offices.jobs import REFERENCE as OFFICES
from app.open_data.rules import datasets as open_data_rules
from app.posts.rules.categories import LABELS as POST_LABELS
from app.prevention.rules import matrix as prevention_rules
from app.rakor.rules import labels as rakor_labels
from app.rakor.service.admitting import admit_materials, admit_proofs
from app.rakor.service.mailing import (
    mail_answer,
    mail_cancellation,
    mail_change,
    mail_invited,
    mail_reissue,
    mail_withdrawal,
)
from app.referrals.jobs.law import REFERENCE as AUTHORITIES
from app.referrals.rules.labels import LABELS as REFERRAL_LABELS
from app.referrals.service.steps import recount_referrals
from app.regions import rules as region_rules
from app.regions.jobs import REFERENCE as REGIONS
from app.stats.jobs import REFERENCE as BASELINES
from app.stats.rules import baselines as baseline_rules
from app.stats.rules import dimensions, steps, waiting
from app.stats.rules import forecasting as forecast_rules
from app.stats.rules import seasons as season_rules
from app.stats.rules.units import UNITS
from app.web.reference import Labels

LISTENING: Final[Listeners] = {
    "officer.changed": (end_sign_ins,),
    "message.sent_by_reporter": (count_message, refuse_turned, count_asker_message),
    "message.sent_by_office": (refuse_turned,),
    "message.read_by_office": (count_reading, count_asker_reading),
    "complaint.entered": (note_new_facts, open_finding),
    "complaint.initial_review": (open_case,),
    "complaint.tracing": (open_case,),
    "clocks.recounted": (follow_clocks, recount_referrals),
    "case.join_report": (settle_access,),
    "case.separate_report": (settle_access,),
    "complaint.imported": (note_new_facts,),
    "complaint.supplemented": (note_new_facts, note_supplement),
    "complaint.withdrawn": (note_withdrawal,),
    "evidence.sealed": (note_new_facts, note_file),
    "declaration.planned": (admit_papers,),
    "event.drafted": (admit_materials,),
    "event.invited": (mail_invited,),
    "event.revised": (mail_change,),
    "event.session_added": (mail_change,),
    "event.session_revised": (mail_change,),
    "event.session_removed": (mail_change,),
    "event.cancelled": (mail_cancellation,),
    "invitation.reissued": (mail_reissue,),
    "invitation.withdrawn": (mail_withdrawal,),
    "invitation.answered": (mail_answer,),
    "follow_up.planned": (admit_proofs,),
}
"""Who hears of which action, in the transaction of the act: the one way effects go upwards."""

FOLLOWING: Final[Following] = {LogName.DECLARATIONS: (count_leaves,)}
"""Who keeps count of what a log publishes, in the transaction that signs it."""

REFERENCE: Final[tuple[ReferenceSet, ...]] = (
    REGIONS,
    OFFICES,
    ELECTIONS,
    CLOCKS,
    LAW_ARTICLES,
    PLEDGE_TEXTS,
    RETENTION,
    VIOLATION_KINDS,
    AUTHORITIES,
    BASELINES,
)
"""What the domains ship, in the order in which it is loaded."""

BLINDED: Final[tuple[Blinded, ...]] = (FILES, MARKS, PERSONS)
"""What is found by a blind index, and how a rotation brings it under a new key."""

LABELS: Final[Labels] = {
    "role": account_rules.LABELS,
    "office_kind": office_rules.LABELS,
    "identity_request_state": identity_rules.STATES,
    **CASE_LABELS,
    **PAPER_LABELS,
    **circular_labels.LABELS,
    **clock_labels.LABELS,
    **complaint_labels.LABELS,
    **desk_rules.LABELS,
    "likeness_reason": likeness.LABELS,
    "link_state": links.LABELS,
    **CONSULTATION_LABELS,
    **DECLARATION_LABELS,
    **election_rules.LABELS,
    **copy_rules.LABELS,
    **document_rules.LABELS,
    **retention_rules.LABELS,
    **upload_rules.LABELS,
    "log_name": log_rules.LABELS,
    **message_rules.LABELS,
    **prevention_rules.LABELS,
    **POST_LABELS,
    **open_data_rules.LABELS,
    **rakor_labels.LABELS,
    **REFERRAL_LABELS,
    **region_rules.LABELS,
    "statistics_unit": UNITS,
    "statistics_dimension": dimensions.LABELS,
    **steps.LABELS,
    **waiting.LABELS,
    **baseline_rules.LABELS,
    **forecast_rules.LABELS,
    **season_rules.LABELS,
}
"""What the codes of every enumeration mean, served at /reference."""
