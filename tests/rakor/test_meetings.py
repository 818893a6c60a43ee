import pytest
from httpx import AsyncClient

from tests.rakor.conftest import OpenDesk
from tests.rakor.meeting import told
from tests.rakor.meetings import MEETINGS, Meeting, announced


@pytest.mark.parametrize("meeting", MEETINGS, ids=lambda each: each.organiser)
async def test_a_meeting_that_took_place_can_be_announced(
    client: AsyncClient, open_desk: OpenDesk, meeting: Meeting
) -> None:
    desk = await open_desk(meeting.organiser)

    event = await announced(desk, meeting)

    seen = told(await client.get(event), 200)
    assert {name: seen[name] for name in meeting.plan} == meeting.plan
    assert seen["time_zone"] == meeting.time_zone
    assert [each["title"] for each in seen["sessions"]] == [
        each["title"] for each in meeting.sessions
    ]
    assert len(await desk.invite(event, *meeting.invited)) == len(meeting.invited)
