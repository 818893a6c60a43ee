"""The cleaner in its own process: what is in a copy, what is not, and what is refused."""

import io
from collections.abc import AsyncIterator, Mapping
from typing import NamedTuple

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Name, Pdf, PdfImage
from PIL import Image

from app.evidence.files.cleaner import CleaningFailed, cleaning
from app.evidence.rules.copies import IMAGES, LARGEST, CopyFailure, Removed
from tests.evidence import samples
from tests.evidence.samples import MARKED

PDF = "application/pdf"


class Copy(NamedTuple):
    content: bytes
    removed: Mapping[Removed, int]


async def clean(data: bytes, media_type: str, patience: float = 60) -> Copy:
    async with cleaning(media_type, pieces(data), patience) as copy:
        content = b"".join([piece async for piece in copy.content])
    return Copy(content, copy.removed)


async def pieces(data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), 65_536):
        yield data[start : start + 65_536]


async def refusal(data: bytes, media_type: str, patience: float = 60) -> CopyFailure:
    with pytest.raises(CleaningFailed) as refused:
        await clean(data, media_type, patience)
    return refused.value.failure


def opened(copy: Copy) -> Image.Image:
    image = Image.open(io.BytesIO(copy.content))
    image.load()
    return image


async def test_of_a_photograph_only_the_picture_stays() -> None:
    original = samples.photograph()

    copy = await clean(original, "image/jpeg")

    image = opened(copy)
    assert MARKED in original
    assert MARKED not in copy.content
    assert image.size == (120, 160), "it stands upright without its EXIF"
    assert not image.getexif()
    assert not {"icc_profile", "comment", "xmp", "exif"} & image.info.keys()
    assert not image.app.keys() - {"APP0"}  # type: ignore[attr-defined]
    assert set(copy.removed) == {
        *(Removed.EXIF, Removed.GPS, Removed.MAKER_NOTE, Removed.XMP, Removed.COMMENT),
        *(Removed.COLOUR_PROFILE, Removed.FOREIGN_BYTES),
    }


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "image/webp"])
async def test_the_place_is_found_and_removed_in_every_format(media_type: str) -> None:
    kind = IMAGES[media_type]
    original = samples.encoded(samples.picture(), kind, exif=samples.exif(), comment=MARKED)

    copy = await clean(original, media_type)

    assert MARKED in original
    assert MARKED not in copy.content
    assert copy.removed[Removed.GPS]
    assert copy.removed[Removed.EXIF]
    assert opened(copy).format == kind


async def test_a_picture_without_anything_else_loses_nothing() -> None:
    picture = samples.picture()

    copy = await clean(samples.encoded(picture, "PNG"), "image/png")

    assert copy.removed == {}
    assert opened(copy).tobytes() == picture.tobytes()


async def test_the_words_in_a_png_go() -> None:
    copy = await clean(samples.png_with_words(), "image/png")

    assert MARKED not in copy.content
    assert copy.removed[Removed.COMMENT] == 1


@pytest.mark.parametrize("media_type", ["image/gif", "image/png", "image/webp"])
async def test_an_animation_goes_on_moving(media_type: str) -> None:
    original = samples.animation(IMAGES[media_type]) + MARKED

    copy = await clean(original, media_type)

    image = opened(copy)
    assert image.n_frames == 4  # type: ignore[attr-defined]
    assert MARKED not in copy.content
    if media_type == "image/gif":
        assert image.info["duration"] == 100
        assert image.info["loop"] == 2


async def test_of_a_document_only_the_pages_stay() -> None:
    original = samples.telling_document()

    copy = await clean(original, PDF)

    with Pdf.open(io.BytesIO(copy.content)) as document:
        pictures = [each for _, each in document.pages[0].get_images().items()]
        assert len(document.pages) == 2
        assert MARKED not in copy.content + uncompressed(copy.content)
        assert all(PdfImage(each).as_pil_image().size == (160, 120) for each in pictures)
        link, _, note, _ = document.pages[0].Annots
        assert str(link.A.S) == "/GoTo"
        assert str(note.Contents) == "Catatan rekaan"
        assert "/Info" not in document.trailer
    assert set(copy.removed) >= {
        *(Removed.DOCUMENT_INFO, Removed.XMP, Removed.JAVASCRIPT, Removed.ACTION),
        *(Removed.EMBEDDED_FILE, Removed.DYNAMIC_FORM, Removed.PRIVATE_DATA, Removed.THUMBNAIL),
        *(Removed.FOREIGN_BYTES, Removed.HISTORY, Removed.AUTHOR, Removed.SIGNATURE),
        *(Removed.EXIF, Removed.GPS, Removed.COMMENT),
    }


