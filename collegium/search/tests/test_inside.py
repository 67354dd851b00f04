"""Finding people within a group: who may, whom, what the arrays say, and that outside nothing tells who is in one."""

import re

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from collegium.career.models import Holding, Item
from collegium.graph.tests.networks import networks
from collegium.groups.models import Group, Membership, Role, Visibility
from collegium.groups.tests.scene import joins, make_scene, seat
from collegium.members.models import Member
from collegium.search import asking, searching
from collegium.search.asking import FACETS, Asked, Place, Value
from collegium.search.eyes import Eyes
from collegium.search.query import parse
from collegium.search.searching import Search
from collegium.search.tests.generated import careers, trees
from collegium.search.tests.reference import Reference, written
from collegium.search.tests.test_exact import choices, fresh, from_files, known, named, populated, slowly
from collegium.skills.models import Skill
from collegium.testing.cast import make_member
from collegium.testing.fixtures import assert_same_queries
from collegium.ties.models import Block

pytestmark = pytest.mark.django_db

CAST = ("owner", "manager", "moderator", "member", "gone", "invited", "asking", "banned", "stranger", "blocked")
INSIDERS = {"owner", "manager", "moderator", "member", "blocked"}
# Who may search in it, by what the group is; nobody signed in may do without reading there.
ANSWERS = {
    Visibility.PUBLIC: dict.fromkeys(CAST, 200),
    Visibility.PRIVATE: {name: 200 if name in INSIDERS else 403 for name in CAST},
    Visibility.UNLISTED: {name: 200 if name in INSIDERS else 403 if name == "invited" else 404 for name in CAST},
}


def compare(viewer_key, group, tree, chosen, graph=None):
    """The answers equal brute force over what `career.reading` shows, among those who have a row in the group."""
    reference = Reference(viewer_key)
    inside = set(Membership.objects.filter(group=group).values_list("member_id", flat=True))
    reference.seen = {key: seen for key, seen in reference.seen.items() if key in inside}
    node = None if tree is None else parse.read(written(tree))
    values = tuple(
        Value(facet, str(Skill.objects.get(name=value).pk) if facet == "skill" else value, value)
        for facet, wanted in chosen.items()
        for value in sorted(wanted)
    )
    asked = Asked("", node, values, Place("/", group.pk))
    search = Search(Eyes(reference.viewer, graph), asked, similar=False)
    assert set(search.keys().tolist()) == reference.keys(tree, chosen)
    assert search.total == len(reference.keys(tree, chosen))
    for facet in FACETS:
        counts = {named(facet, value): count for value, count in search.counts(facet).top(100) if count}
        assert counts == dict(reference.counts(tree, chosen, facet)), facet


@slowly
@given(networks, careers, trees, choices, st.integers(0, 10), st.sets(st.integers(0, 10)), st.sets(st.integers(0, 10)))
def test_equal_to_brute_force(tmp_path_factory, network, made, tree, chosen, who, inside, moved):
    with fresh():
        keys, viewer = populated(network, made, who)
        group, other = (Group.objects.create(name=name, handle=f"generated-{name}") for name in ("one", "two"))
        for place in inside & set(range(len(keys))):
            seat(group, Member.objects.get(pk=keys[place]))
        seat(other, Member.objects.get(pk=keys[0]))
        compare(viewer, group, tree, known(chosen))
        graph = from_files(tmp_path_factory.mktemp("words"))
        compare(viewer, group, tree, known(chosen), graph)
        compare(viewer, other, None, known(chosen), graph)
        again = [keys[place] for place in moved if place < len(keys)]
        for key in again:
            if not Membership.objects.filter(group=group, member=key).delete()[0]:
                seat(group, Member.objects.get(pk=key))
        changed = from_files(tmp_path_factory.mktemp("again"), changed=again)
        compare(viewer, group, tree, known(chosen), changed)


