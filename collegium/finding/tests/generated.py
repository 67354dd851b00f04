"""A community's openings made by chance, and the answer to every search worked out the long way."""

import random
from collections import Counter
from datetime import timedelta
from typing import Any

from django.http import QueryDict

from collegium.audience.viewer import Viewer
from collegium.career.models import Item
from collegium.finding.asked import Asked
from collegium.gazetteer.near import distance
from collegium.lib import clock
from collegium.lib.query import parse, tokens
from collegium.lib.query.tree import All, Node, Not, Term
from collegium.openings.models import Hidden, Kind, Opening, OpeningSkill, Part, Seat, Seniority, State, Way
from collegium.openings.tests.scene import opening
from collegium.organizations.models import Organization
from collegium.pages.models import Role
from collegium.skills.models import Skill, Spelling
from collegium.testing.cast import Cast

TITLES = (
    "Data engineer",
    "Engineer of dams",
    "Nurse",
    "Söftwäre engineer",
    "C++ developer",
    "Head of data",
    "水道 engineer",
)
TEXTS = (
    "You build dams in Delft.",
    "Data, data and more data",
    "水道の仕事",
    "We write C++ and Go",
    "Care for people",
    "",
)
SKILLS = ("Python", "C++", "Nursing", "Hydraulics", "Go")
NAMES = ("Acme Water", "Dam Works", "Öresund Data", "Engineer & Sons")
WORDS = ("data", "dat", "engineer", "eng*", "c++", "c", "go", "水道", "SOFTWARE", "dams", "nurse", "of", "acme", "zzz")
TOWNS = {
    "Delft": (52.01, 4.36, "NL"),
    "The Hague": (52.08, 4.30, "NL"),
    "Antwerp": (51.22, 4.40, "BE"),
    "Suva": (-18.14, 178.44, "FJ"),
    "Apia": (-13.83, -171.77, "WS"),
}
DOMAINS = ("acme.example", "example", "b.acme.example", "other.example")


