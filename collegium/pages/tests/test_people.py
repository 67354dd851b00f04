"""The people of an organisation: a table over the cast, and generated people held against the rule of sight."""

import random
import re
from itertools import product

import pytest
from django.db.models import F

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.career import actions
from collegium.career.models import Item, PartAudience
from collegium.career.sections import Part, Section
from collegium.graph import index
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.network.distance import Rung, set_rung
from collegium.organizations.models import Organization
from collegium.pages.people.asking import FIELD, LEFT, LISTS, PLACE, WORK, Asked
from collegium.pages.people.counting import Found, totals
from collegium.pages.people.eyes import seen
from collegium.pages.people.listing import people
from collegium.pages.people.roster import rosters
from collegium.testing.cast import client_of, connect, make_member
from collegium.testing.fixtures import assert_same_queries
from collegium.ties.models import Connection

pytestmark = pytest.mark.django_db
PATH = "/organizations/nordvatten/people/"
NAMES = {
    "bo": "Bo Okafor",
    "cy": "Cy Tanaka",
    "di": "Di Varga",
    "ed": "Ed Novak",
    "eve": "Eve Marchetti",
    "flo": "Flo Reyes",
    "hal": "Hal Brandt",
}


@pytest.fixture(autouse=True)
def nothing_kept():
    rosters.forget()


@pytest.fixture
def nordvatten(cast):
    """A company where everybody works; Cy did before, and Di studied."""
    record = Organization.objects.create(handle="nordvatten", name="Nordvatten", kind="company")
    for name in ("bo", "ed", "eve", "flo", "hal"):
        actions.add(getattr(cast, name), Section.POSITIONS, title=f"Role of {name}", organization_name="Nordvatten")
    actions.add(
        cast.cy, Section.POSITIONS, title="Former role", organization_name="Nordvatten", started="2001", ended="2003"
    )
    actions.add(cast.di, Section.EDUCATION, title="MSc", organization_name="Nordvatten")
    return record


def listed(client, who="present", **more):
    text = client.get(PATH, {"who": who, **more}).content.decode()
    text = text[text.index("<main") : text.index("</main")]
    return {name for name, full in NAMES.items() if full in text}, text


def counts(text):
    return [int(number) for number in re.findall(r'lane-count">(\d+)<', text)]


def test_who_is_listed_for_whom(cast, nordvatten):
    found, text = listed(cast.client("ada"))
    assert found == {"bo", "flo", "hal"}
    assert counts(text)[-3:] == [3, 1, 1]
    assert listed(cast.client("nobody"))[0] == set()
    Member.objects.filter(pk=cast.bo.pk).update(visibility=0)
    found, text = listed(cast.client("nobody"))
    assert found == {"bo"}
    assert "lane-count" not in text
    Member.objects.filter(pk=cast.hal.pk).update(visibility=3)
    found, text = listed(cast.client("ada"))
    assert found == {"bo", "flo"}
    assert counts(text)[-3:] == [2, 1, 1]
    actions.set_audience(cast.bo, Part.POSITIONS, Level.ONLY_ME)
    found, text = listed(cast.client("ada"))
    assert found == {"flo"}
    assert "Role of bo" not in text
    assert counts(text)[-3:] == [1, 1, 1]


def test_former_and_studied(cast, nordvatten):
    ada = cast.client("ada")
    found, text = listed(ada, "former")
    assert found == {"cy"}
    assert "Former role" in text
    assert listed(ada, "studied")[0] == {"di"}
    actions.add(cast.cy, Section.POSITIONS, title="Back again", organization_name="Nordvatten", started="2020")
    assert listed(ada, "former")[0] == set()
    assert "cy" in listed(ada)[0]


def test_what_changes_is_seen_at_once(cast, nordvatten):
    ada = cast.client("ada")
    assert "bo" in listed(ada)[0]
    network.block(cast.bo, cast.ada)
    found, text = listed(ada)
    assert found == {"flo", "hal"}
    assert counts(text)[-3:] == [2, 1, 1]
    Member.objects.filter(pk=cast.flo.pk).update(standing="suspended")
    assert listed(ada)[0] == {"hal"}
    actions.remove(Item.objects.get(member=cast.hal), by=cast.hal)
    assert listed(ada)[0] == set()


def test_words_stand_in_the_name_or_in_what_she_is_there(cast, nordvatten):
    ada = cast.client("ada")
    assert listed(ada, q="okaf")[0] == {"bo"}
    assert listed(ada, q="Role of FLO")[0] == {"flo"}
    assert listed(ada, q="eve")[0] == set()
    assert listed(ada, q="ROLE bo")[0] == {"bo"}
    actions.set_audience(cast.bo, Part.POSITIONS, Level.ONLY_ME)
    assert listed(ada, q="role of bo")[0] == set()


