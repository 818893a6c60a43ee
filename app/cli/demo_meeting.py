"""What the data of the demo says of a meeting."""

from pydantic import Field

from app.core.forms import Form, Moment
from app.declarations.rules.kinds import Group
from app.rakor.rules.attendance import Answer, AttendanceMode
from app.rakor.rules.events import ParticipantRole
from app.rakor.schemas.check_ins import CheckInIn
from app.rakor.schemas.events import SessionIn
from app.rakor.schemas.minutes import MinutesIn
from app.regions.rules import Level


class Guest(Form):
    """A post in an office: what it answered, how it came, and as what it signs."""

    post: str
    office_code: str | None = None
    office_name: str | None = None
    region_code: str | None = None
    role: ParticipantRole = ParticipantRole.PARTICIPANT
    answer: Answer | None = Answer.COMING
    deputy_post: str | None = None
    reason: str | None = None
    came: AttendanceMode | None = AttendanceMode.ON_SITE
    signs: Group | None = None


class Circle(Form):
    """The same post in every district or village of the organiser's region."""

    level: Level
    office: str
    post: str
    signs: Group | None = None
    without: list[str] = Field([])


class Ceremony(Form):
    """The declaration that was made at a meeting."""

    opened_at: Moment
    closed_at: Moment
    plan: dict[str, object]


class Meeting(Form):
    """A meeting from its draft to its report; the plans are what the API would be sent."""

    office_code: str
    drafted_at: Moment
    invited_at: Moment
    answered_at: Moment
    began_at: Moment
    reported_at: Moment
    plan: dict[str, object]
    sessions: list[SessionIn]
    guests: list[Guest]
    circles: list[Circle] = Field([])
    walk_ins: list[CheckInIn] = Field([])
    declaration: Ceremony | None = None
    minutes: MinutesIn
