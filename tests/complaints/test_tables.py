"""Tables of older cases: read as spreadsheets write them, refused where they cannot be read."""

import codecs
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.complaints.files.importing import COLUMNS, OldCase, Sheet, read_sheet
from app.complaints.files.template import write_template
from app.complaints.rules import cells, importing, objections
from app.complaints.rules.importing import LONGEST_LINE, MOST_ROWS
from app.complaints.rules.legacy import NumberParts, read_number
from app.complaints.rules.procedure import Channel, Kind
from app.core.objections import BadCell
from app.core.tables import BOM
from tests.complaints.tables import numbered, row, table

TM = "006/TM/PL/Kab/27.09/IV/2024"
MAKASSAR = ZoneInfo("Asia/Makassar")


def faults(sheet: Sheet) -> list[tuple[int, str | None, str]]:
    return [(each.line, each.column, each.objection.code) for each in sheet.faults]


def the_case(data: bytes) -> OldCase:
    sheet = read_sheet(data)
    assert faults(sheet) == []
    [case] = sheet.cases
    return case


def test_a_row_is_read_whole() -> None:
    case = the_case(table(row()))

    assert (case.line, case.kind, case.channel) == (2, Kind.REPORT, Channel.LETTER)
    assert (case.occurred_on, case.known_on) == (date(2020, 11, 2), date(2020, 11, 3))
    assert case.submitted_at == datetime(2020, 11, 4, 9, 30)  # noqa: DTZ001  the office's clock
    assert [(each.name, each.position, each.office) for each in case.reported] == [
        ("Terlapor Rekaan", "Camat", "Kecamatan Rekaan"),
        ("Terlapor Contoh", None, None),
    ]
    assert case.reporter is not None
    assert (case.reporter.name, case.reporter.address) == ("Pelapor Rekaan", "Jalan Rekaan 1")
    assert (case.office_code, case.final_status) == (None, "Dihentikan (rekaan)")


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("bom", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_spreadsheets_write_in_their_own_ways(delimiter: str, bom: bytes, end: bytes) -> None:
    said = row(account='Baris satu; "kutipan", lalu\nbaris dua ÿ 中')

    case = the_case(bom + table(said, delimiter=delimiter).replace(b"\r\n", end))

    assert case.account == 'Baris satu; "kutipan", lalu\nbaris dua ÿ 中'


def test_lines_are_counted_as_an_editor_does() -> None:
    first = row(account="satu\r\ndua\r\ntiga")

    sheet = read_sheet(table(first, row(kind="x"), row(known_on="31/02/2020")))

    assert [case.line for case in sheet.cases] == [2]
    assert faults(sheet) == [(5, "kind", "unknown-kind"), (6, "known_on", "not-a-day")]


def test_cells_that_look_like_formulas_are_text() -> None:
    formula = '=HYPERLINK("http://contoh.example","x")'

    case = the_case(table(row(what=formula, place="@SUM(1)", final_status="-1+2")))

    assert (case.what, case.place, case.final_status) == (formula, "@SUM(1)", "-1+2")


def test_empty_rows_and_columns_left_out_are_no_faults() -> None:
    required = tuple(name for name, column in COLUMNS.items() if column.required)
    empty = dict.fromkeys(required, "")

    sheet = read_sheet(table(row(), empty, row(legacy_number="3/2020"), names=required))

    assert faults(sheet) == []
    assert [case.line for case in sheet.cases] == [2, 4]
    assert {case.reporter for case in sheet.cases} == {None}


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"legacy_number": ""}, "legacy_number", "missing"),
        ({"legacy_number": "tanpa angka"}, "legacy_number", "not-a-number"),
        ({"legacy_number": "1" * 101}, "legacy_number", "too-long"),
        ({"legacy_number": TM}, "kind", "kind-against-number"),
        ({"legacy_number": TM, "kind": "informasi awal"}, "kind", "kind-against-number"),
        ({"kind": "temuan", "reporter": ""}, "kind", "kind-against-number"),
        ({"legacy_number": TM, "kind": "temuan"}, "reporter", "finding-with-reporter"),
        ({"legacy_number": "6/2020", "kind": "TM"}, "reporter", "finding-with-reporter"),
        ({"kind": "keluhan"}, "kind", "unknown-kind"),
        ({"channel": "merpati"}, "channel", "unknown-channel"),
        ({"region_code": "73.4"}, "region_code", "wrong-shape"),
        ({"office_code": "Bawaslu Jeneponto"}, "office_code", "wrong-shape"),
        ({"election_code": "Pilkada 2020"}, "election_code", "wrong-shape"),
        ({"occurred_on": "2020-02-30"}, "occurred_on", "not-a-day"),
        ({"occurred_on": "11/2020"}, "occurred_on", "not-a-day"),
        ({"occurred_on": "1899-12-30"}, "occurred_on", "too-long-ago"),
        ({"submitted_at": "kemarin"}, "submitted_at", "not-a-moment"),
        ({"submitted_at": "2020-11-04 25:00"}, "submitted_at", "not-a-moment"),
        ({"submitted_at": "0001-01-01T00:00:00+14:00"}, "submitted_at", "too-long-ago"),
        ({"submitted_at": "9999-12-31T23:59:59-12:00"}, "submitted_at", "future-moment"),
        ({"what": "x" * 301}, "what", "too-long"),
        ({"place": "a\x07b"}, "place", "control-character"),
        ({"account": "a\x1bb"}, "account", "control-character"),
        ({"account": "x" * 20_001}, "account", "too-long"),
        ({"reported_persons": "; Camat"}, "reported_persons", "not-a-person"),
        ({"reported_persons": "A|"}, "reported_persons", "not-a-person"),
        ({"reported_persons": "A; B; C; D"}, "reported_persons", "not-a-person"),
        ({"reported_persons": "|".join("A" * 51)}, "reported_persons", "too-many-persons"),
        ({"reporter": "; Jalan"}, "reporter", "not-a-reporter"),
    ],
)
def test_a_bad_cell_is_named(change: dict[str, str], column: str, code: str) -> None:
    sheet = read_sheet(table(row(legacy_number="1/2020"), row(**change)))

    assert faults(sheet) == [(3, column, code)]
    assert [case.line for case in sheet.cases] == [2]


