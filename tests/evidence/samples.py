"""Files made for the tests: photographs and documents that tell too much, and hostile ones."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Object, Pdf, String
from PIL import Image, ImageCms, PngImagePlugin

MARK = "RAHASIA-REKAAN"
"""What no working copy may hold."""
MARKED = MARK.encode()

GPS, CAMERA, ORIENTATION, MAKE, MAKER_NOTE = 0x8825, 0x8769, 0x0112, 0x010F, 0x927C
UPRIGHT_AFTER_A_QUARTER = 6
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{MARK} exif:GPSLatitude</x:xmpmeta>".encode()


def picture(size: tuple[int, int] = (160, 120)) -> Image.Image:
    return Image.effect_noise(size, 50).convert("RGB")


def exif() -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = UPRIGHT_AFTER_A_QUARTER
    exif[MAKE] = MARK
    exif[GPS] = {1: "S", 2: (5.0, 8.0, 2.0), 3: "E", 4: (119.0, 24.0, 1.0)}
    exif[CAMERA] = {MAKER_NOTE: MARKED}
    return exif


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photograph() -> bytes:
    """As a phone makes it, with a ZIP behind its end: two files in one."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    jpeg = encoded(picture(), "JPEG", exif=exif(), comment=MARKED, xmp=XMP, icc_profile=profile)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr("rahasia.txt", MARK)
    return jpeg + archive.getvalue()


def animation(kind: str) -> bytes:
    first, *rest = [picture((40, 30)) for _ in range(4)]
    times = [100, 200, 300, 400]
    return encoded(first, kind, save_all=True, append_images=rest, duration=times, loop=2)


def png_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_itxt("Author", MARK)
    return encoded(picture(), "PNG", pnginfo=words)


