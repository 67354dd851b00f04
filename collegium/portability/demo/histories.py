"""What the demo people did before and beside what their texts say: earlier posts, skills, the rest of a profile.

Drawn by chance with a seed of its own from the words of each trade (`careers/trades.txt`), so that people of one trade
meet in the same houses in the same years; of the three guests it is told line by line (`careers/people.txt`).
"""

import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from django.db import transaction

from collegium.career import actions
from collegium.career.document import Draft
from collegium.career.sections import Section
from collegium.lib import clock
from collegium.members.models import Member
from collegium.portability.demo.content import Person

FOLDER = Path(__file__).parent / "careers"
Position = tuple[str, str, str, str]  # employer, title, from, until
FREELANCE = "Freelance"
FLUENT = ("full", "professional", "professional", "limited")
TOLD, FURTHER = 0.4, 0.5
SECTIONS = {
    "certificates": Section.CERTIFICATES,
    "projects": Section.PROJECTS,
    "publications": Section.PUBLICATIONS,
    "volunteering": Section.VOLUNTEERING,
}
KINDS = {
    "school": ("School", "Academy", "Lycée", "Escola", "Senior High", "Universi", "College", "Musikskole"),
    "government": (
        "Authority",
        "Bureau",
        "Court",
        "kommune",
        "Město",
        "City of",
        "Ville d",
        "Municipalidad",
        "District",
    ),
    "nonprofit": (
        "Institute",
        "Association",
        "Federation",
        "Guild",
        "Cooperative",
        "Union",
        "Clinic",
        "Trust",
        "Hospice",
    ),
}
COLUMNS = ("title", "organization_name", "span", "detail", "description", "skills")


@cache
def trades() -> dict[str, dict[str, list[str]]]:
    """The words of each trade: earlier titles, shared houses, skills and the rest."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, lines in _blocks("trades.txt"):
        found[name] = {kind: rest.split(" | ") for kind, _, rest in (line.partition(": ") for line in lines)}
    return found


@cache
def told() -> dict[str, tuple[list[Draft], list[str]]]:
    """Of some people line by line: items and skills."""
    found = {}
    for handle, lines in _blocks("people.txt"):
        drafts, skills = [], []
        for line in lines:
            kind, *cells = (cell.strip() for cell in line.split("|"))
            if kind == "skills":
                skills = cells[0].split("; ")
            else:
                drafts.append(_draft(Section(kind), dict(zip(COLUMNS, cells, strict=True))))
        found[handle] = (drafts, skills)
    return found


@cache
def houses() -> dict[str, list[str]]:
    """What is known of some organisations: kind, website, place, about."""
    lines = (FOLDER / "houses.txt").read_text(encoding="utf-8").splitlines()
    return {name: rest for name, *rest in ([cell.strip() for cell in line.split("|")] for line in lines)}


def kind(name: str) -> str:
    """What an employer is, by its name."""
    for found, words in KINDS.items():
        if any(word in name for word in words):
            return found
    return "company"


def _blocks(file: str) -> Iterator[tuple[str, list[str]]]:
    text = (FOLDER / file).read_text(encoding="utf-8")
    for block in text.removeprefix("= ").split("\n= "):
        name, *lines = block.strip().split("\n")
        yield name, lines


def _draft(section: Section, cells: dict[str, str]) -> Draft:
    started, _, ended = cells["span"].partition("..")
    number, detail = (cells["detail"], "") if section == Section.COURSES else ("", cells["detail"])
    return Draft(
        section,
        title=cells["title"],
        organization_name=cells["organization_name"],
        detail=detail,
        number=number,
        description=cells["description"],
        started=started,
        ended=ended,
        skills=tuple(filter(None, cells["skills"].split("; "))),
    )


def _chance(person: Person, what: str) -> Random:
    """Chance of one person's own: what is added for another changes nothing for her."""
    return Random(zlib.crc32(f"{what} {person.handle}".encode()))  # noqa: S311 - chance that must repeat


def positions(person: Person) -> list[Position]:
    """What the texts say, and from the end of school until then what a trade begins with."""
    said = [(employer, title, *_years(years)) for employer, title, years in person.positions]
    if person.handle in told():
        return said
    first = min(int(began) for _employer, _title, began, _ended in said)
    school = max((int(_years(years)[1] or first) for *_rest, years in person.schools), default=first - 3)
    return [*said, *_before(person, school, first)]


def _before(person: Person, school: int, first: int) -> Iterator[Position]:
    """One to three posts that fill the years between school and the first post that is told of."""
    rng, words = _chance(person, "before"), trades()[person.trade]
    years = first - school
    if years < 1:
        # No gap to fill: something beside the studies.
        yield rng.choice(words["shared"]), words["earlier"][0], str(school - 2), str(school)
        return
    cuts = sorted(rng.sample(range(school + 1, first), min(years - 1, rng.choice((0, 1, 1, 2)))))
    houses = rng.sample(words["shared"], min(len(cuts) + 1, len(words["shared"])))
    titles = rng.sample(words["earlier"], len(cuts) + 1)
    for house, title, began, ended in zip(houses, titles, [school, *cuts], [*cuts, first], strict=True):
        month = f"-{rng.randint(1, 12):02d}" if rng.random() < TOLD else ""
        yield house, title, f"{began}{month}", str(ended) if ended > began else f"{ended}{month}"


def _years(years: str) -> tuple[str, str]:
    began, _, ended = years.partition("-")
    return began, ended


def skills(person: Person) -> list[str]:
    """Five to fifteen of the trade's; of those told line by line, theirs."""
    if person.handle in told():
        return told()[person.handle][1]
    rng, pool = _chance(person, "skills"), trades()[person.trade]["skills"]
    return rng.sample(pool, min(len(pool), rng.randint(5, 15)))


def languages(person: Person) -> Iterator[tuple[str, str]]:
    """Each with how well: the first is the one somebody grew up with."""
    rng = _chance(person, "languages")
    for place, language in enumerate(person.languages):
        yield language, "native" if place == 0 else rng.choice(FLUENT)


@transaction.atomic
def enrich(people: dict[str, Person]) -> None:
    """What a bundle has no file for: certificates, projects, publications, voluntary work; after the load.

    Args:
        people: the demo people by handle.
    """
    members = Member.objects.in_bulk(field_name="handle")
    for handle, person in people.items():
        drafts = told()[handle][0] if handle in told() else list(_drawn(person))
        if drafts:
            actions.take(members[handle], drafts)


def _drawn(person: Person) -> Iterator[Draft]:
    rng, words, now = _chance(person, "further"), trades()[person.trade], clock.now().year
    if rng.random() > FURTHER:
        return
    began = min(int(position[2][:4]) for position in positions(person))
    for name, section in SECTIONS.items():
        for line in rng.sample(words[name], rng.choice((0, 1, 1))):
            title, house, *cause = line.split(" / ")
            year = rng.randint(min(began + 1, now - 1), now - 1)
            ends = section in (Section.PROJECTS, Section.VOLUNTEERING) and rng.random() < TOLD
            yield Draft(
                section,
                title=title,
                organization_name=house,
                detail=cause[0] if cause else "",
                started=str(year),
                ended=str(min(now, year + rng.randint(1, 3))) if ends else "",
            )
