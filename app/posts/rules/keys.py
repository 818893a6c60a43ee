"""When two letters mean the same office."""

from uuid import UUID

from app.posts.rules.categories import PostCategory
from app.posts.rules.titles import title_of
from app.regions.rules import comparable


def office_key(
    region_code: str,
    office_name: str,
    office_id: UUID | None = None,
    category: PostCategory | None = None,
) -> str:
    """By this an office is known again, in circulars as at meetings.

    What a region has once is known by its region and category, registered or not; of all others
    the registered by their id, the rest by region and name, without case, spaces and signs.
    """
    if category is not None and title_of(category, region_code) is not None:
        return f"{region_code} {category}"
    return str(office_id) if office_id else f"{region_code} {comparable(office_name)}"


def post_key(office_key: str, post: str) -> tuple[str, str]:
    """By this a post in an office is known again."""
    return office_key, comparable(post)
