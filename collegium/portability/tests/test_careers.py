"""Careers of a bundle come into their rooms, once; those of earlier loads follow; what is undone stays undone."""

import json
import time
from pathlib import Path

import pytest

from collegium.career.models import Holding, Item
from collegium.career.sections import FLUENCY
from collegium.lib.text import clean_line
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.portability import careers, tongues
from collegium.portability.load import load_bundle
from collegium.portability.models import Kept
from collegium.portability.tests import bundles
from collegium.skills.models import Skill
from collegium.skills.naming import resolve

pytestmark = pytest.mark.django_db

PEOPLE = {"members.csv": bundles.GOOD["members.csv"]}
EARLIER = (
    ("organizations", "o", None, {"name": "Bridge Works", "kind": "company", "website": "https://bridges.example"}),
    (
        "positions",
        "x1",
        "bo-test",
        {"organization": "o", "title": "Engineer", "started_on": "2015", "ended_on": "2018"},
    ),
    ("positions", "x2", "bo-test", {"organization_name": "bridge works", "title": "Chief", "started_on": "2018-03"}),
    ("positions", "x3", "bo-test", {"place": "Oslo"}),
    ("education", "x4", "bo-test", {"field": "Bridges", "ended_on": "2014"}),
    ("skills", "x5", "bo-test", {"skill": "JS"}),
    ("skills", "x6", "bo-test", {"skill": "JavaScript"}),
    ("languages", "x7", "bo-test", {"language": "pt-BR", "proficiency": "Native or bilingual proficiency"}),
    ("interests", "x8", "bo-test", {"topic": "Ponds"}),
    ("groups", "g", None, {"name": "Quiet rivers"}),
)


def said(member: Member, section: str) -> list[tuple]:
    columns = ("title", "organization_name", "detail", "kind", "started", "ended")
    return list(Item.objects.filter(member=member, section=section).in_order().values_list(*columns))


def shelve(source: str = "a test") -> None:
    """What a load left behind before there were rooms."""
    members, keys = dict(Member.objects.values_list("handle", "pk")), {}
    for kind, key, owner, data in EARLIER:
        refers = {"organization": -keys["o"]} if "organization" in data else {}
        row = Kept.objects.create(
            source=source, kind=kind, key=key, member_id=members.get(owner or ""), data=data | refers
        )
        keys[key] = row.pk


def test_careers_come_into_their_rooms(tmp_path: Path) -> None:
    report = load_bundle(bundles.write(tmp_path))
    ada, bo, _third = Member.objects.order_by("id")
    works = Organization.objects.get(kind="company")
    assert (works.name, works.kind, works.handle) == ("Bridge Works", "company", "bridge-works")
    assert said(bo, "positions") == [
        ("Chief engineer", "Bridge Works", "", "", "2018-03", ""),
        ("Engineer", "Bridge Works", "", "", "2015", "2018"),
    ]
    assert set(Item.objects.filter(section="positions").values_list("organization", flat=True)) == {works.pk}
    assert said(bo, "education") == [("MSc", "Bridge School", "Bridges", "", "2010", "2015")]
    school = Organization.objects.exclude(pk=works.pk).get()
    assert (school.name, school.kind) == ("Bridge School", "school")
    assert Item.objects.get(section="education").organization == school
    assert said(ada, "languages") == [("German", "", "", "native", "", ""), ("Svenska", "", "", "", "", "")]
    assert said(ada, "interests") == [("Ponds", "", "", "", "", "")]
    skills = [row.skill.name for row in Holding.objects.filter(member=ada).in_order()]
    assert [name.lower() for name in skills] == ["concrete", "listening"]
    assert [report.added[f"{file}.csv"] for file in ("positions", "education", "skills", "languages")] == [2, 1, 2, 2]
    assert not sum(report.kept[f"{kind}.csv"] for kind in careers.KINDS)
    said_lines = "\n".join(report.lines())
    assert "positions.csv" in said_lines
    assert sum("kept for later" in line for line in report.lines()) == 1


def test_of_what_has_moved_the_shelf_keeps_no_words(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path))
    assert {json.dumps(data) for data in Kept.objects.filter(taken=True).values_list("data", flat=True)} == {"{}"}
    assert set(Kept.objects.filter(taken=True).values_list("kind", flat=True)) == set(careers.KINDS)


def test_what_somebody_removed_or_changed_stays_so(tmp_path: Path) -> None:
    bundle = bundles.write(tmp_path)
    load_bundle(bundle)
    Item.objects.filter(title="Engineer").delete()
    Item.objects.filter(title="Chief engineer").update(title="Head of bridges")
    Holding.objects.all().delete()
    report = load_bundle(bundle)
    assert report.loaded
    assert report.already["positions.csv"] == 2
    assert list(Item.objects.filter(section="positions").values_list("title", flat=True)) == ["Head of bridges"]
    assert not Holding.objects.exists()


