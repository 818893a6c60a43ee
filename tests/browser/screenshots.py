"""Pictures of the dashboard to look at: `python -m tests.browser.screenshots FOLDER [ORIGIN]`.

Without the origin of a running service they show views of invented values.
"""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

from app.dashboard.files.page import page_of
from app.dashboard.router import PAGE
from app.dashboard.rules.view import View
from tests.browser.finding import OPTIONS, browser_path
from tests.dashboard import views

SIZES: Final = ((360, 740), (1024, 768), (2560, 1440))
_ENGLISH: Final = replace(views.nation(), pick=replace(views.nation().pick, language="en"))
VIEWS: Final[Mapping[str, tuple[View, str, Mapping[str, Any]]]] = {
    "nation": (views.nation(), "/", {}),
    "province": (views.province(), "/?region=73", {}),
    "empty": (views.EMPTY, "/?election=pemilu-2024", {}),
    "dark": (views.nation(), "/", {"color_scheme": "dark"}),
    "english": (_ENGLISH, "/?lang=en", {}),
    "paper": (views.nation(), "/", {"media": "print"}),
}


def main(folder: Path, origin: str | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=OPTIONS)
        for name in VIEWS:
            for size in SIZES:
                _shoot(browser, name, size, folder, origin)
        browser.close()


def _shoot(
    browser: Browser, name: str, size: tuple[int, int], folder: Path, origin: str | None
) -> None:
    view, path, media = VIEWS[name]
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.emulate_media(**media)
    if origin is None:
        page.set_content(bytes(PAGE.show(200, **page_of(view)).body).decode())
    else:
        page.goto(origin + path)
    page.screenshot(path=folder / f"{name}-{size[0]}.png", full_page=True)
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
