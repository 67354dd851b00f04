"""JSON Resume: its own schema and examples judge what is written and what is read."""

import json
import math
import re
import time
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.career.document import Document, texts
from collegium.career.sections import Section
from collegium.resumes import jsonresume
from collegium.resumes.tests import careers

HERE = Path(__file__).parent / "schema"
SCHEMA = json.loads((HERE / "schema.json").read_text())
VALIDATOR = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
EXAMPLES = sorted(HERE.glob("*.resume.json"))


def valid(resume):
    VALIDATOR.validate(resume)
    return json.loads(json.dumps(resume)) == resume


def same(one: Document, other: Document) -> bool:
    keep = [(one.header, other.header), (one.skills, other.skills), (one.contacts, other.contacts)]
    keep += [(one.references, other.references), (one.language, other.language)]
    keep += [(one.of(section), other.of(section)) for section in Section]
    for mine, theirs in keep:
        assert mine == theirs
    return True


def said(document: Document) -> str:
    """Every word of a document."""
    found = [*vars_of(document.header), *document.skills, document.language]
    for item in document.items:
        found += [*texts(item).values(), *item.skills]
    for each in (*document.contacts, *document.references):
        found += vars_of(each)
    return " ".join(found)


def vars_of(row):
    return [getattr(row, name) for name in row.__dataclass_fields__]


def leaves(value):
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)
    else:
        yield str(value)


def bag(text):
    return set(re.findall(r"\w+", text.casefold()))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_official_examples_lose_no_word(path):
    original = json.loads(path.read_text())
    document, problems = jsonresume.load(path.read_bytes())
    original.pop("$schema", None), original.pop("meta", None)
    reported = " ".join(map(str, problems))
    # Dates are compared as they stand; "Native speaker" becomes our word for it.
    lost = bag(" ".join(leaves(original))) - bag(said(document)) - bag(reported)
    assert lost <= {"speaker", "fluent", "conversational", "intermediate"}, lost
    assert valid(jsonresume.dump(document))
    again, none = jsonresume.load(jsonresume.dump(document))
    assert same(document, again)
    assert none == []


def test_the_examples_are_those_of_the_schema():
    assert len(EXAMPLES) == 4
    for path in EXAMPLES:
        jsonschema.validate(json.loads(path.read_text()), SCHEMA)


def test_a_whole_career_keeps_the_standard_keys():
    resume = jsonresume.dump(careers.typical(), canonical="https://example.org/in/zoe/", modified="2026-11-22T10:00:00")
    assert valid(resume)
    work = resume["work"][0]
    assert (work["name"], work["position"], work["startDate"]) == ("Deltares", "Lead engineer", "2019-03")
    assert work["highlights"] == ["Brought 140 km of fibre into use", "Cut false alarms"]
    assert work["summary"] == "I lead a group of seven."
    assert work["x-employment"] == "full-time"
    assert resume["languages"][0] == {"language": "Swedish", "fluency": "Native or bilingual"}
    assert resume["basics"]["email"] == "zoe@example.org"
    assert resume["basics"]["profiles"] == [{"network": "GitHub", "url": "https://github.com/zoe"}]
    assert resume["education"][0]["score"] == "8.5"
    assert resume["projects"][0]["keywords"] == ["GIS", "Python"]
    assert resume["meta"]["canonical"] == "https://example.org/in/zoe/"
    document, problems = jsonresume.load(json.dumps(resume).encode())
    assert problems == []
    assert same(document, careers.typical())


@settings(max_examples=50, deadline=None)
@given(careers.documents())
def test_there_and_back(document):
    resume = jsonresume.dump(document)
    assert valid(resume)
    again, problems = jsonresume.load(json.dumps(resume).encode())
    assert [str(problem) for problem in problems] == []
    assert same(document, again)
    assert jsonresume.dump(again) == resume


KEYS = ["basics", "work", "name", "position", "startDate", "url", "highlights", "skills", "location", "profiles"]
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(
                st.sampled_from(KEYS),
                st.text(max_size=5),
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(anything)
def test_nothing_raises_and_what_comes_out_is_sound(data):
    document, problems = jsonresume.load({"basics": data, "work": [data], "education": data, "skills": [data, data]})
    assert all(isinstance(str(problem), str) for problem in problems)
    resume = jsonresume.dump(document)
    assert valid(resume)
    again, none = jsonresume.load(resume)
    assert none == []
    assert same(document, again)
    jsonresume.load(data)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_never_raise(raw):
    document, problems = jsonresume.load(raw)
    # An empty table is a CV that says nothing; whatever else chance writes is told to be wrong.
    assert problems or document == Document()


def places(problems):
    return [problem.place for problem in problems]


def test_wrong_types_are_named_by_their_place():
    document, problems = jsonresume.load(
        {
            "basics": {"name": ["x"], "location": "Delft", "email": {"a": 1}, "profiles": {"network": "x"}},
            "work": [
                {"name": "A", "startDate": "2019-02-31"},
                7,
                {"summary": "nowhere"},
                {"name": True, "position": "B"},
            ],
            "education": {"institution": "X"},
            "skills": ["Python", {"name": math.nan}, {"name": "Go", "level": "Master"}],
            "hobbies": ["chess"],
        }
    )
    named = places(problems)
    for place in (
        "basics.name",
        "basics.location",
        "basics.email",
        "basics.profiles",
        "work[0].startDate",
        "work[1]",
        "work[2]",
        "work[3].name",
        "education",
        "skills[1].name",
        "skills[2].level",
        "hobbies",
    ):
        assert place in named, place
    assert [item.title or item.organization_name for item in document.items] == ["A", "B"]
    assert document.items[0].started == "2019-02"
    assert document.skills == ["Python", "Go"]
    assert "Master" in str(problems[named.index("skills[2].level")])
    assert "chess" in str(problems[named.index("hobbies")])


def test_dates():
    cases = {
        "2019": "2019",
        "2019-03": "2019-03",
        "2019-03-07": "2019-03-07",
        "2019-03-07T10:00:00Z": "2019-03-07",
        2019: "2019",
        "2019-19": "2019",
        "2019-02-30": "2019-02",
        "1899": "",
        "2999-12-31": "",
        "soon": "",
        "Present": "",
        "": "",
        "March 2019": "",
    }
    for raw, expected in cases.items():
        document, problems = jsonresume.load({"work": [{"name": "A", "position": "B", "startDate": raw}]})
        assert document.items[0].started == expected, raw
        exact = str(raw)[:10] == expected or str(raw).casefold() in {"", "present"}
        assert places(problems) == ([] if exact else ["work[0].startDate"]), raw


def test_too_much_is_counted():
    many = {
        "work": [{"name": f"Firm {n}", "position": "P"} for n in range(10_000)],
        "skills": [{"name": str(n)} for n in range(10_000)],
    }
    begun = time.perf_counter()
    document, problems = jsonresume.load(json.dumps(many).encode())
    assert time.perf_counter() - begun < 5
    assert len(document.items) == 100
    assert len(document.skills) == 200
    assert "10,000 entries; the first 100 are taken." in str(problems[0])
    document, problems = jsonresume.load({f"key{n}": n for n in range(10_000)})
    assert len(problems) == 201
    assert "9,800 more" in str(problems[-1])


def test_files_that_are_none():
    for raw, words in (
        (b"x" * (jsonresume.MOST_BYTES + 1), "larger than 2 MB"),
        (b" " * (50 * 1024 * 1024), "larger than 2 MB"),
        (b"[" * 100_000, "nested"),
        (b'{"a":' * 1000 + b"1" + b"}" * 1000, "nested"),
        (b"{", "not JSON"),
        (b"", "not JSON"),
        ("Zoë".encode("cp1252"), "UTF-8"),
        (b"[1, 2]", "an object"),
        (b'"text"', "an object"),
    ):
        document, problems = jsonresume.load(raw)
        assert document == Document()
        assert words in str(problems[0]), (raw[:20], problems)


def test_odd_bytes():
    resume = {"basics": {"name": "Zoë Lindqvist"}}
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"):
        document, problems = jsonresume.load(json.dumps(resume, ensure_ascii=False).encode(encoding))
        assert (document.header.name, problems) == ("Zoë Lindqvist", []), encoding
    twice, problems = jsonresume.load(b'{"basics": {"name": "A"}, "basics": {"name": "B", "label": NaN}}')
    assert twice.header.name == "B"
    assert places(problems) == ["basics"]
    dirty, problems = jsonresume.load(
        b'{"basics": {"name": "A\\ud800\\u0000da", "label": 1e999, "summary": 123456789012345678901234567890}}'
    )
    assert dirty.header.name == "Ada"
    assert set(places(problems)) == {"basics.name", "basics.label"}
    assert dirty.header.about == "123456789012345678901234567890"


def test_addresses_on_the_web():
    for raw, expected in {
        "example.org/x": "https://example.org/x",
        "https://example.org": "https://example.org",
        "javascript:alert(1)": "",
        "not a page": "",
        "https://example.org/" + "x" * 600: "",
    }.items():
        document, problems = jsonresume.load({"work": [{"name": "A", "position": "B", "url": raw}]})
        assert document.items[0].url == expected, raw
        assert bool(problems) is not bool(expected)


def test_long_texts_are_cut_and_said():
    document, problems = jsonresume.load({"basics": {"name": "x" * 101, "summary": "y " * 500_000}})
    assert (len(document.header.name), len(document.header.about)) == (100, 2599)
    assert places(problems) == ["basics.name", "basics.summary"]


def test_contacts_are_what_their_kind_promises():
    values = {
        "website": ["javascript:alert(1)", "https://ada.example/"],
        "birthday": ["2019-13", "--13-01", "--05-17", "1990-04"],
    }
    contacts = [{"kind": kind, "value": value} for kind, told in values.items() for value in told]
    document, problems = jsonresume.load({"basics": {"name": "A", "x-contacts": contacts}})
    kept = [(each.kind, each.value) for each in document.contacts]
    assert kept == [
        ("website", "https://ada.example/"),
        ("birthday", "2019"),
        ("birthday", "--05-17"),
        ("birthday", "1990-04"),
    ]
    assert len(problems) == 3
