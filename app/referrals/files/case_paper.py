"""The case file on paper: Indonesian, each heading with English beside it, hashes at the end."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from app.cases.rules.decisions import CATEGORIES, RESULTS
from app.cases.rules.documents import DOCUMENT_KINDS
from app.cases.rules.hearings import PARTIES
from app.cases.rules.plenaries import VOTES
from app.cases.rules.states import KINDS, STATES
from app.cases.rules.transfers import CUSTODY_REASONS
from app.cases.schemas.handling import ClarificationOut
from app.cases.schemas.plenaries import PlenaryOut
from app.certificates.files.typesetting import qr_picture, typeset
from app.core.days import day, moment
from app.core.texts import Text
from app.referrals.files.bundle import data_digest, listed
from app.referrals.rules import states as referral_rules
from app.referrals.schemas.case_file import CaseContents, FiledReferral, FiledReport

TEMPLATE: Final = Path(__file__).parent.parent / "data" / "case_file.typ"
At: TypeAlias = Callable[[datetime | None], str]
"""How a moment is written in the zone of the holder."""

_YES: Final = {True: "ya", False: "tidak", None: "belum"}


@dataclass(frozen=True)
class Entry:
    """One thing in a section: its heading, what is said of it, and its words."""

    head: str
    lines: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Section:
    title: Text
    entries: tuple[Entry, ...] = field(default_factory=tuple)


def print_case_file(contents: CaseContents, members: Mapping[str, bytes]) -> bytes:
    """Typeset the file; `members` are the files of the bundle whose digest it prints."""
    return typeset(TEMPLATE, {"file": _words(contents, members)})


def _words(contents: CaseContents, members: Mapping[str, bytes]) -> str:
    digest = data_digest(members)
    return json.dumps(
        {
            "title": contents.case.number or str(contents.case.id),
            "holder": contents.holder,
            "sections": [
                {
                    "title": each.title,
                    "entries": [
                        {"head": one.head, "lines": one.lines, "words": one.words}
                        for one in each.entries
                    ],
                }
                for each in sections(contents)
            ],
            "members": [[str(each[name]) for name in _COLUMNS] for each in listed(members)],
            "digest": digest,
            "qr": qr_picture(digest),
        }
    )


_COLUMNS: Final = ("name", "size", "sha256")


def sections(contents: CaseContents) -> list[Section]:
    """Every part of the file, those that are empty too: what is missing shows."""
    at = partial(_at, zone=contents.time_zone)
    return [
        Section(Text("Perkara", "The case"), (_case(contents, at),)),
        Section(Text("Terlapor", "Reported persons"), tuple(_persons(contents))),
        Section(Text("Rantai penanganan", "Who held it"), tuple(_custody(contents, at))),
        Section(Text("Laporan", "Reports"), tuple(_report(e, at) for e in contents.reports)),
        Section(Text("Syarat", "Requirements"), tuple(_requirements(contents))),
        Section(
            Text("Klarifikasi", "Clarifications"),
            tuple(_clarification(each, at) for each in contents.clarifications),
        ),
        Section(Text("Naskah", "Documents"), tuple(_documents(contents))),
        Section(Text("Rapat pleno", "Plenary"), tuple(_decision(e) for e in contents.decisions)),
        Section(Text("Penerusan", "Referrals"), tuple(_referral(e) for e in contents.referrals)),
        Section(Text("Bukti", "Evidence"), tuple(_evidence(contents, at))),
        Section(Text("Kronologi", "Chronology"), (_chronology(contents, at),)),
    ]


def _at(value: datetime | None, zone: str) -> str:
    return moment(value, zone).id if value else "-"


def _case(contents: CaseContents, at: At) -> Entry:
    case = contents.case
    return Entry(
        case.number or "Belum bernomor",
        (
            f"{KINDS[case.kind].id} · {STATES[case.state].id}",
            f"Wilayah {case.region_code} · kejadian {day(case.occurred_on).id}",
            f"Diterima {at(case.received_at)} · dibuka {at(case.opened_at)}",
            f"Diregistrasi {at(case.registered_at)} · diputuskan {at(case.decided_at)}",
        ),
    )


def _persons(contents: CaseContents) -> Iterator[Entry]:
    for each in contents.persons:
        said = (each.position, each.office, each.employee_number)
        yield Entry(each.name, (" · ".join(one for one in said if one),))


def _custody(contents: CaseContents, at: At) -> Iterator[Entry]:
    for each in contents.custody:
        until = at(each.until) if each.until else "sekarang"
        letter = f"Surat {each.letter_number}" if each.letter_number else ""
        lines = (CUSTODY_REASONS[each.reason].id, f"{at(each.since)} sampai {until}", letter)
        yield Entry(each.office.name, tuple(line for line in lines if line))


def _report(filed: FiledReport, at: At) -> Entry:
    said = filed.report
    added = [f"Tambahan {at(each.submitted_at)}: {each.account}" for each in filed.supplements]
    witnesses = ", ".join(each.name for each in said.witnesses) or "-"
    return Entry(
        said.what,
        (
            f"Disampaikan {at(said.submitted_at)} · pelapor {said.reporter or 'tanpa identitas'}",
            f"{said.place} ({said.region_code}), {day(said.occurred_on).id}",
            f"Saksi: {witnesses}",
        ),
        "\n".join([said.account, *added]),
    )


def _requirements(contents: CaseContents) -> Iterator[Entry]:
    for each in contents.requirements:
        yield Entry(f"{each.label.id}: {_YES[each.is_met]}", words=each.note or "")


def _clarification(said: ClarificationOut, at: At) -> Entry:
    name = said.name or "terlapor"
    return Entry(
        f"{PARTIES[said.party].id}: {name}",
        (
            f"Undangan {said.letter_number} untuk {at(said.planned_at)}, {said.place}",
            f"Hadir: {_YES[said.attended]} · berita acara {said.minutes_number or '-'}",
        ),
        said.minutes or "",
    )


def _documents(contents: CaseContents) -> Iterator[Entry]:
    for each in contents.documents:
        head = f"{DOCUMENT_KINDS[each.kind].id} {each.number or ''}".strip()
        yield Entry(head, (day(each.dated_on).id,), each.text or "")


def _decision(said: PlenaryOut) -> Entry:
    result = RESULTS[said.result].id if said.result else "Penetapan temuan"
    present = f"Hadir {len(said.present)} dari {said.members}, berbeda {said.dissenting}"
    votes = [
        f"{each.name}: {VOTES[each.vote].id}" + (f" ({each.opinion})" if each.opinion else "")
        for each in said.present
    ]
    found = [
        f"{CATEGORIES[each.category].id}: {', '.join(each.violation_kinds) or '-'}"
        for each in said.categories
    ]
    head = f"{result}, berita acara {said.minutes_number}, {day(said.held_on).id}"
    return Entry(head, (present, *votes, *found), said.reasoning)


def _referral(filed: FiledReferral) -> Entry:
    said = filed.referral
    state = referral_rules.STATES[said.state].id
    rulings = [
        f"{one.decree_number}, {day(one.decree_on).id}: {one.sanction_code or 'tidak terbukti'}"
        for each in said.standings
        for one in each.rulings
    ]
    controls = [f"{each.kind.value} {each.letter_number}" for each in filed.bkn_actions]
    return Entry(
        f"{CATEGORIES[said.category].id} → {filed.authority}: {state}",
        (
            f"Surat {said.letter_number}, {day(said.letter_on).id}",
            f"SHA-256 dosir {said.dossier_sha256}",
            *rulings,
            *controls,
        ),
        said.result or said.return_reason or "",
    )


def _evidence(contents: CaseContents, at: At) -> Iterator[Entry]:
    for number, each in enumerate(contents.evidence, start=1):
        head = f"{number}. {each.media_type}, {each.size} B, {at(each.received_at)}"
        yield Entry(head, (each.sha256,))


def _chronology(contents: CaseContents, at: At) -> Entry:
    return Entry("", tuple(f"{at(each.at)} · {each.action}" for each in contents.chronology))
