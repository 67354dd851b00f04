"""How people are found, in which order, and what no query can do."""

import re

import pytest

from collegium.career.models import Holding, Item
from collegium.lib.limits import Rate
from collegium.skills.models import Skill
from collegium.testing.cast import connect
from collegium.testing.fixtures import assert_same_queries
from collegium.ties.models import Connection

pytestmark = pytest.mark.django_db

HOSTILE = [
    *(
        "",
        " ",
        "\t\n",
        "\0",
        "a\0b",
        "%",
        "%%%",
        "_",
        "__",
        "\\",
        "\\\\",
        "%'; DROP TABLE members_member; --",
        "'",
        '"',
    ),
    *("(", "[a-z]+", "a" * 10_000, "é" * 10_000, "a " * 5_000, "\u202eada", "\u200f\u200e", "محمد", "田中", "👩‍👩‍👧"),
    *("💧" * 500, "ﷺ", "½", "％", "ＡＤＡ", "e\u0301" * 50, "\ud7ff", "\uffff", "\U0010ffff", "{{ 7*7 }}"),
    *("<script>alert(1)</script>", "@", "@@@", "#", "#dam", "&amp;", "null", "NaN", "-1", "\u0300" * 200),
    *("a\u0300\u0301\u0302", "ß", "İ", "ﬀ", ":*", "<->", "!", "ada & bo", "ada | bo", "''\"\""),
]


def handles(answer):
    """The people in an answer, in order; those whom one knows with them are named beside them, and are not meant."""
    page = answer.content.decode()
    body = page[page.find('class="list found"') : page.find("</section")] if "<main" in page else page
    body = re.sub(r'<p class="found-mutual.*?</p>', "", body, flags=re.DOTALL)
    return list(dict.fromkeys(re.findall(r'(?:href="/in/|data-href="/in/|data-insert="@)([a-z0-9-]+)', body)))


def test_no_query_breaks_it(make_member, client_of):
    ada = client_of(make_member("Ada Lindqvist"))
    for query in HOSTILE:
        for surface in ("/search/", "/search/suggestions/", "/search/mentions/"):
            answer = ada.get(surface, {"q": query})
            assert answer.status_code == 200, (surface, query)
            assert "<script>alert" not in answer.content.decode()
    for raw in ("q=%ff%fe", "q=%00", "q=a&q=b", "q", "after=x", "q[]=a", "q=%ed%a0%80"):
        assert ada.get(f"/search/?{raw}").status_code == 200, raw
    for after in ("x", "%00", "A" * 5000, "AAAA", "💧"):
        assert ada.get("/search/", {"q": "ada", "after": after}).status_code == 404


def test_signs_of_like_are_letters(make_member, client_of):
    ada = client_of(make_member("Ada Lindqvist"))
    make_member("Per Cent", headline="100%sure under_score back\\slash")
    for query, found in {
        "%": [],
        "a%t": [],
        "_da": [],
        "100%s": ["per-cent"],
        "under_s": ["per-cent"],
        "p_r": [],
        "back\\s": ["per-cent"],
    }.items():
        assert handles(ada.get("/search/suggestions/", {"q": query})) == found, query


def test_accents_case_and_scripts(make_member, client_of):
    ada = client_of(make_member("Ada Lindqvist"))
    made = {
        "Åsa Öberg": ["asa oberg", "ÅSA", "oberg asa", "öb"],
        "Łukasz Żak": ["lukasz", "zak"],
        "Zsófia O'Brien-Nagy": ["o'brien", "nagy", "zsof", "brien"],
        "فاطمة الزهراء": ["فاطمة", "فاطمة الز"],
        "田中 太郎": ["田", "田中", "太郎"],
        "Γιώργος Παπαδόπουλος": ["γιωργος", "ΠΑΠΑΔ"],
        "Александра Ёлкина": ["александра", "елкина"],
    }
    for name, queries in made.items():
        person = make_member(name)
        for query in queries:
            assert person.handle in handles(ada.get("/search/suggestions/", {"q": query})), (name, query)


