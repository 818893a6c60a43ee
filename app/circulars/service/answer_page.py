"""What the page of a link does with what was typed into it."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from app.circulars.files import answer_page
from app.circulars.files.answer_forms import AnswerStep
from app.circulars.files.answer_page import Shown
from app.circulars.schemas.answers import (
    CodedCircularForwardingIn,
    CodedObligationReportIn,
    OwnAddresseesIn,
)
from app.circulars.schemas.contacts import CodedAddresseeContactIn
from app.circulars.service.by_code import CodeAnswerService
from app.core.errors import DomainError, Invalid
from app.posts.rules.categories import PostCategory

Fields: TypeAlias = Mapping[str, Sequence[str]]


class AnswerPageService:
    """Carries out the steps of the page, and shows how it stands afterwards."""

    def __init__(self, answers: CodeAnswerService, public_address: str) -> None:
        self.answers = answers
        self.public_address = public_address

    async def take(self, code: str, step: AnswerStep, filled: Fields) -> str:
        """Take this step; of one that is refused nothing stays, though the page is shown."""
        if step is AnswerStep.CODES:
            return await self._codes(code, filled)
        async with self.answers.session.begin_nested():
            await self._carry_out(code, step, filled)
        return await self.show(code)

    async def show(
        self,
        code: str,
        step: AnswerStep = AnswerStep.OPEN,
        filled: Fields | None = None,
        refusal: DomainError | None = None,
    ) -> str:
        shown = Shown(
            own=await self.answers.read(code),
            reach=await self.answers.reach(code),
            contact=await self.answers.read_contact(code),
            step=step,
            filled=filled or {},
            faults=refusal.faults if isinstance(refusal, Invalid) else (),
            notice=refusal.detail if refusal else None,
        )
        return answer_page.page_of(code, shown)

    async def _carry_out(self, code: str, step: AnswerStep, filled: Fields) -> None:
        match step:
            case AnswerStep.ACKNOWLEDGE:
                await self.answers.acknowledge(code)
            case AnswerStep.REPORT:
                await self.answers.report(_report(code, filled))
            case AnswerStep.FORWARD:
                await self._forward(code, filled)
            case AnswerStep.CONTACT:
                form = CodedAddresseeContactIn(code=code, email=_one(filled, "email") or None)
                await self.answers.keep_contact(form.code, form)

    async def _codes(self, code: str, filled: Fields) -> str:
        wanted = OwnAddresseesIn(code=code, cursor=_one(filled, "cursor") or None)
        found = await self.answers.below(wanted, self.public_address)
        return answer_page.codes_of(code, await self.answers.read(code), found)

    async def _forward(self, code: str, filled: Fields) -> None:
        region = (await self.answers.read(code)).addressee.region_code
        lines: list[dict[str, object]] = [
            {"category": each, "region_code": region} for each in filled.get("category", ())
        ]
        names = [each.strip() for each in _one(filled, "names").splitlines() if each.strip()]
        if names:
            other = PostCategory.OTHER
            lines.append({"category": other, "region_code": region, "names": names})
        form = CodedCircularForwardingIn.model_validate({"code": code, "addressees": lines})
        await self.answers.forward(form.code, form.addressees)


def _report(code: str, filled: Fields) -> CodedObligationReportIn:
    names = ("obligation_id", "done_on", "note", "letter_number")
    said = {name: _one(filled, name) for name in names if _one(filled, name)}
    return CodedObligationReportIn.model_validate({"code": code} | said)


def _one(filled: Fields, name: str) -> str:
    return "".join(filled.get(name, ())[-1:]).strip()
