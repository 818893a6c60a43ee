"""A change of the law moves nothing before another officer approves it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.clocks.rules.norms import Step
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.models import Wall
from app.web.clock import present
from tests.clocks.proposing import LATE_LEAVE, MONDAY, PROPOSAL, Lawgivers, version
from tests.clocks.running import started
from tests.people import officer

ENDED = {"valid_to": "2024-10-01"}


@pytest.fixture
async def reader(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    return await officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-13.03")


async def test_a_preview_lists_what_would_move_and_moves_nothing(law: Lawgivers) -> None:
    clock = await law.investigation()
    await started(law.session, Step.HANDLING, MONDAY)

    preview = await law.propose()

    assert (preview["open_clocks"], preview["moved"], preview["earlier"]) == (2, 1, 0)
    assert preview["first_moves"] == [
        {
            "clock_id": str(clock.id),
            "subject_id": str(clock.subject_id),
            "region_code": "13.03",
            "office_id": str(clock.office_id),
            "step": "investigation",
            "due_at": "2024-11-22T17:00:00Z",
            "due_on": "2024-11-22",
            "new_due_at": "2024-11-25T17:00:00Z",
            "new_due_on": "2024-11-25",
        }
    ]
    assert (preview["approved_at"], preview["revision"]) == (None, None)
    assert (await law.fresh(clock)).due_on == date(2024, 11, 22)


async def test_nobody_approves_his_own_proposal(law: Lawgivers) -> None:
    preview = await law.propose()

    own = await law.try_to_approve(preview, law.one)
    await law.approve(preview)
    again = await law.try_to_approve(preview)

    assert (own.status_code, own.json()["code"]) == (403, "own-proposal")
    assert (again.status_code, again.json()["code"]) == (409, "already-approved")


async def test_what_was_previewed_on_an_older_law_is_previewed_again(law: Lawgivers) -> None:
    stale = await law.propose()
    newer = await law.propose(holidays_added=[LATE_LEAVE | {"day": "2024-11-07"}])
    await law.approve(newer)

    answer = await law.try_to_approve(stale)

    assert (answer.status_code, answer.json()["code"]) == (409, "preview-outdated")


async def test_only_a_national_office_changes_the_law(
    law: Lawgivers, sessions: Sessions, keys: Keyring
) -> None:
    local = await officer(sessions, keys, role=Role.ADMIN, office_code="bawaslu-73")
    preview = await law.propose()

    proposal = await law.client.post("/clocks/preview", json=PROPOSAL, headers=local)
    approval = await law.try_to_approve(preview, local)

    assert (proposal.status_code, proposal.json()["code"]) == (403, "only-national")
    assert approval.status_code == 404


async def test_a_rehearsed_approval_leaves_all_as_it_was(law: Lawgivers) -> None:
    clock = await law.investigation()
    preview = await law.propose()

    answer = await law.try_to_approve(preview, validate_only=True)

    assert answer.status_code == 204
    assert (await law.fresh(clock)).due_on == date(2024, 11, 22)
    again = await started(law.session, Step.INVESTIGATION, MONDAY)
    assert (again.revision, again.due_on) == (1, date(2024, 11, 22))


@pytest.mark.parametrize(
    ("form", "pointer", "code"),
    [
        ({}, "", "changes-nothing"),
        ({"holidays_added": [LATE_LEAVE, LATE_LEAVE]}, "/holidays_added/1", "named-twice"),
        (
            {"holidays_added": [LATE_LEAVE | {"day": "2024-11-27", "kind": "national_holiday"}]},
            "/holidays_added/0",
            "already-off",
        ),
        (
            {"holidays_cancelled": [{"day": "2024-11-28", "kind": "joint_leave"}]},
            "/holidays_cancelled/0",
            "not-off",
        ),
        (
            {"rules": [version("no-such-rule", 1, "calendar_day", "2024-11-01")]},
            "/rules/0/code",
            "unknown-rule",
        ),
        (
            {"rules": [version("regional-tracing", 1, "hour", "2024-11-01")]},
            "/rules/0",
            "uncountable-rule",
        ),
        (
            {"rules": [version("regional-tracing", 1, "calendar_day", "2024-11-01", **ENDED)]},
            "/rules/0/valid_to",
            "ends-before-it-begins",
        ),
    ],
)
async def test_a_proposal_that_cannot_be_is_refused_where_it_is_wrong(
    law: Lawgivers, form: Any, pointer: str, code: str
) -> None:
    answer = await law.try_to_propose(form)

    assert answer.status_code == 422, answer.text
    assert (pointer, code) in [(each["pointer"], each["code"]) for each in answer.json()["errors"]]


async def test_each_reader_sees_the_moves_of_his_own_area(
    law: Lawgivers, reader: dict[str, str]
) -> None:
    mine = await law.investigation()
    await law.investigation("14.01")
    hidden = await law.investigation()
    me = (await law.client.get("/auth/me", headers=reader)).json()["id"]
    law.session.add(Wall(subject_id=hidden.subject_id, officer_id=UUID(me), since=present()))
    preview = await law.propose()
    path = f"/clocks/previews/{preview['id']}/moves"

    seen = await law.client.get(path, params={"count": "exact"}, headers=reader)
    whole = await law.read(path, count="exact")
    listed = await law.client.get("/clocks/previews", headers=reader)

    assert [each["clock_id"] for each in seen.json()["items"]] == [str(mine.id)]
    assert (seen.json()["total"], whole["total"]) == (1, 3)
    assert [each["id"] for each in listed.json()["items"]] == [preview["id"]]


async def test_moves_come_page_by_page_first_due_first(law: Lawgivers) -> None:
    for _ in range(5):
        await law.investigation()
    preview = await law.propose()
    path, seen = f"/clocks/previews/{preview['id']}/moves", list[str]()
    wanted: dict[str, Any] = {"limit": 2}

    while True:
        page = await law.read(path, **wanted)
        seen += [each["clock_id"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        wanted["cursor"] = page["next_cursor"]

    assert len(seen) == len(set(seen)) == 5


async def test_the_moves_of_no_preview_are_not_found(
    law: Lawgivers, reader: dict[str, str]
) -> None:
    nowhere = UUID(int=1)

    answer = await law.client.get(f"/clocks/previews/{nowhere}/moves", headers=reader)

    assert answer.status_code == 404