class World:
    """Openings of every sort, and people who stand to them in every way."""

    def __init__(self, cast: Cast, seed: int, size: int = 60) -> None:
        self.dice, self.cast = random.Random(seed), cast
        self.skills = [self._skill(name) for name in SKILLS]
        self.places = [
            Organization.objects.create(handle=f"place-{n}", name=name, page_since=clock.now() if n % 2 else None)
            for n, name in enumerate(NAMES)
        ]
        self.people = [getattr(cast, name) for name in cast.names[:-1]]
        self._careers()
        self.rows = [self._opening() for _ in range(size)]

    @staticmethod
    def _skill(name: str) -> Skill:
        """One of the vocabulary, or a new one."""
        [folded] = parse.fold([name])
        known = Spelling.objects.filter(folded=folded).select_related("skill").first()
        if known is not None:
            return known.skill
        made = Skill.objects.create(name=name)
        Spelling.objects.create(folded=folded, skill=made)
        return made

    def _careers(self) -> None:
        for person in self.people:
            where = self.dice.choice(self.places)
            if self.dice.random() < 0.6:
                Item.objects.create(
                    member=person,
                    section="positions",
                    title="Engineer",
                    organization=where if self.dice.random() < 0.5 else None,
                    organization_name=where.name,
                    started="2020",
                    ended=self.dice.choice(("", "", "2021")),
                )
            if self.dice.random() < 0.3:
                Role.objects.get_or_create(
                    member=person, organization=where, part=self.dice.choice(("recruiter", "content"))
                )

    def _opening(self) -> Opening:
        dice, now = self.dice, clock.now()
        town = dice.choice([*TOWNS, ""])
        north, east, country = TOWNS.get(town, (None, None, ""))
        way = dice.choice(Way.values)
        posted = now - timedelta(days=dice.choice((0, 0.5, 2, 5, 13, 20, 25)), minutes=dice.randint(0, 3))
        values: dict[str, Any] = {
            "title": dice.choice(TITLES),
            "text": dice.choice(TEXTS),
            "way": way,
            "place": town,
            "country": "" if way == Way.REMOTE else country,
            "latitude": north,
            "longitude": east,
            "countries": dice.choice(([], ["NL"], ["NL", "BE"], ["FJ"])) if way == Way.REMOTE else [],
            "kind": dice.choice(Kind.values),
            "seniority": dice.choice(Seniority.values),
            "yearly_euros": dice.choice((None, 19_999, 30_000, 50_000, 50_001, 90_000)),
            "members_only": dice.random() < 0.2,
            "posted_at": posted,
            "reviewed_at": posted,
            "expires_at": posted + timedelta(days=dice.choice((10, 40))),
            "state": dice.choice((State.LIVE,) * 8 + (State.DRAFT,)),
        }
        row = opening(dice.choice(self.people), dice.choice(self.places), **values)
        for place, skill in enumerate(dice.sample(self.skills, dice.randint(0, 3))):
            OpeningSkill.objects.create(opening=row, skill=skill, required=dice.random() < 0.5, place=place)
        self._around(row)
        return row

    def _around(self, row: Opening) -> None:
        """From whom it is hidden, and who hires."""
        dice = self.dice
        if dice.random() < 0.15:
            Hidden.objects.create(opening=row, what="person", person=dice.choice(self.people))
        if dice.random() < 0.15:
            where = dice.choice(self.places)
            linked = where if dice.random() < 0.5 else None
            Hidden.objects.create(opening=row, what="organization", organization=linked, name=where.name)
        if dice.random() < 0.1:
            domain = dice.choice(DOMAINS)
            Hidden.objects.create(opening=row, what="domain", domain=domain, native_domain=domain)
        if dice.random() < 0.3:
            Seat.objects.create(opening=row, member=dice.choice(self.people), part=dice.choice(Part.values))

    def query(self) -> QueryDict:
        """A search by chance."""
        dice, given = self.dice, QueryDict(mutable=True)
        if dice.random() < 0.7:
            given["q"] = self._words()
        if dice.random() < 0.4:
            given["place"] = dice.choice(("Delft", "Suva", "Antwerp, Belgium", "Nowhereville"))
            given["radius"] = dice.choice(("10", "100", "500", "7"))
            given["remote"] = dice.choice(("", "1"))
        for name, values in {
            "way": Way.values,
            "kind": Kind.values,
            "level": [str(each) for each in Seniority.values],
            "since": ["1", "3", "14", "30", "x"],
            "company": [row.handle for row in self.places] + ["nobody-here"],
            "skill": [*SKILLS, "python", "nothing of this"],
            "country": ["NL", "BE", "FJ", "zz"],
        }.items():
            if dice.random() < 0.2:
                given.setlist(name, dice.sample(values, dice.randint(1, 2)))
        if dice.random() < 0.25:
            given["pay"] = dice.choice(("30000", "50 000", "50001", "4000", "lots"))
            given["period"] = dice.choice(("year", "month", "century"))
        return given

    def _words(self) -> str:
        dice = self.dice
        some = [dice.choice(WORDS) for _ in range(dice.randint(1, 3))]
        some = [f'"{" ".join(dice.sample(WORDS, 2))}"' if dice.random() < 0.1 else each for each in some]
        some = [
            f"{dice.choice(('title', 'company', 'skill'))}:{each}" if dice.random() < 0.2 else each for each in some
        ]
        text = dice.choice((" ", " OR ", " NOT ", " AND ", " OR NOT ")).join(some)
        return dice.choice((text, text, f"NOT {text}", f"({text}) -{dice.choice(WORDS)}", f'"of data" OR {text}'))


