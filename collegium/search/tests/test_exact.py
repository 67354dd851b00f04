"""Every answer equals brute force over generated networks: words, facets, counts, from files and without."""

import dataclasses
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from collegium.career.models import Holding
from collegium.graph import base
from collegium.graph.index import view
from collegium.graph.tests.networks import make, networks
from collegium.members.models import Member
from collegium.search import asking
from collegium.search.asking import FACETS, Asked, Value
from collegium.search.corpus.build import build
from collegium.search.eyes import Eyes
from collegium.search.query import parse
from collegium.search.searching import Search
from collegium.search.tests.generated import careers, employ, trees
from collegium.search.tests.reference import Reference, written
from collegium.skills.models import Skill

pytestmark = pytest.mark.django_db
slowly = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def fresh():
    """Each example begins with nobody: hypothesis runs many in one test's transaction."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def populated(network, made, who):
    """The keys of all, and of one who may search."""
    keys = make(network)
    employ(keys, made)
    active = [key for key in keys if Member.objects.get(pk=key).is_active]
    assume(active)
    return keys, active[who % len(active)]


def from_files(folder, *, changed=()):
    """The graph as it is, on files; of those changed, a search reads the tables."""
    folder.mkdir(parents=True, exist_ok=True)
    seen = base.in_memory()
    with connection.cursor() as cursor:
        build(cursor, seen.keys, folder)
    return dataclasses.replace(seen, folder=folder, changed_words=dict.fromkeys(changed, 0))


def named(facet, known):
    """A value as the reference says it: skills by their names."""
    return Skill.objects.get(pk=known).name if facet == "skill" else known


def compare(viewer_key, tree, chosen, graph=None):
    reference = Reference(viewer_key)
    node = None if tree is None else parse.read(written(tree))
    values = tuple(
        Value(facet, str(Skill.objects.get(name=value).pk) if facet == "skill" else value, value)
        for facet, wanted in chosen.items()
        for value in sorted(wanted)
    )
    search = Search(Eyes(reference.viewer, graph), Asked("", node, values), similar=False)
    expected = reference.keys(tree, chosen)
    said = tree and written(tree)
    assert set(search.keys().tolist()) == expected, said
    assert search.total == len(expected)
    assert {hit.key for hit in search.first(100)} == expected
    for facet in FACETS:
        found = search.counts(facet)
        counts = {named(facet, value): count for value, count in found.top(100) if count}
        assert counts == dict(reference.counts(tree, chosen, facet)), (facet, said)
        assert found.different == len(counts)


choices = st.fixed_dictionaries(
    {},
    optional={
        "degree": st.sets(st.sampled_from(["1", "2", "3"]), min_size=1),
        "company": st.sets(st.sampled_from(["acme", "brook", "~by hand"]), min_size=1),
        "past": st.just({"acme"}),
        "school": st.just({"~rose house"}),
        "skill": st.just({"Weaving (generated)"}),
        "place": st.sets(st.sampled_from(["delft", "green harbour"]), min_size=1),
        "open": st.just({"1"}),
    },
)


def known(chosen):
    """Organisations by their keys."""
    from collegium.organizations.models import Organization

    keys = {row.handle: str(row.pk) for row in Organization.objects.all()}
    return {facet: {keys.get(value, value) for value in values} for facet, values in chosen.items()}


@slowly
@given(networks, careers, trees, choices, st.integers(0, 10))
def test_words_and_facets(network, made, tree, chosen, who):
    with fresh():
        _keys, viewer = populated(network, made, who)
        compare(viewer, tree, known(chosen))
        compare(viewer, None, known(chosen))


@slowly
@given(networks, careers, careers, trees, choices, st.integers(0, 10), st.sets(st.integers(0, 10)))
def test_on_files(tmp_path_factory, network, made, later, tree, chosen, who, changed):
    with fresh():
        keys, viewer = populated(network, made, who)
        graph = from_files(tmp_path_factory.mktemp("words"))
        compare(viewer, tree, known(chosen), graph)
        again = [keys[place] for place in changed if place < len(keys)]
        for key, fields in zip(keys, later, strict=False):
            if key in again:
                Member.objects.filter(pk=key).update(headline=fields["headline"], place=fields["place"])
        compare(viewer, tree, known(chosen), dataclasses.replace(graph, changed_words=dict.fromkeys(again, 0)))


def test_a_chosen_degree_does_not_narrow_another_facets_own_counts(cast):
    """Bo weaves and Cy dives; whoever chose weavers within reach is still told that there is a diver."""
    weaving, diving = (Skill.objects.create(name=name) for name in ("Weaving (told)", "Diving (told)"))
    Holding.objects.create(member=cast.bo, skill=weaving)
    Holding.objects.create(member=cast.cy, skill=diving)
    values = (Value("skill", str(weaving.pk), ""), Value("degree", "1", ""), Value("degree", "2", ""))
    search = Search(Eyes(cast.viewer("ada")), Asked("", None, values))
    assert search.keys().tolist() == [cast.bo.pk]
    assert dict(search.counts("skill").top(9)) == {str(weaving.pk): 1, str(diving.pk): 1}


def test_an_address_says_the_search_again():
    for address in (
        "q=rose&degree=1,2&open=1",
        "q=%22a%20b%22&place=delft&company=~acme%20water",
        "q=a&skill=x&skill=y",
    ):
        asked = asking.read(QueryDict(address))
        assert asking.read(QueryDict(asked.address)) == asked
        assert asked.path.startswith("/search/?q=")


def test_every_change_is_seen_at_once(cast):
    """One's own and others', without files and with them (the graph decides which)."""
    ada = cast.viewer("ada")

    def found(query):
        return Search(Eyes(ada), Asked(query, parse.read(query)), similar=False).keys().tolist()

    assert found("glassblower") == []
    Member.objects.filter(pk=cast.bo.pk).update(headline="Glassblower")
    assert found("glassblower") == [cast.bo.pk]
    assert cast.bo.pk in view().changed_words or view().folder is None
    Member.objects.filter(pk=cast.bo.pk).update(headline="Beekeeper")
    assert found("glassblower") == []
    assert found("beekeeper") == [cast.bo.pk]
