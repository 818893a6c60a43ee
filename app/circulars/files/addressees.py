"""The lines of an address in words, which are the same on the page and on paper."""

from app.circulars.schemas.parts import AddresseeLineOut
from app.core.texts import Text
from app.posts.rules.categories import LABELS as POSTS
from app.posts.rules.titles import post_within
from app.regions.rules import LABELS as REGIONS


def said_to(line: AddresseeLineOut) -> Text:
    """Whom a line means: all that it names, or its category; and where."""
    names = "; ".join([*line.offices, *line.names])
    who = Text(names, names) if names else _post(line)
    if line.offices and not line.names:
        return who
    name = line.region_name or line.region_code
    where = Text(f", {name}", f", {name}")
    if line.level is not None:
        level = REGIONS["region_level"][line.level]
        where = Text(f"{where.id}, tiap {level.id.lower()}", f"{where.en}, each {level.en.lower()}")
    if line.election_code is not None:
        held = line.election_code
        where = Text(f"{where.id}, yang mengikuti {held}", f"{where.en}, where {held} is held")
    return Text(who.id + where.id, who.en + where.en)


def _post(line: AddresseeLineOut) -> Text:
    """As it is called there: nobody outside Papua is a kepala distrik."""
    label = POSTS["post_category"][line.category]
    return Text(post_within(line.category, line.region_code) or label.id, label.en)