HEADER = ",".join(COLUMNS).encode() + b"\r\n"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", (1, None, "no-rows")),
        (b"\xef\xbb\xbf", (1, None, "no-rows")),
        (HEADER, (1, None, "no-rows")),
        (b"\r\n\r\n", (1, None, "no-rows")),
        (b"nama;alamat\r\n", (1, None, "unknown-column")),
        (HEADER.strip() + b",lain\r\n", (1, None, "unknown-column")),
        (HEADER.strip() + b",kind\r\n", (1, "kind", "column-twice")),
        (b"," + HEADER, (1, None, "unknown-column")),
        (HEADER.replace(b"what,", b""), (1, "what", "missing-column")),
        (table(row()).decode().encode("utf-16"), (1, None, "not-utf-8")),
        (table(row(what="Jos\xe9")).decode().encode("cp1252"), (2, None, "not-utf-8")),
        (HEADER + b"a\0b", (2, None, "nul")),
        (HEADER + b'"a"b,c', (2, None, "broken-csv")),
        (HEADER + b'"a\r\nb', (2, None, "broken-csv")),
        (HEADER + b"\r\n\r\n" + b"x" * (LONGEST_LINE + 1), (4, None, "line-too-long")),
        (HEADER + b'"' + b"\n" * 200_000, (2, None, "broken-csv")),
    ],
)
def test_a_file_that_is_no_such_table_is_told_where_it_breaks(
    data: bytes, found: tuple[int, str | None, str]
) -> None:
    sheet = read_sheet(data)

    assert faults(sheet) == [found]
    assert sheet.cases == []


def test_what_stands_beyond_the_header_is_a_fault_of_its_row() -> None:
    data = table(row(legacy_number="1/2020")) + b"x," * len(COLUMNS) + b"lebih\r\n"

    sheet = read_sheet(data + table(row()).partition(b"\n")[2])

    assert faults(sheet) == [(3, None, "too-many-cells")]
    assert [case.line for case in sheet.cases] == [2, 4]


def test_ten_thousand_rows_are_the_most() -> None:
    sheet = read_sheet(table(*numbered(MOST_ROWS + 5)))

    assert faults(sheet) == [(MOST_ROWS + 2, None, "too-many-rows")]


def test_the_template_can_be_sent_back() -> None:
    sheet = read_sheet(f"{BOM}{write_template()}".encode())

    assert faults(sheet) == []
    assert [case.kind for case in sheet.cases] == [Kind.REPORT, Kind.FINDING]
    assert all("Rekaan" in case.reported[0].name for case in sheet.cases)


@pytest.mark.parametrize("number", [TM, "Temuan 6 tahun 2024"])
def test_a_finding_is_read_without_any_column_of_a_reporter(number: str) -> None:
    said = row(legacy_number=number, kind="Temuan", channel="Pengawasan langsung")

    case = the_case(table(said, names=tuple(name for name in COLUMNS if name != "reporter")))

    assert (case.kind, case.channel, case.reporter) == (Kind.FINDING, Channel.OVERSIGHT, None)


@given(data=st.binary(max_size=2_000))
@example(data=b"\xef\xbb\xbf\x00")
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_report(data: bytes) -> None:
    for sent in (data, HEADER + data):
        sheet = read_sheet(sent)

        assert sheet.faults or sheet.cases


@given(cell=st.text(max_size=60), column=st.sampled_from([*COLUMNS]))
@settings(max_examples=400, deadline=None)
def test_any_cell_gives_a_case_or_a_fault_of_its_own_row(cell: str, column: str) -> None:
    sent = table(row(**{column: cell}), row(legacy_number="9/2020"))

    sheet = read_sheet(sent)

    assert {fault.objection.code for fault in sheet.faults} == {"nul"} or sheet.rows == 2
    assert len(sheet.cases) + len({fault.line for fault in sheet.faults}) >= 1