def test_relevance_then_nearness(cast, make_member):
    """Lock at the beginning of a name, of another word of it, in a headline, in what she does, in the rest."""
    further = make_member("Locke Dahl")
    second = make_member("Lockwood Falk")
    first = make_member("Lockyer Gran")
    surname = make_member("Aron Lockhart")
    headline = make_member("Cleo Holm", headline="Lock keeper")
    works = make_member("Dan Ibsen")
    about = make_member("Ebba Jahn", about="I repair a lock now and then.")
    padlocks = make_member("Finn Krog", headline="Padlocks")
    Item.objects.create(member=works, section="positions", title="Lock keeper", organization_name="Canals")
    connect(first, cast.ada)
    connect(second, cast.bo)
    connect(about, cast.ada)
    ordered = [first, second, further, surname, headline, works, about]
    found = handles(cast.client("ada").get("/search/", {"q": "lock"}))
    assert found == [person.handle for person in ordered]
    assert padlocks.handle not in found
    typed = handles(cast.client("ada").get("/search/suggestions/", {"q": "lock"}))
    assert typed[:4] == [person.handle for person in (first, second, further, surname)]
    mentioned = handles(cast.client("ada").get("/search/mentions/", {"q": "@lock"}))
    assert mentioned[:4] == typed[:4]


def test_misspelt_names_are_found_when_nothing_else_is(cast):
    page = cast.client("ada").get("/search/", {"q": "marcheti okaffor"}).content.decode()
    assert "Nobody here fits" in page
    page = cast.client("ada").get("/search/", {"q": "okaffor"}).content.decode()
    assert "These come close" in page
    assert "bo-okafor" in page


def test_pages_hold_everybody_once(make_member, client_of):
    kim = make_member("Kim Lund")
    made = [make_member(f"Robin Number{n:02}") for n in range(45)]
    for near in made[::4]:
        Connection.tie(kim, near)
    browser, seen, path = client_of(kim), [], "/search/?q=robin"
    pages = 0
    while path and pages < 9:
        answer = browser.get(path)
        page = answer.content.decode()
        seen += handles(answer)
        pages += 1
        later = re.search(r'href="/search/(\?q=robin&amp;after=[^"]+)"', page)
        path = "/search/" + later[1].replace("&amp;", "&") if later else ""
    assert pages == 3
    assert sorted(seen) == sorted(person.handle for person in made)
    assert seen[: len(made[::4])] == [person.handle for person in sorted(made[::4], key=lambda person: person.pk)]


def test_empty_pages_teach(make_member, client_of):
    kim = client_of(make_member("Kim Lund"))
    assert "Whom are you looking for?" in kim.get("/search/").content.decode()
    assert "no letter or digit" in kim.get("/search/", {"q": "?!"}).content.decode()
    assert "Nobody here fits" in kim.get("/search/", {"q": "xqzjkw"}).content.decode()


def test_queries_do_not_grow_with_what_is_found(make_member, client_of):
    """What a process keeps in memory is warm both times."""
    kim, lee = make_member("Kim Lund"), make_member("Lee Moen")
    browser = client_of(kim)
    surfaces = ("/search/", "/search/suggestions/", "/search/mentions/")

    def employ(n):
        robin = make_member(f"Robin {n}", place=f"Village {n}", headline="Tester")
        Item.objects.create(member=robin, section="positions", title="Tester", organization_name=f"House {n}")
        Item.objects.create(member=robin, section="languages", title=f"Tongue {n}")
        Holding.objects.create(member=robin, skill=Skill.objects.all()[n])
        Connection.tie(robin, lee)

    def ask():
        return [browser.get(surface, {"q": "robin"}) for surface in surfaces]

    def more():
        for n in range(1, 25):
            employ(n)
        ask()

    Connection.tie(kim, lee)
    employ(0)
    assert_same_queries(ask, more, ask)


def test_too_many_searches_are_refused_kindly(make_member, client_of, monkeypatch):
    kim = client_of(make_member("Kim Lund"))
    monkeypatch.setattr("collegium.lib.limits.parse", lambda rate: Rate(3, 0.001))
    answers = [kim.get("/search/suggestions/", {"q": ""}).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
