"""A walk over every object of a document that can be reached, taking out what must not stay."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, ObjectSet, Pdf, Stream

from app.evidence.files.cleaning.containers import strip_jpeg, strip_jpeg2000
from app.evidence.files.cleaning.limits import MOST_OBJECTS
from app.evidence.files.cleaning.outcome import Uncleanable
from app.evidence.rules.copies import CopyFailure, Removed

_FORBIDDEN: Final[Mapping[str, Removed]] = {
    "/AA": Removed.ACTION,
    "/OpenAction": Removed.ACTION,
    "/JavaScript": Removed.JAVASCRIPT,
    "/JS": Removed.JAVASCRIPT,
    "/XFA": Removed.DYNAMIC_FORM,
    "/EmbeddedFiles": Removed.EMBEDDED_FILE,
    "/EF": Removed.EMBEDDED_FILE,
    "/RF": Removed.EMBEDDED_FILE,
    "/AF": Removed.EMBEDDED_FILE,
    "/Metadata": Removed.XMP,
    "/PieceInfo": Removed.PRIVATE_DATA,
    "/LastModified": Removed.PRIVATE_DATA,
    "/Thumb": Removed.THUMBNAIL,
    "/Perms": Removed.SIGNATURE,
    "/Collection": Removed.EMBEDDED_FILE,
    "/Alternates": Removed.EXTRA_IMAGE,
    "/RichMediaContent": Removed.MULTIMEDIA,
    "/RichMediaSettings": Removed.MULTIMEDIA,
    "/Renditions": Removed.MULTIMEDIA,
    "/Movie": Removed.MULTIMEDIA,
    "/Sound": Removed.MULTIMEDIA,
    "/3DD": Removed.MULTIMEDIA,
}
_ACTIONS: Final = frozenset(
    (
        Name.GoToR,
        Name.GoToE,
        Name.GoToDp,
        Name.Launch,
        Name.Thread,
        Name.URI,
        Name.Sound,
        Name.Movie,
        Name.Hide,
        Name.SubmitForm,
        Name.ResetForm,
        Name.ImportData,
        Name.SetOCGState,
        Name.Rendition,
        Name.Trans,
        Name.GoTo3DView,
        Name.RichMediaExecute,
    )
)
# Below these keys of resources the names are the author's own, and say nothing.
_NAMED_BY_AUTHOR: Final = frozenset(
    (
        "/Font",
        "/XObject",
        "/ExtGState",
        "/ColorSpace",
        "/Pattern",
        "/Shading",
        "/Properties",
        "/CharProcs",
        "/Dests",
    )
)
_OF_ANNOTATIONS: Final = ("/T", "/M", "/CreationDate", "/NM")
_PICTURES: Final = {Name.DCTDecode: strip_jpeg, Name.JPXDecode: strip_jpeg2000}


class Walk:
    """One walk; objects that are met twice, or that hold themselves, are looked at once."""

    def __init__(self, document: Pdf, removed: Counter[Removed]) -> None:
        self.document = document
        self.removed = removed
        # In each of its two roles: a map of names may be something else elsewhere.
        self.seen = {True: ObjectSet(), False: ObjectSet()}
        self.left = MOST_OBJECTS

    def through(self, start: Object) -> None:
        waiting = [(start, False)]
        while waiting:
            each, is_named_by_author = waiting.pop()
            self.left -= 1
            if self.left < 0:
                raise Uncleanable(CopyFailure.TOO_LARGE)
            if each.is_indirect and not self.seen[is_named_by_author].add(each):
                continue
            waiting += self._clean(each, is_named_by_author)

    def _clean(self, each: Object, is_named_by_author: bool) -> list[tuple[Object, bool]]:
        """Clean one object, and return what hangs below it."""
        if isinstance(each, Array):
            return [(item, False) for item in self._of_array(each)]
        if not is_named_by_author:
            self._clean_entries(each)
        if isinstance(each, Stream):
            self._clean_picture(each)
        return list(self._of_entries(each, is_named_by_author))

    def _of_array(self, array: Array) -> Iterator[Object]:
        for number in reversed(range(len(array))):
            item = array[number]
            kind = _acts(item)
            if kind is not None:
                self.removed[kind] += 1
                del array[number]
            elif isinstance(item, (Dictionary, Array, Stream)):
                yield item

    def _of_entries(
        self, holder: Object, is_named_by_author: bool
    ) -> Iterator[tuple[Object, bool]]:
        for key, value in holder.items():
            if isinstance(value, (Dictionary, Array, Stream)):
                opens = key in _NAMED_BY_AUTHOR and isinstance(value, Dictionary)
                yield value, opens and not is_named_by_author

    def _clean_entries(self, holder: Object) -> None:
        for key in list(holder.keys()):
            kind = _acts(holder.get(key)) or _FORBIDDEN.get(key)
            if kind is not None:
                self.removed[kind] += 1
                del holder[key]
        if isinstance(holder.get(Name.Subtype), Name) and Name.Rect in holder:
            self._clean_annotation(holder)
        if holder.get(Name.FT) == Name.Sig and Name.V in holder:
            self.removed[Removed.SIGNATURE] += 1
            del holder[Name.V]

    def _clean_annotation(self, annotation: Object) -> None:
        if annotation.get(Name.Subtype) == Name.Widget:
            return  # of a field /T is the name
        told = [key for key in _OF_ANNOTATIONS if key in annotation]
        self.removed[Removed.AUTHOR] += bool(told)
        for key in told:
            del annotation[key]

    def _clean_picture(self, stream: Stream) -> None:
        filters = _as_list(stream.get(Name.Filter))
        last = filters[-1] if filters else None
        if not isinstance(last, Name) or last not in _PICTURES:
            return
        parameters = _as_list(stream.get(Name.DecodeParms))
        of_last = parameters[-1] if len(parameters) == len(filters) else None
        plain, removed = _PICTURES[last](self._encoded(stream, filters, parameters))
        self.removed.update(removed)
        of_last = of_last if isinstance(of_last, Dictionary) else None
        stream.write(plain, filter=last, decode_parms=of_last)

    def _encoded(self, stream: Stream, filters: list[Object], parameters: list[Object]) -> bytes:
        """The picture as its own format encodes it, out of what it is packed into."""
        raw = stream.read_raw_bytes()
        if len(filters) == 1:
            return raw
        packed = self.document.make_stream(raw)
        packed[Name.Filter] = Array(filters[:-1])
        if len(parameters) == len(filters):
            packed[Name.DecodeParms] = Array(parameters[:-1])
        return packed.read_bytes()


def _acts(value: object) -> Removed | None:
    """As what it is removed, if it is an action that does more than turn pages."""
    does = value.get(Name.S) if isinstance(value, (Dictionary, Stream)) else None
    if does == Name.JavaScript:
        return Removed.JAVASCRIPT
    return Removed.ACTION if isinstance(does, Name) and does in _ACTIONS else None


def _as_list(value: Object | None) -> list[Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]
