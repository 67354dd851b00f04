"""Writes the demo community down as a bundle, the same every time it is built at the same moment."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from collegium.portability.demo import content, histories
from collegium.portability.demo.acquaintance import Pair, acquainted, pair, readers
from collegium.portability.demo.calendar import Dated, dated
from collegium.portability.demo.content import Community, Person, Post

SEED = 1951
SOURCE = "The demo community of Collegium"
DOMAIN = "demo.example"
ADDRESSES = {"ada-lindqvist": "ada", "kofi-mensah": "kofi", "mei-ling-chen": "mei"}
PROFESSIONAL = {"like": 9, "insightful": 6, "celebrate": 3, "support": 2, "love": 2, "funny": 1}
PERSONAL = {"like": 8, "love": 6, "funny": 4, "celebrate": 2, "support": 2, "insightful": 1}
AUDIENCES = {"members": 5, "connections": 7, "network": 6, "everyone": 4}
OPEN_AS_WRITTEN, ABOUT_ITS_FIELD = 0.45, 0.5


@dataclass
class Built:
    """What was written, for whoever adds the last touches."""

    community: Community
    known: set[Pair]
    posts: list[Dated]


def build(target: Path, now: datetime, *, apart: set[Pair], lately: dict[Pair, float]) -> Built:
    """Write the bundle.

    Args:
        target: a folder, made if needed.
        now: the moment from which everything is told backwards.
        apart: pairs who are not connected (yet).
        lately: pairs who became connected in the last days, with how many days ago.
    """
    rng = Random(SEED)  # noqa: S311 - chance that must repeat, not secrets
    community = content.read()
    known = acquainted(community, rng, apart, ADDRESSES) | set(lately)
    built = Built(community, known, dated(community, rng, now))
    target.mkdir(parents=True, exist_ok=True)
    _Writer(target, built, rng, now).write(lately)
    return built


def address(handle: str) -> str:
    """The e-mail address of a demo person; the domain exists for examples only."""
    return f"{ADDRESSES.get(handle, handle)}@{DOMAIN}"


class _Writer:
    """Writes one file after the other."""

    def __init__(self, target: Path, built: Built, rng: Random, now: datetime) -> None:
        self.target, self.built, self.rng, self.now = target, built, rng, now
        self.people = list(built.community.people.values())
        self.joined = {person.handle: self._ago(rng.uniform(190, 420)) for person in self.people}
        self.friends: dict[str, list[str]] = {person.handle: [] for person in self.people}
        for one, other in sorted(built.known):
            self.friends[one].append(other)
            self.friends[other].append(one)

    def _ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def _file(self, name: str, columns: str, rows: Iterable[Iterable[object]]) -> None:
        with (self.target / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
            out = csv.writer(handle, lineterminator="\n")
            out.writerow(columns.split())
            out.writerows(rows)

    def write(self, lately: dict[Pair, float]) -> None:
        """All files of the bundle."""
        said = {"format": "community-bundle", "version": 1, "source": SOURCE}
        (self.target / "bundle.json").write_text(json.dumps(said), encoding="utf-8")
        self._people()
        self._careers()
        self._ties(lately)
        self._words()

    def _people(self) -> None:
        self._file(
            "members",
            "key name email handle headline about place joined_at",
            (
                (
                    p.handle,
                    p.name,
                    address(p.handle),
                    p.handle,
                    p.headline,
                    p.about,
                    p.place,
                    _instant(self.joined[p.handle]),
                )
                for p in self.people
            ),
        )

    def _careers(self) -> None:
        held = {person.handle: histories.positions(person) for person in self.people}
        employers = (row[0] for rows in held.values() for row in rows)
        organizations = {name: histories.kind(name) for name in employers if name != histories.FREELANCE}
        organizations |= {part[0]: "school" for p in self.people for part in p.schools}
        known = histories.houses()
        self._file(
            "organizations",
            "key name kind website place about",
            ((name, name, *known.get(name, (kind, "", "", ""))) for name, kind in organizations.items()),
        )
        self._file(
            "positions", "member organization organization_name title started_on ended_on", self._positions(held)
        )
        self._file("education", "member organization degree field started_on ended_on", self._schools())
        spoken = ((p.handle, *row) for p in self.people for row in histories.languages(p))
        self._file("languages", "member language proficiency", spoken)
        self._file("skills", "member skill", ((p.handle, word) for p in self.people for word in histories.skills(p)))
        self._file("interests", "member topic", ((p.handle, word) for p in self.people for word in p.interests))

    def _positions(self, held: dict[str, list[histories.Position]]) -> Iterable[Iterable[object]]:
        for handle, rows in held.items():
            for employer, title, began, ended in rows:
                free = employer == histories.FREELANCE
                yield handle, "" if free else employer, employer if free else "", title, began, ended

    def _schools(self) -> Iterable[Iterable[object]]:
        for person in self.people:
            for school, degree, subject, years in person.schools:
                began, _, ended = years.partition("-")
                yield person.handle, school, degree, subject, began, ended

    def _ties(self, lately: dict[Pair, float]) -> None:
        def moment(tied: Pair) -> str:
            if tied in lately:
                return _instant(self._ago(lately[tied]))
            first = max(self.joined[tied[0]], self.joined[tied[1]])
            return _instant(first + (self._ago(6) - first) * self.rng.random() ** 1.4)

        self._file(
            "connections",
            "member_a member_b connected_at",
            ((*tied, moment(tied)) for tied in sorted(self.built.known)),
        )
        follows = readers(self.built.community, self.built.known, self.rng)
        self._file(
            "follows",
            "follower followee_kind followee followed_at",
            ((a, "member", b, _instant(self._ago(self.rng.uniform(0.2, 170)))) for a, b in follows),
        )

    def _words(self) -> None:
        posts, comments, reactions = [], [], []
        for number, one in enumerate(self.built.posts):
            post, key = one.post, f"p{number}"
            audience, topics = self._audience(post), ""
            facet = "personal" if post.personal else "professional"
            if not post.personal and self.rng.random() < ABOUT_ITS_FIELD:
                topics = self.built.community.people[post.author].trade
            posts.append((key, post.author, audience, facet, post.body, topics, _instant(one.at)))
            for place, (comment, at) in enumerate(zip(post.comments, one.comments, strict=True)):
                parent = "" if comment.answers is None else f"{key}c{comment.answers}"
                comments.append((f"{key}c{place}", key, parent, comment.author, comment.body, _instant(at)))
                reactions += self._to_comment(f"{key}c{place}", comment.author, post.author, at)
            reactions += self._to_post(key, one, audience)
        self._file("posts", "key author audience facet body topics created_at", posts)
        self._file("comments", "key post parent author body created_at", comments)
        self._file("reactions", "member target_kind target kind reacted_at", reactions)

    def _audience(self, post: Post) -> str:
        """As the text says; "members" is what most would choose who do not think of it, so some choose again."""
        if post.audience and (post.audience != "members" or self.rng.random() < OPEN_AS_WRITTEN):
            return post.audience
        if post.personal:
            return self.rng.choices(("connections", "network"), (4, 1))[0]
        return self.rng.choices(list(AUDIENCES), list(AUDIENCES.values()))[0]

    def _to_post(self, key: str, one: Dated, audience: str) -> list[tuple[str, ...]]:
        """Connections mostly; a text that is open to more people is also liked by some of the same profession."""
        if audience == "only_me":
            return []
        liked = self.rng.uniform(0.08, 0.42)
        found = [friend for friend in self.friends[one.post.author] if self.rng.random() < liked]
        if audience in ("members", "everyone"):
            field = self.built.community.people[one.post.author].trade
            found += [p.handle for p in self.people if self._stranger_likes(p, one.post.author, field, liked)]
        kinds = PERSONAL if one.post.personal else PROFESSIONAL
        return [
            (member, "post", key, self.rng.choices(list(kinds), list(kinds.values()))[0], _instant(self._after(one.at)))
            for member in found
        ]

    def _stranger_likes(self, person: Person, author: str, field: str, liked: float) -> bool:
        if person.handle == author or pair(person.handle, author) in self.built.known:
            return False
        return self.rng.random() < liked * (0.12 if person.trade == field else 0.02)

    def _to_comment(self, key: str, author: str, host: str, at: datetime) -> list[tuple[str, ...]]:
        likely = [(friend, 0.05) for friend in self.friends[author] if pair(friend, host) in self.built.known]
        if author != host:
            likely.append((host, 0.55))
        return [
            (member, "comment", key, self.rng.choices(("like", "love", "insightful", "funny"), (6, 2, 2, 1))[0],
             _instant(self._after(at)))
            for member, chance in likely if self.rng.random() < chance
        ]  # fmt: skip

    def _after(self, at: datetime) -> datetime:
        """Hours to days later, never later than now."""
        return at + min(timedelta(hours=self.rng.expovariate(1 / 14)), (self.now - at) * self.rng.uniform(0.05, 0.97))


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
