"""However the changed members are spread over segments, each counts once, as she is now; what is kept is bounded."""

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.audience.viewer import Viewer
from collegium.members.models import Member
from collegium.search.asking import Asked
from collegium.search.corpus import layers, remembered
from collegium.search.corpus.docs import Doc
from collegium.search.eyes import Eyes
from collegium.search.query import parse
from collegium.search.searching import Search
from collegium.search.tests.test_exact import fresh, from_files
from collegium.testing.cast import make_member

pytestmark = pytest.mark.django_db
PEOPLE = 7
steps = st.lists(st.sets(st.integers(0, PEOPLE - 1), min_size=1, max_size=4), min_size=1, max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps, st.sampled_from([0, 1_500, 10**9]), st.booleans())
def test_every_step_of_many_changes(tmp_path_factory, changes, most_bytes, taken_back):
    with fresh(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(layers, "FEW", 1)
        patch.setattr(layers, "SOME", 3)
        patch.setattr(layers, "_layers", layers.Layers())
        patch.setattr(remembered, "MOST_BYTES", most_bytes)
        made = [make_member(f"Keeper {number}", headline="Version0") for number in range(PEOPLE)]
        viewer = Viewer(make_member("Vera Looks"))
        graph = from_files(tmp_path_factory.mktemp("words"))
        said, versions, number = dict.fromkeys((each.pk for each in made), 0), {}, 0
        for step in changes:
            for place in sorted(step):
                number += 1
                Member.objects.filter(pk=made[place].pk).update(headline=f"Version{number}")
                said[made[place].pk] = versions[made[place].pk] = number
            ask(viewer, dataclasses.replace(graph, changed_words=dict(versions)), said)
        if taken_back:  # new files have taken most changes in: fewer are told of than are kept
            last = max(versions, key=versions.get)
            graph = from_files(tmp_path_factory.mktemp("words"))
            ask(viewer, dataclasses.replace(graph, changed_words={last: versions[last]}), said)


def ask(viewer, graph, said):
    """Everybody is found by what she says now, once, and by nothing she said before."""
    eyes = Eyes(viewer, graph)
    spoken = [key for seen in eyes.layers for key in seen.layer.segment.keys[seen.found].tolist()]
    assert sorted(spoken) == sorted({*said, viewer.id})
    for number in range(max(said.values()) + 1):
        found = Search(eyes, Asked("", parse.read(f'"version{number}"')), similar=False)
        assert found.keys().tolist() == sorted(key for key, says in said.items() if says == number), number


def test_what_is_remembered_is_bounded(monkeypatch):
    kept = remembered.Remembered()
    docs = {key: Doc(key, "handle", [("x" * 1_000, 0, 0)]) for key in range(100)}
    monkeypatch.setattr(remembered, "MOST_BYTES", 10 * remembered.weigh(docs[0]))
    kept.keep(dict.fromkeys(docs, 1), docs)
    assert list(kept.among(dict.fromkeys(docs, 1))) == [*range(90, 100)]
    assert kept.bytes == 10 * remembered.weigh(docs[0])
    kept.keep({95: 2}, {95: None})
    assert kept.among({95: 2}) == {95: None}
    assert kept.among({95: 1}) == {}
    kept.keep({96: 0}, {96: None})
    assert kept.among({96: 0}) == {}
