"""What the schemas of the contract are called: once published, a name never changes.

A schema bears the name of its class. The few that several domains have are told apart by their
domain, always; any other name belongs to the class that took it first, and a second one must be
called something else. So nothing that a domain adds renames what another has published.
"""

import json
import re
from typing import Any, Final

TOLD_APART: Final = frozenset({"Kind", "Level", "OfficeOut", "Status", "Unit"})
"""Classes of these names have their domain before it: ComplaintsStatus, DeclarationsStatus."""

# What the framework makes of a name that several modules have.
_QUALIFIED: Final = re.compile(r"app__([a-z]+)__(?:[a-z_]+?__)?([A-Z]\w*)")
_PAGE: Final = re.compile(r"Page_([A-Za-z]+?)(?:Out|Row)?_")
_REFERENCE: Final = re.compile(r'"#/components/schemas/([^"/]+)"')


class NameTaken(ValueError):
    """Classes would bear one name in the contract, or one would lose the name it bears."""

    def __init__(self, name: str, bearers: list[str]) -> None:
        those = " and ".join(each.replace("__", ".") for each in bearers)
        super().__init__(f"{name} is for one class, not for {those}: rename the newer one.")


def name_schemas(document: dict[str, Any]) -> dict[str, Any]:
    """Give each schema its lasting name, which is also its title for generators of clients."""
    schemas = document["components"]["schemas"]
    names = lasting_names(list(schemas))
    titled = {names[given]: each | {"title": names[given]} for given, each in schemas.items()}
    text = json.dumps(document | {"components": {"schemas": titled}})
    renamed: dict[str, Any] = json.loads(
        _REFERENCE.sub(lambda to: f'"#/components/schemas/{names[to[1]]}"', text)
    )
    return renamed


def lasting_names(given: list[str]) -> dict[str, str]:
    """The lasting name of each schema by the one that the framework gave it."""
    names = {each: _lasting(each) for each in given}
    for name in names.values():
        bearers = [each for each in given if names[each] == name]
        if len(bearers) > 1 or name in TOLD_APART:
            raise NameTaken(name, bearers)
    return names


def _lasting(given: str) -> str:
    """A page is called after what stands on it."""
    if page := _PAGE.fullmatch(given):
        return f"{page[1]}Page"
    qualified = _QUALIFIED.fullmatch(given)
    if qualified is None:
        return given
    domain, name = qualified.groups()
    return f"{domain.capitalize()}{name}" if name in TOLD_APART else name
