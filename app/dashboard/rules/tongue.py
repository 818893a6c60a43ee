"""How words, numbers and days are written in the language of a view."""

from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from app.core.days import day, moment
from app.core.texts import Language, Text
from app.dashboard.rules.view import Amount

_ZONE: Final = "Asia/Jakarta"
_MONTHS: Final = (
    *(Text(each, each) for each in ("Jan", "Feb", "Mar", "Apr")),
    Text("Mei", "May"),
    *(Text(each, each) for each in ("Jun", "Jul")),
    Text("Agu", "Aug"),
    Text("Sep", "Sep"),
    Text("Okt", "Oct"),
    Text("Nov", "Nov"),
    Text("Des", "Dec"),
)
DASH: Final = "\u2013"
HIDDEN: Final = "\u2022\u2022\u2022"
NOTHING: Final = Text("belum ada data", "no data yet")


@dataclass(frozen=True)
class Tongue:
    """Whatever it returns is escaped already."""

    language: Language

    def say(self, text: Text) -> str:
        return escape(text.to(self.language))

    def both(self, id: str, en: str) -> str:
        return escape(en if self.language == "en" else id)

    def as_written(self, words: str) -> str:
        """What an office wrote, which is Indonesian on every page (WCAG 3.1.2)."""
        # Not `id` alone: of the other pages that hold both languages, the style hides one of them.
        said = escape(words)
        return said if self.language == "id" else f'<span lang="id-ID">{said}</span>'

    def number(self, number: int) -> str:
        written = f"{number:,}"
        return written if self.language == "en" else written.replace(",", ".")

    def span(self, least: float, most: float) -> str:
        """From a number to another, both to whole ones."""
        return f"{self.number(round(least))}{DASH}{self.number(round(most))}"

    def share(self, part: int, whole: int) -> str:
        """A part in percent, never rounded up to all nor down to nothing."""
        if not whole:
            return DASH
        tenths = round(1000 * part / whole)
        if 0 < part < whole:
            tenths = min(max(tenths, 1), 999)
        written = f"{tenths / 10:.1f}".removesuffix(".0")
        return f"{written}%" if self.language == "en" else f"{written.replace('.', ',')}%"

    def amount(self, amount: Amount | None) -> str:
        """A number, two bounds where it is withheld, and a dash where there are no data."""
        if amount is None:
            return DASH
        if amount.exact is not None:
            return self.number(amount.exact)
        if amount.at_most is not None:
            return self.span(amount.at_least, amount.at_most)
        return f"\u2265 {self.number(amount.at_least)}" if amount.at_least else HIDDEN

    def in_words(self, amount: Amount | None) -> str:
        """The same for whoever hears it, or looks closer."""
        if amount is None:
            return self.say(NOTHING)
        written = self.amount(amount)
        if amount.exact is not None:
            return written
        if written == HIDDEN:
            return self.both("dirahasiakan", "withheld")
        if amount.at_most is None:
            return self.both(f"{written}, sebagian dirahasiakan", f"{written}, partly withheld")
        return self.both(f"{written}, dirahasiakan", f"{written}, withheld")

    def counted(self, amount: Amount, one: Text, many: Text) -> str:
        """A number with what it counts; English tells one from many."""
        unit = self.say(one if amount.exact == 1 else many).lower()
        if amount.exact is None:
            return f"{unit} {self.in_words(amount)}"
        return f"{self.in_words(amount)} {unit}"

    def day(self, on: date) -> str:
        return self.say(day(on))

    def brief_day(self, on: date) -> str:
        """Day and month, for the axis of a series."""
        return f"{on.day} {self.month(on)}"

    def brief_date(self, at: datetime) -> str:
        """The day of a moment, where there is little room."""
        on = at.astimezone(ZoneInfo(_ZONE)).date()
        return f"{self.brief_day(on)} {on.year}"

    def month(self, on: date) -> str:
        return self.say(_MONTHS[on.month - 1])

    def moment(self, at: datetime) -> str:
        return self.say(moment(at, _ZONE))
