"""Addresses in social media: the many ways to write one, brought to a single way."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, unquote

_HOSTS: Final = {
    "facebook.com": "facebook.com",
    "fb.com": "facebook.com",
    "fb.me": "fb.me",
    "fb.watch": "fb.watch",
    "instagram.com": "instagram.com",
    "instagr.am": "instagram.com",
    "tiktok.com": "tiktok.com",
    "vm.tiktok.com": "vm.tiktok.com",
    "vt.tiktok.com": "vt.tiktok.com",
    "x.com": "x.com",
    "twitter.com": "x.com",
    "threads.net": "threads.net",
    "threads.com": "threads.net",
    "youtube.com": "youtube.com",
    "youtu.be": "youtu.be",
    "wa.me": "wa.me",
    "whatsapp.com": "whatsapp.com",
    "chat.whatsapp.com": "chat.whatsapp.com",
    "t.me": "t.me",
    "telegram.me": "t.me",
}
# What names the thing itself; whatever else stands behind `?` says who shared it, and how.
_IDENTIFYING: Final = {
    "facebook.com": ("story_fbid", "fbid", "v", "id"),
    "youtube.com": ("v",),
    "whatsapp.com": ("phone",),
}
_SHORT_VIDEO: Final = re.compile(r"^(?:shorts|live|embed|v)/([\w-]+)")
_PROFILE: Final = re.compile(r"^(?:instagram|tiktok|x|threads|youtube)\.[a-z]+/@?([\w.]+)$")
_PLACES: Final = frozenset({"p", "reel", "reels", "watch", "explore", "i", "home", "share", "tv"})
_LINK: Final = re.compile(
    rf"(?<![\w@.-])(?:https?://)?((?:[a-z0-9-]+\.)*?)({'|'.join(map(re.escape, _HOSTS))})"
    r"(?::[0-9]+)?/([^\s<>\"'()\[\]{}|\\^]*)",
    re.IGNORECASE,
)
_HANDLE: Final = re.compile(
    r"(?<![\w@./=-])@([a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_]))(?![\w@])", re.I
)
_TRAILING: Final = ".,;:!?…*_~/"


def addresses_in(text: str) -> set[str]:
    """Every address in a text; a profile by its handle as well, for many write only `@name`."""
    links = {address for found in _LINK.finditer(text) for address in _read(found)}
    return links | {f"@{handle.lower()}" for handle in _HANDLE.findall(text)}


def address_of(written: str) -> str | None:
    """The one address that somebody asks for; None where it is none that we know."""
    link = _LINK.search(written)
    if link is not None:
        return next(_read(link), None)
    handle = _HANDLE.fullmatch(written.strip())
    return f"@{handle[1].lower()}" if handle else None


def _read(found: re.Match[str]) -> Iterator[str]:
    """The address itself first, then the handle of a profile."""
    host = _host(found[1], found[2])
    path, _, query = found[3].partition("#")[0].partition("?")
    address = _normal(host, unquote(path).strip(_TRAILING).lower(), query)
    if address is None:
        return
    yield address
    profile = _PROFILE.match(address)
    if profile and profile[1] not in _PLACES:
        yield f"@{profile[1]}"


def _host(below: str, host: str) -> str:
    """`m.`, `www.`, `web.`, `id-id.`: all of them lead to the same thing, unless listed."""
    whole = f"{below}{host}".lower()
    return _HOSTS.get(whole, _HOSTS[host.lower()])


def _normal(host: str, path: str, query: str) -> str | None:
    if host == "youtu.be":
        return f"youtube.com/watch?v={path}" if path else None
    if host == "youtube.com" and (video := _SHORT_VIDEO.match(path)):
        return f"youtube.com/watch?v={video[1]}"
    asked = dict(parse_qsl(query.rstrip(_TRAILING).lower()))
    kept = [f"{name}={asked[name]}" for name in _IDENTIFYING.get(host, ()) if name in asked]
    if host == "whatsapp.com" and "phone" in asked:
        host, path, kept = "wa.me", asked["phone"].strip("+ "), []
    whole = f"{path}?{'&'.join(kept)}" if kept else path
    return f"{host}/{whole}" if whole else None