class LongWay:
    """Every search answered by looking at every opening."""

    def __init__(self) -> None:
        now = clock.now()
        self.now = now
        self.rows = list(
            Opening.objects.filter(state=State.LIVE).select_related("organization").order_by("-posted_at", "-pk")
        )
        skills = OpeningSkill.objects.select_related("skill").order_by("place", "skill_id")
        self.skills: dict[int, list[Skill]] = {row.pk: [] for row in self.rows}
        for each in skills:
            if each.opening_id in self.skills:
                self.skills[each.opening_id].append(each.skill)
        self.words = {row.pk: self._words(row) for row in self.rows}

    def _words(self, row: Opening) -> list[tuple[str, tuple[str, ...]]]:
        parts = [("title", row.title), ("company", row.organization.name)]
        parts += [("skill", skill.name) for skill in self.skills[row.pk]]
        parts += [("", row.place), ("", row.text)]
        folded = parse.fold([text for _field, text in parts])
        return [(field, tokens.words(text)) for (field, _text), text in zip(parts, folded, strict=True)]

    def keys(self, asked: Asked, viewer: Viewer, *, without: str = "") -> list[int]:
        """What matches, the newest first, whatever is chosen of one facet."""
        seen = set(Opening.objects.standing().visible_to(viewer).values_list("pk", flat=True))
        return [row.pk for row in self.rows if row.pk in seen and self._matches(row, asked, without)]

    def _matches(self, row: Opening, asked: Asked, without: str) -> bool:
        facets = [name for name in asked.facets if name != without]
        return (
            (asked.node is None or self._has(row, asked.node))
            and (asked.around is None or self._near(row, asked))
            and all(self.has_one(row, name, [value.known for value in asked.of(name)]) for name in facets)
        )

    def _has(self, row: Opening, node: Node) -> bool:
        if isinstance(node, Term):
            return any(
                (not node.field or field == node.field) and self._begins(words[at:], node)
                for field, words in self.words[row.pk]
                for at in range(len(words))
            )
        if isinstance(node, Not):
            return not self._has(row, node.part)
        return (all if isinstance(node, All) else any)(self._has(row, part) for part in node.parts)

    @staticmethod
    def _begins(words: tuple[str, ...], term: Term) -> bool:
        *first, last = term.words
        here = words[: len(term.words)]
        if len(here) < len(term.words) or list(here[:-1]) != first:
            return False
        return here[-1] == last or (term.beginning and len(last) > 1 and here[-1].startswith(last))

    @staticmethod
    def _near(row: Opening, asked: Asked) -> bool:
        near = asked.around
        if near is None or near.place is None:
            return False
        if row.latitude is not None and row.longitude is not None:
            far = distance(near.place.latitude, near.place.longitude, row.latitude, row.longitude)
            if far <= near.radius:
                return True
        anywhere = not row.countries and not row.country
        return (
            near.remote and row.way == Way.REMOTE and (anywhere or near.place.country in [*row.countries, row.country])
        )

    def has_one(self, row: Opening, name: str, values: list[int]) -> bool:
        """Whether an opening has one of these values of a facet."""
        if name == "since" and row.posted_at is not None:
            return row.posted_at >= self.now - timedelta(days=max(values))
        if name == "pay":
            return row.yearly_euros is not None and row.yearly_euros >= max(values)
        return bool(self.values(row)[name] & set(values))

    def values(self, row: Opening) -> dict[str, set[int]]:
        """What an opening counts for."""
        codes = {ord(code[0]) * 256 + ord(code[1]) for code in [*row.countries, row.country] if code}
        return {
            "way": {Way.values.index(row.way)},
            "kind": {Kind.values.index(row.kind)},
            "level": {row.seniority},
            "company": {row.organization_id},
            "skill": {skill.pk for skill in self.skills[row.pk]},
            "country": codes,
        }

    def counts(self, facet: str, asked: Asked, viewer: Viewer) -> dict[int, int]:
        """How many of what matches have each value."""
        keys = set(self.keys(asked, viewer, without=facet))
        found = Counter(value for row in self.rows if row.pk in keys for value in self.values(row)[facet])
        return dict(found)

    def steps(self, facet: str, steps: tuple[int, ...], asked: Asked, viewer: Viewer) -> dict[int, int]:
        """How many reach each step."""
        keys = set(self.keys(asked, viewer, without=facet))
        here = [row for row in self.rows if row.pk in keys]
        return {step: sum(self.has_one(row, facet, [step]) for row in here) for step in steps}
