"""Pages for people: each one file that fetches nothing from elsewhere, under a policy that lets it
do no more than it does."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Final

from fastapi import Response
from fastapi.responses import HTMLResponse

_SHARED: Final = Path(__file__).parent / "data"
_PLACE: Final = re.compile(r"{{(\w+)}}")
_INLINE: Final = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)

# Whatever was slipped into a page by a text would still not run, load or be sent anywhere.
_POLICY: Final = (
    "default-src 'none'; script-src {script}; style-src {style}; img-src data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)


class Page:
    """One page from a template of ours: `{{name}}` is where HTML is put, never inside a script."""

    def __init__(self, template: Path) -> None:
        shared = {
            "style": (_SHARED / "page.css").read_text("utf-8"),
            "script": (_SHARED / "page.js").read_text("utf-8"),
            "header": (_SHARED / "header.html").read_text("utf-8"),
        }
        source = template.read_text("utf-8")
        self._source = _PLACE.sub(lambda place: shared.get(place[1], place[0]), source)
        self._headers = {
            "Content-Security-Policy": _policy(self._source),
            "Cross-Origin-Opener-Policy": "same-origin",
            "X-Robots-Tag": "noindex",
        }

    def show(self, status: int = 200, **html: str) -> Response:
        """The page with this HTML in its places; whoever writes it has escaped what is not ours."""
        body = _PLACE.sub(lambda place: html[place[1]], self._source)
        return HTMLResponse(body, status, self._headers)


def _policy(source: str) -> str:
    """Names each script and style by its hash (CSP level 3, 6.7.3)."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for kind, inline in _INLINE.findall(source):
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        hashes[kind].append(f"'sha256-{digest}'")
    return _POLICY.format(**{kind: " ".join(names) for kind, names in hashes.items()})
