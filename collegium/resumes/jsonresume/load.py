"""A career out of a JSON Resume somebody brought. It believes nothing, and says of everything it leaves that it did."""

import re
from typing import Any

from django.utils.translation import gettext as _

from collegium.career.document import Document, Draft, Header, Reach, Reference
from collegium.career.models import CONTACT_LIMIT, LABEL_LIMIT, Contact
from collegium.career.sections import (
    DESCRIPTION_LIMIT,
    EMPLOYMENT,
    MOST_ITEMS,
    PLACE_LIMIT,
    SPECS,
    TITLE_LIMIT,
    Section,
)
from collegium.resumes.jsonresume.contacts import network
from collegium.resumes.jsonresume.shape import FLUENCY_OF, SHAPES, Shape, joined
from collegium.resumes.jsonresume.values import Problem, Values
from collegium.skills.models import NAME_LIMIT

MOST_SKILLS, MOST_CONTACTS, MOST_POINTS, MOST_REFERENCES = 200, 30, 100, 100
_DAY_OF_THE_YEAR = re.compile(r"--(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
_DATES = frozenset({"started", "ended"})
_TOP = frozenset({"$schema", "basics", "meta", "skills", "references", *(shape.key for shape in SHAPES.values())})
_OURS = ("x-pronouns", "x-pronunciation", "x-contacts")
_BASICS = frozenset(
    ["name", "label", "summary", "image", "picture", "email", "phone", "url", "website", "location", "profiles", *_OURS]
)
_LOCATION = frozenset({"address", "postalCode", "city", "region", "countryCode"})


def document_of(data: Any) -> tuple[Document, list[Problem]]:
    """The career in a parsed JSON Resume.

    Args:
        data: what a JSON parser made of the file: anything at all.

    Returns:
        What could be taken, and a sentence with its place for everything that could not. Never an exception.
    """
    take = Values()
    resume = take.table(data, "")
    take.unknown(resume, _TOP, "")
    basics = take.table(resume.get("basics"), "basics")
    take.unknown(basics, _BASICS, "basics")
    document = Document(header=_header(take, basics), contacts=_contacts(take, basics))
    for section, shape in SHAPES.items():
        for entry, place in take.listed(resume.get(shape.key), MOST_ITEMS, shape.key):
            table = take.table(entry, place)
            if table and (draft := _item(take, table, section, shape, place)):
                document.items.append(draft)
    document.items += _courses_taught(take, resume, document)
    document.skills = _skills(take, resume.get("skills"))
    document.references = _references(take, resume.get("references"))
    meta = take.table(resume.get("meta"), "meta")
    document.language = take.line(meta.get("x-language"), 12, "meta.x-language")
    if take.left_out:
        take.problems.append(Problem("", _("And %(count)s more of this sort.") % {"count": f"{take.left_out:,}"}))
    return document, take.problems


def _header(take: Values, basics: dict[str, Any]) -> Header:
    location = take.table(basics.get("location"), "basics.location")
    take.unknown(location, _LOCATION, "basics.location")
    place = [take.line(location.get(key), PLACE_LIMIT, f"basics.location.{key}") for key in _PLACE]
    if picture := basics.get("image") or basics.get("picture"):
        take.unknown({"image": picture}, frozenset(), "basics")
    return Header(
        name=take.line(basics.get("name"), 100, "basics.name"),
        pronouns=take.line(basics.get("x-pronouns"), 40, "basics.x-pronouns"),
        pronunciation=take.line(basics.get("x-pronunciation"), 100, "basics.x-pronunciation"),
        headline=take.line(basics.get("label"), 220, "basics.label"),
        about=take.text(basics.get("summary"), 2600, "basics.summary"),
        place=take.line(", ".join(filter(None, place)), PLACE_LIMIT, "basics.location"),
    )


_PLACE = ("city", "region", "countryCode")


def _contacts(take: Values, basics: dict[str, Any]) -> list[Reach]:
    """Those listed as ours, then what the schema's own keys add to them. Each once."""
    found = [
        Reach(kind, value, take.line(table.get("label"), LABEL_LIMIT, f"{place}.label"))
        for entry, place in take.listed(basics.get("x-contacts"), MOST_CONTACTS, "basics.x-contacts")
        if (table := take.table(entry, place))
        and (kind := _kind(take, table, place))
        and (value := _value(take, kind, table.get("value"), f"{place}.value"))
    ]
    have = {(each.kind, each.value) for each in found}
    for each in _standard(take, basics):
        if each.value and (each.kind, each.value) not in have:
            have.add((each.kind, each.value))
            found.append(each)
    return found[:MOST_CONTACTS]


def _value(take: Values, kind: str, value: Any, place: str) -> str:
    """What its kind promises, where other rooms rely on it: an address of the web, a date or a day of the year."""
    if kind == Contact.Kind.WEBSITE:
        return take.url(value, place)
    if kind == Contact.Kind.BIRTHDAY and not (isinstance(value, str) and _DAY_OF_THE_YEAR.fullmatch(value)):
        return take.date(value, place)
    return take.line(value, CONTACT_LIMIT, place)


def _kind(take: Values, table: dict[str, Any], place: str) -> str:
    kind = take.line(table.get("kind"), 12, f"{place}.kind")
    if kind in Contact.Kind.values:
        return kind
    take.unknown({"kind": table.get("kind")}, frozenset(), place)
    return ""


def _standard(take: Values, basics: dict[str, Any]) -> list[Reach]:
    """E-mail, telephone, page, address and networks under the schema's keys."""
    location = basics.get("location")
    table = location if isinstance(location, dict) else {}
    code = take.line(table.get("postalCode"), LABEL_LIMIT, "basics.location.postalCode")
    street = take.line(table.get("address"), CONTACT_LIMIT - LABEL_LIMIT - 2, "basics.location.address")
    found = [
        Reach(Contact.Kind.EMAIL, take.line(basics.get("email"), 254, "basics.email")),
        Reach(Contact.Kind.PHONE, take.line(basics.get("phone"), CONTACT_LIMIT, "basics.phone")),
        Reach(Contact.Kind.WEBSITE, take.url(basics.get("url") or basics.get("website"), "basics.url")),
        Reach(Contact.Kind.ADDRESS, ", ".join(filter(None, (street, code)))),
    ]
    for entry, place in take.listed(basics.get("profiles"), MOST_CONTACTS, "basics.profiles"):
        profile = take.table(entry, place)
        take.unknown(profile, frozenset({"network", "username", "url"}), place)
        words = {key: take.line(profile.get(key), CONTACT_LIMIT, f"{place}.{key}") for key in ("network", "username")}
        reach = network({**words, "url": take.url(profile.get("url"), f"{place}.url")})
        label = take.line(reach.label, LABEL_LIMIT, f"{place}.network")
        found.append(Reach(reach.kind, reach.value or label, label if reach.value else ""))
    return found


def _item(take: Values, table: dict[str, Any], section: Section, shape: Shape, place: str) -> Draft | None:
    """One item; None when it names neither what nor where."""
    extra = {"courses"} if section == Section.EDUCATION else {"description"} if section == Section.POSITIONS else set()
    extra |= {"roles", "type"} if section == Section.PROJECTS else set()
    extra |= {"keywords"} if section == Section.INTERESTS else set()
    take.unknown(table, shape.keys | extra | {"x-url"}, place)
    columns: dict[str, Any] = {
        column: _column(take, table, column, keys, place) for column, keys in shape.columns.items()
    }
    if "url" in columns:
        columns["url"] = columns["url"] or take.line(table.get("x-url"), 500, f"{place}.x-url")
    columns |= _fitted(take, table, columns, section, place)
    if "description" in columns:
        columns["description"] = _description(take, table, columns["description"], section, place)
    if not columns.get("title") and not columns.get("organization_name"):
        take.say(place, _("It names neither what it is nor where; left out."))
        return None
    columns["skills"] = _names(take, table.get(shape.skills), f"{place}.{shape.skills}")
    return Draft(section=section, **columns)


def _column(take: Values, table: dict[str, Any], column: str, keys: tuple[str, ...], place: str) -> str:
    """One column, under the first of its keys that has something."""
    key = next((key for key in keys if table.get(key) not in (None, "", [])), keys[0])
    value, where = table.get(key), f"{place}.{key}"
    if column in _DATES:
        return take.date(value, where)
    if column == "url":
        return take.url(value, where)
    if column == "description":
        return take.text(value, DESCRIPTION_LIMIT, where)
    return take.line(value, PLACE_LIMIT if column == "place" else TITLE_LIMIT, where)


def _fitted(
    take: Values, table: dict[str, Any], columns: dict[str, Any], section: Section, place: str
) -> dict[str, str]:
    """Columns whose words must be some of ours: how well a language is known, the kind of work."""
    if section == Section.LANGUAGES and columns["kind"]:
        kind = FLUENCY_OF.get(columns["kind"].casefold().replace("-", " "), "")
        kept = columns["title"] if kind else f"{columns['title']} ({columns['kind']})"
        return {"kind": kind, "title": take.line(kept, TITLE_LIMIT, f"{place}.fluency")}
    if section == Section.POSITIONS and columns["kind"] not in dict(EMPLOYMENT):
        take.unknown({"x-employment": columns["kind"]}, frozenset(), place)
        return {"kind": ""}
    if section == Section.INTERESTS and (words := _strings(take, table.get("keywords"), f"{place}.keywords")):
        kept = f"{columns['title']} ({', '.join(words)})" if columns["title"] else ", ".join(words)
        return {"title": take.line(kept, TITLE_LIMIT, place)}
    return {}


def _description(take: Values, table: dict[str, Any], summary: str, section: Section, place: str) -> str:
    """The description, with points as lines, and with what has no column of its own."""
    shape = SHAPES[section]
    parts = [summary]
    if section == Section.POSITIONS:  # what kind of company it is stands before what she did there
        parts.insert(0, take.text(table.get("description"), DESCRIPTION_LIMIT, f"{place}.description"))
    if section == Section.PROJECTS:
        roles = _strings(take, table.get("roles"), f"{place}.roles")
        parts += [", ".join(roles), take.line(table.get("type"), TITLE_LIMIT, f"{place}.type")]
    points = _strings(take, table.get("highlights"), f"{place}.highlights") if shape.points else []
    whole = joined("\n\n".join(filter(None, parts)), points)
    return take.text(whole, DESCRIPTION_LIMIT, f"{place}.{shape.columns['description'][0]}")


def _strings(take: Values, value: Any, place: str) -> list[str]:
    """The texts of a list."""
    found = [take.text(each, DESCRIPTION_LIMIT, where) for each, where in take.listed(value, MOST_POINTS, place)]
    return [each for each in found if each]


def _names(take: Values, value: Any, place: str) -> tuple[str, ...]:
    """The names of skills in a list, each once."""
    found = [take.line(each, NAME_LIMIT, where) for each, where in take.listed(value, MOST_POINTS, place)]
    return tuple(dict.fromkeys(name for name in found if name))


def _courses_taught(take: Values, resume: dict[str, Any], document: Document) -> list[Draft]:
    """Courses named under a school become courses of ours, at that school: "DB1101 - Basic SQL"."""
    room = MOST_ITEMS - len(document.of(Section.COURSES))
    entries = resume.get("education")
    found = []
    for number, entry in enumerate(entries[:MOST_ITEMS] if isinstance(entries, list) else []):
        place = f"education[{number}]"
        table = entry if isinstance(entry, dict) else {}
        school = _column(Values(), table, "organization_name", ("institution",), place)
        for words in _strings(take, table.get("courses"), f"{place}.courses"):
            code, dash, name = words.partition(" - ")
            coded = bool(dash) and any(letter.isdigit() for letter in code) and " " not in code
            title = take.line(name if coded else words, TITLE_LIMIT, f"{place}.courses")
            if title:
                number_of = code[:TITLE_LIMIT] if coded else ""
                found.append(Draft(Section.COURSES, title=title, number=number_of, organization_name=school))
    if len(found) > room:
        take.say("education", _("More than %(most)s courses; the rest is left out.") % {"most": MOST_ITEMS})
    return found[:room]


def _skills(take: Values, value: Any) -> list[str]:
    """Skills, and their keywords as skills too: both are words for what she can do. A level has no place here."""
    names: dict[str, None] = {}
    for entry, place in take.listed(value, MOST_SKILLS, "skills"):
        table = {"name": entry} if isinstance(entry, str) else take.table(entry, place)
        take.unknown(table, frozenset({"name", "keywords"}), place)
        name = take.line(table.get("name"), NAME_LIMIT, f"{place}.name")
        words = _names(take, table.get("keywords"), f"{place}.keywords")
        names |= dict.fromkeys(each for each in (name, *words) if each)
    if len(names) > MOST_SKILLS:
        take.say("skills", _("More than %(most)s skills; the rest is left out.") % {"most": MOST_SKILLS})
    return list(names)[:MOST_SKILLS]


def _references(take: Values, value: Any) -> list[Reference]:
    found = []
    for entry, place in take.listed(value, MOST_REFERENCES, "references"):
        table = take.table(entry, place)
        take.unknown(table, frozenset({"name", "reference", "x-relation", "x-headline", "x-written"}), place)
        name = take.line(table.get("name"), 100, f"{place}.name")
        text = take.text(table.get("reference"), DESCRIPTION_LIMIT, f"{place}.reference")
        if name or text:
            found.append(
                Reference(
                    name,
                    text,
                    take.line(table.get("x-relation"), TITLE_LIMIT, f"{place}.x-relation"),
                    take.line(table.get("x-headline"), 220, f"{place}.x-headline"),
                    take.date(table.get("x-written"), f"{place}.x-written"),
                )
            )
    return found


assert set(SHAPES) == set(SPECS)  # noqa: S101 - a section without a shape would be lost in silence
