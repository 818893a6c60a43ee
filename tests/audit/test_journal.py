"""The journal is written with the act, and who registered hears of it in the same transaction."""

from dataclasses import dataclass, field
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from app.audit.models import JournalEntry
from app.audit.service import LISTENERS, Journal
from app.cases.service.access import settle_access
from app.cases.service.answers import note_file, note_supplement, note_withdrawal
from app.cases.service.following import follow_clocks
from app.cases.service.opening import open_case, open_finding
from app.complaints.service.indexing import note_new_facts
from app.complaints.service.unread import count_message, count_reading
from app.consultations.service.unread import (
    count_asker_message,
    count_asker_reading,
    refuse_turned,
)
from app.core.actors import SYSTEM, Actor
from app.core.database import Sessions, open_sessions
from app.core.errors import Conflict
from app.core.ids import new_id
from app.core.paging import Slice
from app.credentials.jobs import end_sign_ins
from app.declarations.service.admitting import admit_papers
from app.rakor.service.admitting import admit_materials, admit_proofs
from app.rakor.service.mailing import (
    mail_answer,
    mail_cancellation,
    mail_change,
    mail_invited,
    mail_reissue,
    mail_withdrawal,
)
from app.referrals.service.steps import recount_referrals
from app.registry import LISTENING
from app.web.clock import present


@dataclass
class Thing:
    id: UUID = field(default_factory=new_id)
    region_id: int = 7
    region_code: str = "13.03"


async def entries(sessions: Sessions) -> int:
    async with sessions.begin() as session:
        return await session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def test_the_one_table_of_listeners() -> None:
    assert dict(LISTENING) == {
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


async def test_an_act_leaves_an_entry_with_actor_place_and_codes(sessions: Sessions) -> None:
    thing, now = Thing(), present()

    async with sessions.begin() as session:
        await Journal(session, SYSTEM, now).record("thing.done", thing, kind="rekaan")

    async with sessions.begin() as session:
        [entry] = (await Journal(session, SYSTEM, now).history(thing, Slice())).items
    assert (entry.action, entry.region_code, entry.payload) == (
        "thing.done",
        "13.03",
        {"kind": "rekaan"},
    )
    assert entry.actor_kind == "system"


async def test_what_did_not_happen_is_not_in_the_journal(sessions: Sessions) -> None:
    async def fail() -> None:
        async with sessions.begin() as session:
            await Journal(session, SYSTEM, present()).record("thing.done", Thing())
            raise Conflict

    before = await entries(sessions)

    with pytest.raises(Conflict):
        await fail()

    assert await entries(sessions) == before


async def test_a_listener_acts_in_the_transaction_of_the_act(connection: AsyncConnection) -> None:
    heard = []

    async def listen(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
        heard.append(entry.action)
        raise Conflict

    sessions = open_sessions(connection, {LISTENERS: {"thing.done": (listen,)}})
    sessions.configure(join_transaction_mode="create_savepoint")
    before = await entries(sessions)

    with pytest.raises(Conflict):
        async with sessions.begin() as session:
            await Journal(session, SYSTEM, present()).record("thing.done", Thing())

    assert heard == ["thing.done"]
    assert await entries(sessions) == before
