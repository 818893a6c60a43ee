"""What was done so that nothing happens: meetings, circulars, questions before acting."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from app.circulars.rules.circulars import CircularKind, CircularState, Nature
from app.cli.plausible.chance import Chance, Deck
from app.cli.plausible.ground import Home
from app.cli.plausible.sheets import Sheets
from app.consultations.rules.questions import AskerKind, ConsultationState
from app.core.crypto import Keyring
from app.rakor.rules.attendance import AttendanceMode, Direction
from app.rakor.rules.events import EventKind, Level, Mode, Stage, TargetGroup

_DAYS: Final = 250
_KINDS: Final = {
    EventKind.OUTREACH: 45,
    EventKind.RAKOR: 30,
    EventKind.DECLARATION: 12,
    EventKind.TECHNICAL_TRAINING: 8,
    EventKind.CITIZENS_FORUM: 5,
}
_STAGES: Final = {Stage.HELD: 55, Stage.REPORTED: 40, Stage.CANCELLED: 5}
_MODES: Final = {Mode.ON_SITE: 80, Mode.ONLINE: 12, Mode.BOTH: 8}
_ASKERS: Final = {AskerKind.CIVIL_SERVANT: 80, AskerKind.CITIZEN: 20}
_CIRCULARS: Final = {CircularKind.APPEAL: 70, CircularKind.CIRCULAR: 30}
_MOST_VISITORS: Final = 40
_ANSWERED: Final = 0.9
_QUESTION: Final = json.dumps({"question": "Rekaan: bolehkah saya hadir?", "name": None}).encode()
_ANSWER: Final = b"Rekaan: datanglah tanpa atribut."


class PreventionWriter:
    """Writes what the offices did to prevent, in the months before a vote."""

    def __init__(self, sheets: Sheets, chance: Chance, keys: Keyring) -> None:
        self.sheets = sheets
        self.chance = chance
        self.keys = keys
        self.kinds = Deck(_KINDS, chance)
        self.stages = Deck(_STAGES, chance)
        self.modes = Deck(_MODES, chance)
        self.askers = Deck(_ASKERS, chance)
        self.circulars = Deck(_CIRCULARS, chance)

    def meet(self, home: Home, election_code: str, voting_on: date) -> None:
        """An event; who was there had no invitation, and is known by office and post."""
        at = self._moment(voting_on)
        id, stage, mode = self.chance.id_at(at), self.stages.deal(), self.modes.deal()
        kind = self.kinds.deal()
        level = Level.REGENCY if "." in home.code else Level.PROVINCE
        planned = at - timedelta(days=7)
        self.sheets.add(
            "event",
            *(id, home.region_id, home.code, home.office_id, home.office_name),
            *(json.dumps([kind]), level, mode, "Sosialisasi netralitas (rekaan)"),
            *("Data contoh", "Balai Contoh", home.code, at.date(), at.date(), home.zone),
            *(election_code, True, json.dumps([TargetGroup.CIVIL_SERVANTS])),
            *(planned, stage, planned, 0, 1),
        )
        if stage is not Stage.CANCELLED:
            self._let_in(home, id, at, mode)

    def _let_in(self, home: Home, event_id: object, at: datetime, mode: Mode) -> None:
        online = mode is Mode.ONLINE
        how = AttendanceMode.ONLINE if online else AttendanceMode.ON_SITE
        for number in range(self.chance.randrange(5, _MOST_VISITORS)):
            came = at + timedelta(seconds=20 * number)
            self.sheets.add(
                "check_in",
                *(home.region_id, self.chance.id_at(came), home.code, event_id),
                *(f"Dinas Rekaan {number + 1}", "Sekretaris", Direction.IN, how, came, came),
            )

    def circulate(self, home: Home, number: int, voting_on: date) -> None:
        at = self._moment(voting_on)
        kind = self.circulars.deal()
        self.sheets.add(
            "circular",
            *(self.chance.id_at(at), home.region_id, home.code, home.zone, home.office_id),
            *(home.office_name, kind, home.office_name, "Ketua", "Ketua Rekaan"),
            *(f"{number}/REKAAN", at.date(), Nature.ORDINARY, "Netralitas ASN (rekaan)"),
            *("Data contoh.", "[]", "[]", "[]", "[]", "[]", at, CircularState.ISSUED, 1, at),
        )

    def ask(self, home: Home, voting_on: date) -> None:
        at = self._moment(voting_on)
        id, answered = self.chance.id_at(at), self.chance.random() < _ANSWERED
        later = at + timedelta(days=self.chance.randrange(1, 5))
        answer_id = self.chance.id_at(later) if answered else None
        state = ConsultationState.ANSWERED if answered else ConsultationState.SUBMITTED
        self.sheets.add(
            "consultation",
            *(id, home.region_id, home.code, home.office_id, self.askers.deal(), state, at),
            *(answer_id, later if answered else None),
        )
        self.sheets.add("consultation_question", id, self.keys.seal(_QUESTION, id))
        if answer_id is not None:
            sealed = self.keys.seal(_ANSWER, answer_id)
            self.sheets.add("consultation_answer", answer_id, id, 1, sealed, home.office_id, later)

    def _moment(self, voting_on: date) -> datetime:
        """More often the nearer the vote is."""
        before = int(_DAYS * self.chance.random() ** 2)
        day = voting_on - timedelta(days=before)
        return datetime.combine(day, time(1), UTC) + timedelta(
            seconds=self.chance.randrange(20_000)
        )
