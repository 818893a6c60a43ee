"""The four meetings of 2024 that are known (domain.md, section 5): day, place and who was there are
real, by offices and posts only; run-down and invitations are invented."""

from dataclasses import dataclass
from typing import Any, Final

from tests.rakor.meeting import Desk, told


@dataclass(frozen=True)
class Meeting:
    """What the API is sent about a meeting; `organiser` is the region of the Bawaslu behind it."""

    organiser: str
    time_zone: str
    plan: dict[str, Any]
    sessions: tuple[dict[str, Any], ...]
    invited: tuple[dict[str, Any], ...]


async def planned(desk: Desk, meeting: Meeting, **changes: Any) -> str:
    """Draft a meeting with its run-down at the desk of its organiser; return its path."""
    event = f"/events/{(await desk.draft(**meeting.plan | changes))['id']}"
    for session in meeting.sessions:
        told(await desk.post(f"{event}/sessions", session), 201)
    return event


async def announced(desk: Desk, meeting: Meeting, **changes: Any) -> str:
    event = await planned(desk, meeting, **changes)
    told(await desk.post(f"{event}/publication"), 200)
    return event


def _post(office_name: str, region_code: str, post: str, role: str = "participant") -> Any:
    return {"office_name": office_name, "region_code": region_code, "post": post, "role": role}


def _session(title: str, times: tuple[str, str], role: str, office: str, post: str) -> Any:
    part = {"role": role, "office_name": office, "post": post}
    return {"title": title, "starts_at": times[0], "ends_at": times[1], "contributors": [part]}


ANCOL: Final = Meeting(
    organiser="00",
    time_zone="Asia/Jakarta",
    plan={
        "kinds": ["rakornas"],
        "mode": "on_site",
        "title": "Rapat Koordinasi Nasional Netralitas ASN pada Pemilihan Serentak 2024",
        "purpose": "Menyamakan langkah menjaga netralitas ASN.",
        "venue": "Ancol, Jakarta Utara",
        "venue_region_code": "31.72",
        "starts_on": "2024-09-17",
        "ends_on": "2024-09-17",
        "election_code": "pilkada-2024",
        "is_stage": True,
        "target_groups": ["regional_heads", "civil_servants", "supervisors"],
    },
    sessions=(
        _session(
            "Pembukaan",
            ("2024-09-17T02:00:00Z", "2024-09-17T03:00:00Z"),
            "opener",
            "Bawaslu Republik Indonesia",
            "Ketua",
        ),
        _session(
            "Paparan dan tanya jawab",
            ("2024-09-17T03:15:00Z", "2024-09-17T05:30:00Z"),
            "speaker",
            "Kementerian Dalam Negeri",
            "Pejabat pimpinan tinggi",
        ),
    ),
    invited=(
        _post("Pemerintah Kabupaten Sinjai", "73.07", "Kepala daerah"),
        _post("BKPSDM Kabupaten Sinjai", "73.07", "Kepala"),
        _post("Pemerintah Kota Probolinggo", "35.74", "Kepala daerah"),
        _post("BKPSDM Kota Probolinggo", "35.74", "Kepala"),
    ),
)

PALANGKA_RAYA: Final = Meeting(
    organiser="62.71",
    time_zone="Asia/Jakarta",
    plan={
        "kinds": ["rakor"],
        "mode": "on_site",
        "title": "Rapat Koordinasi Netralitas ASN Kota Palangka Raya",
        "purpose": "Menjaga netralitas ASN Kota Palangka Raya pada masa kampanye.",
        "venue": "Hotel Aquarius, Palangka Raya",
        "venue_region_code": "62.71",
        "starts_on": "2024-09-30",
        "ends_on": "2024-09-30",
        "election_code": "pilkada-2024",
        "is_stage": True,
        "target_groups": [
            "regional_heads",
            "regional_agencies",
            "subdistrict_heads",
            "urban_village_heads",
        ],
    },
    sessions=(
        _session(
            "Pembukaan dan arahan",
            ("2024-09-30T02:00:00Z", "2024-09-30T03:00:00Z"),
            "opener",
            "Pemerintah Kota Palangka Raya",
            "Wali Kota",
        ),
    ),
    invited=(
        _post("Pemerintah Kota Palangka Raya", "62.71", "Wali Kota", "opener"),
        _post("BKPSDM Kota Palangka Raya", "62.71", "Kepala"),
        _post("Kecamatan Pahandut", "62.71.01", "Camat"),
        _post("Kelurahan Pahandut", "62.71.01.1001", "Lurah"),
    ),
)

