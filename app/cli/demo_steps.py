"""What can be done with a case of the demo: each step as the service of the procedure takes it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.rules.requirements import Requirement
from app.cases.schemas.conflicts import ConflictIn
from app.cases.schemas.custody import TakeOverIn, TransferIn
from app.cases.schemas.handling import ClarificationIn, ExtensionIn, HearingIn, NoticeIn, StudyIn
from app.cases.schemas.plenaries import PlenaryIn
from app.cases.schemas.registration import AdoptionIn, RegistrationIn, TracingReportIn
from app.cases.schemas.reports import JoiningIn
from app.cases.schemas.review import CheckIn, CompletionRequestIn, RefusalIn
from app.cases.schemas.violations import ClassificationIn
from app.cases.service.clarifications import ClarificationService
from app.cases.service.classifications import ClassificationService
from app.cases.service.conflicts import ConflictService
from app.cases.service.holding import HoldingService
from app.cases.service.notices import NoticeService
from app.cases.service.plenaries import PlenaryService
from app.cases.service.registration import RegistrationService
from app.cases.service.reports import CaseReportService
from app.cases.service.review import ReviewService
from app.cases.service.study import StudyService
from app.cases.service.tracing import TracingService
from app.cases.service.transfers import TransferService
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.forms import Form
from app.core.paging import Slice
from app.referrals.schemas.referrals import ReferralIn
from app.referrals.service.forwarding import ForwardingService

Said: TypeAlias = dict[str, object]


class Hand(NamedTuple):
    """What every service of a case is opened on."""

    session: AsyncSession
    actor: Actor
    at: datetime
    keys: Keyring


class Checked(Form):
    """Which requirements are not met, and which nobody has looked at; the others are met."""

    unmet: list[Requirement] = Field([])
    unchecked: list[Requirement] = Field([])


async def _check(on: Hand, case_id: UUID, said: Said) -> None:
    checked = Checked.model_validate(said)
    for each in Requirement:
        if each not in checked.unchecked:
            found = CheckIn(is_met=each not in checked.unmet)
            await ReviewService(*on).check(case_id, each, found)


async def _record(on: Hand, case_id: UUID, said: Said) -> None:
    """The oldest invitation of which nothing is recorded yet."""
    service = ClarificationService(*on)
    invited = (await service.find(case_id, Slice())).items
    waiting = [each.id for each in invited if each.attended is None]
    await service.record(case_id, waiting[-1], HearingIn.model_validate(said))


STEPS: Final[Mapping[str, Callable[[Hand, UUID, Said], Awaitable[object]]]] = {
    "check_requirements": _check,
    "hold_clarification": _record,
    "request_completion": lambda on, id, said: ReviewService(*on).request_completion(
        id, CompletionRequestIn.model_validate(said)
    ),
    "register": lambda on, id, said: RegistrationService(*on).register(
        id, RegistrationIn.model_validate(said)
    ),
    "refuse_registration": lambda on, id, said: RegistrationService(*on).refuse(
        id, RefusalIn.model_validate(said)
    ),
    "adopt_finding": lambda on, id, said: TracingService(*on).adopt(
        id, AdoptionIn.model_validate(said)
    ),
    "close_tracing": lambda on, id, said: TracingService(*on).close(
        id, TracingReportIn.model_validate(said)
    ),
    "join_report": lambda on, id, said: CaseReportService(*on).join(
        id, JoiningIn.model_validate(said)
    ),
    "invite": lambda on, id, said: ClarificationService(*on).invite(
        id, ClarificationIn.model_validate(said)
    ),
    "classify": lambda on, id, said: ClassificationService(*on).classify(
        id, ClassificationIn.model_validate(said)
    ),
    "write_study": lambda on, id, said: StudyService(*on).write(id, StudyIn.model_validate(said)),
    "extend": lambda on, id, said: StudyService(*on).extend(
        id, ExtensionIn.model_validate(said).reason
    ),
    "decide": lambda on, id, said: PlenaryService(*on).decide(id, PlenaryIn.model_validate(said)),
    "issue_notice": lambda on, id, said: NoticeService(*on).notify(
        id, NoticeIn.model_validate(said)
    ),
    "announce": lambda on, id, _: NoticeService(*on).announce(id),
    "close": lambda on, id, _: NoticeService(*on).close(id),
    "forward": lambda on, id, said: ForwardingService(*on).forward(
        id, ReferralIn.model_validate(said)
    ),
    "offer_transfer": lambda on, id, said: TransferService(*on).offer(
        id, TransferIn.model_validate(said)
    ),
    "take_over": lambda on, id, said: HoldingService(*on).take_over(
        id, TakeOverIn.model_validate(said)
    ),
    "declare_conflict": lambda on, id, said: ConflictService(*on).declare(
        id, ConflictIn.model_validate(said)
    ),
}
"""By the word that the data and the map of the procedure have for it."""