texts = st.text(st.characters(min_codepoint=33, exclude_categories=["Cs", "Cc", "Z"]), min_size=1)


@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {"what": texts, "place": texts, "account": texts, "final_status": texts}
        ),
        min_size=1,
        max_size=5,
    ),
    delimiter=st.sampled_from(",;"),
)
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_again(rows: list[dict[str, str]], delimiter: str) -> None:
    sheet = read_sheet(table(*(row(**each) for each in rows), delimiter=delimiter))

    assert faults(sheet) == []
    assert [{name: getattr(case, name) for name in rows[0]} for case in sheet.cases] == rows


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        (
            "002/LP/PL/Kab/27.09/III/2024",
            NumberParts(2, False, "LP", "PL", "KAB", "27.09", 3, 2024),
        ),
        (
            "001/REG/LP/PB/Kab/16.09/IX/2024",
            NumberParts(1, True, "LP", "PB", "KAB", "16.09", 9, 2024),
        ),
        ("021/LP/PL/RI/00.00/III/2024", NumberParts(21, False, "LP", "PL", "RI", "00.00", 3, 2024)),
        (
            "7 / Reg / LP / PW / Kec / 27.09.01 / XII / 2020",
            NumberParts(7, True, "LP", "PW", "KEC", "27.09.01", 12, 2020),
        ),
        (TM, NumberParts(6, False, "TM", "PL", "KAB", "27.09", 4, 2024)),
        ("Laporan 12 tahun 2018", None),
        ("002/LP/PL/Kab/27.09/IIII/2024", None),
    ],
)
def test_a_printed_number_is_kept_and_taken_apart(printed: str, parts: NumberParts | None) -> None:
    number = read_number(printed)

    assert number.printed == printed
    assert number.parts == parts


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("002/LP/PL/Kab/27.09/III/2024", "2/lp/pl/KAB/27.09/iii/2024", True),
        ("002/LP/PL/Kab/27.09/III/2024", "002 / LP / PL / Kab / 27.09 / III / 2024", True),
        ("002/LP/PL/Kab/27.09/III/2024", "002/REG/LP/PL/Kab/27.09/III/2024", False),
        ("Laporan 12", "laporan  12", True),
        ("Laporan 12", "Laporan 012", False),
    ],
)
def test_a_number_is_known_again(one: str, other: str, *, same: bool) -> None:
    assert (read_number(one).key == read_number(other).key) is same


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2020-11-04", "2020-11-04T12:00:00+08:00"),
        ("4/11/2020", "2020-11-04T12:00:00+08:00"),
        ("04-11-2020 9.05", "2020-11-04T09:05:00+08:00"),
        ("2020-11-04T23:59:59", "2020-11-04T23:59:59+08:00"),
        ("2020-11-04T01:30:00Z", "2020-11-04T09:30:00+08:00"),
        ("2020-11-04 01:30:00+00:00", "2020-11-04T09:30:00+08:00"),
    ],
)
def test_moments_are_on_the_clock_of_the_office_unless_they_say_otherwise(
    written: str, at: str
) -> None:
    assert importing.at_office(cells.read_moment(written), MAKASSAR).isoformat() == at


@pytest.mark.parametrize(
    ("occurred", "known", "submitted", "found"),
    [
        ("2020-11-02", "2020-11-02", "2020-11-02", None),
        ("2020-11-03", "2020-11-02", "2020-11-04", ("known_on", objections.KNOWN_BEFORE)),
        ("2020-11-02", "2020-11-05", "2020-11-04", ("submitted_at", objections.SUBMITTED_BEFORE)),
        ("2020-11-02", "2020-11-02", "2024-11-09", ("submitted_at", objections.FUTURE)),
    ],
)
def test_days_lie_in_their_order(occurred: str, known: str, submitted: str, found: Any) -> None:
    at = importing.at_office(cells.read_moment(submitted), MAKASSAR)
    now = datetime(2024, 11, 7, 3, tzinfo=UTC)

    disorder = importing.misplaced(cells.read_day(occurred), cells.read_day(known), at, now)

    assert disorder == found


@pytest.mark.parametrize("word", ["Laporan", " report ", "LP"])
def test_words_are_known_in_both_languages(word: str) -> None:
    assert cells.read_kind(word) is Kind.REPORT


@pytest.mark.parametrize("word", ["Temuan", " finding ", "TM"])
def test_findings_are_known_in_both_languages(word: str) -> None:
    assert cells.read_kind(word) is Kind.FINDING


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_can_be_named(channel: Channel) -> None:
    assert cells.read_channel(channel.value.upper()) is channel


def test_an_objection_never_repeats_what_was_written() -> None:
    with pytest.raises(BadCell) as refused:
        cells.read_day("Budi Rekaan")

    assert "Budi" not in f"{refused.value} {refused.value.objection}"
