"""Which codes of the state Netra uses, and which national lists its codes do not match."""

from dataclasses import dataclass
from typing import Final

from app.core.texts import Text


@dataclass(frozen=True)
class ReferenceCode:
    """`path` goes on behind the version of the contract; None where nothing is listed here."""

    name: Text
    source: Text
    path: str | None
    is_used: bool


REFERENCE_CODES: Final = (
    ReferenceCode(
        Text("Kode wilayah administrasi pemerintahan", "Codes of administrative regions"),
        Text(
            "Keputusan Menteri Dalam Negeri 300.2.2-2138 Tahun 2025; kode lama tetap terbaca"
            " dengan masa berlakunya. `00`, `NN.00` dan `00.00` adalah tambahan Netra: seluruh"
            " negeri, dan yang menyangkut suatu wilayah secara keseluruhan.",
            "Decree 300.2.2-2138 of 2025 of the Minister of Home Affairs; older codes stay readable"
            " with the days on which they were valid. `00`, `NN.00` and `00.00` are Netra's own:"
            " the whole country, and what concerns a region as a whole.",
        ),
        "/regions",
        is_used=True,
    ),
    ReferenceCode(
        Text("Kode kantor pengawas pemilu", "Codes of supervising offices"),
        Text(
            "Kode Netra, `bawaslu-` dan kode wilayah Kemendagri. Nomor registrasi perkara memakai"
            " seri kode kantor Bawaslu sendiri; padanannya belum diterbitkan.",
            "Netra's own, `bawaslu-` and the code of the region. Numbers of cases use the series of"
            " Bawaslu's own office codes; how the two match has not been published.",
        ),
        None,
        is_used=True,
    ),
    ReferenceCode(
        Text("Kode wilayah BPS", "Region codes of BPS"),
        Text(
            "Berbeda dari kode Kemendagri, dan kode yang sama dapat berarti wilayah lain; Netra"
            " tidak menerbitkan padanannya.",
            "They differ from those of Kemendagri, and the same code can mean another region; Netra"
            " publishes no table that matches the two.",
        ),
        None,
        is_used=False,
    ),
    ReferenceCode(
        Text("Kode instansi BKN", "Codes of agencies of BKN"),
        Text(
            "Belum dipakai: instansi terlapor dan penerima penerusan tidak dirinci dalam data"
            " terbuka.",
            "Not used yet: agencies of reported persons, and those cases are forwarded to, are not"
            " told apart in the open data.",
        ),
        None,
        is_used=False,
    ),
    ReferenceCode(
        Text("Kode pemilihan", "Codes of elections"),
        Text(
            "Kode Netra; belum ada daftar kode pemilihan nasional yang diketahui.",
            "Netra's own; no national list of codes of elections is known.",
        ),
        "/elections",
        is_used=True,
    ),
    ReferenceCode(
        Text("Kode dataset Satu Data Indonesia", "Codes of datasets of Satu Data Indonesia"),
        Text(
            "Belum didaftarkan: daftar data dan kodenya ditetapkan walidata.",
            "Not registered yet: the list of data and its codes are set by the data custodian.",
        ),
        None,
        is_used=False,
    ),
)
"""Perpres 39/2019 asks for reference codes and master data; BPS and BKN: domain.md, 6.4."""
