"""The articles that answers cite: rows of the law with the days on which they hold."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Final
from zoneinfo import ZoneInfo

from app.clocks.rules.norms import Confidence
from app.core.errors import Fault, Invalid
from app.core.texts import Text

MOST_ARTICLES: Final = 20
_WIB: Final = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True, kw_only=True)
class Article:
    """One version of an article; `valid_to` is the last day on which it holds."""

    code: str
    version: int
    law: str
    article: str
    about: Text
    source: str
    confidence: Confidence
    valid_from: date
    valid_to: date | None

    @property
    def digest(self) -> str:
        """What it says, in short: a row that is corrected is not the one that was cited."""
        said = "\n".join((self.law, self.article, self.about.id))
        return hashlib.sha256(said.encode()).hexdigest()

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def day_of_law(now: datetime) -> date:
    """Laws begin and end by the calendar of Jakarta, wherever they are read."""
    return now.astimezone(_WIB).date()


def check_cited(codes: Sequence[str], in_force: Mapping[str, Article]) -> list[Article]:
    """The articles in the order in which they were cited; refuse those that do not hold today."""
    faults = [
        Fault(f"/articles/{place}", "article-not-in-force", _NOT_IN_FORCE)
        for place, code in enumerate(codes)
        if code not in in_force
    ]
    if faults:
        raise Invalid(*faults)
    return [in_force[code] for code in dict.fromkeys(codes)]


def overlapping(articles: Sequence[Article]) -> set[str]:
    """The codes of which two versions hold on one day: then nobody knows which is cited."""
    return {
        one.code
        for one, other in combinations(articles, 2)
        if one.code == other.code
        and (one.is_valid_on(other.valid_from) or other.is_valid_on(one.valid_from))
    }


_NOT_IN_FORCE: Final = Text(
    "Pasal ini tidak ada dalam daftar atau tidak berlaku hari ini; lihat /consultations/articles.",
    "This article is not listed or not in force today; see /consultations/articles.",
)
