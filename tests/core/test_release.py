"""Another release has another name."""

from pathlib import Path

from app.core.release import release_of


def test_a_release_is_named_by_its_source_alone(tmp_path: Path) -> None:
    module = tmp_path / "rules" / "rekaan.py"
    module.parent.mkdir()
    module.write_text("LIMIT = 5\n")
    first = release_of(tmp_path)
    (tmp_path / "catatan.txt").write_text("no code")
    same = release_of(tmp_path)
    module.write_text("LIMIT = 6\n")
    changed = release_of(tmp_path)
    module.rename(tmp_path / "rekaan.py")

    assert first == same
    assert len({first, changed, release_of(tmp_path)}) == 3
    assert len(release_of()) == len(first)