def test_a_later_export_adds_to_what_is_there(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path / "one"))
    more = {
        "positions": bundles.GOOD["positions.csv"] + "b,o,Trainee,2014,2015\na,o,Diver,2020,\n",
        "skills": "member,skill\na,JS\na,Concrete\n",
    }
    report = load_bundle(bundles.write(tmp_path / "two", **more))
    ada, bo, _third = Member.objects.order_by("id")
    assert report.added["positions.csv"] == 2
    assert [row[0] for row in said(bo, "positions")] == ["Chief engineer", "Engineer", "Trainee"]
    assert Item.objects.get(title="Diver").organization == Organization.objects.get(kind="company")
    names = [row.skill.name for row in Holding.objects.filter(member=ada).in_order()]
    assert [name.lower() for name in names] == ["concrete", "listening", "javascript"]


def test_spellings_of_one_skill_are_one(tmp_path: Path) -> None:
    skills = "member,skill\na,k8s\na,Kubernetes\nb,kubernetes\nb,Pond whispering\na,pond whispering\n"
    report = load_bundle(bundles.write(tmp_path, PEOPLE | {"skills.csv": skills}))
    assert report.added["skills.csv"] == 5
    assert set(Holding.objects.values_list("member__handle", "skill__name")) == {
        ("ada-test", "Kubernetes"), ("bo-test", "Kubernetes"),
        ("ada-test", "Pond whispering"), ("bo-test", "Pond whispering"),
    }  # fmt: skip


def test_an_entry_that_says_nothing_is_an_error(tmp_path: Path) -> None:
    positions = "member,title,place,started_on\na,,Oslo,2019\na,Diver,,\n"
    report = load_bundle(bundles.write(tmp_path, PEOPLE | {"positions.csv": positions}))
    assert not report.loaded
    assert "positions.csv:2: says neither what nor where" in map(str, report.problems)
    assert load_bundle(tmp_path, skip_bad=True).loaded
    assert list(Item.objects.values_list("title", flat=True)) == ["Diver"]


def test_what_is_more_than_a_profile_holds_waits(tmp_path: Path) -> None:
    positions = "member,title,started_on\n" + "".join(f"a,Job {number},{1900 + number}\n" for number in range(103))
    skills = "member,skill\n" + "".join(f"a,Rare craft {number}\n" for number in range(203))
    report = load_bundle(bundles.write(tmp_path, PEOPLE | {"positions.csv": positions, "skills.csv": skills}))
    assert (report.added["positions.csv"], report.kept["positions.csv"]) == (100, 3)
    assert (report.added["skills.csv"], report.kept["skills.csv"]) == (200, 3)
    assert set(Kept.objects.filter(kind="positions", taken=False).values_list("data__title", flat=True)) == {
        "Job 0", "Job 1", "Job 2",
    }  # fmt: skip
    assert careers.take_over() == 0


def test_the_shelf_of_earlier_loads_moves_at_the_next_start(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path, PEOPLE))
    shelve()
    bo = Member.objects.get(handle="bo-test")
    assert careers.take_over() == 8
    works = Organization.objects.get(kind="company")
    assert (works.website, works.pk) == ("https://bridges.example", Kept.objects.get(kind="organizations").pk)
    assert said(bo, "positions") == [
        ("Chief", "bridge works", "", "", "2018-03", ""),
        ("Engineer", "Bridge Works", "", "", "2015", "2018"),
    ]
    assert set(Item.objects.filter(section="positions").values_list("organization", flat=True)) == {works.pk}
    assert said(bo, "education") == [("Bridges", "", "", "", "", "2014")]
    assert said(bo, "languages") == [("Brazilian Portuguese", "", "", "native", "", "")]
    assert [row.skill.name for row in Holding.objects.filter(member=bo)] == ["JavaScript"]
    waiting = Kept.objects.filter(taken=False)
    assert dict(waiting.values_list("kind", "key")) == {"positions": "x3", "groups": "g"}
    assert waiting.get(kind="positions").data == {"place": "Oslo"}
    assert Kept.objects.count() == len(EARLIER)

    before = sorted(Item.objects.values_list()), sorted(Holding.objects.values_list())
    assert careers.take_over() == 0
    assert (sorted(Item.objects.values_list()), sorted(Holding.objects.values_list())) == before