async def test_a_document_that_anybody_may_read_is_copied_without_its_lock() -> None:
    lock = pikepdf.Encryption(user="", owner="rekaan")

    copy = await clean(samples.written(samples.blank(), encryption=lock), PDF)

    with Pdf.open(io.BytesIO(copy.content)) as document:
        assert not document.is_encrypted


@pytest.mark.parametrize(
    ("data", "media_type", "failure"),
    [
        (samples.enormous_png(), "image/png", CopyFailure.TOO_LARGE),
        (samples.photograph()[:4_000], "image/jpeg", CopyFailure.BROKEN),
        (samples.photograph(), "image/png", CopyFailure.BROKEN),
        (b"", "image/gif", CopyFailure.BROKEN),
        (b"%PDF-1.7\n", PDF, CopyFailure.BROKEN),
        (samples.RECURSIVE_DOCUMENT, PDF, CopyFailure.BROKEN),
        (samples.DEEP_DOCUMENT, PDF, CopyFailure.BROKEN),
        (samples.document_bomb(10 << 30), PDF, CopyFailure.TOO_LARGE),
        (samples.document_bomb(1 << 30, Name.DCTDecode), PDF, CopyFailure.TOO_LARGE),
        (
            samples.written(samples.blank(), encryption=pikepdf.Encryption(user="a", owner="b")),
            PDF,
            CopyFailure.LOCKED,
        ),
    ],
    ids=lambda value: None if isinstance(value, bytes) else str(value),
)
async def test_what_cannot_be_cleaned_is_refused_by_name(
    data: bytes, media_type: str, failure: CopyFailure
) -> None:
    assert await refusal(data, media_type) == failure


async def test_more_than_the_cleaner_takes_is_too_large() -> None:
    assert await refusal(bytes(LARGEST + 1), PDF) == CopyFailure.TOO_LARGE


async def test_a_cleaner_that_takes_too_long_is_ended() -> None:
    assert await refusal(samples.document_bomb(1 << 30), PDF, 0.01) == CopyFailure.TIMEOUT


@given(data=st.binary(max_size=2_000), media_type=st.sampled_from([*IMAGES, PDF]))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_no_bytes_end_the_cleaner_without_a_word(data: bytes, media_type: str) -> None:
    assert await refusal(data, media_type) in (CopyFailure.BROKEN, CopyFailure.TOO_LARGE)


@given(
    place=st.floats(0, 1, exclude_max=True),
    noise=st.binary(min_size=1, max_size=40),
    media_type=st.sampled_from(["image/jpeg", PDF]),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_a_damaged_file_is_cleaned_or_refused_by_name(
    place: float, noise: bytes, media_type: str
) -> None:
    whole = SAMPLES[media_type]
    at = int(place * len(whole))
    damaged = whole[:at] + noise + whole[at + len(noise) :]

    try:
        outcome = opened_somehow(await clean(damaged, media_type), media_type)
    except CleaningFailed as refused:
        outcome = refused.failure in (CopyFailure.BROKEN, CopyFailure.LOCKED)

    assert outcome


@given(plants=st.lists(st.sampled_from(samples.PLANTS), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_a_copy_never_tells_what_was_planted(plants: list[samples.Plant]) -> None:
    original = samples.telling_document(*plants)

    copy = await clean(original, PDF)

    assert MARKED in uncompressed(original)
    assert MARKED not in copy.content + uncompressed(copy.content)


SAMPLES = {"image/jpeg": samples.photograph(), PDF: samples.telling_document()}


def uncompressed(content: bytes) -> bytes:
    with Pdf.open(io.BytesIO(content)) as document:
        plain = pikepdf.StreamDecodeLevel.generalized
        return samples.written(
            document, qdf=True, stream_decode_level=plain, compress_streams=False
        )


def opened_somehow(copy: Copy, media_type: str) -> bool:
    return bool(uncompressed(copy.content) if media_type == PDF else opened(copy))
