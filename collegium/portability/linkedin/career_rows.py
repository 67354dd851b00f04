"""The files of the profile: sections, skills, ways to reach the member."""

from collections.abc import Iterator
from typing import NamedTuple

from collegium.portability.linkedin import dates, links
from collegium.portability.linkedin.mapping import LeaveError, Row, make, reads
from collegium.portability.linkedin.things import CareerItem, Head, SkillName, Thing, Way

_PROFICIENCY = {
    "elementary": "elementary",
    "limited working": "limited",
    "professional working": "professional",
    "full professional": "full",
    "native or bilingual": "native",
}
_MESSENGERS = {"AIM": "AIM", "GTALK": "Google Talk", "ICQ": "ICQ", "QQ": "QQ", "SKYPE": "Skype", "WECHAT": "WeChat"}


class _Section(NamedTuple):
    """Which columns make which field of an item; names separated by commas, the first that holds something."""

    section: str
    required: str
    columns: dict[str, str]


_FROM, _UNTIL = "Started On,Start Date", "Finished On,End Date"
_SECTIONS = {
    "positions": _Section(
        "positions",
        "title,organization_name",
        {
            "title": "Title",
            "organization_name": "Company Name",
            "description": "Description",
            "place": "Location",
            "started": _FROM,
            "ended": _UNTIL,
        },
    ),
    "education": _Section(
        "education",
        "organization_name",
        {
            "organization_name": "School Name",
            "title": "Degree Name",
            "detail": "Field Of Study",
            "number": "Grade",
            "description": "Notes",
            "started": _FROM,
            "ended": _UNTIL,
        },
    ),
    "certificates": _Section(
        "certificates",
        "title",
        {
            "title": "Name",
            "url": "Url",
            "organization_name": "Authority",
            "started": _FROM,
            "ended": _UNTIL,
            "number": "License Number",
        },
    ),
    "projects": _Section(
        "projects",
        "title",
        {"title": "Title", "description": "Description", "url": "Url", "started": _FROM, "ended": _UNTIL},
    ),
    "publications": _Section(
        "publications",
        "title",
        {
            "title": "Name",
            "started": "Published On",
            "description": "Description",
            "organization_name": "Publisher",
            "url": "Url",
        },
    ),
    "honours": _Section(
        "honours",
        "title",
        {"title": "Title", "description": "Description", "started": "Issued On", "organization_name": "Issuer"},
    ),
    "courses": _Section("courses", "title", {"title": "Name", "number": "Number"}),
    "volunteering": _Section(
        "volunteering",
        "organization_name",
        {
            "organization_name": "Company Name,Organization",
            "title": "Role",
            "detail": "Cause",
            "started": _FROM,
            "ended": _UNTIL,
            "description": "Description",
        },
    ),
    "memberships": _Section(
        "memberships",
        "organization_name",
        {
            "organization_name": "Organization Name,Name",
            "title": "Position,Position Held,Title",
            "description": "Description",
            "started": _FROM,
            "ended": _UNTIL,
        },
    ),
    "patents": _Section(
        "patents",
        "title",
        {
            "title": "Title",
            "number": "Number,Patent Number,Application Number,Patent Or Application Number",
            "detail": "Status,Patent Status",
            "started": "Date,Issued On,Issue Date,Filed On,Filing Date",
            "description": "Description",
            "url": "Url",
        },
    ),
    "scores": _Section(
        "scores",
        "title",
        {"title": "Name", "number": "Score", "started": "Tested On,Date", "description": "Description"},
    ),
}


@reads(*_SECTIONS)
def section(row: Row) -> Iterator[Thing]:
    """One item of a section."""
    spec = _SECTIONS[row.kind.key]
    values: dict[str, str] = {}
    for name, columns in spec.columns.items():
        names = columns.split(",")
        if name in ("started", "ended"):
            values[name] = row.partial(*names)
        else:
            values[name] = row.link(*names) if name == "url" else row.text(*names)
    for name in spec.required.split(","):
        if not values[name]:
            raise LeaveError("missing", spec.columns[name].partition(",")[0])
    if row.kind.key == "education":
        values["description"] = "\n\n".join(filter(None, (values["description"], row.text("Activities"))))
    if values.get("ended") and values.get("started", "") > values["ended"] and not _same(values):
        row.say("backwards", "Started On", f"{values['started']} – {values['ended']}")
    yield make(row, CareerItem, section=spec.section, **values)


