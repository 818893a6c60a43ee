"""Images are decoded, turned upright and encoded anew: what is not picture stays behind."""

import io
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from PIL import ExifTags, Image, ImageCms, ImageOps, ImageSequence

from app.evidence.files.cleaning.containers import foreign_bytes
from app.evidence.files.cleaning.limits import MOST_FRAMES, MOST_PIXELS
from app.evidence.files.cleaning.outcome import Cleaned, Uncleanable
from app.evidence.rules.copies import IMAGES, CopyFailure, Removed

_SAVING: Final[Mapping[str, Mapping[str, Any]]] = {
    "JPEG": {"quality": 90, "subsampling": "4:4:4"},
    "PNG": {},
    "GIF": {"disposal": 2},
    "WEBP": {"quality": 90},
}
_ANIMATED: Final = frozenset({"PNG", "GIF", "WEBP"})
_MODES: Final[Mapping[str, tuple[str, ...]]] = {
    "JPEG": ("L", "RGB"),
    "WEBP": ("RGB", "RGBA"),
    "GIF": ("L", "P", "RGB", "RGBA"),
}
"""What a format can hold, where that is not every mode."""

# What TIFF 6.0, whose directory EXIF is, says of the picture itself and not of its making.
_STRUCTURE: Final = frozenset(
    {256, 257, 258, 259, 262, 274, 277, 282, 283, 284, 296, 531, 34665, 34853}
)
_GPS_IN_XMP: Final = (b"GPSLatitude", b"GPSLongitude")
_MAKER_NOTE: Final = 0x927C

# Everything that is known before the limits fall: afterwards no file can be opened.
Image.init()
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("ignore")
warnings.simplefilter("error", Image.DecompressionBombWarning)


def clean(data: bytes, media_type: str) -> Cleaned:
    """Make the working copy of an image."""
    kind = IMAGES[media_type]
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            _check_size(image, kind)
            removed = _found_in(image, data, kind)
            content = _encoded(image, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Uncleanable(CopyFailure.TOO_LARGE) from bomb
    return Cleaned(content, removed)


def _check_size(image: Image.Image, kind: str) -> None:
    frames: int = getattr(image, "n_frames", 1) if kind in _ANIMATED else 1
    if frames > MOST_FRAMES or image.width * image.height * frames > MOST_PIXELS:
        raise Uncleanable(CopyFailure.TOO_LARGE)


def _encoded(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    options = dict(_SAVING[kind])
    frames = _frames(image, kind)
    first = next(frames)
    if kind in _ANIMATED and getattr(image, "n_frames", 1) > 1:
        rest = list(frames)
        options |= {"save_all": True, "append_images": rest} | _timing(image, [first, *rest])
    first.save(out, kind, **options)
    return out.getvalue()


def _frames(image: Image.Image, kind: str) -> Iterator[Image.Image]:
    for frame in ImageSequence.Iterator(image):
        frame.load()
        duration = frame.info.get("duration")
        # Always a copy, so that it may be written upon.
        upright = ImageOps.exif_transpose(frame)
        plain = _fitting(_in_common_colours(upright), kind)
        kept = {"transparency": plain.info.get("transparency"), "duration": duration}
        plain.info = {name: value for name, value in kept.items() if value is not None}
        yield plain


def _timing(image: Image.Image, frames: list[Image.Image]) -> dict[str, Any]:
    durations = [int(frame.info.get("duration", 0)) for frame in frames]
    loop = image.info.get("loop")
    return {"duration": durations} | ({} if loop is None else {"loop": int(loop)})


def _in_common_colours(image: Image.Image) -> Image.Image:
    """Convert by the colour profile, which then is not needed; a broken one is not worth it."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image
    mode = "RGB" if image.mode == "CMYK" else image.mode
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return turned or image


def _fitting(image: Image.Image, kind: str) -> Image.Image:
    """The image as the format can hold it."""
    modes = _MODES.get(kind)
    if modes is None or image.mode in modes:
        return image
    has_alpha = "A" in image.mode or "transparency" in image.info
    return image.convert("RGBA" if has_alpha and "RGBA" in modes else "RGB")


def _found_in(image: Image.Image, data: bytes, kind: str) -> Counter[Removed]:
    """Look for what an image can carry beside the picture."""
    if kind == "PNG":
        image.load()  # metadata may follow the picture
    removed = Counter[Removed]()
    removed[Removed.FOREIGN_BYTES] = foreign_bytes(data, kind)
    _look_into_exif(image, removed)
    _look_into_info(image, removed)
    if kind == "JPEG":
        removed[Removed.EXTRA_IMAGE] = getattr(image, "n_frames", 1) - 1
    image.seek(0)
    return +removed


def _look_into_exif(image: Image.Image, removed: Counter[Removed]) -> None:
    try:
        exif = image.getexif()
        tags = set(exif) - _STRUCTURE
        camera = exif.get_ifd(ExifTags.IFD.Exif)
        removed[Removed.EXIF] = len(tags | set(camera))
        removed[Removed.GPS] = len(exif.get_ifd(ExifTags.IFD.GPSInfo))
        removed[Removed.MAKER_NOTE] = int(_MAKER_NOTE in camera)
        removed[Removed.THUMBNAIL] = int(bool(exif.get_ifd(ExifTags.IFD.IFD1)))
    # A directory that nobody can read is left behind like any other.
    except Exception:
        removed[Removed.EXIF] = max(1, removed[Removed.EXIF])


def _look_into_info(image: Image.Image, removed: Counter[Removed]) -> None:
    info = image.info
    xmp = info.get("xmp") or b""
    plain = xmp.encode() if isinstance(xmp, str) else bytes(xmp)
    removed[Removed.XMP] = int(bool(plain))
    removed[Removed.GPS] += int(any(word in plain for word in _GPS_IN_XMP))
    removed[Removed.COLOUR_PROFILE] = int("icc_profile" in info)
    removed[Removed.IPTC] = int("photoshop" in info)
    texts = set(getattr(image, "text", ())) - {"XML:com.adobe.xmp"}
    removed[Removed.COMMENT] = len(texts) + int("comment" in info)
