"""The articles that we ship, one version in each row of a CSV file."""

import csv
from datetime import date
from pathlib import Path
from typing import Final

from app.clocks.rules.norms import Confidence
from app.consultations.rules.articles import Article
from app.core.texts import Text

ARTICLES: Final = Path(__file__).parent.parent / "data" / "articles.csv"


def read_articles(file: Path = ARTICLES) -> list[Article]:
    """Read every version; a row that is not understood is named by its line (ValueError)."""
    with file.open(encoding="utf-8", newline="") as text:
        rows = csv.DictReader(text)
        try:
            return [_article(row) for row in rows]
        except (ValueError, TypeError, KeyError) as wrong:
            raise ValueError(f"{file.name}, line {rows.line_num}: {wrong}") from wrong


def _article(row: dict[str, str]) -> Article:
    return Article(
        code=row["code"],
        version=int(row["version"]),
        law=row["law"],
        article=row["article"],
        about=Text(row["about_id"], row["about_en"]),
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )
