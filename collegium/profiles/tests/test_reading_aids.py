"""What makes a career readable: lists in descriptions, spans of time, roles that belong together."""

from datetime import date

import pytest

from collegium.career.models import Contact, Item
from collegium.career.sections import Section
from collegium.profiles.entries import entry, link_of
from collegium.profiles.experience import grouped
from collegium.profiles.prose import prose
from collegium.profiles.reach import line
from collegium.profiles.spans import span

TODAY = date(2026, 11, 22)


def test_lines_with_bullets_become_a_list():
    made = prose("What I did:\n\n• One\n• Two https://example.org\n\nAnd then:\n- Three\n– Four")
    assert made.count("<ul>") == made.count("</ul>") == 2
    assert made.count("<li>") == 4
    assert '<p dir="auto">What I did:</p>' in made
    assert 'href="https://example.org"' in made
    assert prose("-5 °C and\n3-year plan").count("<li>") == 0
    assert prose("") == ""
    assert "<script" not in prose("• <script>alert(1)</script>")


SPANS = {
    ("2019-03", "", True): "March 2019 – present · 7 years 9 months",
    ("2019", "2021", True): "2019 – 2021 · about 2 years",
    ("2021", "2021", True): "2021",
    ("", "2021-05", True): "until May 2021",
    ("2019-03-07", "", False): "March 7, 2019",
    ("", "", True): "",
    ("2026", "", True): "2026 – present",
}


@pytest.mark.parametrize(("started", "ended", "ongoing"), SPANS)
def test_spans(started, ended, ongoing):
    made = span(started, ended, ongoing=ongoing, long=True, today=TODAY).striptags()
    assert made == SPANS[started, ended, ongoing]


def position(employer, started="", ended="", title=""):
    return Item(
        section=Section.POSITIONS,
        title=title or started,
        organization_name=employer,
        started=started,
        ended=ended,
        folded_organization=employer.lower(),
    )


GROUPS = {
    "one after the other": ([("A", "2020", ""), ("A", "2015", "2020"), ("B", "2010", "2015")], [["A", "A"], ["B"]]),
    "several at once": ([("A", "2020", ""), ("B", "2021", ""), ("A", "2018", "2020")], [["A", "A"], ["B"]]),
    "came back": ([("A", "2020", ""), ("B", "2012", "2019"), ("A", "2005", "2010")], [["A"], ["B"], ["A"]]),
    "came back, nothing between": ([("A", "2020", ""), ("A", "2005", "2010")], [["A"], ["A"]]),
    "nobody knows when": ([("A", "", ""), ("A", "", ""), ("B", "", "")], [["A", "A"], ["B"]]),
    "another case": ([("Acme", "2020", ""), ("ACME", "2019", "2020")], [["Acme", "ACME"]]),
}


@pytest.mark.parametrize("case", GROUPS)
def test_roles_at_one_employer(case):
    rows, expected = GROUPS[case]
    made = grouped([position(*row) for row in rows], TODAY)
    assert [[role.organization_name for role in group.roles] for group in made] == expected


def test_a_group_lasts_from_its_first_to_its_last_day():
    (group,) = grouped([position("A", "2020-05", ""), position("A", "2015-01", "2020-05")], TODAY)
    assert (group.started, group.ended) == ("2015-01", "")
    (group,) = grouped([position("A", "2018", "2020-05"), position("A", "2015-01", "2018")], TODAY)
    assert (group.started, group.ended) == ("2015-01", "2020-05")


def test_certificates_say_whether_they_hold():
    def said(ended):
        item = Item(section=Section.CERTIFICATES, title="Rope access", ended=ended, started="2019")
        return entry(item, TODAY).facts

    assert "expired 2022" in said("2022")[1]
    assert "valid until November 2026" in said("2026-11")[1]


def test_links_lead_only_to_the_web():
    assert link_of("https://example.org/a").href == "https://example.org/a"
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://",
        "https://a b",
        "",
        "ftp://x.org",
    ):
        assert link_of(bad) is None, bad


CONTACTS = {
    ("email", "ada@example.org"): "mailto:ada@example.org",
    ("email", "not an address"): "",
    ("phone", "+46 70 123 45 67"): "tel:+46701234567",
    ("phone", "call me"): "",
    ("website", "https://example.org/"): "https://example.org/",
    ("website", "javascript:alert(1)"): "",
    ("network", "@ada@example.social"): "",
    ("birthday", "--11-04"): "",
}


@pytest.mark.parametrize(("kind", "value"), CONTACTS)
def test_ways_to_reach_somebody(kind, value):
    made = line(Contact(kind=kind, value=value, audience=0))
    assert made.href == CONTACTS[kind, value]
    assert made.words
