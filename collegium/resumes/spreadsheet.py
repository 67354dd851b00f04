"""A career as the spreadsheets of a LinkedIn archive, which other services read: the same names, headers, dates."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from typing import NamedTuple

from collegium.career.document import Document, Draft, Reach
from collegium.career.models import Contact
from collegium.career.partial import check, parts
from collegium.career.sections import Section

MIME = "application/zip"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TELEPHONE = re.compile(r"\+[\d ()]+")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - words read best
_EARLIEST = (1980, 1, 1, 0, 0, 0)
# What LinkedIn calls how well a language is known.
PROFICIENCY = {
    "elementary": "Elementary proficiency",
    "limited": "Limited working proficiency",
    "professional": "Professional working proficiency",
    "full": "Full professional proficiency",
    "native": "Native or bilingual proficiency",
}


class Table(NamedTuple):
    """One file: its name, its header as LinkedIn writes it, its rows."""

    name: str
    header: str
    rows: Callable[[Document], Iterable[Iterable[str]]]


def archive(document: Document) -> bytes:
    """The tables in which something stands, as a ZIP; the same career gives the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for table in TABLES:
            rows = [list(row) for row in table.rows(document)]
            if rows:
                entry = zipfile.ZipInfo(table.name, _EARLIEST)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                packed.writestr(entry, written(table.header.split(","), rows))
    return held.getvalue()


def written(header: list[str], rows: list[list[str]]) -> bytes:
    """One file in UTF-8."""
    held = io.StringIO()
    out = csv.writer(held, lineterminator="\r\n")
    out.writerow(header)
    out.writerows([defused(cell) for cell in row] for row in rows)
    return held.getvalue().encode()


def defused(cell: str) -> str:
    """A cell that a spreadsheet shows and does not compute: what looks like a formula begins with an apostrophe.

    A telephone number stays: nothing comes of adding up one number.
    """
    return f"'{cell}" if cell.startswith(FORMULA) and not _TELEPHONE.fullmatch(cell) else cell


def day(partial: str) -> str:
    """A partial date as the archive writes it: "2021", "Mar 2021", "12 Mar 2021"."""
    year, month, number = parts(partial)
    named = _MONTHS[month - 1] if month else ""
    return " ".join(filter(None, (f"{number:02d}" if number else "", named, str(year) if year else "")))


def _span(item: Draft) -> tuple[str, str]:
    return day(item.started), day(item.ended)


def _profile(document: Document) -> Iterable[Iterable[str]]:
    head = document.header
    given, _space, family = head.name.rpartition(" ")
    sites = [each.value for each in document.contacts if each.kind == Contact.Kind.WEBSITE]
    cells = {
        "First Name": given or family,
        "Last Name": family if given else "",
        "Address": _first(document, Contact.Kind.ADDRESS),
        "Birth Date": _birthday(_first(document, Contact.Kind.BIRTHDAY)),
        "Headline": head.headline,
        "Summary": head.about,
        "Geo Location": head.place,
        "Twitter Handles": _packed(each.value for each in document.contacts if _on(each, "twitter", "x")),
        "Websites": _packed(f"OTHER:{site}" for site in sites),
        "Instant Messengers": _packed(e.value for e in document.contacts if e.kind == Contact.Kind.MESSENGER),
    }
    return [[cells.get(name, "") for name in _PROFILE.split(",")]]


def _first(document: Document, kind: str) -> str:
    return next((each.value for each in document.contacts if each.kind == kind), "")


def _on(reach: Reach, *networks: str) -> bool:
    return reach.kind == Contact.Kind.NETWORK and reach.label.casefold() in networks


def _packed(values: Iterable[str]) -> str:
    listed = ",".join(values)
    return f"[{listed}]" if listed else ""


def _birthday(text: str) -> str:
    try:
        year, month, number = parts(check(text))
    except ValueError:
        return text
    return f"{_MONTHS[month - 1]} {number}, {year}" if month and number else day(text)


_PROFILE = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
    "Twitter Handles,Websites,Instant Messengers"
)


def _rows(section: Section, cells: Callable[[Draft], Iterable[str]]) -> Callable[[Document], Iterable[Iterable[str]]]:
    return lambda document: [cells(item) for item in document.of(section)]


def _degree(item: Draft) -> str:
    """Degree and field in the one column there is, as the archive has them."""
    return ", ".join(filter(None, (item.title, item.detail)))


TABLES = (
    Table("Profile.csv", _PROFILE, _profile),
    Table(
        "Positions.csv",
        "Company Name,Title,Description,Location,Started On,Finished On",
        _rows(Section.POSITIONS, lambda i: (i.organization_name, i.title, i.description, i.place, *_span(i))),
    ),
    Table(
        "Education.csv",
        "School Name,Start Date,End Date,Notes,Degree Name,Activities",
        _rows(Section.EDUCATION, lambda i: (i.organization_name, *_span(i), i.description, _degree(i), "")),
    ),
    Table("Skills.csv", "Name", lambda document: [[name] for name in document.skills]),
    Table(
        "Languages.csv",
        "Name,Proficiency",
        _rows(Section.LANGUAGES, lambda i: (i.title, PROFICIENCY.get(i.kind, ""))),
    ),
    Table(
        "Certifications.csv",
        "Name,Url,Authority,Started On,Finished On,License Number",
        _rows(Section.CERTIFICATES, lambda i: (i.title, i.url, i.organization_name, *_span(i), i.number)),
    ),
    Table(
        "Projects.csv",
        "Title,Description,Url,Started On,Finished On",
        _rows(Section.PROJECTS, lambda i: (i.title, i.description, i.url, *_span(i))),
    ),
    Table(
        "Publications.csv",
        "Name,Published On,Description,Publisher,Url",
        _rows(Section.PUBLICATIONS, lambda i: (i.title, day(i.started), i.description, i.organization_name, i.url)),
    ),
    Table(
        "Honors.csv",
        "Title,Description,Issued On",
        _rows(Section.HONOURS, lambda i: (i.title, i.description, day(i.started))),
    ),
    Table("Courses.csv", "Name,Number", _rows(Section.COURSES, lambda i: (i.title, i.number))),
    Table(
        "Volunteering.csv",
        "Company Name,Role,Cause,Started On,Finished On,Description",
        _rows(Section.VOLUNTEERING, lambda i: (i.organization_name, i.title, i.detail, *_span(i), i.description)),
    ),
    Table(
        "Email Addresses.csv",
        "Email Address,Confirmed,Primary,Updated On",
        lambda document: [
            (each.value, "", "Yes" if place == 0 else "No", "")
            for place, each in enumerate(e for e in document.contacts if e.kind == Contact.Kind.EMAIL)
        ],
    ),
    Table(
        "PhoneNumbers.csv",
        "Extension,Number,Type",
        lambda document: [("", e.value, e.label) for e in document.contacts if e.kind == Contact.Kind.PHONE],
    ),
)