def enormous_png(width: int = 50_000, height: int = 50_000) -> bytes:
    """A few bytes that say they are a picture of 2.5 thousand million pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(1_000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def written(document: Pdf, **options: Any) -> bytes:
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def blank(pages: int = 2) -> Pdf:
    document = Pdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(200, 200))
    return document


def telling_document(*plants: "Plant") -> bytes:
    """A document with a photograph, and what must not be in a copy of it: all, or what is named."""
    document = blank()
    page = document.pages[0]
    page.Resources = Dictionary(XObject=Dictionary(A=_embedded(document), AA=_packed(document)))
    page.Contents = document.make_stream(b"q 80 0 0 60 0 0 cm /A Do Q q 80 0 0 60 0 90 cm /AA Do Q")
    page.Annots = document.make_indirect(Array([]))
    document.Root.AcroForm = Dictionary(Fields=Array([]))
    document.Root.Names = Dictionary()
    for plant in plants or PLANTS:
        plant(document)
    once = written(document, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return b"junk" + _saved_over(once) + b"\nPK" + MARKED


def _information(document: Pdf) -> None:
    document.docinfo["/Author"] = MARK


def _metadata(document: Pdf) -> None:
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [MARK]
    picture = document.pages[0].Resources.XObject.A
    picture.Metadata = document.make_stream(MARKED)
    picture.PieceInfo = Dictionary(X=MARK)


def _scripts(document: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=MARK)
    document.Root.OpenAction = document.make_indirect(script)
    document.Root.AA = Dictionary(WC=script)
    document.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), script]))


def _attachment(document: Pdf) -> None:
    document.attachments["a.txt"] = AttachedFileSpec(
        document,
        MARKED,
        filename="a.txt",
        description=MARK,
        mime_type="text/plain",
        creation_date="",
        mod_date="",
    )


def _forms(document: Pdf) -> None:
    signature = Dictionary(FT=Name.Sig, T="tanda", V=Dictionary(Contents=MARKED))
    document.Root.AcroForm.Fields.append(signature)
    document.Root.AcroForm.XFA = document.make_stream(MARKED)


def _private_data(document: Pdf) -> None:
    page = document.pages[0]
    page.PieceInfo = Dictionary(X=MARK)
    page.Thumb = document.make_stream(MARKED)
    page["/OwnOfAProgram"] = String(MARK)


def _links(document: Pdf) -> None:
    launch = Dictionary(S=Name.Launch, F=MARK)
    target = Array([document.pages[1].obj, Name.Fit])
    within = Dictionary(S=Name.GoTo, D=target, Next=Array([launch]))
    for action in (within, Dictionary(S=Name.URI, URI=MARK)):
        document.pages[0].Annots.append(Dictionary(Subtype=Name.Link, Rect=_BOX, A=action))


def _notes(document: Pdf) -> None:
    note = Dictionary(Subtype=Name.Text, Rect=_BOX, T=MARK, Contents="Catatan rekaan")
    file = Dictionary(Type=Name.Filespec, F="x", EF=Dictionary(F=document.make_stream(MARKED)))
    document.pages[0].Annots.append(note)
    document.pages[0].Annots.append(Dictionary(Subtype=Name.FileAttachment, Rect=_BOX, FS=file))


Plant: TypeAlias = Callable[[Pdf], None]
PLANTS: tuple[Plant, ...] = (
    *(_information, _metadata, _scripts, _attachment),
    *(_forms, _private_data, _links, _notes),
)
_BOX = Array([0, 0, 9, 9])
_DRAWN = {
    "Type": Name.XObject,
    "Subtype": Name.Image,
    "Width": 160,
    "Height": 120,
    "ColorSpace": Name.DeviceRGB,
    "BitsPerComponent": 8,
}


def _embedded(document: Pdf) -> Object:
    stream = document.make_stream(b"", **_DRAWN)
    stream.write(photograph(), filter=Name.DCTDecode)
    return stream


def _packed(document: Pdf) -> Object:
    stream = document.make_stream(b"", **_DRAWN)
    filters = Array([Name.FlateDecode, Name.DCTDecode])
    stream.write(zlib.compress(photograph()), filter=filters)
    return stream


def _saved_over(once: bytes) -> bytes:
    """The same document with a version before this one, as a program appends it."""
    with Pdf.open(io.BytesIO(once)) as document:
        size = len(document.objects) + 1
        kept = [key for key in ("/Root", "/Info") if key in document.trailer]
        known = " ".join(f"{key} {document.trailer[key].objgen[0]} 0 R" for key in kept)
    before = once[once.rindex(b"startxref") :].split()[1].decode()
    trailer = f"<</Size {size} {known} /Prev {before}>>"
    table = f"xref\n0 1\n0000000000 65535 f \ntrailer {trailer}\nstartxref\n{len(once)}\n%%EOF"
    return once + table.encode()


def document_bomb(decoded: int, *filters: Object) -> bytes:
    """A document of a few megabytes whose one stream decodes to so many bytes."""
    packer, block = zlib.compressobj(9), bytes(1 << 24)
    first, again = (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH) for _ in "12")
    packed = first + again * (decoded // len(block) - 1)
    document = blank(1)
    stream = document.make_stream(b"")
    stream.write(packed, filter=Array([Name.FlateDecode, *filters]))
    document.pages[0].Resources = Dictionary(XObject=Dictionary(A=stream))
    none = pikepdf.StreamDecodeLevel.none
    return written(document, stream_decode_level=none, compress_streams=False)


def noisy_document(size: int) -> bytes:
    """A large document that nothing makes smaller."""
    document = blank(1)
    noise = document.make_stream(random.Random(7).randbytes(size))  # noqa: S311  no secret
    document.pages[0].Resources = Dictionary(Properties=Dictionary(Rekaan=noise))
    return written(document)


RECURSIVE_DOCUMENT = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
DEEP_DOCUMENT = b"%PDF-1.4\n1 0 obj" + b"[" * 100_000 + b"\ntrailer<</Root 1 0 R>>\n%%EOF"
