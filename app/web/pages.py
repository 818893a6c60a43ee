"""Pages for people: each one file that fetches nothing from elsewhere, under a policy that lets it
do no more than it does."""

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from fastapi import Response
from fastapi.responses import HTMLResponse

_FRAME, _HEADER, _STYLE, _SCRIPT, _CODE = (
    (Path(__file__).parent / "data" / name).read_text("utf-8")
    for name in ("frame.html", "header.html", "page.css", "page.js", "code.js")
)
_PLACE: Final = re.compile(r"{{(\w+)}}")
_INLINE: Final = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)

# Whatever was slipped into a page by a text would still not run, load or be sent anywhere.
_POLICY: Final = (
    "default-src 'none'; script-src {script}; style-src {style}; img-src data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)


class Page:
    """One page in the frame of all: `{{name}}` is where HTML is put, never inside a script."""

    def __init__(
        self, template: Path, title: str, *, style: Path | None = None, header: Path | None = None
    ) -> None:
        """`style` comes after that of the house, `header` in the place of its header."""
        page = _filled(template.read_text("utf-8"), {"script": _SCRIPT, "code": _CODE})
        parts = {
            "title": title,
            "style": _STYLE + (style.read_text("utf-8") if style else ""),
            "header": header.read_text("utf-8") if header else _HEADER,
            "page": page.strip(),
        }
        self._source = _filled(_FRAME, parts)
        self._headers = {
            "Content-Security-Policy": _policy(self._source),
            "Cross-Origin-Opener-Policy": "same-origin",
            "X-Robots-Tag": "noindex",
        }

    def show(self, status: int = 200, language: str | None = None, **html: str) -> Response:
        """The page with this HTML in its places; whoever writes it has escaped what is not ours.

        Where no language is named its script chooses one, and without a script both are shown.
        """
        chosen = language or "id"
        told = f'lang="{chosen}" data-lang="{chosen}"' + ("" if language else " data-both")
        body = _PLACE.sub(lambda place: ({"language": told} | html)[place[1]], self._source)
        return HTMLResponse(body, status, self._headers)


def _filled(source: str, parts: Mapping[str, str]) -> str:
    """With these parts in their places; the other places stay."""
    return _PLACE.sub(lambda place: parts.get(place[1], place[0]), source)


def _policy(source: str) -> str:
    """Names each script and style by its hash (CSP level 3, 6.7.3)."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for kind, inline in _INLINE.findall(source):
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        hashes[kind].append(f"'sha256-{digest}'")
    return _POLICY.format(**{kind: " ".join(names) for kind, names in hashes.items()})
