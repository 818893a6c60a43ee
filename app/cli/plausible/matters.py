"""A matter as it lies in the tables of complaints and cases."""

import json
from typing import Final
from uuid import UUID

from app.cases.rules.states import CaseKind
from app.cases.rules.transfers import CustodyReason
from app.cli.plausible.chance import Chance
from app.cli.plausible.handling import REGIME, Pending
from app.cli.plausible.sheets import Sheets
from app.cli.plausible.stories import ASN, Story, Suspect
from app.complaints.rules.procedure import Capacity, Channel, Part
from app.core.crypto import Keyring

_FIRST: Final = ("Adi", "Ayu", "Bayu", "Citra", "Dewi", "Eko", "Fitri", "Gilang", "Hana", "Indra")
_LAST: Final = ("Rekaan", "Contoh", "Khayalan", "Buatan", "Umpama")
_BY_PHONE: Final = frozenset({Channel.APP, Channel.WEB})
_CONTENT: Final = json.dumps(
    {
        "what": "Rekaan: dukungan kepada salah satu pasangan calon",
        "place": "Kantor Contoh",
        "account": "Rekaan seluruhnya: data contoh yang dibuat oleh netra demo.",
        "evidence_notes": [],
    }
).encode()


class MatterWriter:
    """Writes how matters came in: nobody in them is real, and what is personal is sealed."""

    def __init__(self, sheets: Sheets, chance: Chance, keys: Keyring) -> None:
        self.sheets = sheets
        self.chance = chance
        self.keys = keys

    def write(self, story: Story, pending: Pending) -> None:
        self.sheets.add("matter", story.case_id)
        self._complaint(story, pending)
        self._case(story, pending)
        for position, suspect in enumerate(story.suspects):
            self._suspect(story, position, suspect)
        if story.kind is CaseKind.REPORT:
            self._party(story, Part.REPORTER, capacity=Capacity.VOTER, address="Jalan Contoh 1")
        if story.kind is CaseKind.FINDING:
            self._party(story, Part.FINDER, position="Pengawas (rekaan)")

    def _complaint(self, story: Story, pending: Pending) -> None:
        due_on = pending[1] if pending else None
        received = None if story.channel in _BY_PHONE else story.received
        self.sheets.add(
            "complaint",
            *(story.complaint_id, story.home.region_id, story.place, story.kind, story.channel),
            *(story.state, story.home.office_id, story.course.code, story.occurred_on),
            *(story.known_on, story.received, story.received, due_on, False),
            *(len(story.suspects), story.case_id, received, 1),
        )
        sealed = self.keys.seal(_CONTENT, story.complaint_id)
        self.sheets.add("complaint_content", story.complaint_id, sealed)
        at = story.concluded or story.forwarded or story.decided or story.reviewed or story.received
        id, office = self.chance.id_at(at), story.home.office_id
        line = (id, story.complaint_id, at, story.state, office, None)
        self.sheets.add("complaint_status_line", *line)

    def _case(self, story: Story, pending: Pending) -> None:
        self.sheets.add(
            "case",
            *(story.case_id, story.home.region_id, story.place, story.home.office_id, REGIME),
            *(story.course.code, story.kind, story.state, story.occurred_on, story.received),
            *(story.received, len(story.suspects), 1, *(pending or (None, None)), story.registered),
            *(story.reason, story.decided, story.closed, 1),
        )
        id, at = self.chance.id_at(story.received), story.received
        self.sheets.add("case_report", id, story.case_id, story.complaint_id, at)
        custody = (id, story.case_id, story.home.office_id, CustodyReason.OPENED, at)
        self.sheets.add("custody", *custody)

    def _suspect(self, story: Story, position: int, suspect: Suspect) -> None:
        """The person as the report names it, under the same id as the one of the case."""
        office = "Kantor Contoh" if suspect.group in ASN else "Desa Contoh"
        facts = {"position": f"{suspect.position[1]} (rekaan)", "office": office}
        self._name(story, suspect.id, (Part.REPORTED, position), facts)
        # An officer says which law binds a person, and which post that is, once it is registered.
        known = (suspect.group, suspect.position[0]) if story.registered else (None, None)
        self.sheets.add(
            "case_person",
            *(suspect.id, story.case_id, story.received, story.complaint_id, suspect.id),
            *(*known, 1),
        )

    def _party(self, story: Story, part: Part, **facts: str) -> None:
        self._name(story, self.chance.id_at(story.received), (part, 0), facts)

    def _name(self, story: Story, id: UUID, place: tuple[Part, int], facts: dict[str, str]) -> None:
        """Nobody is called so: every family name says that it is invented."""
        draw = self.chance.random
        first, last = _FIRST[int(draw() * len(_FIRST))], _LAST[int(draw() * len(_LAST))]
        said = {"part": place[0], "name": f"{first} {last} {int(draw() * 10_000)}", **facts}
        sealed = self.keys.seal(json.dumps(said).encode(), id)
        self.sheets.add("complaint_person", id, story.complaint_id, *place, sealed)