def test_a_bundle_loaded_before_there_were_rooms_brings_nothing_twice(tmp_path: Path) -> None:
    """Its rows are known by all they say; the number of an organisation is part of that, and has stayed."""
    bundle = bundles.write(tmp_path)
    load_bundle(bundle)
    positions = list(Item.objects.filter(section="positions"))
    for row in positions:  # back on the shelf, as an earlier version left it
        data = {"title": row.title, "organization": -row.organization_id, "started_on": row.started}
        Kept.objects.filter(pk=row.pk).update(taken=False, data=data)
    Item.objects.filter(section="positions").delete()
    assert load_bundle(bundle).loaded
    assert not Item.objects.filter(section="positions").exists()
    assert careers.take_over() == 2
    assert load_bundle(bundle).loaded
    assert {row.pk for row in Item.objects.filter(section="positions")} == {row.pk for row in positions}
    assert Organization.objects.count() == 2


def test_somebody_who_was_here_and_has_said_it_herself(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path / "one", PEOPLE, source="another"))
    bo = Member.objects.get(handle="bo-test")
    Item.objects.create(
        member=bo, section="positions", rank=1, title="Engineer", organization_name="Bridge Works", started="2015"
    )
    Holding.objects.create(member=bo, skill=resolve(["JS"])["JS"], rank=7)
    files = PEOPLE | {
        name: bundles.GOOD[name] for name in ("organizations.csv", "positions.csv")
    } | {"skills.csv": "member,skill\nb,JavaScript\nb,Docker\n"}  # fmt: skip
    assert load_bundle(bundles.write(tmp_path / "two", files)).loaded
    assert [row[0] for row in said(bo, "positions")] == ["Engineer", "Chief engineer"]
    assert [(row.skill.name, row.rank) for row in Holding.objects.filter(member=bo).in_order()] == [
        ("JavaScript", 7), ("Docker", 8),
    ]  # fmt: skip


def test_who_leaves_takes_the_career_along(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path))
    Member.objects.get(handle="bo-test").user.delete()
    assert not Item.objects.filter(section="positions").exists()
    assert not Kept.objects.filter(kind="positions").exists()
    assert Organization.objects.exists()


def test_two_organizations_of_one_name(tmp_path: Path) -> None:
    files = PEOPLE | {
        "organizations.csv": "key,name\no,Twin\np,Twin\nq,水利\n",
        "positions.csv": "member,organization,organization_name,title\na,p,,Diver\nb,,Twin,Cook\n",
    }
    load_bundle(bundles.write(tmp_path, files))
    handles = sorted(Organization.objects.values_list("handle", flat=True))
    assert (handles[0][:12], handles[1:]) == ("organization", ["twin", "twin-2"])
    assert Item.objects.get(title="Diver").organization.name == "Twin"
    assert Item.objects.get(title="Cook").organization is None


@pytest.mark.parametrize(
    ("said", "name"),
    [("de", "German"), ("de-AT", "German"), ("Deutsch", "Deutsch"), ("pt-BR", "Brazilian Portuguese"),
     ("rw", "Kinyarwanda"), ("zh-Hant-TW", "Chinese"), ("zh", "Chinese"), ("tlh", "tlh"),
     ("en_GB", "British English"), ("日本語", "日本語")],
)  # fmt: skip
def test_tags_become_names(said: str, name: str) -> None:
    assert tongues.name(said) == name
    assert clean_line(tongues.name(said), 60)


def test_fluency_is_one_of_the_steps_of_a_profile() -> None:
    codes = {code for code, _label in FLUENCY}
    for words in ("Native or Bilingual", "full professional proficiency", "B2", "Limited-Working", "fluent", "??", ""):
        assert tongues.fluency(words) in codes
    assert (tongues.fluency("B2"), tongues.fluency("Muttersprache"), tongues.fluency("??")) == (
        "professional",
        "native",
        "",
    )


def test_many_careers_are_a_few_statements(tmp_path: Path) -> None:
    """Not a benchmark: only that no row is handled by itself, which would take minutes."""
    members = "key,name\n" + "".join(f"m{number},Person {number}\n" for number in range(1_000))
    positions = "member,organization_name,title,started_on\n" + "".join(
        f"m{number % 1_000},Works {number % 50},Job {number},{1980 + number % 40}\n" for number in range(5_000)
    )
    skills = "member,skill\n" + "".join(f"m{number % 1_000},Craft {number // 1_000}\n" for number in range(5_000))
    files = {"members.csv": members, "positions.csv": positions, "skills.csv": skills}
    began = time.perf_counter()
    report = load_bundle(bundles.write(tmp_path, files))
    assert report.added["positions.csv"] == report.added["skills.csv"] == 5_000
    assert time.perf_counter() - began < 60
    assert Skill.objects.filter(name__regex=r"^Craft \d$").count() == 5