SIJUNJUNG: Final = Meeting(
    organiser="13.03",
    time_zone="Asia/Jakarta",
    plan={
        "kinds": ["outreach", "declaration"],
        "mode": "on_site",
        "title": "Sosialisasi dan Deklarasi Netralitas ASN, TNI, Polri, dan Wali Nagari",
        "purpose": "Meneguhkan netralitas aparatur dan wali nagari pada masa kampanye.",
        "venue": "Hotel Bukik Gadang, Sijunjung",
        "venue_region_code": "13.03",
        "starts_on": "2024-09-30",
        "ends_on": "2024-10-01",
        "election_code": "pilkada-2024",
        "is_stage": True,
        "target_groups": [
            "civil_servants",
            "military",
            "police",
            "subdistrict_heads",
            "village_heads",
        ],
    },
    sessions=(
        _session(
            "Pembacaan ikrar netralitas, dipimpin Sekretaris Daerah",
            ("2024-09-30T02:00:00Z", "2024-09-30T03:00:00Z"),
            "opener",
            "Sekretariat Daerah Kabupaten Sijunjung",
            "Sekretaris Daerah",
        ),
        _session(
            "Sosialisasi aturan netralitas dan konsultasi",
            ("2024-10-01T02:00:00Z", "2024-10-01T05:00:00Z"),
            "speaker",
            "Bawaslu Kabupaten Sijunjung",
            "Anggota",
        ),
    ),
    invited=(
        _post("Sekretariat Daerah Kabupaten Sijunjung", "13.03", "Sekretaris Daerah", "opener"),
        _post("TNI di Kabupaten Sijunjung", "13.03", "Perwakilan", "guest"),
        _post("Polri di Kabupaten Sijunjung", "13.03", "Perwakilan", "guest"),
        _post("Desa Kampung Baru", "13.03.10.2004", "Kepala Desa"),
    ),
)

JENEPONTO: Final = Meeting(
    organiser="73.04",
    time_zone="Asia/Makassar",
    plan={
        "kinds": ["rakor"],
        "mode": "on_site",
        "title": "Rapat Koordinasi Netralitas ASN Kabupaten Jeneponto",
        "purpose": "Menjaga netralitas ASN menjelang masa tenang dan pemungutan suara.",
        "venue": "Cafe Premier, Jeneponto",
        "venue_region_code": "73.04",
        "starts_on": "2024-11-05",
        "ends_on": "2024-11-05",
        "election_code": "pilkada-2024",
        "is_stage": True,
        "target_groups": ["regional_agencies", "subdistrict_heads", "supervisors", "press"],
    },
    sessions=(
        _session(
            "Pembukaan",
            ("2024-11-05T01:00:00Z", "2024-11-05T01:45:00Z"),
            "opener",
            "Bawaslu Kabupaten Jeneponto",
            "Ketua",
        ),
        _session(
            "Diskusi bersama kepala perangkat daerah, camat, dan pers",
            ("2024-11-05T02:00:00Z", "2024-11-05T04:00:00Z"),
            "moderator",
            "Bawaslu Kabupaten Jeneponto",
            "Anggota",
        ),
    ),
    invited=(
        _post("Sekretariat Daerah Kabupaten Jeneponto", "73.04", "Sekretaris Daerah"),
        _post("BKPSDM Kabupaten Jeneponto", "73.04", "Kepala"),
        _post("Kecamatan Bangkala", "73.04.01", "Camat"),
        _post("Redaksi Koran Rekaan", "73.04", "Wartawan", "media"),
    ),
)

MEETINGS: Final = (ANCOL, PALANGKA_RAYA, SIJUNJUNG, JENEPONTO)
