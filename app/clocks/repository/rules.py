from collections.abc import Sequence

from app.clocks.rules.norms import DeadlineRule
from app.clocks.schemas.rules import RuleFilter
from app.core.paging import Found, cursor_after, place_of


def page(rules: Sequence[DeadlineRule], wanted: RuleFilter) -> Found[DeadlineRule]:
    """Cut one page, in the order of code and version, out of the rules that were asked for."""
    after = place_of(wanted, _place) if wanted.cursor else ("", 0)
    ordered = sorted(rules, key=_key)
    rest = [rule for rule in ordered if _key(rule) > after]
    items = rest[: wanted.limit]
    more = len(rest) > len(items)
    total = len(rules) if wanted.count else None
    last = cursor_after(wanted, items[-1].code, str(items[-1].version)) if more else None
    return Found(items, last, total)


def _key(rule: DeadlineRule) -> tuple[str, int]:
    return rule.code, rule.version


def _place(code: str, version: str) -> tuple[str, int]:
    return code, int(version)
