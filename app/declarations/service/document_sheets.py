"""What stands in the document of a declaration, in the order in which it is read."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.certificates.files.sheet import Line, Section, Sheet, Table
from app.core.texts import Text
from app.declarations.rules.kinds import Group, SignatoryRole
from app.declarations.rules.labels import LABELS
from app.declarations.schemas.documents import Document, Signatory
from app.declarations.schemas.tallies import TallyOut
from app.declarations.service.sheets import fact_lines, text_section

HEAD_FILE: Final = "titik-periksa.txt"

_ABOUT: Final = Text("Deklarasi", "Declaration")
_BASIS: Final = Text("Dasar hukum", "Legal basis")
_COUNT: Final = Text("Hasil hitung", "Count")
_BY_REGION: Final = Text("Menurut kabupaten/kota", "By regency or city")
_SIGNATORIES: Final = Text("Penanda tangan", "Signatories")
_WITNESSES: Final = Text("Saksi", "Witnesses")
_NAMELESS: Final = Text(
    "Versi terbuka ini tidak memuat nama. Jumlahnya dapat dihitung ulang oleh siapa pun dari daun"
    f" log; kepala pohon yang kami tanda tangani ada di berkas {HEAD_FILE} di dalam PDF ini.",
    "This public version names nobody. Anybody can count it again from the leaves of the log; the"
    f" tree head that we signed is the file {HEAD_FILE} inside this PDF.",
)
_CONFIDENTIAL: Final = Text(
    "Memuat nama; hanya untuk petugas yang berwenang, bukan untuk disebarkan.",
    "It names persons; for officers in charge only, not to be passed on.",
)
_PERSON: Final = (
    Text("No.", "No."),
    Text("Nama", "Name"),
    Text("Jabatan", "Position"),
    Text("Instansi", "Office"),
)
_WIDTHS: Final = (1, 5, 5, 6)


def document_sheet(document: Document, most: int) -> Sheet:
    """The document as a sheet; `most` is how many signatories one document lists."""
    named = document.signatories is not None
    return Sheet(
        title=document.title,
        heading=document.heading,
        code=document.code,
        address=document.address,
        sections=(
            Section(
                _ABOUT, prose=(_CONFIDENTIAL if named else _NAMELESS,), lines=list(_about(document))
            ),
            Section(_BASIS, points=[_same(each) for each in document.legal_basis]),
            text_section(document.text),
            *_counts(document.tally),
            *(_people(document.signatories or (), document.tally, most) if named else ()),
        ),
        files={HEAD_FILE: document.head} if document.head else {},
    )


def _about(document: Document) -> Iterator[Line]:
    """Posts only: the public version has them too."""
    yield from fact_lines(document.facts)
    if document.organiser is not None:
        yield Line(Text("Disiapkan oleh", "Prepared by"), _same(document.organiser))
    yield Line(Text("Dipimpin oleh", "Led by"), _same(document.led_by))
    if document.witnesses:
        yield Line(Text("Disaksikan oleh", "Witnessed by"), _same("; ".join(document.witnesses)))


def _counts(tally: TallyOut) -> Iterator[Section]:
    labels = LABELS["signer_group"]
    lines = [
        Line(Text("Tanda tangan", "Signatures"), _number(tally.signatures)),
        Line(Text("Saksi", "Witnesses"), _number(tally.witnesses)),
        Line(Text("Ukuran pohon", "Tree size"), _same(str(tally.tree_size))),
        *(Line(labels[group], _number(number)) for group, number in tally.groups.items()),
    ]
    yield Section(_COUNT, lines=lines)
    if tally.regions:
        yield Section(_BY_REGION, table=_by_region(tally))


def _by_region(tally: TallyOut) -> Table:
    """The groups stand in one column: fourteen would not fit beside each other."""
    heads = (Text("Wilayah", "Region"), Text("Jumlah", "Total"), Text("Kelompok", "Groups"))
    rows = [
        (
            each.region_name or each.region_code,
            _number(each.signatures).id,
            " · ".join(_counted(group, number) for group, number in each.groups.items()),
        )
        for each in tally.regions
    ]
    return Table(heads, (5, 2, 9), rows)


def _counted(group: Group, number: int) -> str:
    return f"{LABELS['signer_group'][group].id} {_number(number).id}"


def _people(people: Sequence[Signatory], tally: TallyOut, most: int) -> Iterator[Section]:
    """Those who signed, and apart from them the witnesses."""
    signed = [each for each in people if each.role is not SignatoryRole.WITNESS]
    witnesses = [each for each in people if each.role is SignatoryRole.WITNESS]
    prose = (_cut(tally, most),) if len(people) == most else ()
    yield Section(_SIGNATORIES, prose=prose, table=_table(signed))
    if witnesses:
        yield Section(_WITNESSES, table=_table(witnesses))


def _cut(tally: TallyOut, most: int) -> Text:
    whole = tally.signatures + tally.witnesses
    return Text(
        f"Hanya {most} yang pertama tercatat dari {whole} yang dimuat di sini; selebihnya ada di"
        " daftar tanda tangan deklarasi ini.",
        f"Only the first {most} recorded of {whole} are listed here; the rest is in the list of"
        " signatures of this declaration.",
    )


def _table(people: Sequence[Signatory]) -> Table:
    rows = [
        (str(place), _named(each), each.signer.position, each.signer.office)
        for place, each in enumerate(people, start=1)
    ]
    return Table(_PERSON, _WIDTHS, rows)


def _named(signatory: Signatory) -> str:
    represents = signatory.signer.represents
    return signatory.signer.name + (f" (mewakili {represents})" if represents else "")


def _number(number: int) -> Text:
    """With spaces between the thousands, which both languages read alike."""
    return _same(f"{number:,}".replace(",", "\u00a0"))


def _same(words: str) -> Text:
    return Text(words, words)
