"""The receipt on paper, as PDF: the same bytes for the same words on every machine."""

import json
import threading
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, cast

import segno
import typst

from app.complaints.rules.paper import Paper

TEMPLATE: Final = Path(__file__).parent.parent / "data" / "receipt_paper.typ"
_THREAD: Final = threading.local()


def print_paper(paper: Paper, form: Literal["pdf", "png"] = "pdf") -> bytes:
    """Typeset one sheet; every word is handed over as data, none of them as source."""
    words = {"paper": _words(paper)}
    return cast(bytes, _compiler().compile(_template(), format=form, sys_inputs=words))


def _words(paper: Paper) -> str:
    return json.dumps(
        {
            "title": paper.title,
            "lines": [{"about": line.about, "said": line.said} for line in paper.lines],
            "advice": [{"about": line.about, "said": line.said} for line in paper.advice],
            "groups": paper.code.split("-"),
            "qr": _qr(paper.code),
        }
    )


def _qr(code: str) -> str:
    """The code and nothing around it: in an address it would end up in logs and histories."""
    picture = BytesIO()
    segno.make(code, error="q", micro=False).save(
        picture, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None
    )
    return picture.getvalue().decode()


def _compiler() -> typst.Compiler:
    """One for each thread and for good: measured, a new one for each sheet leaves 45 kB behind."""
    if not hasattr(_THREAD, "compiler"):
        # The root is the folder of the template: whatever it would read, it finds nothing of ours.
        _THREAD.compiler = typst.Compiler(root=str(TEMPLATE.parent), font_paths=_fonts())
    return cast(typst.Compiler, _THREAD.compiler)


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Only those in the wheel: a sheet must not look otherwise where others are installed."""
    return typst.Fonts(include_system_fonts=False)
