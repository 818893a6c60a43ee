"""What golang.org/x/mod/sumdb made, as `data/go_sumdb.go.txt` asked it to."""

import json
from pathlib import Path
from typing import Final, TypedDict


class Proof(TypedDict):
    Index: int
    Size: int
    Hashes: list[str]


class WrittenTile(TypedDict):
    Path: str
    Sha256: str


class Signed(TypedDict):
    Key: str
    Seed: str
    Note: str


class Foreign(TypedDict):
    """Made of the leaves `leaf 0`, `leaf 1`, …, and of keys from known seeds."""

    Roots: dict[str, str]
    Inclusion: list[Proof]
    Consistency: list[Proof]
    Tiles: dict[str, list[WrittenTile]]
    Notes: list[Signed]


FOREIGN: Final[Foreign] = json.loads(
    (Path(__file__).parent / "data" / "go_sumdb.json").read_text("utf-8")
)
