"""Careers to try things on: written ones, and a strategy that makes up others."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from hypothesis import strategies as st

from collegium.career.document import Document, Draft, Header, Reach, Reference
from collegium.career.models import Contact
from collegium.career.sections import DESCRIPTION_LIMIT, PLACE_LIMIT, SPECS, TITLE_LIMIT, Section
from collegium.lib.text import clean_line, clean_text
from collegium.resumes.jsonresume.shape import FLUENCY

EVIL = '#read("/etc/passwd") *x* $y$ `r` <l> @a \\u{41} ]}// =1+1'


def typical():
    return Document(
        header=Header(
            "Zoë Lindqvist",
            "she/her",
            "ZOH-eh",
            "Hydraulic engineer",
            "I work where rivers meet towns.\n\nAsk me about clay.",
            "Delft, Netherlands",
        ),
        items=[
            Draft(
                Section.POSITIONS,
                title="Lead engineer",
                organization_name="Deltares",
                place="Delft",
                kind="full-time",
                started="2019-03",
                description="I lead a group of seven.\n\n• Brought 140 km of fibre into use\n• Cut false alarms",
                url="https://www.deltares.nl/en",
                skills=("Geotechnics",),
            ),
            Draft(
                Section.POSITIONS,
                title="Engineer",
                organization_name="Rijkswaterstaat",
                started="2014",
                ended="2019-02",
            ),
            Draft(
                Section.EDUCATION,
                organization_name="TU Delft",
                title="MSc",
                detail="Hydraulics",
                number="8.5",
                ended="2014",
            ),
            Draft(
                Section.CERTIFICATES,
                title="Chartered",
                organization_name="KIVI",
                started="2017-05-02",
                ended="2027",
                number="N1",
            ),
            Draft(Section.LANGUAGES, title="Swedish", kind="native"),
            Draft(Section.LANGUAGES, title="Ελληνικά", kind="limited"),
            Draft(
                Section.PROJECTS,
                title="Dike map",
                started="2020",
                url="https://example.org/map",
                skills=("GIS", "Python"),
            ),
            Draft(
                Section.PUBLICATIONS, title="Listening to dikes", organization_name="Flood Journal", started="2021-06"
            ),
            Draft(
                Section.PATENTS,
                title="Fibre anchor",
                number="EP1",
                detail="Granted",
                started="2022",
                description="It holds.",
            ),
            Draft(Section.HONOURS, title="Young Engineer", organization_name="KIVI", started="2018"),
            Draft(Section.COURSES, title="Soil mechanics", number="CT2091", organization_name="TU Delft"),
            Draft(Section.SCORES, title="IELTS", number="8.0", started="2011-09"),
            Draft(Section.MEMBERSHIPS, organization_name="KIVI", title="Member", started="2016"),
            Draft(
                Section.VOLUNTEERING,
                organization_name="Varend Erfgoed",
                title="Skipper",
                detail="Culture",
                started="2015",
            ),
            Draft(Section.INTERESTS, title="Sailing"),
        ],
        skills=["Hydraulics", "Geotechnics", "GIS", "Python"],
        contacts=[
            Reach("email", "zoe@example.org"),
            Reach("email", "work@example.org", "Work"),
            Reach("phone", "+31 6 1234 5678", "Mobile"),
            Reach("website", "https://example.org/zoe"),
            Reach("network", "https://github.com/zoe", "GitHub"),
            Reach("messenger", "zoe:example.org", "Matrix"),
            Reach("birthday", "1990-04-01"),
        ],
        references=[Reference("Bo Okafor", "She measures first.", "worked together", "Head of safety", "2023-04")],
        language="en",
    )


def long():
    made = typical()
    first, second = made.of(Section.POSITIONS)
    made.items = [item for item in made.items if item.section != Section.POSITIONS]
    made.items += [replace((first, second)[n % 2], title=f"Engineer number {n}") for n in range(30)]
    made.skills = [f"Skill number {n}" for n in range(100)]
    return made


def evil():
    return Document(
        header=Header(EVIL, headline=EVIL, about=f"{EVIL}\n\n- {EVIL}\n= Heading\n#pagebreak()"),
        items=[
            Draft(Section.POSITIONS, title=EVIL, organization_name=EVIL, description=EVIL, url="javascript:alert(1)")
        ],
        skills=[EVIL],
        contacts=[Reach("website", f"https://example.org/{EVIL}"), Reach("network", "javascript:alert(1)")],
        references=[Reference(EVIL, EVIL)],
        language="en",
    )


def _cleaned(clean, limit):
    def keep(text):
        try:
            return clean(text, limit)
        except ValidationError:
            return ""

    return keep


_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn"))
_PIECES = st.lists(
    st.one_of(
        st.text(_LETTERS, max_size=12),
        st.sampled_from(["• ", "\n\n• ", "\n", "\n\n", "- ", "é", "Ж", "λ", "日本", "ع", '"', "\\", " (", ": ", "🚀"]),
    ),
    max_size=8,
).map("".join)


def line(limit=TITLE_LIMIT):
    return (
        _PIECES.map(lambda text: text[:limit])
        .map(_cleaned(clean_line, 4 * limit))
        .map(lambda text: text[:limit].strip())
    )


def words(limit=DESCRIPTION_LIMIT):
    return _PIECES.map(_cleaned(clean_text, 8 * limit))


some_line = line(60).filter(bool)
dates = st.one_of(
    st.just(""),
    st.integers(1900, 2100).map(str),
    st.builds("{:04}-{:02}".format, st.integers(1900, 2100), st.integers(1, 12)),
    st.builds("{:04}-{:02}-{:02}".format, st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 28)),
)
urls = st.one_of(
    st.just(""),
    st.sampled_from(
        ["https://example.org/a?b=c#d", "http://example.org", "https://ko.example.org/한국", "https://e.org/[x]"]
    ),
)
_SOURCES = {"started": dates, "ended": dates, "url": urls, "description": words(), "place": line(PLACE_LIMIT)}


@st.composite
def drafts(draw, section):
    spec = SPECS[section]
    columns = {}
    for column in spec.columns:
        if column.kind == "choice":
            columns[column.name] = draw(st.sampled_from([key for key, _label in column.choices]))
        elif column.required:
            columns[column.name] = draw(some_line)
        else:
            columns[column.name] = draw(_SOURCES.get(column.name, line(60)))
    if section not in (Section.LANGUAGES, Section.INTERESTS):
        columns["skills"] = tuple(draw(st.lists(st.sampled_from(SKILLS), max_size=3, unique=True)))
    return Draft(section, **columns)


SKILLS = ["Hydraulics", "Geotechnics", "GIS", "Python", "Négociation", "Плавание"]
_VALUES = {
    Contact.Kind.EMAIL: st.sampled_from(["a@example.org", "b@example.org"]),
    Contact.Kind.WEBSITE: urls.filter(bool),
    Contact.Kind.BIRTHDAY: dates.filter(bool),
}


@st.composite
def reaches(draw):
    kind = draw(st.sampled_from(list(Contact.Kind)))
    return Reach(str(kind), draw(_VALUES.get(kind, some_line)), draw(line(30)))


contacts = st.lists(reaches(), max_size=5, unique_by=lambda each: (each.kind, each.value))
heads = st.builds(
    Document, header=st.builds(Header, some_line, line(40), headline=line(200), place=line(100)), contacts=contacts
)


@st.composite
def documents(draw):
    items = [draw(drafts(section)) for section in draw(st.lists(st.sampled_from(list(Section)), max_size=4))]
    return Document(
        header=Header(draw(some_line), draw(line(40)), draw(line(60)), draw(line(200)), draw(words()), draw(line(100))),
        items=sorted(items, key=lambda item: list(Section).index(item.section)),
        skills=draw(st.lists(st.sampled_from(SKILLS), max_size=6, unique=True)),
        contacts=draw(contacts),
        references=draw(st.lists(st.builds(Reference, some_line, words(), line(60), line(60), dates), max_size=2)),
        language=draw(st.sampled_from(["", "en", "pt-BR", "sr-Latn-RS"])),
    )


assert set(FLUENCY) == {key for key, _label in SPECS[Section.LANGUAGES].column("kind").choices if key}
