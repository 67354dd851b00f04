"""Who is reached at an organisation equals brute force, on networks of every mixture."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from collegium.audience.viewer import Viewer
from collegium.career.models import Item, PartAudience
from collegium.career.sections import Part, Section
from collegium.graph.tests import networks
from collegium.graph.tests.reference import Network
from collegium.members.models import Member
from collegium.network.ways.reading import WHENS, items, reach, reaches
from collegium.organizations.models import Organization

pytestmark = pytest.mark.django_db
ROWS = [(Section.POSITIONS, ""), (Section.POSITIONS, "2015"), (Section.EDUCATION, "2012")]
careers = st.lists(st.tuples(networks.people, st.sampled_from(ROWS), st.booleans()), max_size=14)


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(networks.networks, careers)
def test_it_equals_brute_force(network: dict[str, Any], held: list[tuple[int, tuple[str, str], bool]]) -> None:
    with transaction.atomic():
        keys = networks.make(network)
        there = Organization.objects.create(name="Acme", handle="acme-of-the-test")
        for place, (section, ended), hidden in [(0, ROWS[0], False), *held]:
            member = Member.objects.get(pk=keys[place % len(keys)])
            what = {"title": "Engineer", "organization_name": "Acme", "started": "2010", "ended": ended}
            Item.objects.create(member=member, section=section, organization=there, **what)
            if hidden:
                PartAudience.objects.update_or_create(member=member, part=Part.POSITIONS, defaults={"audience": 3})
        told = Network()
        for me in keys:
            viewer = Viewer(told.people[me])
            found = reaches(viewer, there)
            for when in WHENS:
                owners = set(items(viewer, there, when).values_list("member_id", flat=True))
                if when == "former":
                    owners -= set(items(viewer, there, "present").values_list("member_id", flat=True))
                mine = {key for key in told.tied[me] if told.seen(me, key)}
                first, second = (
                    sorted(((key, len(told.mutual(me, key))) for key in around & owners), key=lambda e: (-e[1], e[0]))
                    for around in (mine, set(told.second(me)))
                )
                assert (list(found[when].first), list(found[when].second)) == (first, second)
            assert reach(viewer, there, "former") == found["former"]
        transaction.set_rollback(True)
