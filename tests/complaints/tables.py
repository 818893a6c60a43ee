"""Invented tables of older cases, as offices would send them."""

import csv
from io import StringIO
from typing import Final

from app.complaints.files.importing import COLUMNS

Row = dict[str, str]

ROW: Final[Row] = {
    "legacy_number": "002/LP/PB/Kab/27.09/XI/2020",
    "kind": "laporan",
    "channel": "surat",
    "region_code": "73.04",
    "office_code": "",
    "election_code": "pilkada-2020",
    "occurred_on": "2020-11-02",
    "known_on": "03/11/2020",
    "submitted_at": "2020-11-04 09:30",
    "what": "Mengunggah foto bersama calon rekaan",
    "place": "Media sosial",
    "account": "Rekaan: pejabat itu mengunggah foto.",
    "reported_persons": "Terlapor Rekaan; Camat; Kecamatan Rekaan|Terlapor Contoh",
    "reporter": "Pelapor Rekaan; Jalan Rekaan 1",
    "final_status": "Dihentikan (rekaan)",
}


def row(**changes: str) -> Row:
    return ROW | changes


def numbered(count: int, **changes: str) -> list[Row]:
    return [row(legacy_number=f"{n}/LP/Rekaan/2020", **changes) for n in range(1, count + 1)]


def table(*rows: Row, delimiter: str = ",", names: tuple[str, ...] = tuple(COLUMNS)) -> bytes:
    paper = StringIO()
    writer = csv.DictWriter(paper, names, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return paper.getvalue().encode()