def _same(values: dict[str, str]) -> bool:
    """Whether two dates may be the same, the one told more exactly than the other."""
    return values["started"].startswith(values["ended"])


@reads("languages")
def language(row: Row) -> Iterator[Thing]:
    """A language and how well."""
    level = " ".join(row.text("Proficiency").casefold().removesuffix("proficiency").split())
    if not (name := row.text("Name")):
        raise LeaveError("missing", "Name")
    if level and level not in _PROFICIENCY:
        row.say("choice", "Proficiency", level)
    yield make(row, CareerItem, section="languages", title=name, kind=_PROFICIENCY.get(level, ""))


@reads("interests", "causes")
def interest(row: Row) -> Iterator[Thing]:
    """An interest; several may be packed into one cell."""
    for _label, name in row.packed("Name", "Supported Cause"):
        yield make(row, CareerItem, section="interests", title=name)


@reads("skills")
def skill(row: Row) -> Iterator[Thing]:
    """A skill."""
    yield make(row, SkillName, name=row.text("Name"))


@reads("profile")
def profile(row: Row) -> Iterator[Thing]:
    """The head of the profile, and what of it is a way to reach the member."""
    yield make(
        row,
        Head,
        name=f"{row.text('First Name')} {row.text('Last Name')}",
        headline=row.text("Headline"),
        about=row.text("Summary"),
        place=row.text("Geo Location", "Country"),
    )
    yield from _ways(row)


def _ways(row: Row) -> Iterator[Thing]:
    """Websites, handles, messengers, the address, the birthday: those that are filled in."""
    for label, address in row.packed("Websites"):
        yield from _website(row, label, address)
    for _label, handle in row.packed("Twitter Handles"):
        yield make(row, Way, kind="network", value=handle.removeprefix("@"), label="Twitter")
    for label, name in row.packed("Instant Messengers"):
        yield make(row, Way, kind="messenger", value=name, label=_MESSENGERS.get(label, label.capitalize()))
    if own := row.link("Public Profile URL"):
        yield make(row, Way, kind="network", value=own, label="LinkedIn")
    if address := row.text("Address"):
        yield make(row, Way, kind="address", value=address)
    if told := row.text("Birth Date"):
        day = dates.partial(told)
        if day and len(day) == 10:
            yield Way("birthday", day)
        else:
            row.say("date", "Birth Date", told)


def _website(row: Row, label: str, address: str) -> Iterator[Thing]:
    """A website, with what its owner calls it."""
    from_words = links.web(address)
    if from_words is None:
        row.say("link", "Websites", address)
        return
    yield make(row, Way, kind="website", value=from_words, label="" if label == "OTHER" else label.capitalize())


@reads("summary")
def summary(row: Row) -> Iterator[Thing]:
    """The text about oneself, in its own file."""
    yield make(row, Head, about=row.text("Profile Summary"))


@reads("emails")
def email(row: Row) -> Iterator[Thing]:
    """An address that was confirmed there."""
    address = row.text("Email Address")
    if "@" not in address or len(address) > 254:
        raise LeaveError("missing", "Email Address", address)
    if row.text("Confirmed") and not row.yes("Confirmed"):
        raise LeaveError("unconfirmed", "Email Address", address)
    row.aside("Primary", "Updated On")
    yield make(row, Way, kind="email", value=address)


@reads("phones")
def phone(row: Row) -> Iterator[Thing]:
    """A telephone number as it was typed."""
    yield make(row, Way, kind="phone", value=_number(row), label=row.text("Type").capitalize())


@reads("whatsapp")
def whatsapp(row: Row) -> Iterator[Thing]:
    """A number of WhatsApp; where the file says no, a telephone number."""
    if row.text("Is_WhatsApp_Number") and not row.yes("Is_WhatsApp_Number"):
        yield make(row, Way, kind="phone", value=_number(row))
    else:
        yield make(row, Way, kind="messenger", value=_number(row), label="WhatsApp")


def _number(row: Row) -> str:
    """Number and extension."""
    number, extension = row.text("Number"), row.text("Extension")
    if not any(character.isdigit() for character in number):
        raise LeaveError("missing", "Number", number)
    return f"{number} ext. {extension}" if extension else number
