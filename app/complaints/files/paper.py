"""The receipt on paper, as PDF: the same bytes for the same words on every machine."""

import json
from pathlib import Path
from typing import Final, Literal

from app.certificates.files.typesetting import qr_picture, typeset
from app.complaints.rules.paper import Paper

TEMPLATE: Final = Path(__file__).parent.parent / "data" / "receipt_paper.typ"


def print_paper(paper: Paper, form: Literal["pdf", "png"] = "pdf") -> bytes:
    """Typeset one sheet; every word is handed over as data, none of them as source."""
    return typeset(TEMPLATE, {"paper": _words(paper)}, form)


def _words(paper: Paper) -> str:
    return json.dumps(
        {
            "title": paper.title,
            "lines": [{"about": line.about, "said": line.said} for line in paper.lines],
            "advice": [{"about": line.about, "said": line.said} for line in paper.advice],
            "groups": paper.code.split("-"),
            # The code and nothing around it: in an address it would end up in logs and histories.
            "qr": qr_picture(paper.code),
        }
    )
