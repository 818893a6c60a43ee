"""The one place that typesets: a template of ours, words as data, the same bytes everywhere."""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, cast

import segno
import typst

from app.core.errors import Unavailable

_THREAD: Final = threading.local()
_LONGEST: Final = 60.0
"""Seconds after which a long document is given up; 5,000 lines take 2."""


def typeset(template: Path, words: Mapping[str, str], form: Literal["pdf", "png"] = "pdf") -> bytes:
    """Typeset one document; `words` arrive in the template as `sys.inputs`, never as source."""
    compiler = _compiler(template.parent)
    return cast(bytes, compiler.compile(_source(template), format=form, sys_inputs=dict(words)))


def typeset_apart(template: Path, words: Mapping[str, str]) -> bytes:
    """Typeset a long document as PDF in a process that ends with it: measured, the typesetter keeps
    50 MB for each thousand lines until ten more sheets were set."""
    said = json.dumps({"template": str(template), "words": dict(words)}).encode()
    command = (sys.executable, "-m", __name__)
    try:
        done = subprocess.run(  # noqa: S603  a command of ours
            command, input=said, capture_output=True, timeout=_LONGEST, check=True
        )
    except subprocess.SubprocessError as failed:
        raise Unavailable(retry_after=5) from failed
    return done.stdout


def qr_picture(text: str, *, is_signed: bool = False) -> str:
    """A QR code as SVG, for `image(bytes(…), format: "svg")` in a template, or for a screen.

    What is signed is long, and random to the eye: it gets fewer spare bits and the first mask.
    Measured for a ticket, to look for the best of eight masks took 30 of 38 ms.
    """
    error, mask = ("m", 0) if is_signed else ("q", None)
    picture = BytesIO()
    segno.make(text, error=error, mask=mask, micro=False).save(
        picture, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None
    )
    return picture.getvalue().decode()


def _compiler(root: Path) -> typst.Compiler:
    """One for each thread and folder, and for good: measured, a new one for each sheet leaves
    45 kB behind. Whatever a template would read, it finds nothing but its own folder."""
    opened: dict[Path, typst.Compiler] = _THREAD.__dict__.setdefault("compilers", {})
    if root not in opened:
        opened[root] = typst.Compiler(root=str(root), font_paths=_fonts())
    return opened[root]


@cache
def _source(template: Path) -> bytes:
    return template.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Only those in the wheel: a sheet must not look otherwise where others are installed."""
    return typst.Fonts(include_system_fonts=False)


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    sys.stdout.buffer.write(typeset(Path(asked["template"]), asked["words"]))
