"""Views of plain, invented values, as they are drawn; nothing here is a result of anything."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from app.core.texts import Text
from app.dashboard.files.places import PLACES
from app.dashboard.rules.pick import Pick
from app.dashboard.rules.view import WITHHELD as HIDDEN
from app.dashboard.rules.view import (
    Amount,
    Choice,
    Clock,
    Clocks,
    Decision,
    Drive,
    Expected,
    Figure,
    Funnel,
    Series,
    Stage,
    Step,
    Tile,
    TileMap,
    Told,
    View,
    Week,
)

AS_OF: Final = datetime(2024, 11, 20, 17, tzinfo=UTC)
TOLD: Final = Told(
    unit=Text("Aduan", "Complaint"),
    definition=Text("Definisi rekaan.", "An invented definition."),
    version=2,
    as_of=AS_OF,
    coverage=Text("31 dari 38 wilayah mempunyai catatan", "31 of 38 regions have entries"),
    notes=[Text("Angka 1 sampai 4 tidak ditampilkan.", "Figures from 1 to 4 are withheld.")],
    data="/api/v1/stats/public/provinces?unit=complaint",
    frozen="/api/v1/stats/public/complaint/2024-11-21",
)
WITHHELD: Final = Amount(1, 4)


def exactly(number: int) -> Amount:
    return Amount(number, number)


def tile(code: str, number: int) -> Tile:
    """A province: withheld below 5, and of one there are no data."""
    place, name = PLACES[code], f"Provinsi {PLACES[code].short} Rekaan"
    amount = None if code == "34" else WITHHELD if 0 < number < 5 else exactly(number)
    amount = HIDDEN if code == "18" else amount
    return Tile(
        code=code,
        short=place.short,
        name=Text(name, name),
        amount=amount,
        takes_part=code != "34",
        row=place.row,
        column=place.column,
    )


def provinces() -> TileMap:
    return TileMap(
        title=Text("Aduan menurut provinsi", "Complaints by province"),
        unit=Text("Aduan", "Complaint"),
        units=Text("Aduan", "Complaints"),
        tiles=[tile(code, (int(code) * 37 % 101) ** 2 // 40) for code in PLACES],
        told=TOLD,
    )


def regencies() -> TileMap:
    names = [Text(f"Rekaan {place}", f"Rekaan {place}") for place in range(1, 25)]
    return TileMap(
        title=Text("Aduan menurut kabupaten dan kota", "Complaints by regency and city"),
        unit=Text("Aduan", "Complaint"),
        units=Text("Aduan", "Complaints"),
        tiles=[
            Tile(f"73.{place:02}", name.id, name, exactly(place * place) if place % 5 else WITHHELD)
            for place, name in enumerate(names, start=1)
        ],
        told=TOLD,
    )


def series() -> Series:
    first = date(2024, 8, 26)
    weeks = [first + timedelta(weeks=each) for each in range(16)]
    counts = [3, 6, 9, 14, 22, 31, 38, 35, 41, 52, 48, 61]
    return Series(
        weeks=[
            Week(on, exactly(number) if number > 4 else WITHHELD)
            for on, number in zip(weeks, counts, strict=False)
        ],
        stages=[
            Stage(Text("Penelitian", "Verification"), date(2024, 8, 27), date(2024, 9, 21)),
            Stage(Text("Kampanye", "Campaign"), date(2024, 9, 25), date(2024, 11, 23)),
            Stage(Text("Masa tenang", "Quiet period"), date(2024, 11, 24), date(2024, 11, 26)),
            Stage(Text("Rekapitulasi", "Recapitulation"), date(2024, 11, 27), date(2024, 12, 16)),
        ],
        voting_on=date(2024, 11, 27),
        expected=[
            Expected(on, 60.0 - 12 * each, (50.0 - 12 * each, 72.0 - 9 * each), (22.0, 95.0))
            for each, on in enumerate(weeks[11:])
        ],
        expected_told=Text("Prakiraan rekaan.", "An invented forecast."),
        told=TOLD,
    )


def funnel() -> Funnel:
    numbers = {
        "Laporan": exactly(1240),
        "Diregistrasi": exactly(702),
        "Pelanggaran": exactly(433),
        "Diteruskan": exactly(410),
        "Diputus": exactly(96),
        "Disanksi": Amount(18, 21),
    }
    return Funnel(
        steps=[
            Step(Text(name, f"{name} (en)"), Text("arti rekaan", "an invented meaning"), amount)
            for name, amount in numbers.items()
        ],
        told=TOLD,
    )


def clocks() -> Clocks:
    rows = {"Kajian awal": (640, 12), "Penanganan": (402, 31), "Penerusan": (380, 0)}
    return Clocks(
        rows=[
            Clock(Text(name, f"{name} (en)"), exactly(kept), exactly(broken))
            for name, (kept, broken) in rows.items()
        ],
        told=TOLD,
    )


DRIVE: Final = Drive(
    title="Ikrar Netralitas Rekaan",
    where="Gedung Rekaan, Sijunjung",
    on=date(2024, 9, 30),
    signed=17,
    roster=(24, 17),
    data="/api/v1/declarations/01924103-9c00-7a51-b3de-0c5a8f6e2d11/tally",
)
DECISION: Final = Decision(
    office="Bawaslu Kabupaten Rekaan",
    said=Text(
        "Bawaslu Kabupaten Rekaan mengumumkan status laporan nomor 001/REKAAN: pelanggaran.",
        "Bawaslu Kabupaten Rekaan announces the status of report number 001/REKAAN: violation.",
    ),
    on=date(2024, 11, 12),
)

EMPTY: Final = View(
    pick=Pick(election="pilkada-2024"),
    heading=Text("Indonesia", "Indonesia"),
    election=Text("Pemilihan Kepala Daerah Serentak 2024", "Regional Elections of 2024"),
    regions=[Choice("00", Text("Indonesia", "Indonesia")), Choice("73", Text("Rekaan", "Rekaan"))],
    elections=[Choice("pilkada-2024", Text("Pilkada 2024", "Regional Elections of 2024"))],
    trail=[],
    today=date(2024, 11, 21),
    home="https://netra.example",
    figures=[Figure("complaint", Text("Aduan", "Complaints"))],
)


def nation() -> View:
    """Everything that the page can show, of the whole country."""
    return replace(
        EMPTY,
        pick=Pick(election="pilkada-2024", unit="complaint"),
        figures=[
            Figure("complaint", Text("Aduan", "Complaints"), exactly(1240), TOLD),
            Figure("case", Text("Perkara", "Cases"), exactly(433), TOLD),
            Figure("person", Text("Terlapor", "Persons"), exactly(1158), TOLD),
            Figure("signature", Text("Tanda tangan", "Signatures"), exactly(5588245), TOLD),
            Figure("event", Text("Kegiatan", "Events"), Amount(18, 21), TOLD),
            Figure("sanction", Text("Sanksi", "Sanctions")),
        ],
        map=provinces(),
        series=series(),
        funnel=funnel(),
        clocks=clocks(),
        drives=[DRIVE, replace(DRIVE, title="Ikrar Kedua", roster=None), DRIVE],
        decisions=[DECISION, DECISION, DECISION],
    )


def province() -> View:
    """The same of one province, with its regencies in the order of their codes."""
    here = Text("Sulawesi Rekaan", "Sulawesi Rekaan")
    pick = replace(nation().pick, region="73")
    trail = [Choice("00", Text("Indonesia", "Indonesia"))]
    return replace(nation(), pick=pick, heading=here, map=regencies(), trail=trail)