@pytest.mark.parametrize("visibility", list(Visibility))
def test_who_may_search(cast, visibility):
    scene = make_scene(cast, visibility=visibility, joining="invitation")
    path = f"{scene.group.path}members/search/"
    for name, expected in ANSWERS[visibility].items():
        browser = scene.client(name)
        for address in (f"{path}?q=a", f"{path}facets/skill/?q=a", path):
            answer = browser.get(address)
            assert answer.status_code == expected, (name, address)
    assert scene.client("nobody").get(path).status_code == 302


def test_whoever_comes_and_goes_is_found_and_not(cast):
    scene = make_scene(cast, joining="open")
    asked = Asked("", None, (), Place("/", scene.group.pk))

    def found(name="member"):
        return {Member.objects.get(pk=key).handle for key in Search(Eyes(scene.viewer(name)), asked).keys().tolist()}

    assert found() == {each.handle for each in (cast.ada, cast.bo, cast.cy, cast.di)}
    joins(scene, "stranger")
    assert scene.stranger.handle in found()
    Membership.objects.filter(group=scene.group, member=scene.stranger).delete()
    assert scene.stranger.handle not in found()
    Block.objects.create(blocker=cast.cy, blocked=cast.ada)
    assert cast.cy.handle not in found()
    Member.objects.filter(pk=cast.di.pk).update(visibility=Member.Visibility.HIDDEN)
    assert cast.di.handle not in found()


def test_the_search_of_everybody_tells_no_group(cast):
    """The same pages, whether somebody is in a group or not, whatever is asked; no facet of it, no word of it."""
    scene = make_scene(cast, visibility=Visibility.UNLISTED, joining="invitation", name="Zebra keepers")
    browser = scene.client("stranger")
    key = scene.group.pk
    for address in ("?q=zebra", f"?group={key}", f"?q={key}", f"facets/group/?q=a&group={key}", f"?q=group:{key}"):
        before = browser.get(f"/search/{address}")
        Membership.objects.filter(group=scene.group).update(role=Role.MEMBER)
        page = before.content.decode()
        assert "Zebra" not in re.sub(r'value="[^"]*"', "", page), address
        assert "ebra keepers" not in page
    assert browser.get(f"/search/facets/group/?q=a&group={key}").status_code == 404
    assert asking.read(QueryDict(f"group={key}")).chosen == ()
    assert not asking.read(QueryDict(f"group={key}"))
    assert "group" not in FACETS


def test_the_page_counts_facets_within_the_group(cast):
    scene = make_scene(cast, visibility=Visibility.PRIVATE)
    skill = Skill.objects.create(name="Caulking")
    for member in (cast.bo, cast.cy, cast.flo):
        Holding.objects.create(member=member, skill=skill)
        Item.objects.create(member=member, section="positions", title="Wright", organization_name="Boat house")
    path = f"{scene.group.path}members/search/"
    page = scene.client("member").get(f"{path}?q=wright").content.decode()
    assert "2 members whom you may find" in page
    assert 'action="/groups/' in page
    assert f"/in/{cast.flo.handle}/" not in page
    choice = re.search(r'name="skill" value="Caulking".*?facet-count">(\d+)', page, re.DOTALL)
    assert choice is not None
    assert choice[1] == "2"
    assert "Save this search" not in page


def test_statements_stay_the_same(cast):
    scene = make_scene(cast)
    browser = scene.client("member")
    path = f"{scene.group.path}members/search/?q=person"
    count = iter(range(1000, 2000))

    def more():
        for _each in range(3):
            seat(scene.group, make_member(f"Person {next(count)}"))

    more()
    browser.get(path)
    # Who changed is read anew, once: the page after that is the one that is counted.
    assert_same_queries(lambda: browser.get(path), lambda: (more(), browser.get(path)), lambda: browser.get(path))


def test_this_bites(cast, monkeypatch):
    """Without the restriction, people outside the group are found."""
    scene = make_scene(cast)
    monkeypatch.setattr(searching, "_inside", lambda seen, _group: seen.plain >= -1)
    with pytest.raises(AssertionError):
        compare(scene.member.pk, scene.group, None, {})