def test_one_s_own_first_then_second_degree(cast, nordvatten):
    for number in range(3):
        actions.add(make_member(f"Far {number}"), Section.POSITIONS, title="X", organization_name="Nordvatten")
    near = make_member("Near One")
    connect(near, cast.bo)
    actions.add(near, Section.POSITIONS, title="X", organization_name="Nordvatten")
    found = people(cast.viewer("ada"), nordvatten, Asked("present"))
    names = [row.person.name for row in found.rows]
    assert names[:2] == ["Bo Okafor", "Near One"]
    text = listed(cast.client("ada"))[1]
    assert text.index("Your connections") < text.index("Bo Okafor") < text.index("Known to your connections")


def test_what_makes_no_sense_does_not_exist(cast, nordvatten):
    ada = cast.client("ada")
    for asked in ({"who": "x"}, {"after": "x"}, {"after": "AAAA"}, {"who": "\0"}):
        assert ada.get(PATH, asked).status_code == 404
    assert ada.get("/organizations/nowhere/people/").status_code == 404
    for asked in ({"left": "x"}, {"work": "9" * 18}, {"place": "\0"}, {"q": "\0" * 9}, {"field": "\u202e" * 300}):
        assert ada.get(PATH, {"who": "studied", **asked}).status_code == 200


def test_only_who_manages_contests(cast, nordvatten):
    assert "disputes/new" not in listed(cast.client("ada"))[1]


def test_a_long_list_is_paged_without_gaps_and_costs_the_same(cast, nordvatten, make_member):
    def more(least, most):
        for n in range(least, most):
            actions.add(make_member(f"Person {n:03}"), Section.POSITIONS, title="Clerk", organization_name="Nordvatten")

    more(0, 2)
    kim = client_of(make_member("Kim Lund"))

    def anew():
        rosters.forget()
        kim.get(PATH)

    assert_same_queries(anew, lambda: more(2, 20), anew)
    more(20, 60)
    seen_people, path = [], PATH
    while path:
        text = kim.get(path).content.decode()
        text = text[text.index("<main") : text.index("</main")]
        seen_people += re.findall(r"<bdi>(Person \d{3})</bdi>", text)
        after = re.search(r"after=([^\"&]+)", text)
        path = f"{PATH}?who=present&after={after[1]}" if after else ""
    assert len(seen_people) == len(set(seen_people)) == 60


# Generated: everybody's visibility, audiences, blocks, restrictions and ties at random.

FIELDS, PLACES, EMPLOYERS = ("Physics", "Law", "PHYSICS", "Médecine", ""), ("Bremen", "Lyon", "", "bremen"), 3


def grow(member, chance, works):
    """A career and its audiences, at random."""
    Member.objects.filter(pk=member.pk).update(
        visibility=chance.choice([0, 1, 1, 1, 3]),
        connections_audience=chance.choice([1, 1, 3, 4]),
        place=chance.choice(PLACES),
    )
    for _number in range(chance.choice([0, 1, 1, 2])):
        since = chance.choice([1988, 1996, 2004, 2012])
        actions.add(
            member,
            Section.EDUCATION,
            title="Degree",
            organization_name="Nordvatten",
            detail=chance.choice(FIELDS),
            started=str(since),
            ended=chance.choice(["", str(since + 4)]),
        )
    for _number in range(chance.choice([0, 1, 3])):
        ended = chance.choice(["", "2015"])
        at = chance.choice(["Nordvatten", "Nordvatten", *(work.name for work in works)])
        actions.add(member, Section.POSITIONS, title="Job", organization_name=at, started="2010", ended=ended)
    for part in (Part.EDUCATION, Part.POSITIONS):
        if chance.random() < 0.6:
            PartAudience.objects.update_or_create(
                member=member, part=part, defaults={"audience": chance.choice([0, 1, 2, 3, 4])}
            )


@pytest.fixture
def crowd(db):
    chance = random.Random(20260)
    school = Organization.objects.create(handle="nordvatten", name="Nordvatten", kind="school")
    works = [
        Organization.objects.create(handle=f"work-{n}", name=f"Work {n}", kind="company") for n in range(EMPLOYERS)
    ]
    members = [make_member(f"Crowd {number}") for number in range(36)]
    for one, other in [(a, b) for a in members for b in members if a.pk < b.pk]:
        toss = chance.random()
        if toss < 0.12:
            connect(one, other)
        elif toss < 0.16:
            network.block(one, other)
    for member in members:
        grow(member, chance, works)
    for member in chance.sample(members, 12):
        tied = list(Connection.objects.filter(member=member).order_by("other").values_list("other", flat=True))
        others = [each for each in members if each.pk in tied] or [each for each in members if each != member]
        for other in others[:2]:
            set_rung(member, other, Rung.RESTRICTED)
        PartAudience.objects.update_or_create(member=member, part=Part.EDUCATION, defaults={"audience": 3})
    Member.objects.filter(pk__in=[each.pk for each in chance.sample(members, 3)]).update(standing="suspended")
    rosters.forget()
    return school, [Member.objects.get(pk=each.pk) for each in members]


def readable(viewer, **where):
    """The rule itself, in SQL: rows the viewer reads, of people she may come across."""
    rows = Item.objects.visible_to(viewer).filter(near__gte=F("member__visibility"), **where)
    return rows.select_related("member")


