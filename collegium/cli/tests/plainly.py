"""A community bundle read with nothing but Python's own modules: the answers to compare the product's with."""

import csv
import unicodedata
from collections import defaultdict
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import NamedTuple

LEVELS = {"everyone": 0, "members": 1, "network": 2, "connections": 3, "only me": 4, "me": 4}


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    path = folder / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def milliseconds(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


class Said(NamedTuple):
    """A post; `group` is empty where it stands in none."""

    at: int
    author: str
    level: int
    group: str
    body: str


class Town:
    """Everybody of a bundle, who knows whom, who worked where, who wrote what."""

    def __init__(self, folder: Path) -> None:
        self.handle = {row["key"]: row["handle"] for row in rows(folder, "members")}
        self.name = {row["handle"]: row["name"] for row in rows(folder, "members")}
        self.knows: dict[str, set[str]] = defaultdict(set)
        for row in rows(folder, "connections"):
            one, other = self.handle[row["member_a"]], self.handle[row["member_b"]]
            self.knows[one].add(other)
            self.knows[other].add(one)
        organizations = {row["key"]: row["name"] for row in rows(folder, "organizations")}
        self.jobs = [
            (self.handle[row["member"]], organizations[row["organization"]], row["started_on"])
            for row in rows(folder, "positions")
        ]
        self.follows: dict[str, set[str]] = defaultdict(set)
        for row in rows(folder, "follows"):
            self.follows[self.handle[row["follower"]]].add(self.handle[row["followee"]])
        self.inside = {(self.handle[row["member"]], row["group"]) for row in rows(folder, "group_members")}
        self.inside |= {(self.handle[row["owner"]], row["key"]) for row in rows(folder, "groups")}
        self.posts = [
            Said(
                milliseconds(row["created_at"]),
                self.handle[row["author"]],
                LEVELS[row["audience"]],
                row["group"],
                row["body"].strip(),
            )
            for row in rows(folder, "posts")
        ]

    def distances(self, start: str) -> dict[str, int]:
        """Breadth first."""
        found, layer = {start: 0}, [start]
        while layer:
            layer = [other for one in layer for other in self.knows[one] if found.setdefault(other, -1) == -1]
            layer = list(dict.fromkeys(layer))
            far = max(found.values()) + 1
            found.update(dict.fromkeys(layer, far))
        return found

    def ways(self, one: str, other: str) -> list[list[str]]:
        """All shortest ways, each from one to the other."""
        far = self.distances(one)
        if other not in far:
            return []
        found = [[other]]
        for step in range(far[other] - 1, -1, -1):
            found = [[near, *way] for way in found for near in self.knows[way[0]] if far[near] == step]
        return sorted(found)

    def both_know(self, one: str, other: str) -> set[str]:
        return self.knows[one] & self.knows[other]

    def named(self, start: str, word: str, within: int) -> list[tuple[int, str, str]]:
        far = self.distances(start)
        return sorted(
            (far[handle], name.lower(), handle)
            for handle, name in self.name.items()
            if 0 < far.get(handle, 99) <= within and folded(word) in folded(name).split()
        )

    def worked_at(self, start: str, organization: str, before: str) -> list[tuple[str, str]]:
        far = self.distances(start)
        return sorted(
            (handle, began)
            for handle, name, began in self.jobs
            if 0 < far.get(handle, 99) <= 2 and name == organization and (not before or "" < began < before)
        )

    def timeline(self, me: str, limit: int) -> list[tuple[int, str, str]]:
        """Newest first: of those she reads, as far as each audience reaches, and of the groups she is in."""
        near = dict.fromkeys(self.follows[me], 1)
        near |= {each: 2 for each in near if self.both_know(me, each)}
        near |= dict.fromkeys(self.knows[me], 3)
        near[me] = 4
        seen = [
            (post.at, post.author, post.body)
            for post in self.posts
            if ((me, post.group) in self.inside if post.group else post.level <= near.get(post.author, -1))
        ]
        return sorted(seen, reverse=True)[:limit]

    def pairs(self) -> list[tuple[str, str]]:
        people = sorted(self.name)
        return [(one, other) for one, other in product(people, people) if one != other]
