"""One place typesets for the whole house."""

import ast
import asyncio
from functools import partial
from pathlib import Path

import pytest

import app
from app.certificates.files.typesetting import qr_picture, typeset
from app.certificates.service.press import Press
from app.core.errors import Unavailable

TEMPLATE = b"#set page(width: 40mm, height: 40mm)\n#sys.inputs.said"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "sheet.typ"
    file.write_bytes(TEMPLATE)
    return file


def test_the_same_words_give_the_same_bytes(template: Path) -> None:
    assert typeset(template, {"said": "Rekaan"}) == typeset(template, {"said": "Rekaan"})
    assert typeset(template, {"said": "Rekaan"}).startswith(b"%PDF")


def test_words_are_never_source(template: Path) -> None:
    said = typeset(template, {"said": '#panic("rekaan")'})

    assert said.startswith(b"%PDF")


def test_two_folders_keep_apart(template: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "sheet.typ"
    other.parent.mkdir()
    other.write_bytes(TEMPLATE.replace(b"40mm", b"60mm"))

    assert typeset(template, {"said": "Rekaan"}) != typeset(other, {"said": "Rekaan"})


def test_a_qr_code_is_a_picture() -> None:
    assert qr_picture("NETRA").startswith("<svg")


async def test_a_long_queue_is_turned_away(template: Path) -> None:
    press = Press(at_once=1, most_waiting=1)
    sheet = partial(typeset, template, {"said": "Rekaan"})

    three = [press.print(sheet) for _ in range(3)]
    sheets = await asyncio.gather(*three, return_exceptions=True)

    assert [isinstance(each, bytes) for each in sheets] == [True, True, False]
    assert isinstance(sheets[-1], Unavailable)
    assert await press.print(sheet) == sheets[0]


def test_nobody_else_calls_the_typesetter() -> None:
    root = Path(app.__file__).parent
    callers = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import) and any(name.name == "typst" for name in node.names)
    }

    assert callers == {"certificates/files/typesetting.py"}
