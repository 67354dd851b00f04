"""What is worked out for everybody at once equals the rule of sight in SQL, and the degrees told everywhere else."""

import pytest
from hypothesis import HealthCheck, given, settings

from collegium.audience import people
from collegium.audience.rule import closeness
from collegium.audience.viewer import Viewer
from collegium.graph.degrees import FAR, standings
from collegium.graph.tests.networks import make, networks
from collegium.members.models import Member
from collegium.search.eyes import Eyes
from collegium.search.tests.test_exact import fresh

pytestmark = pytest.mark.django_db


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(networks)
def test_everybody_at_once(network):
    with fresh():
        keys = make(network)
        for viewer in [Viewer(member) for member in Member.objects.active()]:
            found = people.findable_by(viewer).annotate(told=closeness(viewer)).values_list("pk", "told")
            expected = dict.fromkeys(keys, -1) | dict(found)
            eyes = Eyes(viewer)
            stands = standings(viewer.me, keys, eyes.view)
            seen = {}
            for layer in eyes.layers:
                known, numbers = layer.stands, layer.layer.numbers
                told = zip(known.near[numbers], known.degree[numbers], known.mutuals[numbers], strict=True)
                everybody = list(told)
                for place, key in enumerate(layer.layer.segment.keys.tolist()):
                    if place not in layer.layer.silent:
                        assert key not in seen
                        seen[key] = everybody[place]
            assert {key: near for key, (near, _d, _m) in seen.items()} == expected
            for key, (near, degree, mutual) in seen.items():
                if near > 0 and key != viewer.id:
                    told = stands.get(key, FAR)
                    assert (degree, mutual) == (told.degree if told.degree in (1, 2) else 3, told.mutual), key
