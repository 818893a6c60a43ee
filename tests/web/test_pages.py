"""The frame in which every page for people stands."""

from pathlib import Path

import pytest

from app.web.pages import Page


@pytest.mark.parametrize("language", ["id", "en"])
def test_both_languages_are_offered_only_where_none_was_asked_for(
    tmp_path: Path, language: str
) -> None:
    template = tmp_path / "page.html"
    template.write_text("<main>{{content}}</main>", "utf-8")
    page = Page(template, "Contoh · Example")

    asked = bytes(page.show(language=language, content="Isi").body).decode()
    unasked = bytes(page.show(content="Isi {{title}}").body).decode()

    assert f'<html lang="{language}" data-lang="{language}">' in asked
    assert '<html lang="id" data-lang="id" data-both>' in unasked
    assert "<title>Contoh · Example · Netra</title>" in unasked
    assert "<main>Isi {{title}}</main>" in unasked