def by_hand(viewer, school, asked):
    """The list out of the rows, in plain Python."""
    here = list(readable(viewer, organization=school))
    studied = [row for row in here if row.section == "education"]
    positions = [row for row in here if row.section == "positions"]
    now = [row for row in positions if not row.ended]
    rows = {
        "studied": studied,
        "present": now,
        "former": [row for row in positions if row.ended and row.member_id not in {each.member_id for each in now}],
    }[asked.who]
    found = {row.member_id for row in rows}
    if chosen := asked.chosen.get(LEFT):
        found &= {row.member_id for row in rows if row.ended and f"{row.ended[:3]}0" in chosen}
    if chosen := asked.chosen.get(FIELD):
        found &= {row.member_id for row in rows if fold(row.detail) in chosen}
    if chosen := asked.chosen.get(PLACE):
        found &= {row.member_id for row in rows if fold(row.member.place) in chosen}
    if chosen := asked.chosen.get(WORK):
        working = readable(viewer, section="positions", ended="", organization__in=[int(key) for key in chosen])
        found &= set(working.values_list("member_id", flat=True))
    return found


def fold(word):
    return word.casefold().replace("é", "e")


def test_lists_and_numbers_are_those_of_the_rule(crowd):
    school, members = crowd
    differ = 0
    for member in members[::2]:
        viewer = Viewer(member)
        view = index.view()
        roster = rosters.of(school.pk, view)
        eyes = seen(viewer, view, roster)
        for who in LISTS:
            expected = by_hand(viewer, school, Asked(who))
            assert set(Found(roster, eyes, Asked(who)).people.tolist()) == expected, (member, who)
            assert totals(roster, eyes)[who] == len(expected)
            differ += len(expected)
    assert differ > 60


def test_facets_count_what_they_would_show(crowd):
    school, members = crowd
    works = [str(each.pk) for each in Organization.objects.filter(handle__startswith="work-")]
    questions = [
        {},
        {LEFT: frozenset({"1990"})},
        {FIELD: frozenset({"physics"})},
        {FIELD: frozenset({"physics", "medecine"}), PLACE: frozenset({"bremen"})},
        {WORK: frozenset(works[:2])},
        {WORK: frozenset(works[:1]), LEFT: frozenset({"2000", "2010"}), PLACE: frozenset({"lyon"})},
    ]
    counted = 0
    for member, chosen in product(members[:16:2], questions):
        viewer, asked = Viewer(member), Asked("studied", "", chosen)
        view = index.view()
        roster = rosters.of(school.pk, view)
        found = Found(roster, seen(viewer, view, roster), asked)
        assert set(found.people[found.matching].tolist()) == by_hand(viewer, school, asked), (member, chosen)
        for facet in found.facets:
            for line in facet.lines:
                alone = {**chosen, facet.name: frozenset({line.value})}
                assert line.count == len(by_hand(viewer, school, Asked("studied", "", alone))), (member, facet.name)
                counted += line.count
    assert counted > 60


def test_arrays_take_on_what_changes(crowd):
    school, members = crowd
    chance = random.Random(7)
    members = [each for each in members if each.standing == "active"]
    viewer = Viewer(members[0])
    rosters.of(school.pk, index.view())
    for _round in range(12):
        member = chance.choice(members)
        match chance.randrange(4):
            case 0:
                Member.objects.filter(pk=member.pk).update(
                    visibility=chance.choice([0, 1, 3]), place=chance.choice(PLACES)
                )
            case 1:
                Item.objects.filter(member=member).update(ended=chance.choice(["", "1999"]))
            case 2:
                PartAudience.objects.update_or_create(
                    member=member, part=Part.EDUCATION, defaults={"audience": chance.choice([0, 1, 2, 3])}
                )
            case _:
                actions.add(member, Section.EDUCATION, title="More", organization_name="Nordvatten", detail="Law")
        view = index.view()
        roster = rosters.of(school.pk, view)
        eyes = seen(viewer, view, roster)
        for who in LISTS:
            assert set(Found(roster, eyes, Asked(who)).people.tolist()) == by_hand(viewer, school, Asked(who))


def test_pages_show_exactly_the_list(crowd):
    school, members = crowd
    viewer = Viewer(members[0])
    shown, after = [], ""
    while True:
        page = people(viewer, school, Asked("studied"), after)
        shown += [row.person.pk for row in page.rows]
        if not (after := page.after):
            break
    assert len(shown) == len(set(shown))
    assert set(shown) == by_hand(viewer, school, Asked("studied"))


def test_who_studied_in_the_same_years_stands_first(cast):
    school = Organization.objects.create(handle="nordvatten", name="Nordvatten", kind="school")
    for name, since, until in (("ada", "2000", "2004"), ("di", "2003", "2007"), ("cy", "2005", "2009"), ("bo", "", "")):
        member = getattr(cast, name)
        actions.add(member, Section.EDUCATION, title="MSc", organization_name="Nordvatten", started=since, ended=until)
    found = people(cast.viewer("ada"), school, Asked("studied"))
    assert [row.person.name.split()[0] for row in found.rows][:3] == ["Di", "Bo", "Cy"]
    text = cast.client("ada").get(PATH).content.decode()
    assert "Studied when you did" in text
    assert "When they left" in text
