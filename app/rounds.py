"""The rounds of the worker: what it does again and again, and when."""

from app.audit.jobs import Numbering
from app.cases.jobs.transfers import end_offers
from app.circulars.jobs import remind_addressees, sending_reminders
from app.clocks.jobs.running import catch_up, remind
from app.complaints.jobs.indexing import Indexing
from app.consultations.jobs import note_reviews, tell_turned
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.queue import Recurring, Steady
from app.core.retirement import retire_index_keys
from app.core.settings import Settings
from app.correspondence.files.smtp import MailServer
from app.correspondence.jobs import sending_notices
from app.credentials.jobs import forget_tokens
from app.declarations.jobs import cover_targets, import_rosters
from app.declarations.service.importing import RosterImporter
from app.evidence.files.store import open_objects
from app.evidence.jobs.checks import check_documents
from app.evidence.jobs.copies import make_copies
from app.evidence.jobs.uploads import end_uploads
from app.evidence.service.checks import CheckService
from app.evidence.service.copies import CopyService
from app.ledger.jobs import Chaining, Publishing
from app.ledger.rules.logs import LogName
from app.open_data.jobs import note_corrections
from app.rakor.jobs import (
    remind_of_answers,
    remind_of_follow_ups,
    sending_follow_ups,
    sending_invitations,
)
from app.stats.jobs import (
    count_signatures,
    fold_acts,
    freeze_public_forecasts,
    freeze_public_tables,
)
from app.web.clock import present
from app.web.idempotency import REPLAYED, forget_answers


def jobs_of(sessions: Sessions, keys: Keyring, settings: Settings) -> tuple[Recurring, ...]:
    """What the worker does, and when."""
    rosters = RosterImporter(sessions, keys, present)
    return (
        Recurring("mark_complaints", "* * * * * */2", Indexing(sessions, keys)),
        Recurring("forget_answers", "17 * * * *", lambda: forget_answers(sessions, present())),
        Recurring("forget_tokens", "27 * * * *", lambda: forget_tokens(sessions, present())),
        Recurring("import_rosters", "* * * * * */2", lambda: import_rosters(rosters)),
        Recurring("end_offers", "* * * * *", lambda: end_offers(sessions, keys, present())),
        Recurring("retire_keys", "37 * * * *", lambda: retire_index_keys(sessions, REPLAYED)),
        # At 00:05 WIB the day has ended that the tables cover; later, what was missed then.
        Recurring("freeze_tables", "5 * * * *", lambda: freeze_public_tables(sessions, present())),
        # Made of the tables that were frozen before, at whatever hour these were.
        Recurring(
            "freeze_forecasts", "9 * * * *", lambda: freeze_public_forecasts(sessions, present())
        ),
        # Behind the freezing, and while it still runs, of what is frozen so far.
        Recurring("note_corrections", "12 * * * *", lambda: note_corrections(sessions, present())),
        *_publishing(sessions, keys),
        *_reminding(sessions),
        *_filing(settings, sessions, keys),
        *_sending(settings, sessions, keys),
    )


def steady_of(sessions: Sessions, keys: Keyring) -> tuple[Steady, ...]:
    """What the worker does every few seconds, because somebody waits for it.

    Where it counts or numbers by region, many at once cost little more than few: in a rush that is
    done seldom, else it would cost what the writing costs.
    """
    publishing = Publishing(sessions, keys, present, LogName.DECLARATIONS)
    return (
        Steady("number_journal", 5.0, Numbering(sessions), share=0.05),
        Steady("chain_journal", 0.5, Chaining(sessions)),
        Steady("publish_declarations", 1.0, publishing),
        Steady("cover_targets", 1.0, lambda: cover_targets(sessions), share=0.05),
        Steady("fold_figures", 0.5, lambda: fold_acts(sessions, present())),
        Steady("count_signatures", 0.5, lambda: count_signatures(sessions, present()), share=0.05),
    )


def _publishing(sessions: Sessions, keys: Keyring) -> tuple[Recurring, ...]:
    journal = Publishing(sessions, keys, present, LogName.JOURNAL)
    circulars = Publishing(sessions, keys, present, LogName.CIRCULARS)
    return (
        # Second by second, the size of the journal would tell strangers when somebody complained.
        Recurring("publish_journal", "11 * * * *", journal),
        Recurring("publish_circulars", "* * * * * */5", circulars),
    )


def _reminding(sessions: Sessions) -> tuple[Recurring, ...]:
    return (
        Recurring("remind_desks", "* * * * *", lambda: remind(sessions, present())),
        Recurring("recount_clocks", "* * * * *", lambda: catch_up(sessions, present())),
        # The days of follow-ups end at full hours, in whatever zone of the country.
        Recurring(
            "remind_follow_ups", "3 * * * *", lambda: remind_of_follow_ups(sessions, present())
        ),
        Recurring("remind_of_answers", "5 * * * *", lambda: remind_of_answers(sessions, present())),
        Recurring("remind_addressees", "4 * * * *", lambda: remind_addressees(sessions, present())),
        # Articles end at midnight in Jakarta, and change with a release at any hour.
        Recurring("note_reviews", "2 * * * *", lambda: note_reviews(sessions, present())),
        # After midnight in Jakarta, of the day before: a turn is told without its moment.
        Recurring("tell_turned", "6 * * * *", lambda: tell_turned(sessions, present())),
    )


def _filing(settings: Settings, sessions: Sessions, keys: Keyring) -> tuple[Recurring, ...]:
    copies = CopyService(sessions, keys, open_objects(settings), settings.copying_folder, present)
    checks = CheckService(sessions, keys, open_objects(settings), present)
    return (
        Recurring(
            "end_uploads",
            "37 * * * *",
            lambda: end_uploads(sessions, settings.staging_folder, present()),
        ),
        Recurring("make_copies", "* * * * * */5", lambda: make_copies(copies)),
        Recurring("check_documents", "* * * * * */5", lambda: check_documents(checks)),
    )


def _sending(settings: Settings, sessions: Sessions, keys: Keyring) -> tuple[Recurring, ...]:
    server = MailServer.of(settings)
    if server is None:
        return ()
    reminders = sending_reminders(sessions, keys, server, present, settings.public_url)
    notices = sending_notices(sessions, keys, server, present)
    invitations = sending_invitations(sessions, keys, server, present, settings.public_url)
    return (
        Recurring("send_notices", "* * * * *", notices),
        Recurring("send_circular_reminders", "* * * * *", reminders),
        Recurring("send_invitations", "* * * * *", invitations),
        Recurring(
            "send_follow_up_reminders",
            "* * * * *",
            sending_follow_ups(sessions, keys, server, present, settings.public_url),
        ),
    )
