"""Every step of the procedure as an act that anybody can try, with a body that could be good."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeAlias

from httpx import AsyncClient, Response

from app.cases.rules.requirements import Requirement
from app.cases.rules.steps import StepName
from app.web.clock import present
from tests.cases.advancing import today
from tests.cases.handling import Body
from tests.procedure.office import PLENARY

Headers: TypeAlias = dict[str, str]


@dataclass
class Matter:
    """A case as those see it who act on it; `seen` are ids that answers have told."""

    id: str
    receiver: str
    seen: dict[str, str]


@dataclass(frozen=True)
class Act:
    """How a step is asked for."""

    noun: str
    body: Callable[[Matter], Any]
    method: str = "POST"


def plenary(**said: Any) -> Body:
    seats = PLENARY | {"held_on": today(), "minutes_number": "017/BA-PLENO/2026"}
    return seats | {"reasoning": "Rekaan: pertimbangan."} | said


def _violation(matter: Matter) -> Body:
    concerned = {"category": "other_law", "person_ids": [matter.seen.get("person", matter.id)]}
    return plenary(result="violation", categories=[concerned])


def _invitation(_: Matter) -> Body:
    return {
        "party": "witness",
        "name": "Saksi Rekaan",
        "planned_at": (present() + timedelta(days=1)).isoformat(),
        "place": "Kantor rekaan",
        "letter_number": "012/PP/2026",
    }


def _letter(matter: Matter) -> Body:
    return {
        "category": "other_law",
        "authority": "bkn",
        "letter_number": "112/PP/2026",
        "letter_on": today(),
        "person_ids": [matter.seen.get("person", matter.id)],
    }


def _registration(matter: Matter) -> Body:
    """What supervisors entered as a finding is adopted by the plenary as it is registered."""
    adopted = {"plenary": plenary()} if "entered" in matter.seen else {}
    return {"election_type": "PB"} | adopted


def _said(**body: Any) -> Callable[[Matter], Body]:
    return lambda _: body


ACTS: Final[Mapping[StepName, Act]] = {
    StepName.NAME_PERSON: Act("persons", _said(name="Terlapor Lain Rekaan")),
    StepName.CHECK_REQUIREMENTS: Act("requirements", _said(is_met=True), "PUT"),
    StepName.REQUEST_COMPLETION: Act("completion-request", _said(letter_number="012/PP/2026")),
    StepName.RESUME_REVIEW: Act("review", lambda _: None),
    StepName.REGISTER: Act("registration", _registration),
    StepName.REFUSE_REGISTRATION: Act(
        "refusal", _said(reason="not_election_violation", note="Rekaan: bukan soal pemilihan.")
    ),
    StepName.CONVERT_TO_INFORMATION: Act("conversion", _said(note="Rekaan: layak ditelusuri.")),
    StepName.ADOPT_FINDING: Act("adoption", lambda _: {"plenary": plenary()}),
    StepName.CLOSE_TRACING: Act("tracing-report", _said(number="007/LHP", report="Rekaan: nihil.")),
    StepName.INVITE: Act("clarifications", _invitation),
    StepName.WRITE_STUDY: Act("study", _said(text="Rekaan: uraian.")),
    StepName.EXTEND: Act("extension", _said(reason="Rekaan: satu saksi sakit.")),
    StepName.DECIDE: Act("decision", _violation),
    StepName.ISSUE_NOTICE: Act(
        "notices", lambda _: {"number": "021/STATUS/2026", "dated_on": today()}
    ),
    StepName.ANNOUNCE: Act("announcement", lambda _: None),
    StepName.OFFER_TRANSFER: Act(
        "transfers",
        lambda matter: {
            "to_office_id": matter.receiver,
            "letter_number": "031/PM/2026",
            "reason": "Rekaan: tempat kejadian di sana.",
        },
    ),
    StepName.TAKE_OVER: Act(
        "takeover", _said(letter_number="032/PM/2026", reason="Rekaan: kurang petugas.")
    ),
    StepName.FORWARD: Act("referrals", _letter),
    StepName.CLOSE: Act("closing", lambda _: None),
}


async def tried(client: AsyncClient, matter: Matter, step: StepName, who: Headers) -> Response:
    """Ask for a step; of the checks, for all of them, and the last answer counts."""
    act = ACTS[step]
    path = f"/cases/{matter.id}/{act.noun}"
    if step is not StepName.CHECK_REQUIREMENTS:
        return await client.request(act.method, path, json=act.body(matter), headers=who)
    for each in Requirement:
        body = act.body(matter)
        answer = await client.request(act.method, f"{path}/{each}", json=body, headers=who)
    return answer


async def persons_seen(client: AsyncClient, matter: Matter, who: Headers) -> None:
    answer = await client.get(f"/cases/{matter.id}/persons", headers=who)
    if answer.status_code == 200 and answer.json()["items"]:
        matter.seen["person"] = answer.json()["items"][0]["id"]
