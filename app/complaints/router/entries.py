from app.complaints.router.doors import Entries, may_enter
from app.complaints.schemas.entries import EntryIn
from app.complaints.schemas.filing import FiledOut
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.rehearsal import can_be_rehearsed

router = rooms("/complaints/entries", "complaints")


@router.post("", status_code=201, dependencies=[may_enter, idempotent, can_be_rehearsed])
async def enter_complaint(form: EntryIn, entries: Entries) -> FiledOut:
    """Enter a report that came in person, by letter or by telephone, or a finding of the office.

    Hand the receipt code to the reporter, or to the finder: it is told this once, and again only to
    a repeat under the same Idempotency-Key. Nobody at the desk can ask for it later.
    """
    return await entries.enter(form)
