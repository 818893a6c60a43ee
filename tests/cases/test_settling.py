"""What ends with the decision of a case, and what must be told before it is closed."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from app.clocks.models import DeadlineClock
from app.clocks.rules.norms import Step
from app.core.models import Grant
from app.web.clock import present
from tests.cases import advancing
from tests.cases.advancing import STUDY, decision, today
from tests.cases.handing import ABOVE, Body, Scene, answer, offered
from tests.cases.handling import opened, read, step, stepped
from tests.cases.reviewing import PLENARY, REASON, give_own_code

Settled = Callable[[Scene], Awaitable[Body]]
LETTER: Body = {"number": "021/STATUS/XI/2024"}


async def refused(scene: Scene) -> Body:
    case = await opened(scene.client, scene.desk)
    return case | await stepped(scene.client, case, "refusal", scene.desk, REASON)


async def decided(scene: Scene) -> Body:
    return await advancing.decided(scene.client, scene.sessions, scene.desk, scene.desk)


async def running(scene: Scene, subject: Body) -> set[Step]:
    query = select(DeadlineClock.step).where(
        DeadlineClock.subject_id == UUID(subject["id"]), DeadlineClock.ended_at.is_(None)
    )
    async with scene.sessions.begin() as session:
        return set(await session.scalars(query))


async def is_granted(scene: Scene, subject: Body) -> bool:
    query = select(Grant.id).where(Grant.subject_id == UUID(subject["id"]), Grant.until.is_(None))
    async with scene.sessions.begin() as session:
        return await session.scalar(query) is not None


async def objection(scene: Scene, case: Body, wanted: str) -> str | None:
    actions = (await read(scene.client, case, scene.desk, "/actions"))["items"]
    [found] = [each["objection"] for each in actions if each["step"] == wanted]
    return str(found) if found else None


async def test_a_refused_case_is_offered_to_nobody_any_more(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    transfer = await offered(scene.client, case, scene.desk, scene.offices[ABOVE])

    await stepped(scene.client, case, "refusal", scene.desk, REASON)

    late = await answer(scene.client, transfer, "acceptance", scene.province)
    [told] = (await read(scene.client, case, scene.desk, "/transfers"))["items"]
    history = (await read(scene.client, case, scene.desk, "/history"))["items"]
    assert (told["state"], late.json()["code"]) == ("retracted", "transfer-settled")
    assert "case.retract_transfer" in [each["action"] for each in history]
    assert await running(scene, transfer) == set()


async def test_whoever_was_offered_a_decided_case_sees_it_no_more(scene: Scene) -> None:
    case = await advancing.studied(scene.client, scene.sessions, scene.desk)
    transfer = await offered(scene.client, case, scene.desk, scene.offices["bawaslu-00"])
    async with scene.sessions.begin() as session:
        nation = UUID(scene.offices["bawaslu-00"])
        session.add(Grant(subject_id=UUID(case["id"]), office_id=nation, since=present()))

    await stepped(scene.client, case, "decision", scene.desk, decision())

    late = await answer(scene.client, transfer, "retraction", scene.desk)
    assert not await is_granted(scene, case)
    assert late.json()["code"] == "transfer-settled"


async def test_a_refusal_is_due_to_be_told(scene: Scene) -> None:
    case = await refused(scene)

    assert case["next_due_at"] is not None
    assert await running(scene, case) == {Step.STATUS_NOTICE, Step.ANNOUNCEMENT}


@pytest.mark.parametrize("settled", [refused, decided])
async def test_a_case_is_closed_when_reporter_and_public_were_told(
    scene: Scene, settled: Settled
) -> None:
    case = await settled(scene)

    untold = await step(scene.client, case, "closing", scene.desk)
    await stepped(scene.client, case, "notices", scene.desk, LETTER | {"dated_on": today()})
    unannounced = await objection(scene, case, "close")
    await stepped(scene.client, case, "announcement", scene.desk)
    done = await stepped(scene.client, case, "closing", scene.desk)

    assert untold.json()["objection"] == unannounced == "notice_outstanding"
    assert done["state"] == "closed"


async def traced_and_decided(scene: Scene) -> Body:
    """Refused and told so, and then a finding in which the plenary saw no violation."""
    await give_own_code(scene.sessions)
    case = await refused(scene)
    await stepped(scene.client, case, "notices", scene.desk, LETTER | {"dated_on": today()})
    await stepped(scene.client, case, "announcement", scene.desk)
    for noun, body in (
        ("conversion", {"note": "Rekaan: layak ditelusuri."}),
        ("adoption", {"plenary": PLENARY}),
        ("registration", {"election_type": "PB"}),
        ("study", STUDY),
        ("decision", decision()),
    ):
        case |= await stepped(scene.client, case, noun, scene.desk, body)
    return case


async def test_the_reason_of_an_earlier_refusal_is_not_published_again(scene: Scene) -> None:
    case = await traced_and_decided(scene)

    await stepped(scene.client, case, "announcement", scene.desk)

    said = (await scene.client.get("/announcements")).json()["items"][0]
    assert (said["state"], said["not_registered_reason"]) == ("not_violation", None)
    assert "bukan dugaan pelanggaran pemilihan" not in said["text"]["id"]


async def test_what_was_told_of_a_refusal_does_not_tell_a_later_decision(scene: Scene) -> None:
    case = await traced_and_decided(scene)

    assert await objection(scene, case, "close") == "notice_outstanding"
    await stepped(scene.client, case, "announcement", scene.desk)
    assert await objection(scene, case, "close") is None


@pytest.mark.parametrize("settled", [refused, decided])
@pytest.mark.parametrize("day", ["0001-01-01", today(days_ago=1)])
async def test_a_notice_is_not_dated_before_what_it_tells(
    scene: Scene, settled: Settled, day: str
) -> None:
    case = await settled(scene)

    letter = await step(scene.client, case, "notices", scene.desk, LETTER | {"dated_on": day})

    messages = await scene.client.get("/receipt/messages", headers=case["receipt"])
    assert letter.status_code == 422
    assert letter.json()["errors"][0]["code"] == "before-decision"
    assert messages.json()["items"] == []
